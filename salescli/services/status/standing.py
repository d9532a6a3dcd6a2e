"""Where the month stands: each metric with targets, by company and team, beside what was known before yesterday."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from salescli.core.money import CONTEXT
from salescli.core.periods import Period, add_months
from salescli.core.quotas.ratios import Figure
from salescli.core.table import Ratio
from salescli.reports.quota import AttainmentRow
from salescli.reports.status import Gap, Standing, TeamLine
from salescli.services.context import Context
from salescli.services.quota.attainment import Measuring, open_measuring
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.targets import fetch_targets
from salescli.services.touched import known_at
from salescli.store.state import condition

MONTHS_SHOWN = 6
COMPANY = ""
Figures = dict[str, Figure | None]


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
    leaves, _ = fetch_targets(context, open_directory(context), month)
    metrics = sorted({leaf.metric for leaf in leaves if leaf.level == "base" and leaf.metric in context.catalogue})
    measured = [open_measuring(context, month, name) for name in metrics]
    found = [(each, *each.lines("team", _months_before(month)), each.rows("person")) for each in measured]
    earlier = _earlier(context, month, metrics, before)
    return tuple(_standing(context, *each, earlier.get(each[0].metric.name)) for each in found)


def _months_before(month: Period) -> Period:
    return Period(add_months(month.start, -MONTHS_SHOWN), month.start)


def _standing(
    context: Context,
    measuring: Measuring,
    teams: list[AttainmentRow],
    total: AttainmentRow,
    people: list[AttainmentRow],
    earlier: Figures | None,
) -> Standing:
    lines = [
        TeamLine(row, row.trend, _since(row, row.key, earlier), _widest_gap(people, row.key))
        for row in teams
        if row.standing.target is not None or row.standing.actual
    ]
    company = TeamLine(total, total.trend, _since(total, COMPANY, earlier), None)
    metric = measuring.metric
    title = context.catalogue.get(metric.name).title
    return Standing(title, metric.currency, measuring.clock, tuple(lines), company, metric.is_additive)


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


def _since(row: AttainmentRow, key: str, earlier: Mapping[str, Figure | None] | None) -> Decimal | None:
    """What a figure has gained since; a ratio gains nothing that could be added."""
    if earlier is None:
        return None
    now, before = row.standing.actual, earlier.get(key, Decimal(0))
    if now is None or before is None or isinstance(now, Ratio) or isinstance(before, Ratio):
        return None
    return CONTEXT.subtract(now, before)


def _earlier(context: Context, month: Period, metrics: list[str], before: int | None) -> dict[str, Figures]:
    """The same month's figures by team as they were known before yesterday; "" is the company's."""
    if before is None or not metrics:
        return {}
    notes = list(context.notes)
    found: dict[str, Figures] = {}
    with known_at(context, before):
        for name in metrics:
            measuring = open_measuring(context, month, name)
            rows, total = measuring.lines("team")
            figures: Figures = {row.key: row.standing.actual for row in rows}
            found[name] = figures | {COMPANY: total.standing.actual}
    context.notes[:] = notes  # what was odd then is no news now
    return found
