"""What a pay curve puts into the engine: a credit at a position, readings that follow it, what is taken for given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from salescli.core.commission.components.base import ComponentShape, CreditedShape
from salescli.core.commission.components.per_unit import PerUnitComponent
from salescli.core.commission.components.rate import RateComponent
from salescli.core.commission.components.rate_table import RateTable
from salescli.core.commission.components.tiered import TieredComponent
from salescli.core.commission.factors import GradeFactor, MetricFactor
from salescli.core.commission.gates import Gate
from salescli.core.commission.inputs import CreditLine, CreditSum, Grade, PayeeInputs, QuotaMonth, SpecialRate, Term
from salescli.core.commission.plan import Plan
from salescli.core.money import CONTEXT, largest_remainder, round_half_away
from salescli.core.periods import ONE_DAY, Period, add_months, months_in
from salescli.core.scales import MICRO

STEP = Fraction(1, 100)
ZERO = Decimal(0)
ATTAINMENT = "-attainment"
WITHOUT_POSITION = ("pool", "rank", "matrix")


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is taken for given: a quota for the year of the plan, own terms, a grade, the value of one unit."""

    quota: Decimal | None = None
    terms: tuple[Term, ...] = ()
    grade: str = ""
    unit_value: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that a curve takes for given, by name: `gate-passes`, `grade-is`, `factor-is-one` …"""

    name: str
    component: str
    what: str = ""


def is_counted(component: ComponentShape) -> bool:
    """Tell whether a component's position is a number of units."""
    return isinstance(component, PerUnitComponent) or getattr(component, "tier_by", None) == "units"


def is_moved(component: ComponentShape) -> bool:
    """Tell whether credits alone decide what a component pays.

    A pot and a prize are decided among many people, a matrix by two readings.
    """
    return isinstance(component, CreditedShape) and component.type not in WITHOUT_POSITION


def moved_by(plan: Plan, component: str) -> tuple[str, ...]:
    """Return the components that a credit goes to: the one asked, or all that pay on the same as the plan's first."""
    credited = {name: one for name, one in plan.components.items() if is_moved(one)}
    if component:
        return (component,) if component in credited else ()
    of_money = {name: one for name, one in credited.items() if not is_counted(one)} or credited
    first = next(iter(of_money.values()), None)
    if first is None:
        return ()
    key = (first.pays_on, first.credit, is_counted(first))
    return tuple(n for n, one in credited.items() if (one.pays_on, one.credit, is_counted(one)) == key)


def prepare_plan(
    plan: Plan, component: str, assumed: Assumed, standing: PayeeInputs | None = None
) -> tuple[tuple[str, ...], Plan, tuple[Assumption, ...]]:
    """Return what a credit moves, the plan without what a position cannot know, and what was taken for given."""
    moved = moved_by(plan, component)
    names = moved or ((component,) if component else ())
    shown = (component,) if component else tuple(plan.components)
    said: list[Assumption] = []
    components: dict[str, Any] = {}
    for name, shape in plan.components.items():
        reads = readable(plan, name, names)
        needs = tuple(one for one in shape.needs if _reads(one, reads))
        times = tuple(one for one in shape.times if _keeps(one, reads, assumed, standing))
        whole = {} if standing is not None else {"pays_in": None, "budget": None}
        components[name] = shape.model_copy(update={"needs": needs, "times": times, **whole})
        if name in shown:
            said += _said(name, shape, (needs, times), assumed, standing is not None)
    payout = plan.payout.model_copy(update={"holdback": (), "draw": None, "deductions": None})
    return moved, plan.model_copy(update={"components": components, "payout": payout}), tuple(dict.fromkeys(said))


def readable(plan: Plan, name: str, moved: Sequence[str]) -> set[tuple[str, str]]:
    """Return the (metric, of) that follow from the position: the attainment of what the credits are."""
    shape = plan.components[name]
    if not isinstance(shape, CreditedShape) or not shape.metrics:
        blocks = (*shape.needs, *(one for one in shape.times if isinstance(one, MetricFactor)), *shape.reads)
        return {(one.metric, one.of) for one in blocks if one.metric.endswith(ATTAINMENT)}
    shapes = [plan.components[one] for one in moved]
    credited = [one for one in shapes if isinstance(one, CreditedShape) and one.metrics]
    whose = {"own": "own", "overlay": "own", "team": "team"}
    return {(one.pays_on + ATTAINMENT, whose[one.credit]) for one in credited}


def _reads(block: Gate | MetricFactor, reads: set[tuple[str, str]]) -> bool:
    return (block.metric, block.of) in reads


def _keeps(
    factor: GradeFactor | MetricFactor, reads: set[tuple[str, str]], assumed: Assumed, standing: PayeeInputs | None
) -> bool:
    if isinstance(factor, MetricFactor):
        return _reads(factor, reads)
    return bool(assumed.grade) or (standing is not None and any(standing.grades))


def _said(
    name: str, shape: ComponentShape, kept: tuple[Sequence[Any], Sequence[Any]], assumed: Assumed, is_standing: bool
) -> Iterable[Assumption]:
    """Say what is taken for given: of gates and factors that are not `kept`, and of blocks that need real sales."""
    needs, times = kept
    for gate in shape.needs:
        if gate not in needs:
            yield Assumption("gate-passes", name, gate.metric)
    for factor in shape.times:
        if factor not in times:
            is_grade = isinstance(factor, GradeFactor)
            what = factor.grade_from if isinstance(factor, GradeFactor) else factor.metric
            yield Assumption("grade-is-one" if is_grade else "factor-is-one", name, what)
        elif isinstance(factor, GradeFactor) and assumed.grade:
            yield Assumption("grade-else" if is_standing else "grade-is", name, assumed.grade)
    if isinstance(shape, RateComponent) and any(isinstance(one, RateTable) for one in shape.rate.all()):
        yield Assumption("otherwise", name)
    if isinstance(shape, TieredComponent) and shape.has_two_measures and shape.tier_by != "units":
        yield Assumption("same-measure", name)
    if shape.credit_factors:
        yield Assumption("credit-factors", name)
    if shape.pays_in is not None:
        yield Assumption("first-part" if is_standing else "all-parts", name)
    if shape.budget is not None and not is_standing:
        yield Assumption("budget", name)
    if getattr(shape, "apply", "") == "new-at-rate-reached" and not is_standing:
        yield Assumption("even-months", name)


def given(plan: Plan, inputs: PayeeInputs, assumed: Assumed, *, standing: bool) -> PayeeInputs:
    """Return the facts of a curve: nothing posted, no credits (unless it is somebody's standing), what is assumed."""
    quotas = inputs.quotas if assumed.quota is None else _quotas(plan, assumed.quota)
    taken = {one.name for one in assumed.terms}
    terms = (*(one for one in inputs.terms if one.name not in taken), *assumed.terms)
    bare = replace(
        inputs, posted=(), posted_kept=(), posted_runs=(), frozen={}, deductions=(), adjustments=(), owed=ZERO,
        carried=ZERO, quotas=quotas, terms=terms, opening=None,
    )  # fmt: skip
    if not standing:
        grades = _grades(plan, inputs, assumed.grade)
        return replace(bare, credits=(), lines=(), openings=(), readings=(), grades=grades)
    before = (inputs.opening or plan.start) - ONE_DAY
    openings = tuple(replace(one, month=one.month or before.replace(day=1)) for one in inputs.openings)
    graded = {(one.scorecard, one.period) for one in inputs.grades}
    asked = [one for one in _grades(plan, inputs, assumed.grade) if (one.scorecard, one.period) not in graded]
    return replace(bare, openings=openings, grades=(*inputs.grades, *asked))


def _quotas(plan: Plan, year: Decimal) -> tuple[QuotaMonth, ...]:
    """Spread a year's quota evenly over twelve months from the plan's first one, for everything that tiers read."""
    cents = largest_remainder(int(year.scaleb(4, CONTEXT)), [1] * 12)
    keys = {
        (one.attainment.attainment_of, one.attainment.level, one.attainment.of)
        for one in plan.components.values()
        if getattr(one, "attainment", None) is not None
    }
    months = [add_months(plan.start.replace(day=1), number) for number in range(12)]
    return tuple(
        QuotaMonth(metric, month, Decimal(amount).scaleb(-4, CONTEXT), level=level, of=of)
        for metric, level, of in sorted(keys)
        for month, amount in zip(months, cents, strict=True)
    )


def _grades(plan: Plan, inputs: PayeeInputs, word: str) -> tuple[Grade, ...]:
    """Give every period of every scorecard the grade that is asked, known from the beginning."""
    if not word:
        return ()
    found: dict[tuple[str, date], Grade] = {}
    for shape in plan.components.values():
        for factor in shape.times:
            if isinstance(factor, GradeFactor):
                for month in months_in(Period(add_months(plan.start.replace(day=1), -12), plan.end)):
                    start = inputs.calendar.window(factor.over, month.start).start
                    found[factor.grade_from, start] = Grade(factor.grade_from, start, word, plan.start)
    return tuple(found.values())


def credits_at(
    plan: Plan,
    moved: Sequence[str],
    position: int,
    day: date,
    upto: Period | None,
    assumed: Assumed,
    inputs: PayeeInputs,
    special: SpecialRate | None = None,
) -> tuple[list[CreditSum], list[CreditLine]]:
    """Return the credit of a position in every component that it moves, as a sum and as a line.

    Where the rate of each credit is the one reached by it (`new-at-rate-reached`), the position comes in equal parts
    month by month (`upto`; None: in one); elsewhere the way to it does not matter, and it comes in one.
    """
    sums, lines = [], []
    for name in moved:
        shape = plan.components[name]
        days = _even_days(plan, name, day, upto, inputs)
        for number, (when, micro) in enumerate(zip(days, _parts(position, len(days)), strict=True)):
            amount = Decimal(micro).scaleb(-6, CONTEXT)
            counted = is_counted(shape)
            by_value = counted and isinstance(shape, TieredComponent)
            paid = _worth(amount, assumed.unit_value) if by_value else amount
            units = amount if counted else ZERO
            sums.append(CreditSum(name, when.replace(day=1), paid, amount, units, when))
            lines.append(CreditLine(name, when, f"curve-{number}", paid, amount, paid, units=units, special=special))
    return sums, lines


def _worth(units: Decimal, value: Decimal) -> Decimal:
    """Credits have six decimals at most."""
    return round_half_away(Fraction(units) * Fraction(value), Decimal("0.000001"))


def _parts(position: int, count: int) -> list[int]:
    micro = position * MICRO // 100
    if micro >= 0:
        return largest_remainder(micro, [1] * count)
    return [-one for one in largest_remainder(-micro, [1] * count)]


def _even_days(plan: Plan, name: str, day: date, upto: Period | None, inputs: PayeeInputs) -> list[date]:
    shape = plan.components[name]
    is_by_way = getattr(shape, "apply", "") == "new-at-rate-reached" and shape.window != "each-transaction"
    if upto is None or not is_by_way:
        return [day]
    first = max(inputs.calendar.window(shape.window, day).start, plan.start, inputs.start, shape.start or date.min)
    return [max(first, month.start) for month in months_in(Period(first.replace(day=1), upto.end))]
