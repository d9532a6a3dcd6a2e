"""The rest of a year at an attainment: what is known stays, the months to come are filled by the quotas.

A quota is what everybody has signed for, so it says both how much a scenario is and when it comes: the rest to the
scenario's share of the year's quota is spread over the months to come as their quotas are. The engine then computes the
whole year; nothing is estimated after that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from salescli.core.commission.away import back_on, is_wholly_away
from salescli.core.commission.components.base import ComponentShape, CreditedShape
from salescli.core.commission.components.matrix import AxisRead
from salescli.core.commission.curve_facts import ATTAINMENT, WITHOUT_POSITION, is_counted
from salescli.core.commission.factors import MetricFactor
from salescli.core.commission.gates import Gate
from salescli.core.commission.inputs import CreditLine, CreditSum, PayeeInputs, Reading, basis_of
from salescli.core.commission.needs import needs_of
from salescli.core.commission.plan import Plan
from salescli.core.commission.timeline import GRAIN
from salescli.core.commission.values import in_force
from salescli.core.money import allocate, round_half_away, total
from salescli.core.periods import ONE_DAY, Period, add_months, months_between, months_in

STEP = Decimal("0.0001")
ZERO = Decimal(0)
Way = Literal["quota", "average", "so-far"]


@dataclass(frozen=True, slots=True)
class GoesOn:
    """How a component goes on: by the quota of a metric, at its average of the months so far, or not at all."""

    component: str
    way: Way
    metric: str = ""


def extend_year(
    plan: Plan, inputs: PayeeInputs, year: Period, known: date, share: Fraction, actual: Mapping[str, Decimal]
) -> tuple[PayeeInputs, tuple[GoesOn, ...]]:
    """Return somebody's facts with the rest of a year filled, and how each component was.

    Args:
        plan: the plan.
        inputs: what is known; credits and lines from `known` on are left out.
        year: the year.
        known: the first day that is not known.
        share: the attainment of the year's quota that is reached.
        actual: what the person has in each metric in the year so far, without a component's conditions.
    """
    credits = [one for one in inputs.credits if one.month < known]
    lines = [one for one in inputs.lines if one.date < known]
    known_inputs = replace(inputs, credits=tuple(credits), lines=tuple(lines))
    run = inputs.calendar.window(GRAIN[plan.pay], min(plan.end, year.end) - ONE_DAY)
    with_lines = needs_of(plan, inputs.calendar, run).lines_for
    said = []
    for name in plan.components:
        goes_on = way_of(plan, name, known_inputs, year)
        said.append(goes_on)
        for sum_ in _filled(plan, name, goes_on, known_inputs, year, known, share, actual):
            if inputs.away:
                sum_ = replace(sum_, stretch=back_on(inputs.away, sum_.start))
            credits.append(sum_)
            if name in with_lines:
                lines.append(_line(sum_))
    readings = (*known_inputs.readings, *_readings(plan, known_inputs, year, known, share))
    return replace(inputs, credits=tuple(credits), lines=tuple(lines), readings=readings), tuple(said)


def way_of(plan: Plan, name: str, inputs: PayeeInputs, year: Period) -> GoesOn:
    """Tell how a component goes on for somebody."""
    shape: ComponentShape = plan.components[name]
    if not isinstance(shape, CreditedShape) or not shape.metrics or shape.type in WITHOUT_POSITION:
        return GoesOn(name, "so-far")
    attainment = getattr(shape, "attainment", None)
    metric = attainment.attainment_of if attainment is not None else shape.pays_on
    quotas = _quotas(inputs, metric, _of(shape), _span(plan, inputs, year))
    return GoesOn(name, "quota", metric) if total(quotas.values()) > 0 else GoesOn(name, "average")


def _of(shape: CreditedShape) -> str:
    attainment = getattr(shape, "attainment", None)
    return attainment.of if attainment is not None else ("team" if shape.credit == "team" else "own")


def _span(plan: Plan, inputs: PayeeInputs, year: Period) -> Period | None:
    """Return the days of the year that the person is on the plan."""
    start, end = max(year.start, plan.start, inputs.start), min(year.end, plan.end, inputs.end)
    return Period(start, end) if start < end else None


def _quotas(inputs: PayeeInputs, metric: str, of: str, span: Period | None, level: str = "base") -> dict[date, Decimal]:
    """Return the quota of each month, of the newest version."""
    found: dict[date, Decimal] = {}
    for one in sorted(inputs.quotas, key=lambda each: each.effective_from):
        is_asked = (one.metric, one.level, one.of) == (metric, level, of)
        is_inside = span is not None and span.start.replace(day=1) <= one.month < span.end
        if is_asked and is_inside and not _is_away(inputs, one.month):
            found[one.month] = ZERO if one.withdrawn else one.amount
    return found


def _is_away(inputs: PayeeInputs, month: date) -> bool:
    return is_wholly_away(inputs.away, month, add_months(month, 1))


def _filled(
    plan: Plan, name: str, goes_on: GoesOn, inputs: PayeeInputs, year: Period, known: date, share: Fraction,
    actual: Mapping[str, Decimal],
) -> list[CreditSum]:  # fmt: skip
    """Return the credits of the months to come."""
    span = _span(plan, inputs, year)
    if span is None or goes_on.way == "so-far" or span.end <= known:
        return []
    first = max(span.start, known)
    months = [one.start for one in months_in(Period(first, span.end)) if not _is_away(inputs, one.start)]
    mine = [one for one in inputs.credits if one.component == name and year.start <= one.month < known]
    keys = ("pay_credit", "quota_credit", "units")
    paid, position, units = (Fraction(total(getattr(one, key) for one in mine)) for key in keys)
    shape = plan.components[name]
    if goes_on.way == "average":
        elapsed = months_between(span.start, known) if span.start < known else 0
        if elapsed and inputs.away:
            elapsed -= sum(1 for one in months_in(Period(span.start, known)) if _is_away(inputs, one.start))
        if not elapsed:
            return []
        known_sums = (paid, position, units)
        return [_average(name, months, index, first, known_sums, elapsed) for index in range(len(months))]
    quotas = _quotas(inputs, goes_on.metric, _of(shape), span)
    whole = position if shape.credit == "team" else Fraction(actual.get(goes_on.metric, Decimal(0)))
    rest = max(share * Fraction(total(quotas.values())) - whole, Fraction(0))
    weights = [Fraction(quotas.get(month, ZERO)) for month in months]
    parts = allocate(int(rest / Fraction(STEP)), weights if any(weights) else [Fraction(1)] * len(months))
    of_metric = position / whole if whole > 0 and position > 0 else Fraction(1)
    of_position = paid / position if position > 0 and paid > 0 else Fraction(1)
    found = []
    for month, part in zip(months, parts, strict=True):
        here = part * Fraction(STEP) * of_metric
        found.append(_sum(name, month, first, here * of_position, here, here if is_counted(shape) else Fraction(0)))
    return [one for one in found if one.quota_credit or one.pay_credit]


def _average(
    name: str, months: list[date], index: int, first: date, known: tuple[Fraction, ...], elapsed: int
) -> CreditSum:
    """Return a month at the average so far, rounded so that the months to come add up to theirs."""
    upto, before = ([round_half_away(value * count / elapsed, STEP) for value in known] for count in (index + 1, index))
    each = [Fraction(one) - Fraction(other) for one, other in zip(upto, before, strict=True)]
    return _sum(name, months[index], first, each[0], each[1], each[2])


def _sum(name: str, month: date, first: date, paid: Fraction, position: Fraction, units: Fraction) -> CreditSum:
    rounded = [round_half_away(value, STEP) for value in (paid, position, units)]
    return CreditSum(name, month, rounded[0], rounded[1], rounded[2], max(month, first))


def _line(one: CreditSum) -> CreditLine:
    return CreditLine(
        one.component, one.start, f"outlook-{one.month:%Y-%m}", one.pay_credit, one.quota_credit, one.pay_credit,
        units=one.units,
    )  # fmt: skip


def _readings(plan: Plan, inputs: PayeeInputs, year: Period, known: date, share: Fraction) -> list[Reading]:
    """Return what gates and factors read in the months to come: the scenario's attainment, what passes, the last."""
    span = _span(plan, inputs, year)
    if span is None or span.end <= known:
        return []
    found: dict[tuple[str, str, date, date, str], Reading] = {}
    for shape in plan.components.values():
        for block in _blocks(shape):
            for month in months_in(Period(max(span.start, known), span.end)):
                window = inputs.calendar.window(block.over, month.start)
                start = max(window.start, span.start)
                one = _reading(block, inputs, month.start, Period(start, window.end), share)
                if one is None:
                    continue
                mark = (one.metric, one.of, one.month, start, one.basis)
                if mark not in found or found[mark].numerator < one.numerator:  # of two gates the higher one passes too
                    found[mark] = one
    return list(found.values())


def _reading(
    block: Gate | MetricFactor | AxisRead, inputs: PayeeInputs, month: date, window: Period, share: Fraction
) -> Reading | None:
    if isinstance(block, Gate) and not block.metric.endswith(ATTAINMENT):
        bound = in_force(block.at_least, month).number
        return Reading(
            block.metric, month, bound, Decimal(1), window.start, block.of, additive=False, sample=block.min_sample
        )  # fmt: skip
    if not block.metric.endswith(ATTAINMENT):
        mine = [one for one in inputs.readings if (one.metric, one.of) == (block.metric, block.of)]
        last = max(mine, key=lambda one: one.month, default=None)
        return replace(last, month=month, start=window.start, additive=False, source="") if last is not None else None
    end = window.end if block.quota == "full-window" else add_months(month, 1)
    metric = block.metric.removesuffix(ATTAINMENT)
    quota = total(_quotas(inputs, metric, block.of, Period(window.start, end), block.level).values())
    to_date = total(_quotas(inputs, metric, block.of, Period(window.start, add_months(month, 1))).values())
    amount = round_half_away(Fraction(to_date) * share, STEP)
    basis = basis_of(block.quota, block.level, block.over)
    return Reading(block.metric, month, amount, quota, window.start, block.of, additive=False, basis=basis)


def _blocks(shape: ComponentShape) -> list[Gate | MetricFactor | AxisRead]:
    return [*shape.needs, *shape.reads, *(one for one in shape.times if isinstance(one, MetricFactor))]
