"""`report team`: per team the target, actual, attainment, pace, the last six months, and who lacks most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from salescli.core.money import total
from salescli.core.periods import month_of
from salescli.core.quotas.attainment import Attainment
from salescli.core.table import Chart, Column, Line, Ratio, Report, Series, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Figures, Results, TeamFact
from salescli.reports.declaration import FiguresNeed, Need, StandingsNeed, TeamsNeed, TraceNeed
from salescli.reports.measures import (
    definition_line,
    difference,
    earlier_columns,
    earlier_line,
    earlier_of,
    incomplete_line,
    known_span,
    months_until,
    nothing_of,
    pace_word,
    period_title,
    series_by_group,
    value_column,
)
from salescli.reports.params import AMOUNT, COMPARE, CURRENCY, EXPLAIN, PERIOD, ROWS, Asked
from salescli.reports.quota import FULL, NO_TARGET, AttainmentRow

PARAMS = (PERIOD, AMOUNT, COMPARE, CURRENCY, ROWS, EXPLAIN)
MONTHS = 6


@dataclass(frozen=True, slots=True)
class _Extra:
    """What stands beside attainment, by team."""

    earlier: Figures | None
    trends: Mapping[tuple[str | None, ...], Series]
    gaps: Mapping[str, AttainmentRow]
    no_trend: Series


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for attainment by team and by person, the months behind, and what is rolled up where teams nest."""
    metric, period = asked.metric.name, asked.period
    span = known_span(months_until(month_of(period.last_day), MONTHS), asked)
    found: dict[str, Need] = {
        "teams": TeamsNeed(),
        "by-team": StandingsNeed(metric, "team", period),
        "by-person": StandingsNeed(metric, "person", period),
        "below": FiguresNeed(metric, ("team",), asked.counted, below=True, is_optional=True),
        "months": FiguresNeed(metric, ("team", "month"), span),
        "all-months": FiguresNeed(metric, ("month",), span),
        "trace": TraceNeed(metric, ("team",), asked.counted, (), asked.flag("rows"), asked.flag("explain")),
    }
    if asked.earlier is not None:
        found["earlier"] = FiguresNeed(metric, (), asked.earlier)
        found["earlier-teams"] = FiguresNeed(metric, ("team",), asked.earlier)
    return found


def build(asked: Asked, results: Results) -> Report:
    """Build one line per team in the order of the hierarchy, and the company's own."""
    standings = results.standings("by-team")
    months = months_until(month_of(asked.period.last_day), MONTHS)
    earlier = results.optional_figures("earlier-teams")
    extra = _Extra(
        earlier,
        series_by_group(results.figures("months"), months, asked),
        {} if asked.through is None else biggest_gaps(results.standings("by-person").rows),
        nothing_of(asked.metric, months, asked),
    )
    rows = [_line(row, asked, extra) for row in _ordered([*standings.rows, *_only_earlier(asked, results)], results)]
    is_nothing = bool(results.why_empty.en) and not any(row.standing.target for row in standings.rows)
    all_months = series_by_group(results.figures("all-months"), months, asked).get((), ())
    company = _total_line(standings.total, asked, all_months, results.optional_figures("earlier"))
    table = Table(
        "teams",
        tuple(_columns(asked, extra)),
        () if is_nothing else tuple(rows),
        total=None if is_nothing else company,
        empty=results.why_empty,
        charts=(Chart("bar", Title("实际与目标", "Actual and target"), "team", ("actual", "target")),),
    )
    extra_tables = () if is_nothing else _rolled_up(asked, results)
    name, period = asked.metric.title, period_title(asked)
    title = Title(f"团队 · {period.zh} · {name.zh}", f"Teams · {period.en} · {name.en}")
    after = (f"salescli report leaderboard {asked.period} --metric {asked.metric.name}",)
    blocks = (table, *extra_tables, *results.trace(), *(_explained(asked, results) if asked.flag("explain") else ()))
    return Report("team", title, blocks, _footer(asked, results), _notes(asked), after)


def biggest_gaps(people: Sequence[AttainmentRow]) -> dict[str, AttainmentRow]:
    """Return of each team the person whose actual is furthest below the target; nobody where all have reached it."""
    found: dict[str, AttainmentRow] = {}
    for row in people:
        variance = row.standing.variance
        if variance is None or variance >= 0:
            continue
        other = found.get(row.team_key)
        if other is None or (other.standing.variance or 0) > variance:
            found[row.team_key] = row
    return found


def _ordered(rows: Sequence[AttainmentRow], results: Results) -> list[AttainmentRow]:
    """Teams as the hierarchy has them, then what reaches none."""
    place = {team.key: number for number, team in enumerate(results.teams())}
    return sorted(rows, key=lambda row: (row.key not in place, place.get(row.key, 0)))


def _only_earlier(asked: Asked, results: Results) -> list[AttainmentRow]:
    """Teams that had a figure in the earlier period only: without them its column would not add up."""
    standings, earlier = results.standings("by-team"), results.optional_figures("earlier-teams")
    shown = {row.key or None for row in standings.rows}
    nothing = Attainment(Decimal(0), None, None, None, None, None, None, None, standings.clock)
    lines = earlier.lines if earlier else ()
    return [AttainmentRow(one.keys[0] or "", one.names[0], "", nothing) for one in lines if one.keys[0] not in shown]


def _rolled_up(asked: Asked, results: Results) -> tuple[Table, ...]:
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


def _columns(asked: Asked, extra: _Extra) -> list[Column]:
    metric = asked.metric
    columns = [
        Column("team", Title("团队", "Team")),
        value_column("actual", Title("实际", "Actual"), metric),
    ]
    columns += [
        value_column("target", Title("目标", "Target"), metric),
        Column("attainment", Title("达成", "Reached"), "ratio", thresholds=(FULL,), blank=NO_TARGET),
        Column("bar", Title("图", "Bar"), "bar"),
        Column("pace", Title("节奏", "Pace")),
        Column("trend", Title(f"近 {MONTHS} 月", "Trend"), "spark", metric.currency),
        value_column("variance", Title("差异", "Variance"), metric),
        Column("gap_person", Title("缺口最大", "Biggest gap")),
        value_column("gap", Title("其差异", "Theirs"), metric),
    ]
    return columns if extra.earlier is None else [*columns, *earlier_columns(asked)]


def _line(row: AttainmentRow, asked: Asked, extra: _Extra) -> tuple[Value, ...]:
    key = (row.key or None,)
    gap = extra.gaps.get(row.key) if row.key else None
    cells: list[Value] = [row.name, row.standing.actual]
    cells += _standing_cells(row.standing, extra.trends.get(key, extra.no_trend))
    cells += [gap.name, gap.standing.variance] if gap else [None, None]
    if extra.earlier is not None:
        before = earlier_of(extra.earlier, key, asked)
        cells += [before, difference(row.standing.actual, before)]
    return tuple(cells)


def _standing_cells(standing: Attainment, trend: Series) -> list[Value]:
    attainment = standing.attainment
    return [standing.target, attainment, attainment, pace_word(standing), trend, standing.variance]


def _total_line(company: AttainmentRow, asked: Asked, trend: Series, earlier: Figures | None) -> tuple[Value, ...]:
    cells: list[Value] = [company.name, company.standing.actual]
    cells += [*_standing_cells(company.standing, trend), None, None]
    if earlier is not None:
        before = earlier_of(earlier, (), asked)
        cells += [before, difference(company.standing.actual, before)]
    return tuple(cells)


def _explained(asked: Asked, results: Results) -> tuple[Trace, ...]:
    """Say how the columns follow from each other, with the company's own numbers."""
    standings = results.standings("by-team")
    company, clock = standings.total.standing, standings.clock
    amount = value_column("amount", Title("", ""), asked.metric)
    rate = Column("rate", Title("", ""), "ratio", thresholds=(FULL,), blank=NO_TARGET)
    parts = (
        Line(Title("公司实际", "the company's actual"), company.actual, amount),
        Line(Title("公司目标", "the company's target"), company.target, replace(amount, blank=NO_TARGET)),
    )
    done, days = clock.working.done, clock.working.total
    lines = (
        Line(Title("达成 = 实际 ÷ 目标", "reached = actual ÷ target"), company.attainment, rate, children=parts),
        Line(
            Title(
                f"节奏 = 实际 ÷(目标 × 已过工作日 {done}/{days});期间结束后只看是否达成",
                f"pace = actual ÷ (target × working days gone {done}/{days}); at the end: reached or missed",
            ),
            company.pace,
            rate,
        ),
        Line(Title("差异 = 实际 − 目标", "variance = actual − target"), company.variance, amount),
        Line(
            Title(
                "缺口最大:期末所在团队中,个人实际 − 个人目标 最低的人",
                "biggest gap: of the team's people at the end of the period, the lowest actual − own target",
            )
        ),
    )
    return (Trace("measures", lines, Title("各列的算法", "How the columns are computed")),)


def _footer(asked: Asked, results: Results) -> tuple[Title, ...]:
    lines = [results.known, *incomplete_line(asked), *earlier_line(asked)]
    standings = results.standings("by-team")
    if not results.teams():
        lines.append(Title("还没有团队:先导入团队和任职", "there are no teams: import teams and assignments first"))
    if not standings.has_targets:
        lines.append(Title("该期间没有目标(不按 0% 计)", "no target in this period (not counted as 0 %)"))
    else:
        lines.append(
            Title(
                "团队按团队目标,合计按公司目标;个人按上浮后的目标",
                "teams on the team target, the total on the company's, people on their street quota",
            )
        )
    lines += standings.versions
    return (*lines, definition_line(asked.metric))


def _notes(asked: Asked) -> tuple[tuple[Title, str], ...]:
    return (
        (Title("期间", "Period"), f"{asked.period.start} – {asked.period.last_day}"),
        (Title("节奏", "Pace"), "actual ÷ (target × working days gone ÷ working days)"),
        (Title("口径", "Definition"), f"{asked.metric.name} = {asked.metric.definition} ({asked.metric.place})"),
    )
