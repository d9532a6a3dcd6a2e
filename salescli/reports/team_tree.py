"""Teams that have teams below: their own figure beside that of the whole branch, and the targets that hold it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from salescli.core.money import total
from salescli.core.table import Column, Ratio, Table, Value
from salescli.core.title import Title
from salescli.reports.answers import Results, TeamFact
from salescli.reports.measures import value_column
from salescli.reports.params import Asked
from salescli.reports.quota import FULL, NO_TARGET, AttainmentRow


def rolled_up(asked: Asked, results: Results) -> tuple[Table, ...]:
    """Teams that have teams below: their own figure, and with all below; those lines do not add up."""
    below = results.optional_figures("below")
    if below is None:
        return ()
    rows = {row.key: row for row in results.standings("by-team").rows}
    rolled, teams = below.by_key(), results.teams()
    lines: list[tuple[Value, ...]] = []
    for team, under in _with_teams_below(teams):
        counted, covered = _highest_with_target(under, teams, rows)
        target = total(rows[key].standing.target or Decimal(0) for key in counted) if counted else None
        if asked.text("currency") and any(key in rows and key not in covered for key in under):
            target = None  # some have theirs in another currency
        actual = rolled.get((team.key,), Decimal(0))
        reached = Ratio(actual, target) if isinstance(actual, Decimal) and target else None
        own = rows[team.key].own if team.key in rows else Decimal(0)
        lines.append((team.name, own, actual, target, reached, reached, len(under) - 1))
    columns = (
        Column("team", Title("上级团队", "Team above")),
        value_column("own", Title("本级", "Own"), asked.metric),
        value_column("with_below", Title("含下级", "With below"), asked.metric),
        value_column("target_below", Title("目标之和", "Targets added"), asked.metric),
        Column("attainment_below", Title("达成", "Reached"), "ratio", thresholds=(FULL,), blank=NO_TARGET),
        Column("bar", Title("图", "Bar"), "bar"),
        Column("teams_below", Title("下级团队", "Teams below"), "count"),
    )
    return (Table("rolled-up", columns, tuple(lines)),) if lines else ()


def _highest_with_target(
    under: Sequence[str], teams: Sequence[TeamFact], rows: Mapping[str, AttainmentRow]
) -> tuple[list[str], set[str]]:
    """Return the teams of a branch that have a target and are below none that has, and all that these targets hold."""
    above = {team.key: team.above for team in teams}
    found: list[str] = []
    covered: set[str] = set()
    for key in under:  # every team after the one above it
        if above[key] in covered:
            covered.add(key)
        elif key in rows and rows[key].standing.target is not None:
            covered.add(key)
            found.append(key)
    return found, covered


def _with_teams_below(teams: Sequence[TeamFact]) -> list[tuple[TeamFact, list[str]]]:
    """Each team that has others below it, with the keys of its whole branch; a branch stands together in the list."""
    found = []
    for place, team in enumerate(teams):
        branch = [team.key]
        for other in teams[place + 1 :]:
            if other.depth <= team.depth:
                break
            branch.append(other.key)
        if len(branch) > 1:
            found.append((team, branch))
    return found
