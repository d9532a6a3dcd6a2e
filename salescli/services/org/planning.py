"""`org capacity`: heads needed for a target, what the heads at hand can bring, and by when to hire."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from salescli.core.periods import Period, add_months, month_of, months_in
from salescli.core.quotas.heads import (
    YEAR,
    Attrition,
    Average,
    Producer,
    RampTable,
    Yield,
    compute_average,
    compute_hires,
    expected_loss,
    heads_of_team,
)
from salescli.core.quotas.inputs import MemberInput, MonthInput
from salescli.core.quotas.result import Leaf
from salescli.core.scalars import TextRefused, parse_amount, parse_rate
from salescli.core.table import Report
from salescli.errors import Problem, Refused, UsageError, problem
from salescli.reports.capacity import Basis, Grain, Plan, TeamLine, build_capacity
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.services.org.heads import YEARS, fetch_producers, last_months, measure_attrition
from salescli.services.quota.attainment import metric_with_targets
from salescli.services.quota.figures import Metric, find_metric, total_of
from salescli.services.quota.inputs import Directory, find_members, open_directory, target_year
from salescli.services.quota.targets import fetch_targets

if TYPE_CHECKING:
    from salescli.core.quotas.shape import PeopleShape, TargetsPolicy

T = TypeVar("T")


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
    grain: Grain = "quarter"
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
    given = _typed(request.target, parse_amount)
    policy = _policy_of(context, request.metric, period)
    metric = _metric(context, request, policy, period, given)
    ramps, people = _ramps(request, policy), _people(request, policy)
    directory = open_directory(context)
    members = find_members(context, people, directory, period)
    per_month, producers, window = _per_month(context, request, metric, directory, people, ramps)
    attrition = _attrition(context, request, directory, people)
    months = tuple(MonthInput(one.label, one.start, one.end) for one in months_in(period))
    each = Yield(per_month, expected_loss(attrition.yearly, len(months)))
    leaves = [] if given is not None else _targets(context, directory, period, metric)
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
        window,
        tuple(producers),
        attrition,
        ramps,
        role,
        request.per_head != "",
        given is not None,
        known_line(context),
    )
    plan = Plan(basis, each, target, by_month, tuple(lines), hires, months)
    return build_capacity(plan, request.grain, request.with_rows, request.with_explanation)


def _whole_months(period: Period) -> Period:
    if month_of(period.start).start != period.start or month_of(period.last_day).end != period.end:
        raise UsageError(problem("not-whole-months", period=str(period)))
    return period


def _typed(text: str, parse: Callable[[str], T]) -> T | None:
    if not text:
        return None
    try:
        return parse(text)
    except TextRefused as refused:
        raise UsageError(Problem(refused.name, values=refused.values)) from None


def _policy_of(context: Context, metric: str, period: Period) -> TargetsPolicy | None:
    """The target policy of this metric whose year has the period, where it is the only one and can be read."""
    from salescli.policy.layers import policy_files
    from salescli.policy.targets import read_targets

    found = []
    for file in policy_files(context.workspace.config, "targets"):
        policy = read_targets(file.path, context.workspace.relative(file.path)).value
        if policy is None or (metric and policy.metric != metric):
            continue
        if target_year(policy, context.calendar).covers(period):
            found.append(policy)
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
    return PeopleShape.model_validate({"split_by": "equal"}).model_copy(update=roles)


def _ramps(request: CapacityRequest, policy: TargetsPolicy | None) -> RampTable:
    """The ramp that was typed, for every role; else that of the policy."""
    if request.ramp:
        rates = tuple(_typed(text.strip(), parse_rate) or Decimal(0) for text in request.ramp.split(","))
        for rate in rates:
            if not 0 <= rate <= 1:
                raise UsageError(problem("ramp-out-of-range", text=request.ramp))
        return RampTable(every=rates)
    if policy is None:
        return RampTable()
    return RampTable(policy.people.ramp or policy.people.capacity or policy.teams.capacity)


def _per_month(
    context: Context,
    request: CapacityRequest,
    metric: Metric,
    directory: Directory,
    people: PeopleShape,
    ramps: RampTable,
) -> tuple[Fraction, list[Producer], Period | None]:
    given = _typed(request.per_head, parse_amount)
    if given is not None:
        if given <= 0:
            raise UsageError(problem("number-too-small", text=request.per_head, limit="0.0001"))
        return Fraction(given) / YEAR, [], None
    window = last_months(context.on, YEAR)
    members = find_members(context, people, directory, window)
    producers = fetch_producers(context, metric, directory, members, window, ramps)
    year = compute_average([Fraction(one.amount) for one in producers], request.average)
    if year <= 0:
        raise UsageError(problem("too-few-ramped", window=str(window), count=0, fewest=1))
    return year / YEAR, producers, window


def _attrition(context: Context, request: CapacityRequest, directory: Directory, people: PeopleShape) -> Attrition:
    given = _typed(request.attrition, parse_rate)
    if given is not None:
        if not 0 <= given < 1:
            raise UsageError(problem("attrition-out-of-range", text=request.attrition))
        return Attrition(Fraction(given))
    window = last_months(context.on, YEARS * YEAR)
    return measure_attrition(context, directory, find_members(context, people, directory, window), window)


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


def _day_in(on: date, period: Period) -> date:
    """The day on which heads are counted: the day asked, or the edge of the period that is nearest to it."""
    return min(max(on, period.start), period.last_day)


def _commonest(members: Mapping[int, Sequence[MemberInput]]) -> str:
    """The role that most of the people have: hires are taken to be of it."""
    roles = [one.role for each in members.values() for one in each if one.role]
    return min(set(roles), key=lambda role: (-roles.count(role), role)) if roles else ""
