"""Bottom-up beside top-down: what people and teams submitted, against the targets in force, with who lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from salescli.core.money import from_e4, total
from salescli.core.periods import Period, months_in, parse_period
from salescli.core.quotas.result import Leaf
from salescli.core.quotas.submissions import Compared, Statement, add_up, compare
from salescli.core.table import Report, Table
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem
from salescli.reports.quota_submissions import SubmissionRow, build_submissions_report, build_submissions_table
from salescli.services.context import Context
from salescli.services.quota.figures import add_note
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.targets import fetch_targets
from salescli.store.state import fetch_images

Statements = dict[tuple[str, str], list[Statement]]  # by team and person; both empty: the company
ByMonth = dict[str, Decimal]


def show_submissions(context: Context, period: Period, metric: str = "", level: str = "base") -> Report:
    """Show what was submitted for a period beside its targets, by company, team and person.

    Raises:
        Refused: nothing was submitted for the period.
        UsageError: there are submissions of several metrics, and none was named.
    """
    directory = open_directory(context)
    metrics = sorted(_metrics(context, period))
    if not metrics:
        raise Refused(problem("no-submissions", period=str(period)))
    if metric and metric not in metrics:
        raise UsageError(problem("no-submissions-of-metric", metric=metric, metrics=tuple(metrics)))
    if not metric and len(metrics) > 1:
        raise UsageError(problem("several-metrics", metrics=tuple(metrics)))
    metric = metric or metrics[0]
    leaves, currencies = fetch_targets(context, directory, period)
    chosen = [leaf for leaf in leaves if leaf.metric == metric and leaf.level == level]
    currency = currencies.get(metric, _currency(context, metric))
    rows = _rows(context, directory, period, metric, level, currency, chosen)
    known = {each.name: each.title for each in context.catalogue}
    return build_submissions_report(rows, known.get(metric, Title(metric, metric)), str(period), currency)


def table_of_submissions(
    context: Context, directory: Directory, period: Period, metric: str, currency: str, leaves: Sequence[Leaf]
) -> Table | None:
    """Return the table that stands beside a split; None where nothing was submitted for its year."""
    if metric not in _metrics(context, period):
        return None
    chosen = [leaf for leaf in leaves if leaf.level == "base"]
    return build_submissions_table(_rows(context, directory, period, metric, "base", currency, chosen), currency)


def _currency(context: Context, metric: str) -> str:
    is_money = metric not in context.catalogue or context.catalogue.unit(metric) == "money"
    return context.currency if is_money else ""


def _months_of(context: Context, label: str) -> tuple[str, ...]:
    return tuple(month.label for month in months_in(parse_period(label, context.calendar)))


def _metrics(context: Context, period: Period) -> set[str]:
    months = {month.label for month in months_in(period)}
    images = fetch_images(context.store, context.store.registry["submission"]).values()
    return {image["metric"] for image in images if months.issuperset(_months_of(context, image["period"]))}


def _statements(
    context: Context, directory: Directory, period: Period, metric: str, level: str, currency: str
) -> Statements:
    """Return what was submitted for stretches within the period; other currencies are said and left out."""
    within = {month.label for month in months_in(period)}
    found: Statements = {}
    for image in fetch_images(context.store, context.store.registry["submission"]).values():
        if image["metric"] != metric or (image["level"] or "base") != level or image["amount"] is None:
            continue
        months = _months_of(context, image["period"])
        if not within.issuperset(months):
            continue
        code = image["currency"] or context.currency
        if currency and code != currency:
            add_note(context, problem("other-currency", metric=metric, currency=code, severity="warning"))
            continue
        person = directory.person_key(image["person"]) if image["person"] in directory.people else ""
        team = directory.team_key(image["team"]) if image["team"] in directory.teams and not person else ""
        found.setdefault((team, person), []).append(Statement(months, from_e4(image["amount"])))
    return found


def _rows(
    context: Context,
    directory: Directory,
    period: Period,
    metric: str,
    level: str,
    currency: str,
    leaves: Sequence[Leaf],
) -> list[SubmissionRow]:
    said = _statements(context, directory, period, metric, level, currency)
    company = _by_month(leaf for leaf in leaves if leaf.holder == "company")
    teams = {
        team: _by_month(leaf for leaf in leaves if leaf.holder == "team" and leaf.team == team)
        for team in sorted({leaf.team for leaf in leaves if leaf.holder == "team"} | {team for team, _ in said if team})
    }
    homes = _homes(leaves)
    people = {
        key: _by_month(leaf for leaf in leaves if leaf.holder == "person" and leaf.holder_key == key)
        for key in sorted(homes.keys() | {person for _, person in said if person})
    }
    compared = {key: compare(months, said.get(("", key), [])) for key, months in people.items()}
    names, team_names = directory.member_names(), directory.team_names()
    rows: list[SubmissionRow] = []
    summed: dict[str, Compared] = {}
    for team, months in teams.items():
        members = [key for key, home in homes.items() if home == team]
        own = said.get((team, ""), [])
        below = {key: compared[key] for key in members}
        summed[team] = compare(months, own) if own else add_up(months, below, members)
        rows.append(SubmissionRow("team", team_names.get(team, team), "", summed[team]))
        rows += [SubmissionRow("person", names.get(key, key), key, compared[key]) for key in members]
    rows += [
        SubmissionRow("person", names.get(key, key), key, compared[key])
        for key in people
        if homes.get(key) not in teams
    ]
    own = said.get(("", ""), [])
    below = {team: one for team, one in summed.items() if _has_members(team, homes, said)}
    whole = compare(company, own) if own else add_up(company, below, [*below])
    return [SubmissionRow("company", "", "", whole), *rows]


def _has_members(team: str, homes: Mapping[str, str], said: Statements) -> bool:
    """A team above others has nobody of its own to submit: its teams are counted by themselves."""
    return team in homes.values() or (team, "") in said


def _by_month(leaves: Iterable[Leaf]) -> ByMonth:
    found: dict[str, list[Decimal]] = {}
    for leaf in leaves:
        found.setdefault(leaf.month, []).append(leaf.amount)
    return {month: total(amounts) for month, amounts in found.items()}


def _homes(leaves: Sequence[Leaf]) -> dict[str, str]:
    """Return the team of each person with a target: that of the last month."""
    last: dict[str, tuple[str, str]] = {}
    for leaf in leaves:
        if leaf.holder == "person":
            last[leaf.holder_key] = max(last.get(leaf.holder_key, ("", "")), (leaf.month, leaf.team))
    return {key: team for key, (_, team) in last.items()}
