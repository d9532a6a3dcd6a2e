"""What a plan needs to know for one run: metrics, quotas, readings, scorecards, terms, contract dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from salescli.core.commission.components.base import ComponentShape
from salescli.core.commission.components.matrix import MatrixComponent
from salescli.core.commission.components.pool import PERFORMANCE_BASE, PoolComponent
from salescli.core.commission.components.rank import RankComponent
from salescli.core.commission.components.tiered import Attainment, TieredComponent
from salescli.core.commission.factors import GradeFactor, MetricFactor
from salescli.core.commission.groups.derived import has_team_base
from salescli.core.commission.inputs import QuotaMonth, basis_of
from salescli.core.commission.plan import Plan
from salescli.core.commission.timeline import GRAIN
from salescli.core.dated import Dated
from salescli.core.periods import FOREVER, FiscalCalendar, Period


@dataclass(frozen=True, slots=True)
class ReadingNeed:
    """A metric over `[start, end of month]`, read for a gate or a factor.

    `start` is still to be cut at the person's first day.

    `quota` is named where the metric is an attainment: its denominator is that quota, of the full window (which ends
    at `end`) or to date.
    """

    metric: str
    of: str
    start: date
    month: date
    quota: str | None = None
    level: str = "base"
    end: date = FOREVER
    over: str = ""

    @property
    def basis(self) -> str:
        """Which quota it is measured by."""
        return basis_of(self.quota, self.level, self.over)


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything to fetch for one plan through one run."""

    credits_from: date
    credit_metrics: dict[str, tuple[str, ...]]  # component → metrics: what it pays on, then what moves its position
    quotas: frozenset[tuple[str, str, str]]  # (metric, level, of)
    readings: tuple[ReadingNeed, ...]
    scorecards: frozenset[str]
    terms: frozenset[str]
    contract_fields: frozenset[str]
    lines_for: frozenset[str]  # components that cannot be computed from sums alone
    working_days: bool = False  # which days are worked, for part of a period


def needs_of(plan: Plan, calendar: FiscalCalendar, run: Period) -> Needs:
    """List what computing a run of a plan needs, from the plan's first day through the run."""
    components: dict[str, ComponentShape] = plan.components
    tiered = [one for one in components.values() if isinstance(one, TieredComponent)]
    kept = {name for holdback in plan.payout.holdback for name in holdback.of}
    capped = {name for limit in plan.limits if limit.over == "each-transaction" for name in limit.of}
    single = {name for name, one in components.items() if one.window == "each-transaction"}
    taking = {name for name, one in components.items() if one.takes_back}
    in_parts = {name for name, one in components.items() if one.pays_in or one.credit_factors}
    shared = {name for name, one in components.items() if one.budget or one.type == "pool" or has_team_base(one)}
    attainments = [one.attainment for one in tiered if one.attainment is not None]
    return Needs(
        credits_from=plan.start,
        credit_metrics={name: one.metrics for name, one in components.items() if one.metrics},
        quotas=frozenset((one.attainment_of, one.level, one.of) for one in attainments),
        readings=tuple(_readings(plan, calendar, run)),
        scorecards=frozenset(name for one in components.values() for name in _scorecards(one)),
        terms=frozenset(terms_of_plan(plan)),
        contract_fields=frozenset(one.until.field for one in plan.payout.holdback if one.until.field),
        lines_for=frozenset(kept | single | capped | in_parts | taking | shared),
        working_days=plan.counts_working_days,
    )


def cut_days(plan: Plan, component: str, quotas: Sequence[QuotaMonth] = ()) -> tuple[date, ...]:
    """Return the days at which a component's credits must be folded apart, inside months or at their first day.

    Tables and rates that change, the days on which a quota's version takes effect, the plan's and the component's
    own days. The person's first day on the plan, the day after the last, and `days_after_leaving` later are the
    caller's to cut at.
    """
    shape: ComponentShape = plan.components[component]
    own_end = plan.end if shape.through is None else shape.through + timedelta(days=1)
    found = {day for day in (plan.start, plan.end, shape.start or plan.start, own_end) if day.day != 1}
    for name in ("tiers", "rate", "amount"):
        value = getattr(shape, name, None)
        if isinstance(value, Dated) and plan.rates_in_force_on != "signing-date":
            found.update(value.starts())
    if isinstance(shape, TieredComponent) and shape.attainment is not None:
        key = (shape.attainment.attainment_of, shape.attainment.level, shape.attainment.of)
        found.update(one.effective_from for one in quotas if (one.metric, one.level, one.of) == key)
    return tuple(sorted(day for day in found if day != date.min))


def _readings(plan: Plan, calendar: FiscalCalendar, run: Period) -> list[ReadingNeed]:
    found: dict[ReadingNeed, None] = {}
    for component in plan.components.values():
        factors = (one for one in component.times if isinstance(one, MetricFactor))
        blocks = [*component.needs, *factors, *component.reads]
        for block in blocks:
            period = calendar.window(GRAIN[plan.pay], plan.start)
            while period.start < min(run.end, plan.end):
                window = calendar.window(block.over, period.start)
                start = max(window.start, plan.start, component.start or plan.start)
                month = (period.end - timedelta(days=1)).replace(day=1)
                need = ReadingNeed(
                    block.metric, block.of, start, month, block.quota, block.level, window.end, block.over
                )
                found[need] = None
                period = calendar.window(GRAIN[plan.pay], period.end)
        if isinstance(component, RankComponent):
            found.update(dict.fromkeys(_of_ranking(component, plan, calendar, run)))
    return list(found)


def _of_ranking(component: RankComponent, plan: Plan, calendar: FiscalCalendar, run: Period) -> Iterator[ReadingNeed]:
    """Yield what is ranked by at the end of each window that has ended."""
    by = component.rank_by
    own_end = plan.end if component.through is None else min(plan.end, component.through + timedelta(days=1))
    window = calendar.window(component.adds_up_over, max(plan.start, component.start or plan.start))
    while (end := min(window.end, own_end)) <= run.end and window.start < own_end:
        start = max(window.start, plan.start, component.start or plan.start)
        month = (end - timedelta(days=1)).replace(day=1)
        quota, level = (by.quota, by.level) if isinstance(by, Attainment) else (None, "base")
        over = component.adds_up_over
        yield ReadingNeed(component.reading, by.of, start, month, quota, level, window.end, over)
        window = calendar.window(component.adds_up_over, window.end)


def _scorecards(component: ComponentShape) -> Iterator[str]:
    yield from (factor.grade_from for factor in component.times if isinstance(factor, GradeFactor))
    if isinstance(component, PoolComponent) and component.members_grade is not None:
        yield component.members_grade.grade_from


def terms_of(component: ComponentShape) -> set[str]:
    """Return which own terms a component reads."""
    found: set[str] = set()
    for name in ("amount", "at_least", "at_most"):
        value = getattr(component, name, None)
        if isinstance(value, Dated):
            found.update(getattr(one, "term", "") for one in value.all())
    if isinstance(component, MatrixComponent):
        found.update(one.term for one in component.amounts)
    if isinstance(component, TieredComponent):
        tiers = (one for table in component.tiers.all() for one in table)
        found.update(one.amount.term for one in tiers if one.amount is not None)
    base = getattr(component, "base_rate", None)
    if base is not None:
        found.add(base.term)
    if getattr(component, "members_grade", None) is not None:
        found.add(PERFORMANCE_BASE)
    return found - {""}


def terms_of_limits(plan: Plan, component: str = "") -> set[str]:
    """Return which own terms a plan's limits read: all of them, or those over a component."""
    limits = [limit for limit in plan.limits if not component or component in limit.of]
    return {one.term for limit in limits for one in limit.at_most.all()} - {""}


def terms_of_draw(plan: Plan) -> set[str]:
    """Return which own terms a plan's draw reads."""
    draw = plan.payout.draw
    return set() if draw is None else {one.term for one in draw.amount.all()} - {""}


def terms_of_plan(plan: Plan) -> set[str]:
    """Return which own terms a plan reads anywhere."""
    found = terms_of_limits(plan) | terms_of_draw(plan)
    return found.union(*(terms_of(one) for one in plan.components.values()))
