"""Checks of a plan beyond its shapes: what it refers to, and what contradicts itself.

Each is a `Fault` with the path of the words it is about; `policy/plans.py` finds the place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from salescli.core.commission.components.base import ComponentShape, CreditedShape
from salescli.core.commission.components.matrix import MatrixComponent, check_matrix
from salescli.core.commission.components.rank import RankComponent
from salescli.core.commission.components.rate import check_amounts
from salescli.core.commission.components.tiered import BY_RATE, TieredComponent
from salescli.core.commission.components.tiered_forms import check_forms
from salescli.core.commission.continuing import check_continues
from salescli.core.commission.credit_factors import check_factors
from salescli.core.commission.exchange import check_exchange
from salescli.core.commission.factors import GradeFactor, MetricFactor
from salescli.core.commission.gates import Gate
from salescli.core.commission.group_checks import check_groups
from salescli.core.commission.paid_too_much import check_paid_too_much
from salescli.core.commission.pays_in import check_parts
from salescli.core.commission.plan import Plan
from salescli.core.commission.rate_bounds import check_rates
from salescli.core.commission.result import Path
from salescli.core.commission.special_rates import check_special_rates
from salescli.core.commission.taking_over import check_takes_over
from salescli.core.commission.timeline import LENGTH
from salescli.core.dated import Dated
from salescli.core.shape_faults import Fault

Found = Iterator[Fault]


def check_plan(plan: Plan, metrics: Collection[str] | None = None) -> list[Fault]:
    """Return everything wrong with a plan that its shape does not show.

    Args:
        plan: the plan.
        metrics: the names of the catalogue; None where they are not known here: of a case, or a text that a closed run
            kept, which is not asked whether it pays too much or less than nothing.
    """
    found = [*_dates(plan), *_plan_blocks(plan), *_references(plan), *_dated_rates(plan)]
    for name, component in plan.components.items():
        path: Path = ("components", name)
        for check in COMPONENT_CHECKS:
            found += check(component, path, plan)
        if metrics is not None:
            found += [*_metrics(component, path, metrics), *check_paid_too_much(component, path)]
    return found if metrics is None else [*found, *check_rates(plan)]


def _fault(problem: str, /, *path: str | int, **values: object) -> Fault:
    return Fault(problem, path, values)


def _dates(plan: Plan) -> Found:
    if plan.start > plan.through:
        yield _fault("from-after-through", "through", start=plan.start, through=plan.through)
    if not (plan.for_.role or plan.for_.team or plan.for_.people):
        yield _fault("plan-for-nobody", "for")
    for place, name in enumerate(plan.beside):
        if name == plan.plan:
            yield _fault("beside-itself", "beside", place, text=name)
    if plan.format != 1:
        yield _fault("unknown-format", "format", format=plan.format)
    for name, component in plan.components.items():
        start, through = getattr(component, "start", None), getattr(component, "through", None)
        if start is not None and through is not None and start > through:
            yield _fault("from-after-through", "components", name, "through", start=start, through=through)
        if (start is not None and start > plan.through) or (through is not None and through < plan.start):
            yield _fault("component-outside-plan", "components", name, name=name)


def _plan_blocks(plan: Plan) -> Found:
    yield from check_exchange(plan.exchange, plan.currency)
    if plan.payout.round_to <= 0:
        yield _fault("round-to-not-positive", "payout", "round_to", text=str(plan.payout.round_to))
    yield from check_takes_over(plan)
    for index, limit in enumerate(plan.limits):
        if limit.over == "each-transaction" and limit.excess == "next-window":
            yield _fault("transaction-has-no-next-window", "limits", index, "excess")


def _references(plan: Plan) -> Found:
    known = tuple(plan.components)
    for index, limit in enumerate(plan.limits):
        for place, name in enumerate(limit.of):
            if name not in known:
                yield _fault("unknown-component", "limits", index, "of", place, text=name, choices=known)
    for index, holdback in enumerate(plan.payout.holdback):
        path = ("payout", "holdback", index)
        for place, name in enumerate(holdback.of):
            if name not in known:
                yield _fault("unknown-component", *path, "of", place, text=name, choices=known)
        if holdback.until.field and holdback.without_date is None:
            yield _fault("missing-key", *path, key="without_date")


def _dated_rates(plan: Plan) -> Found:
    for path, value in _dated_values(plan, ()):
        starts = getattr(plan.components.get(str(path[1])), "start", None) if path[0] == "components" else None
        if value.starts()[0] > max(plan.start, starts or plan.start):
            yield _fault("table-begins-late", *path, day=value.starts()[0], start=starts or plan.start)
    for path, _ in _dated_values(plan, ()):
        if path[0] == "exchange":  # the block itself says of which day
            continue
        if plan.rates_in_force_on is None:
            yield _fault("missing-key", key="rates_in_force_on")
            return


def _dated_values(value: Any, path: Path) -> Iterator[tuple[Path, Dated[Any]]]:
    """Yield the numbers that change on known days, with their paths."""
    if isinstance(value, Dated):
        if not value.is_constant:
            yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _dated_values(item, (*path, key))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from _dated_values(item, (*path, index))
    elif hasattr(value, "model_fields_set"):
        for key in type(value).model_fields:
            yield from _dated_values(getattr(value, key), (*path, key))


def _component_blocks(component: ComponentShape, path: Path, plan: Plan) -> Found:
    yield from check_continues(component, path, plan)
    yield from check_parts(component, path)
    yield from check_factors(component, path)
    window = getattr(component, "adds_up_over", None)
    if plan.pay == "quarterly" and window == "month":
        yield _fault("window-shorter-than-run", *path, "adds_up_over", key="adds_up_over")
    yield from check_amounts(component, path)
    yield from check_matrix(component, path)
    yield from check_special_rates(component, path)
    if isinstance(component, CreditedShape):
        yield from _team_of(component, path)


def _team_of(component: CreditedShape, path: Path) -> Found:
    if component.credit == "team" and component.team is None:
        yield _fault("missing-key", *path, key="team")
    if component.team is not None and component.credit != "team":
        yield _fault("team-without-team-credit", *path, "team")


def _tiered(component: ComponentShape, path: Path, plan: Plan) -> Found:
    if not isinstance(component, TieredComponent):
        return
    if component.has_two_measures and component.apply in ("slice-by-slice", "as-stated"):
        yield _fault("slices-of-another-measure", *path, "apply", pays_on=component.pays_on)
    if component.adds_up_over == "each-transaction" and component.attainment is not None:
        yield _fault("transaction-has-no-attainment", *path, "tier_by")
    if component.has_two_measures and not component.tiers.is_constant and plan.rates_in_force_on == "signing-date":
        yield _fault("signing-date-of-two-measures", *path, "tiers", pays_on=component.pays_on)
    yield from _attainment(component, path)
    yield from _tables(component, path, plan)
    yield from check_forms(component, path)
    yield from _base_rate(component, path)


def _attainment(component: TieredComponent, path: Path) -> Found:
    for key in ("when_quota_is_zero", "when_quota_changes"):
        given = getattr(component, key)
        if component.attainment is not None and given is None:
            yield _fault("missing-key", *path, key=key)
        if component.attainment is None and given is not None:
            yield _fault("key-without-quota", *path, key, key=key)


def _tables(component: TieredComponent, path: Path, plan: Plan) -> Found:
    wants_rate = component.attainment is not None
    for day, table in component.tiers.values:
        place = (*path, "tiers") if component.tiers.is_constant else (*path, "tiers", day.isoformat())
        for tier in table:
            if tier.is_rate and not wants_rate:
                yield _fault("tier-in-percent", *place, tier.index, tier.key, key=tier.key)
            elif wants_rate and not tier.is_rate:
                yield _fault("tier-needs-percent", *place, tier.index, tier.key, key=tier.key)


def _base_rate(component: TieredComponent, path: Path) -> Found:
    multiples = any(tier.rate.multiple is not None for table in component.tiers.all() for tier in table)
    if multiples and component.base_rate is None:
        yield _fault("missing-key", *path, key="base_rate")
    if component.base_rate is not None and not multiples:
        yield _fault("base-rate-unused", *path, "base_rate")
    if component.base_rate is not None and component.base_rate.over_quota and component.attainment is None:
        yield _fault("base-rate-needs-quota", *path, "base_rate")


def _gates(component: ComponentShape, path: Path, plan: Plan) -> Found:
    for index, gate in enumerate(component.needs):
        place = (*path, "needs", index)
        has_rates = isinstance(component, TieredComponent) and component.apply in (*BY_RATE, "as-stated")
        if gate.if_missed == "lowest-tier" and not has_rates:
            yield _fault("lowest-tier-without-tiers", *place, "if_missed")
        yield from _over(gate, place, plan)


def _factors(component: ComponentShape, path: Path, plan: Plan) -> Found:
    for index, factor in enumerate(component.times):
        place = (*path, "times", index)
        if isinstance(factor, GradeFactor) and not factor.which.endswith(factor.over):
            yield _fault("which-is-not-over", *place, "which", which=factor.which, over=factor.over)
        yield from _over(factor, place, plan)


def _over(block: Gate | GradeFactor | MetricFactor, path: Path, plan: Plan) -> Found:
    if plan.pay == "quarterly" and LENGTH[block.over] < LENGTH["quarter"]:
        yield _fault("window-shorter-than-run", *path, "over", key="over")


def _metrics(component: ComponentShape, path: Path, metrics: Collection[str]) -> Found:
    places: list[tuple[Path, str]] = []
    if isinstance(component, CreditedShape) and component.metrics:
        places.append(((*path, "pays_on"), component.pays_on))
    if isinstance(component, MatrixComponent):
        places += [((*path, "rows", "metric"), component.rows.metric)]
        places += [((*path, "columns", "metric"), component.columns.metric)]
    if isinstance(component, TieredComponent) and component.attainment is not None:
        places.append(((*path, "tier_by", "attainment_of"), component.attainment.attainment_of))
    if isinstance(component, RankComponent):
        key = "metric" if component.reading == component.measure else "attainment_of"
        places.append(((*path, "rank_by", key), component.measure))
    places += [((*path, "needs", index, "metric"), gate.metric) for index, gate in enumerate(component.needs)]
    for index, factor in enumerate(component.times):
        if isinstance(factor, MetricFactor):
            places.append(((*path, "times", index, "metric"), factor.metric))
    for place, name in places:
        if name not in metrics:
            yield Fault("unknown-metric-in-plan", place, {"text": name, "choices": tuple(sorted(metrics))})


COMPONENT_CHECKS: tuple[Callable[[ComponentShape, Path, Plan], Found], ...] = (
    _component_blocks,
    _tiered,
    _gates,
    _factors,
    check_groups,
)
