"""Quotas and own terms of the plan's own year, for an earlier year that had none: what would they have paid then?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from salescli.core.commission.components.matrix import AxisRead
from salescli.core.commission.factors import MetricFactor
from salescli.core.commission.gates import Gate
from salescli.core.commission.inputs import PayeeInputs, QuotaMonth, Reading, Term
from salescli.core.commission.plan import Plan
from salescli.core.money import total
from salescli.core.periods import add_months

ATTAINMENT = "-attainment"


def with_later_facts(plan: Plan, shifted: Plan, years: int, inputs: PayeeInputs) -> PayeeInputs:
    """Return the facts of the earlier year with the quotas and terms of the plan's own where it had none.

    Args:
        plan: the plan as it is.
        shifted: the same, so many years earlier.
        years: how many.
        inputs: the facts, gathered for the earlier year.
    """
    terms = inputs.terms
    for name in dict.fromkeys(one.name for one in terms):
        first = min((one for one in terms if one.name == name), key=lambda one: one.start)
        if first.start > shifted.start:
            terms = (Term(name, first.value, date.min, first.start - timedelta(days=1)), *terms)
    known = any(shifted.start <= one.month < shifted.end for one in inputs.quotas)
    if known or not years:
        return replace(inputs, terms=terms)
    moved = tuple(
        replace(one, month=_back(one.month, years), effective_from=_back(one.effective_from, years))
        for one in inputs.quotas
        if plan.start.replace(day=1) <= one.month < plan.end
    )
    readings = tuple(_read_again(shifted, inputs, one, moved) for one in inputs.readings)
    return replace(inputs, terms=terms, quotas=moved, readings=readings)


def _back(day: date, years: int) -> date:
    return day if day == date.min else add_months(day, -12 * years)


def _read_again(plan: Plan, inputs: PayeeInputs, reading: Reading, quotas: Sequence[QuotaMonth]) -> Reading:
    """Measure an attainment by the quotas that were moved; other readings stand."""
    block = next((one for one in _blocks(plan) if (one.metric, one.of) == (reading.metric, reading.of)), None)
    if block is None or block.quota is None:
        return reading
    start = reading.start or reading.month
    full = inputs.calendar.window(block.over, start).end
    end = full if block.quota == "full-window" else add_months(reading.month, 1)
    key = (reading.metric.removesuffix(ATTAINMENT), block.level, block.of)
    months: dict[date, Decimal] = {}
    for one in sorted(quotas, key=lambda each: each.effective_from):
        if (one.metric, one.level, one.of) == key and start.replace(day=1) <= one.month < end:
            months[one.month] = Decimal(0) if one.withdrawn else one.amount
    return replace(reading, denominator=total(months.values()))


def _blocks(plan: Plan) -> list[Gate | MetricFactor | AxisRead]:
    found: list[Gate | MetricFactor | AxisRead] = []
    for shape in plan.components.values():
        found += shape.needs
        found += shape.reads
        found += [one for one in shape.times if isinstance(one, MetricFactor)]
    return found
