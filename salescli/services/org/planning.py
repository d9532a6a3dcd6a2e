"""`org capacity`: heads needed for a target, what the heads at hand can bring, and by when to hire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.periods import Period, WindowGrain, add_months, month_of, months_in
from salescli.core.quotas.heads import (
    Average,
    RampTable,
    Yield,
    compute_hires,
    expected_loss,
    heads_of_team,
)
from salescli.core.quotas.inputs import MemberInput, MonthInput
from salescli.core.quotas.result import Leaf
from salescli.core.table import Report
from salescli.errors import Refused, UsageError, problem
from salescli.reports.capacity import build_capacity
from salescli.reports.capacity_words import Basis, Plan, TeamLine
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.services.org.heads import Sought, measure
from salescli.services.org.options import Options, read_options
from salescli.services.quota.attainment import metric_with_targets
from salescli.services.quota.figures import Metric, find_metric, total_of
from salescli.services.quota.inputs import Directory, open_directory, target_year
from salescli.services.quota.targets import fetch_targets

if TYPE_CHECKING:
    from salescli.core.quotas.shape import PeopleShape, TargetsPolicy


@dataclass(frozen=True, slots=True)
class CapacityRequest:
    """What is asked, as typed: "" is what the records and the target policy say."""

    period: str = "this-year"
    metric: str = ""
    target: str = ""
    per_head: str = ""
    attrition: str = ""
    ramp: str = ""
    role: str = ""
    average: Average = "median"
    grain: WindowGrain = "quarter"
    with_rows: bool = False
    with_explanation: bool = False


def plan_capacity(context: Context, request: CapacityRequest) -> Report:
    """Compare the heads at hand with what a target takes.

    Raises:
        UsageError: an option that cannot be read, a period of other than whole months, or too few people or leavers to
            measure what was not given.
        Refused: there is no target in the period and none was given.
    """
    period = _whole_months(context.parse_period(request.period))
    options = read_options(request.target, request.per_head, request.attrition, request.ramp)
    given = options.target
    policy = _policy_of(context, request.metric, period)
    metric = _metric(context, request, policy, period, given)
    ramps, directory = _ramps(options, policy), open_directory(context)
    sought = Sought(context, metric, directory, _people(request, policy))
    members = sought.members(period)
    if request.role and not members:
        raise UsageError(problem("nobody-in-role", role=request.role, period=str(period)))
    leaves = [] if given is not None else _targets(context, directory, period, metric)
    head, attrition = measure(sought, options, ramps, request.average)
    months = tuple(MonthInput(one.label, one.start, one.end) for one in months_in(period))
    each = Yield(head.per_month, expected_loss(attrition.yearly, len(months)))
    company = [leaf for leaf in leaves if leaf.holder == "company"]
    target = given if given is not None else total_of(leaf.amount for leaf in company)
    by_month = _by_month(company, months)
    lines = _team_lines(directory, members, leaves, months, _day_in(context.on, period), ramps)
    role = request.role or _commonest(members)
    have = each.kept * sum((line.heads.total for line in lines), Fraction(0))
    first = context.on.replace(day=1)
    earliest = first if context.on == first else add_months(first, 1)
    rates = ramps.of(role)
    hires = compute_hires(Fraction(target) - have, each, rates, months, earliest)
    basis = Basis(
        context.catalogue.get(metric.name).title,
        metric.currency,
        period,
        context.on,
        request.average,
        head.window,
        head.producers,
        attrition,
        ramps,
        role,
        given is not None,
        known_line(context),
    )
    plan = Plan(basis, each, target, by_month, tuple(lines), hires, months, _periods(context, months, request.grain))
    return build_capacity(plan, request.with_rows, request.with_explanation)


def _whole_months(period: Period) -> Period:
    if month_of(period.start).start != period.start or month_of(period.last_day).end != period.end:
        raise UsageError(problem("not-whole-months", period=str(period)))
    return period


def _policy_of(context: Context, metric: str, period: Period) -> TargetsPolicy | None:
    """The target policy whose year has the period, where there is one: of this metric, else of another."""
    from salescli.policy.layers import policy_files
    from salescli.policy.targets import read_targets

    same: list[TargetsPolicy] = []
    others: list[TargetsPolicy] = []
    for file in policy_files(context.workspace.config, "targets"):
        policy = read_targets(file.path, context.workspace.relative(file.path)).value
        if policy is not None and target_year(policy, context.calendar).covers(period):
            (same if metric in ("", policy.metric) else others).append(policy)
    found = same or others
    return found[0] if len(found) == 1 else None


def _metric(
    context: Context, request: CapacityRequest, policy: TargetsPolicy | None, period: Period, given: Decimal | None
) -> Metric:
    if given is None:
        return find_metric(context, metric_with_targets(context, period, request.metric))
    if request.metric:
        return find_metric(context, request.metric)
    if policy is None:
        raise UsageError(problem("capacity-needs-metric"))
    return find_metric(context, policy.metric, policy.currency or "")


def _people(request: CapacityRequest, policy: TargetsPolicy | None) -> PeopleShape:
    """Whose heads count: those with a quota in the policy; without one everybody but leaders; or one role."""
    from salescli.core.quotas.shape import PeopleShape

    roles = {"roles": (request.role,)} if request.role else {}
    if policy is not None:
        return policy.people.model_copy(update=roles)
    return PeopleShape(split_by="equal").model_copy(update=roles)


def _ramps(options: Options, policy: TargetsPolicy | None) -> RampTable:
    """The ramp that was typed, for every role; else that of the policy."""
    if options.ramp or policy is None:
        return RampTable(every=options.ramp)
    return RampTable(policy.people.ramp or policy.people.capacity or policy.teams.capacity)


def _targets(context: Context, directory: Directory, period: Period, metric: Metric) -> list[Leaf]:
    leaves, _ = fetch_targets(context, directory, period, metric.currency)
    found = [leaf for leaf in leaves if leaf.metric == metric.name and leaf.level == "base"]
    if not any(leaf.holder == "company" for leaf in found):
        raise Refused(problem("no-targets", period=str(period)))
    return found


def _by_month(company: Sequence[Leaf], months: Sequence[MonthInput]) -> tuple[Decimal | None, ...]:
    amounts = {leaf.month: leaf.amount for leaf in company}
    return tuple(amounts.get(month.label) for month in months)


def _team_lines(
    directory: Directory,
    members: Mapping[int, Sequence[MemberInput]],
    leaves: Sequence[Leaf],
    months: Sequence[MonthInput],
    on: date,
    ramps: RampTable,
) -> list[TeamLine]:
    """A line for each team with heads: its people against the part of its target that is theirs."""
    names = directory.team_names()
    direct = {leaf.team for leaf in leaves if leaf.holder == "direct"}
    found = []
    for team, mine in members.items():
        key = directory.team_key(team)
        holder = "direct" if key in direct else "team"
        target = [leaf.amount for leaf in leaves if leaf.holder == holder and leaf.team == key]
        heads = heads_of_team(key, mine, months, on, ramps)
        found.append(TeamLine(names[key], heads, total_of(target) if target else None))
    return sorted(found, key=lambda line: line.heads.team)


def _periods(
    context: Context, months: Sequence[MonthInput], grain: WindowGrain
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The months or fiscal quarters of the period, each with the places of its months."""
    found: dict[str, list[int]] = {}
    for at, month in enumerate(months):
        found.setdefault(context.calendar.window(grain, month.start).label, []).append(at)
    return tuple((label, tuple(places)) for label, places in found.items())


def _day_in(on: date, period: Period) -> date:
    """The day on which heads are counted: the day asked, or the edge of the period that is nearest to it."""
    return min(max(on, period.start), period.last_day)


def _commonest(members: Mapping[int, Sequence[MemberInput]]) -> str:
    """The role that most of the people have: hires are taken to be of it."""
    roles = [one.role for each in members.values() for one in each if one.role]
    return min(set(roles), key=lambda role: (-roles.count(role), role)) if roles else ""
