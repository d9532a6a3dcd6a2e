"""`continues: OLD-PLAN.COMPONENT`: a window that began under another plan goes on, with its position and earnings.

The old plan's window ends on the last day there, and nothing of it is paid again. The new component begins where the
old one stood: its own table prices what follows, its quota is that of the whole window, and caps count what was earned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.inputs import Continued, PayeeInputs
from salescli.core.commission.result import Path
from salescli.core.commission.series import build_series
from salescli.core.commission.timeline import GRAIN
from salescli.core.money import to_decimal
from salescli.core.scales import MICRO
from salescli.core.shape_faults import Fault

if TYPE_CHECKING:
    from salescli.core.commission.components.base import ComponentShape
    from salescli.core.commission.plan import Plan


def check_continues(component: ComponentShape, path: Path, plan: Plan) -> Iterator[Fault]:
    """Yield a fault where there is no position that could go on, or where a plan continues itself."""
    if component.continues is None:
        return
    if not isinstance(component, TieredComponent) or component.adds_up_over == "each-transaction":
        yield Fault("nothing-to-continue", (*path, "continues"), {"type": component.type})
    if component.continues.plan == plan.plan:
        yield Fault("continues-itself", (*path, "continues"), {"text": component.continues.text})


def first_day_of(plan: Plan, name: str, inputs: PayeeInputs) -> date:
    """Return the first day of a person under a component."""
    component: ComponentShape = plan.components[name]
    return max(plan.start, inputs.start, component.start or plan.start)


def continued_from(plan: Plan, inputs: PayeeInputs, old: str, name: str, day: date) -> Continued | None:
    """Return what a component of an earlier plan brings into a window that goes on at a day; None where it brings none.

    Args:
        plan: the earlier plan.
        inputs: the person's facts under it, as known today.
        old: its component.
        name: the component that continues it.
        day: the first day of the new one.
    """
    component: ComponentShape = plan.components[old]
    if not isinstance(component, TieredComponent) or component.adds_up_over == "each-transaction":
        return None
    last = day - timedelta(days=1)
    window = inputs.calendar.window(component.adds_up_over, day)
    if last < max(window.start, plan.start, inputs.start):
        return None
    upto = inputs.calendar.window(GRAIN[plan.pay], min(last, plan.through))
    known = replace(
        inputs,
        credits=tuple(one for one in inputs.credits if one.start < day),
        lines=tuple(one for one in inputs.lines if one.date < day),
    )
    series = build_series(plan, known, upto)
    walk = series.current.components[old]
    span = next((one for one in walk.formula.spans if one.whole_start == window.start), None)
    if span is None:
        return None
    stretches = walk.task.facts.stretches.get(old, [])
    opened = next((row.position for row in reversed(walk.task.openings) if span.first <= row.run <= span.last), 0)
    brought = walk.task.brought(span)
    before = Fraction(opened, MICRO) if brought is None or opened else Fraction(brought.pay)
    pay = before + Fraction(sum(one.pay for one in stretches if span.first <= one.run <= span.last), MICRO)
    earned = sum(series.own(old, run) for run in range(span.first, series.timeline.now + 1)) * plan.payout.round_to
    earned += brought.earned if brought is not None else Decimal(0)
    position = to_decimal(walk.formula.after)
    return Continued(name, window.start, position, to_decimal(pay), earned, f"{plan.plan}.{old}")
