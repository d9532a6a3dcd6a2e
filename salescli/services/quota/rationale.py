"""`quota rationale`: each target with its reason in words, beside the numbers that are known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.analysis.market import MarketSize, find_size
from salescli.core.money import total
from salescli.core.periods import Period, add_months, parse_period
from salescli.core.quotas.rationale import Market, TargetFrame
from salescli.core.quotas.reconcile import Held
from salescli.core.quotas.sanity import Coverage
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem
from salescli.reports.quota import COMPANY
from salescli.reports.quota_rationale import build_rationale
from salescli.services.context import Context
from salescli.services.quota.actuals import fetch_actuals
from salescli.services.quota.check_facts import gather_cover
from salescli.services.quota.check_subject import IN_FORCE, Subject
from salescli.services.quota.figures import Metric, find_metric, last_day_of_data
from salescli.services.quota.held import days_in_team, fetch_held, parents_of, seats_by_person
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.leaders import teams_in_order
from salescli.services.report.market import load_market
from salescli.store.seats import fetch_seats

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy

Figures = Mapping[str, Decimal]


def show_rationale(context: Context, period: Period, metric: str = "") -> Report:
    """Show why each target of a period is what it is: the company's and every team's.

    Raises:
        Refused: there is no target in the period.
        UsageError: there are targets of several metrics and none was named.
        ProblemsFound: the metric does not add up, or `market.yaml` has errors.
    """
    directory = open_directory(context)
    held = _held_of(fetch_held(context, directory, period, newest=True), metric, period)
    found = find_metric(context, held[0].leaf.metric, held[0].currency)
    subject = Subject(
        found, period, IN_FORCE, tuple(one for one in held if one.currency == held[0].currency), directory
    )
    policy = _policy_of(context, found.name, period)
    frames = _frames(context, subject, policy)
    title = context.catalogue.get(found.name).title
    return build_rationale(frames, period, title, found.currency, _trailing(context, found, period), _why_hint(policy))


def _held_of(held: Sequence[Held], metric: str, period: Period) -> list[Held]:
    metrics = sorted({one.leaf.metric for one in held})
    if not metrics:
        raise Refused(problem("no-targets", period=str(period)))
    if metric and metric not in metrics:
        raise UsageError(problem("no-targets-of-metric", metric=metric, metrics=tuple(metrics)))
    if not metric and len(metrics) > 1:
        raise UsageError(problem("several-metrics", metrics=tuple(metrics)))
    return [one for one in held if one.leaf.metric == (metric or metrics[0])]


def _frames(context: Context, subject: Subject, policy: TargetsPolicy | None) -> list[TargetFrame]:
    directory, period = subject.directory, subject.year
    before = Period(add_months(period.start, -12), add_months(period.end, -12), "")
    last = _figures(context, subject, before)
    window = _trailing(context, subject.metric, period)
    is_told = _is_year(period) and window.start != before.start
    trailing = _figures(context, subject, window) if is_told else {}
    heads, last_heads = _heads(context, directory, period), _heads(context, directory, before)
    covers = {one.team: one for one in gather_cover(context, subject)}
    sizes = load_market(context, subject.metric.name)
    regions = {directory.team_key(entity): image.get("region") or "" for entity, image in directory.teams.items()}
    names, why = directory.team_names(), _reasons(policy, directory)
    frames = []
    for team, levels in _targets(subject).items():
        target = levels.pop("base", None)
        if target is None:
            continue
        market = _market(sizes, period, before, regions.get(team, "") if team else None)
        frames.append(
            TargetFrame(
                team,
                names.get(team, team) if team else COMPANY.text(context.language),
                why.get(team),
                target,
                levels,
                last.get(team),
                trailing.get(team),
                market,
                _cover(covers.get(team)),
                heads.get(team, Fraction(0)),
                last_heads.get(team, Fraction(0)),
                _vacant(subject, team),
            )
        )
    return frames


def _targets(subject: Subject) -> dict[str, dict[str, Decimal]]:
    """Targets by team ("" is the company) and level: the company first, and every team before those below it."""
    found: dict[str, dict[str, Decimal]] = {}
    order = {"": -1} | {team: place for place, team in enumerate(teams_in_order(subject.directory))}
    for one in sorted(subject.held, key=lambda one: order.get(one.leaf.team, len(order))):
        if one.leaf.holder in ("company", "team"):
            levels = found.setdefault(one.leaf.team, {})
            levels[one.leaf.level] = total((levels.get(one.leaf.level, Decimal(0)), one.leaf.amount))
    return found


def _figures(context: Context, subject: Subject, period: Period) -> Figures:
    """Figures of the company ("") and of each team with those below it; nothing where the store has none at all."""
    metric, directory = subject.metric, subject.directory
    whole = fetch_actuals(context, metric, (), period).get(())
    if not isinstance(whole, Decimal):
        return {}
    teams = fetch_actuals(context, metric, ("team",), period, below=True)
    found = {directory.team_key(team): value for (team,), value in teams.items() if team in directory.teams}
    return {"": whole} | {team: value for team, value in found.items() if isinstance(value, Decimal)}


def _heads(context: Context, directory: Directory, period: Period) -> dict[str, Fraction]:
    """People in seat on average over the days of a period, by team with those below it; whoever leads is left out."""
    parents = parents_of(directory)
    leading = {image.get("manager") for image in directory.teams.values()}
    leading |= {seat.manager for seat in fetch_seats(context.store, period.start, period.end)}
    leaders = {directory.person_key(entity) for entity in leading if entity is not None and entity in directory.people}
    found: dict[str, Fraction] = {}
    for person, seats in seats_by_person(context, directory, period).items():
        for team, days in days_in_team(seats, directory, period).items() if person not in leaders else ():
            seen, at = {""}, team
            while at not in seen:
                found[at] = found.get(at, Fraction(0)) + Fraction(days, period.days)
                seen.add(at)
                at = parents.get(at, "")
            found[""] = found.get("", Fraction(0)) + Fraction(days, period.days)
    return found


def _vacant(subject: Subject, team: str) -> int:
    """How many vacant seats have a target, in a team and those below it."""
    parents, seats = parents_of(subject.directory), set()
    for one in subject.base:
        at = one.leaf.team
        if one.leaf.holder == "seat":
            seen = {""}
            while at not in seen and at != team:
                seen.add(at)
                at = parents.get(at, "")
            if at == team:
                seats.add(one.leaf.holder_key)
    return len(seats)


def _cover(found: Coverage | None) -> Coverage | None:
    """A coverage that says something: there is a pipeline, or deals were closed."""
    return found if found is not None and (found.pipeline or found.closed) else None


def _market(sizes: Sequence[MarketSize], period: Period, before: Period, region: str | None) -> Market:
    """The market of the company (None), or of a team's region; a team without a region has none."""
    if region == "":
        return Market()
    where = () if region is None else ("region", region)
    sales: dict[str, Decimal] = {}
    for name in sorted({one.competitor for one in sizes if one.competitor}) if region is None else ():
        found = find_size(sizes, period, competitor=name)
        sales |= {name: found} if found is not None else {}
    group = region or ""
    sources = [one.source for one in sizes if one.group == group and not one.competitor and one.source]
    size, last = find_size(sizes, period, *where), find_size(sizes, before, *where)
    shown = tuple(dict.fromkeys(sources)) if size is not None or last is not None else ()
    return Market(group, size, last, tuple(sorted(sales.items(), key=lambda pair: (-pair[1], pair[0]))), shown)


def _policy_of(context: Context, metric: str, period: Period) -> TargetsPolicy | None:
    """The policy of a metric and the year that a period is in; None where none can be read."""
    from salescli.policy.layers import policy_files
    from salescli.policy.targets import read_targets

    for file in policy_files(context.workspace.config, "targets"):
        policy = read_targets(file.path).value
        if policy is not None and policy.metric == metric:
            try:
                year = parse_period(policy.for_year, context.calendar)
            except UsageError:  # two readings of a bare year: `quota split` says so
                continue
            if year.covers(period):
                return policy
    return None


def _reasons(policy: TargetsPolicy | None, directory: Directory) -> dict[str, Title]:
    """What the policy says of the company ("") and of teams, called by number or name."""
    if policy is None:
        return {}
    keys = {name: key for key, name in directory.team_names().items()}
    found = {keys.get(text, text): why for text, why in policy.teams.rationale.items()}
    return found | ({"": policy.rationale} if policy.rationale is not None else {})


def _trailing(context: Context, metric: Metric, period: Period) -> Period:
    """The last 12 whole months before the day asked, at most to the end of what the targets are of.

    Months that the data does not reach are still to come, not months of nothing.
    """
    end = min(context.on.replace(day=1), period.end)
    reached = last_day_of_data(context, metric, Period(add_months(end, -12), end, ""))
    end = end if reached is None else min(end, add_months(reached.replace(day=1), 1))
    start = add_months(end, -12)
    return Period(start, end, f"{start:%Y-%m}..{add_months(end, -1):%Y-%m}")


def _is_year(period: Period) -> bool:
    return add_months(period.start, 12) == period.end


def _why_hint(policy: TargetsPolicy | None) -> tuple[str, ...]:
    """How to write the reason where there is none."""
    if policy is None or policy.rationale is not None:
        return ()
    return (f"salescli quota set {policy.for_year} --name {policy.targets} --replace --why '…'",)
