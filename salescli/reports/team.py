"""`report team`: per team the target, actual, attainment, pace, the last six months, and who lacks most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from salescli.core.periods import month_of
from salescli.core.quotas.attainment import Attainment
from salescli.core.table import Chart, Column, Line, Report, Series, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Figures, Results
from salescli.reports.declaration import FiguresNeed, Need, StandingsNeed, TeamsNeed, TraceNeed
from salescli.reports.measures import (
    Number,
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
from salescli.reports.team_tree import rolled_up

PARAMS = (PERIOD, AMOUNT, COMPARE, CURRENCY, ROWS, EXPLAIN)
MONTHS = 6


@dataclass(frozen=True, slots=True)
class _Extra:
    """What stands beside attainment, by team."""

    earlier: Figures | None
    trends: Mapping[tuple[str | None, ...], Series]
    gaps: Mapping[str, AttainmentRow]
    no_trend: Series
    earlier_below: Figures | None = None  # of teams with all below them, where teams nest
    trends_below: Mapping[tuple[str | None, ...], Series] = field(default_factory=dict)

    def trend_of(self, row: AttainmentRow) -> Series:
        """Return the last months of what the line shows."""
        trends = self.trends_below if _holds_below(row) and self.trends_below else self.trends
        return trends.get((row.key or None,), self.no_trend)

    def earlier_of(self, row: AttainmentRow, asked: Asked) -> Number:
        """Return the earlier figure of what the line shows."""
        figures = self.earlier_below if _holds_below(row) and self.earlier_below else self.earlier
        return earlier_of(figures, (row.key or None,), asked)


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
        "months-below": FiguresNeed(metric, ("team", "month"), span, below=True, is_optional=True),
        "all-months": FiguresNeed(metric, ("month",), span),
        "trace": TraceNeed(metric, ("team",), asked.counted, (), asked.flag("rows"), asked.flag("explain")),
    }
    if asked.earlier is not None:
        found["earlier"] = FiguresNeed(metric, (), asked.earlier)
        found["earlier-teams"] = FiguresNeed(metric, ("team",), asked.earlier)
        found["earlier-below"] = FiguresNeed(metric, ("team",), asked.earlier, below=True, is_optional=True)
    return found


def build(asked: Asked, results: Results) -> Report:
    """Build one line per team in the order of the hierarchy, and the company's own."""
    standings = results.standings("by-team")
    months = months_until(month_of(asked.period.last_day), MONTHS)
    earlier, below = results.optional_figures("earlier-teams"), results.optional_figures("months-below")
    extra = _Extra(
        earlier,
        series_by_group(results.figures("months"), months, asked),
        {} if asked.through is None else biggest_gaps(results.standings("by-person").rows),
        nothing_of(asked.metric, months, asked),
        results.optional_figures("earlier-below"),
        series_by_group(below, months, asked) if below is not None else {},
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
    extra_tables = () if is_nothing else rolled_up(asked, results)
    name, period = asked.metric.title, period_title(asked)
    title = Title(f"团队 · {period.zh} · {name.zh}", f"Teams · {period.en} · {name.en}")
    after = (f"salescli report leaderboard {asked.period} --metric {asked.metric.name}",)
    blocks = (table, *extra_tables, *results.trace(), *(_explained(asked, results) if asked.flag("explain") else ()))
    return Report("team", title, blocks, _footer(asked, results), _notes(asked), after)


def _holds_below(row: AttainmentRow) -> bool:
    """Tell whether a line is of a team with all below it."""
    return row.own is not None and row.own != row.standing.actual


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
    gap = extra.gaps.get(row.key) if row.key else None
    cells: list[Value] = [row.name, row.standing.actual]
    cells += _standing_cells(row.standing, extra.trend_of(row))
    cells += [gap.name, gap.standing.variance] if gap else [None, None]
    if extra.earlier is not None:
        before = extra.earlier_of(row, asked)
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
    if any(_holds_below(row) for row in standings.rows):
        lines.append(Title("有自身目标的上级团队含其全部下级", "teams above with a target hold all below them"))
    return (*lines, definition_line(asked.metric))


def _notes(asked: Asked) -> tuple[tuple[Title, str], ...]:
    return (
        (Title("期间", "Period"), f"{asked.period.start} – {asked.period.last_day}"),
        (Title("节奏", "Pace"), "actual ÷ (target × working days gone ÷ working days)"),
        (Title("口径", "Definition"), f"{asked.metric.name} = {asked.metric.definition} ({asked.metric.place})"),
    )
