"""The attainment that a position is, for gates and factors that read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.curve_facts import ATTAINMENT, Assumed
from salescli.core.commission.factors import MetricFactor
from salescli.core.commission.gates import Gate
from salescli.core.commission.inputs import PayeeInputs, QuotaMonth, Reading
from salescli.core.commission.plan import Plan
from salescli.core.money import CONTEXT, to_decimal, total
from salescli.core.periods import Period, WindowGrain, months_in

Block = Gate | MetricFactor


def readings_at(
    plan: Plan, component: str, position: int, inputs: PayeeInputs, assumed: Assumed, day: date
) -> list[Reading]:
    """Return what gates and factors read: of every window of theirs the share that a position is of its own window."""
    amount = Decimal(position).scaleb(-2, CONTEXT)
    found: dict[tuple[str, str, date, date], Reading] = {}
    for name in (component,) if component else tuple(plan.components):
        shape: ComponentShape = plan.components[name]
        for block in blocks_of(shape):
            quota = quota_read(plan, shape, block, inputs, assumed, day)
            for month in months_in(Period(plan.start.replace(day=1), plan.end)):
                window = inputs.calendar.window(block.over, month.start)
                start = max(window.start, plan.start, inputs.start, shape.start or date.min)
                key = (block.metric, block.of, month.start, start)
                found[key] = Reading(block.metric, month.start, amount, quota, start, block.of, additive=False)
    return list(found.values())


def blocks_of(shape: ComponentShape) -> Iterator[Block]:
    """Yield the gates, and the factors by a metric."""
    yield from shape.needs
    yield from (one for one in shape.times if isinstance(one, MetricFactor))


def quota_read(
    plan: Plan, shape: ComponentShape, block: Block, inputs: PayeeInputs, assumed: Assumed, day: date
) -> Decimal:
    """Return the quota of the component's window that holds a day: what is assumed, or the person's; 0 is none."""
    grain: WindowGrain = "year" if shape.window == "each-transaction" else shape.window
    window = inputs.calendar.window(grain, day)
    months = [one.start for one in months_in(Period(max(window.start, plan.start), min(window.end, plan.end)))]
    if assumed.quota is not None:
        return to_decimal(Fraction(assumed.quota) * len(months) / 12, 10)
    newest: dict[date, QuotaMonth] = {}
    wanted = (block.metric.removesuffix(ATTAINMENT), block.level, block.of)
    for one in sorted(inputs.quotas, key=lambda each: each.effective_from):
        if (one.metric, one.level, one.of) == wanted and one.month in months:
            newest[one.month] = one
    return total(one.amount for one in newest.values() if not one.withdrawn)
