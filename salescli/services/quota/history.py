"""What targets have been: the first version beside its revisions, and every batch that changed them."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.periods import Period, months_in, parse_period
from salescli.core.quotas.revising import Place
from salescli.core.quotas.versions import version_in_force
from salescli.core.table import Report
from salescli.errors import Refused, UsageError, problem
from salescli.reports.quota import Names
from salescli.reports.quota_versions import (
    LogLine,
    LogTotal,
    VersionCells,
    build_log_report,
    build_versions_report,
)
from salescli.services.context import Context
from salescli.services.knowledge import local_moment
from salescli.services.quota.figures import measure_of
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.scope import find_holders
from salescli.services.quota.splitting import find_targets
from salescli.services.quota.targets import TargetVersion, fetch_targets, fetch_versions
from salescli.services.quota.versions import newest_versions, version_words
from salescli.services.touched import known_at
from salescli.store.batches import Batch, fetch_batches, in_force
from salescli.store.lineage import fetch_batches_of

COMPANY_AND_TEAMS = "person_id IS NULL AND seat IS NULL"
Totals = dict[tuple[str, str, str], tuple[Decimal | None, str]]
"""Metric, year and team ("" for the company) to the figure of the newest months together, and its currency."""


def show_versions(context: Context, period: Period, metric: str = "", team: str = "", person: str = "") -> Report:
    """Show the first version of a period's targets beside every revision of it, those to come included.

    Raises:
        Refused: there is no such target in the period.
        UsageError: there are targets of several metrics, and none was named; there is no such team or person.
    """
    directory = open_directory(context)
    team, person = find_holders(context, directory, team, person)
    leaves, currencies = fetch_targets(context, directory, period)
    name = _one_metric({leaf.metric for leaf in leaves}, metric, period)
    months = [month.label for month in months_in(period)]
    found = fetch_versions(context, directory, set(months), name)
    since = sorted({one.since for line in found.values() for one in line if one.since <= one.leaf.month})
    months_of: dict[Place, dict[str, list[Decimal]]] = {}
    names = Names(directory.team_names(), directory.member_names(), context.language)
    for (_, level, of, _, key, month), line in found.items():
        if team not in ("", of) or person not in ("", key):
            continue
        amounts = months_of.setdefault((level, of, line[0].leaf.holder, key), {})
        for version in since:
            amount = _amount([one for one in line if one.currency == currencies[name]], month, version)
            if amount is not None:
                amounts.setdefault(version, []).append(amount)
    measure = measure_of(context, name)
    cells: VersionCells = {
        place: {version: measure.whole(each) for version, each in amounts.items()}
        for place, amounts in months_of.items()
    }
    if not cells:
        raise Refused(problem("no-targets", period=str(period)))
    known = context.catalogue.metrics.get(name)
    title = known.title if known else None
    words = version_words(context, directory, name, months)
    return build_versions_report(cells, since, names, currencies[name], (name, title, str(period)), words, measure)


def show_log(context: Context, name: str = "", metric: str = "", limit: int = 20) -> Report:
    """Show the batches that changed targets, newest first, with the totals that they moved.

    Raises:
        UsageError: there is no policy of that name.
        Refused: no batch has touched a target.
    """
    year: Period | None = None
    if name:
        policy = find_targets(context, name).require()
        metric, year = policy.metric, parse_period(policy.for_year, context.calendar)
    touched = _batches(context, metric, year)
    known = context.store.known
    batches = [one for one in fetch_batches(context.store) if known is None or one.id <= known]
    live = in_force(context.store, known)
    undone = {one.undoes: one.id for one in batches if one.undoes is not None and one.id in live}
    directory = open_directory(context)
    lines: list[LogLine] = []
    for batch in (one for one in batches if one.id in touched):
        moved = _moved(context, directory, batch, metric, year.label if year else "")
        lines.append(_line(context, batch, undone, moved))
        if limit and len(lines) == limit:
            break
    if not lines:
        raise Refused(problem("no-target-batches"))
    return build_log_report(lines, Names(directory.team_names(), directory.member_names(), context.language))


def _batches(context: Context, metric: str, year: Period | None) -> set[int]:
    """The batches that changed targets, of a metric and a year where they are given."""
    clauses, values = ["1"], list[str]()
    if metric:
        clauses, values = [*clauses, "metric = ?"], [metric]
    if year:
        months = [f"{day:%Y-%m}" for day in (year.start, year.last_day)]
        clauses, values = [*clauses, "month BETWEEN ? AND ?"], [*values, *months]
    return set(fetch_batches_of(context.store, context.store.registry["target"], " AND ".join(clauses), tuple(values)))


def _one_metric(metrics: set[str], asked: str, period: Period) -> str:
    if not metrics:
        raise Refused(problem("no-targets", period=str(period)))
    if asked and asked not in metrics:
        raise UsageError(problem("no-targets-of-metric", metric=asked, metrics=tuple(sorted(metrics))))
    if not asked and len(metrics) > 1:
        raise UsageError(problem("several-metrics", metrics=tuple(sorted(metrics))))
    return asked or next(iter(metrics))


def _amount(line: list[TargetVersion], month: str, seen: str) -> Decimal | None:
    one = version_in_force(((each.since, each) for each in line), month, seen)
    return None if one is None or one.withdrawn else one.leaf.amount


def _line(context: Context, batch: Batch, undone: dict[int, int], moved: tuple[LogTotal, ...]) -> LogLine:
    revises = batch.summary.get("revises", {})
    return LogLine(
        batch.id,
        local_moment(context.workspace, batch.at),
        batch.by,
        batch.kind,
        batch.title,
        batch.summary.get("run"),
        revises.get("from", ""),
        revises.get("reason", ""),
        batch.undoes,
        undone.get(batch.id),
        moved,
    )


def _moved(context: Context, directory: Directory, batch: Batch, metric: str, year: str) -> tuple[LogTotal, ...]:
    """Return the totals of the company and of teams that a batch moved."""
    with known_at(context, batch.id - 1):
        before = _totals(context, directory, metric, year)
    with known_at(context, batch.id):
        after = _totals(context, directory, metric, year)
    found = []
    for place in sorted(before.keys() | after.keys()):
        was, becomes = before.get(place), after.get(place)
        if was != becomes:
            currency = (becomes or was or (None, ""))[1]
            ends = (was[0] if was else None, becomes[0] if becomes else None)
            found.append(LogTotal(*place, currency, *ends, measure_of(context, place[0])))
    return tuple(found)


def _totals(context: Context, directory: Directory, metric: str, year: str) -> Totals:
    months: dict[tuple[str, str, str], tuple[list[Decimal | None], str]] = {}
    for one in newest_versions(context, directory, None, metric, COMPANY_AND_TEAMS):
        leaf = one.leaf
        span = context.calendar.window("year", parse_period(leaf.month, context.calendar).start).label
        if leaf.level == "base" and year in ("", span):
            months.setdefault((leaf.metric, span, leaf.team), ([], one.currency))[0].append(leaf.amount)
    return {
        place: (measure_of(context, place[0]).whole(amounts), currency) for place, (amounts, currency) in months.items()
    }
