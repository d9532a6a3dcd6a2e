"""Where the month stands: each metric with targets, by company and team, beside what was known before yesterday."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from salescli.core.money import CONTEXT
from salescli.core.periods import Period, add_months, months_in
from salescli.core.table import Series
from salescli.reports.quota import AttainmentRow
from salescli.reports.status import Gap, Standing, TeamLine
from salescli.services.context import Context
from salescli.services.quota.attainment import Measuring, open_measuring
from salescli.services.quota.figures import fetch_figures, total_of
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.targets import fetch_targets
from salescli.services.touched import known_at
from salescli.store.state import condition

MONTHS_SHOWN = 6
Figures = dict[str, Decimal]


def find_standings(context: Context, month: Period, before: int | None) -> tuple[Standing, ...]:
    """Return the standing of every metric that has base targets in a month.

    Args:
        context: the workspace.
        month: the month of the day asked.
        before: the last batch before yesterday; None where there is none, or nothing has changed since.
    """
    have = condition(context.store.known)
    if not context.store.db.execute(f'SELECT 1 FROM "target" WHERE {have} LIMIT 1').fetchone():
        return ()
    leaves, currencies = fetch_targets(context, open_directory(context), month)
    metrics = sorted({leaf.metric for leaf in leaves if leaf.level == "base"})
    additive = [name for name in metrics if name in context.catalogue and context.catalogue.is_additive(name)]
    found = [(open_measuring(context, month, name), currencies.get(name, "")) for name in additive]
    measured = [(each, each.rows("team"), each.rows("person"), each.total()) for each, _ in found]
    trends = [_trends(context, each) for each, _ in found]
    earlier = _earlier(context, month, additive, before)
    return tuple(
        _standing(context, each, teams, people, total, trend, earlier.get(each.metric.name))
        for (each, teams, people, total), trend in zip(measured, trends, strict=True)
    )


def _standing(
    context: Context,
    measuring: Measuring,
    teams: list[AttainmentRow],
    people: list[AttainmentRow],
    total: AttainmentRow,
    trends: dict[str, Series],
    earlier: Figures | None,
) -> Standing:
    lines = [
        TeamLine(row, trends.get(row.key, ()), _since(row, row.key, earlier), _widest_gap(people, row.key))
        for row in teams
        if row.standing.target is not None or row.standing.actual
    ]
    company = TeamLine(total, trends[""], _since(total, None, earlier), None)
    metric = measuring.metric
    return Standing(context.catalogue.get(metric.name).title, metric.currency, measuring.clock, tuple(lines), company)


def _widest_gap(people: Iterable[AttainmentRow], team: str) -> Gap | None:
    """The member who is furthest behind of what should have been reached by now; nobody where all keep pace."""
    behind = [
        Gap(row.name, CONTEXT.minus(to_go))
        for row in people
        if row.team_key == team and (to_go := row.standing.to_go) and _is_behind(row)
    ]
    return min(behind, key=lambda gap: gap.amount, default=None)


def _is_behind(row: AttainmentRow) -> bool:
    pace = row.standing.pace
    exact = pace.exact() if pace is not None else None
    return exact is None or exact < 1


def _since(row: AttainmentRow, key: str | None, earlier: Figures | None) -> Decimal | None:
    """What a figure has gained since; `key` None is the company."""
    if earlier is None:
        return None
    before = total_of(earlier.values()) if key is None else earlier.get(key, Decimal(0))
    return CONTEXT.subtract(row.standing.actual, before)


def _earlier(context: Context, month: Period, metrics: list[str], before: int | None) -> dict[str, Figures]:
    """The same month's figures by team as they were known before yesterday."""
    if before is None or not metrics:
        return {}
    notes = list(context.notes)
    with known_at(context, before):
        found = {}
        for name in metrics:
            measuring = open_measuring(context, month, name)
            found[name] = {row.key: row.standing.actual for row in measuring.rows("team")}
    context.notes[:] = notes  # what was odd then is no news now
    return found


def _trends(context: Context, measuring: Measuring) -> dict[str, Series]:
    """The figures of each team in the whole months before this one; "" is the company."""
    end = measuring.clock.period.start
    window = Period(add_months(end, -MONTHS_SHOWN), end)
    labels = [month.label for month in months_in(window)]
    by_team = fetch_figures(context, measuring.metric, ("team", "month"), window)
    cells: dict[str, Figures] = {"": {}}
    for (team, label), value in by_team.items():
        for key in ("", *_keys(measuring.directory, team)):
            months = cells.setdefault(key, {})
            months[str(label)] = CONTEXT.add(months.get(str(label), Decimal(0)), value)
    return {key: tuple(months.get(label, Decimal(0)) for label in labels) for key, months in cells.items()}


def _keys(directory: Directory, team: object) -> tuple[str, ...]:
    return (directory.team_key(team),) if isinstance(team, int) and team in directory.teams else ()
