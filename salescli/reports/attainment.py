"""`quota attainment`: actual against target, how far, how fast, what is left; one table per metric. Data to Report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from salescli.core.metrics.model import Unit
from salescli.core.money import decimal_places, smallest_amount
from salescli.core.periods import Period
from salescli.core.quotas.attainment import Attainment, Clock, PaceBy
from salescli.core.table import Block, Chart, Column, Ratio, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.attainment_words import (
    PACE_WORDS,
    THRESHOLD,
    clock_mark,
    clock_words,
    is_unmeasured,
    standing_word,
)
from salescli.reports.metrics import VALUE_KINDS
from salescli.reports.quota import FULL, LEVELS, NO_TARGET, AttainmentRow

Cells = list[tuple[Column, Value]]


@dataclass(frozen=True, slots=True)
class Measured:
    """One metric measured: its lines, the company's own (never their sum), and what a reader has to know of them.

    `levels` are shown beside `level`; `trend` says which months a sparkline shows; `extra` stands below the table.
    """

    name: str
    title: Title
    unit: Unit
    currency: str
    clock: Clock
    rows: tuple[AttainmentRow, ...]
    total: AttainmentRow
    basis: Title
    by: Title
    level: str = "base"
    levels: tuple[str, ...] = ()
    pace_by: PaceBy = "working-day"
    is_additive: bool = True
    trend: str = ""
    definition: Title | None = None
    said: tuple[Title, ...] = ()
    extra: tuple[Block, ...] = ()
    is_part: bool = False  # of one person or team alone: the company's line is no total of it


def build_attainment_report(
    measured: Sequence[Measured], period: Period, today: date, known: Title, next_steps: tuple[str, ...] = ()
) -> Report:
    """Build attainment of one metric or several, each a table of its own."""
    is_single = len(measured) == 1
    blocks: list[Block] = []
    for one in measured:
        mark, name = clock_mark(one.clock, today), one.title
        title = None if is_single else Title(f"{name.zh}{mark.zh}", f"{name.en}{mark.en}")
        blocks += [_table(one, today, title, "attainment" if is_single else f"attainment-{one.name}"), *one.extra]
    zh, en = f"目标达成 · {period}", f"Attainment · {period}"
    if is_single:
        mark, name = clock_mark(measured[0].clock, today), measured[0].title
        zh, en = f"目标达成 · {name.zh} · {period}{mark.zh}", f"Attainment · {name.en} · {period}{mark.en}"
    footer = (known, *_joined([(one.title, _footer(one, today)) for one in measured]))
    return Report("attainment", Title(zh, en), tuple(blocks), footer, _notes(measured, period), next_steps)


def _joined(footers: Sequence[tuple[Title, list[Title]]]) -> list[Title]:
    """Put what is true of every metric first; what is said of one alone behind its name."""
    if len(footers) == 1:
        return footers[0][1]
    common = [line for line in footers[0][1] if all(line in lines for _, lines in footers)]
    found = [*common]
    for name, lines in footers:
        own = [line for line in lines if line not in common]
        zh, en = ";".join(line.zh for line in own), "; ".join(line.en for line in own)
        found += [Title(f"{name.zh}:{zh}", f"{name.en}: {en}")] if own else []
    return found


def figure_column(key: str, title: Title, one: Measured, *, is_change: bool = False) -> Column:
    """Return the column of a metric's figures; a change of a rate is in points."""
    if one.unit == "rate":
        head = Title(f"{title.zh}(百分点)", f"{title.en} (points)") if is_change else title
        return Column(key, head, "ratio", decimals=2)
    places = decimal_places(smallest_amount(one.currency)) if one.currency else None if one.is_additive else 2
    return Column(key, title, VALUE_KINDS[one.unit], one.currency, places)


def _table(one: Measured, today: date, title: Title | None, name: str) -> Table:
    """The lines and the company's; the company alone is a line, not the total of none."""
    last = _cells(one.total, one, today)
    has_any = one.total.standing.target is not None or bool(one.total.standing.actual)
    lines = [_cells(row, one, today) for row in one.rows] or ([last] if has_any and not one.is_part else [])
    empty = Title("没有目标,也没有实际数据", "there is neither a target nor a figure")
    return Table(
        name,
        tuple(column for column, _ in last),
        tuple(tuple(value for _, value in line) for line in lines),
        title,
        tuple(value for _, value in last) if one.rows and not one.is_part else None,
        empty,
        charts=_charts(one),
    )


def _charts(one: Measured) -> tuple[Chart, ...]:
    """Actual beside target; by month as a line where one holder alone is shown."""
    title = Title("实际与目标", "Actual and target")
    if any(row.month for row in one.rows):
        holders = {(row.key, row.name) for row in one.rows}
        is_line = len(holders) == 1 and len(one.rows) > 2
        return (Chart("line", title, "month", ("actual", "target")),) if is_line else ()
    return (Chart("bar", title, "name", ("actual", "target")),)


def _cells(row: AttainmentRow, one: Measured, today: date) -> Cells:
    """One line, with its columns: who, what and how far, how it stands, what is left."""
    standing = row.standing
    is_blank = is_unmeasured(standing.clock, today)  # nothing can have been reached yet, or it is not known: no miss
    rate = _reached(standing, is_blank)
    actual = None if is_blank else _actual(standing, one)
    cells = [*_who(row, one), (figure_column("actual", Title("实际", "Actual"), one), actual)]
    cells += [
        (figure_column("target", Title("目标", "Target"), one), standing.target),
        (Column("attainment", Title("达成率", "Attainment"), "ratio", thresholds=(FULL,), blank=NO_TARGET), rate),
        (Column("bar", Title("图", "Bar"), "bar", give_way="narrow"), rate),
        (Column("word", Title("节奏", "Standing")), standing_word(standing, today)),
    ]
    if any(each.trend for each in (*one.rows, one.total)):
        trend = Column("trend", Title("走势", "Trend"), "spark", one.currency, give_way="narrow")
        cells.append((trend, row.trend or None))
    cells += _gap_cells(standing, one, is_blank)
    return [*cells, *_level_cells(row, one, is_blank)]


def _who(row: AttainmentRow, one: Measured) -> Cells:
    cells: Cells = []
    if any(each.month for each in one.rows):
        cells.append((Column("month", Title("月份", "Month"), "id"), row.month or None))
    cells.append((Column("name", one.by), row.name))
    if any(each.team for each in one.rows):
        cells += [
            (Column("team", Title("团队", "Team")), row.team),
            (Column("key", Title("编号", "Key"), "id"), row.key),
        ]
    if any(each.depth for each in one.rows):
        is_team = row is not one.total and bool(row.key)
        depth = Column("depth", Title("层级", "Depth"), "count")
        cells.append((depth, row.depth + 1 if is_team else None))
    if any(each.measured_on for each in one.rows):
        cells.append((Column("measured_on", Title("考核", "Measured on")), row.measured_on))
    return cells


def _actual(standing: Attainment, one: Measured) -> Value:
    return standing.rate if standing.rate is not None and not one.is_additive else standing.actual


def _reached(standing: Attainment | None, is_blank: bool) -> Ratio | None:
    """Attainment; None is no target, a quotient of nothing that there is one and nothing to measure on it yet."""
    if standing is None or standing.target is None:
        return None
    return Ratio(0, 0) if is_blank or standing.attainment is None else standing.attainment


def _gap_cells(standing: Attainment, one: Measured, is_blank: bool) -> Cells:
    over = standing.clock.is_complete  # the days to come say nothing of a period that is over
    variance = figure_column("variance", Title("差异", "Variance"), one, is_change=True)
    return [
        (variance, None if is_blank else standing.variance),
        (
            Column("variance_rate", Title("差异率", "Variance %"), "ratio", give_way="empty"),
            None if is_blank else standing.variance_rate,
        ),
        (
            _giving(figure_column("to_go", Title("缺口", "To go"), one)),
            None if standing.clock.is_unknown else standing.to_go,
        ),
        (
            Column("pace", Title("进度", "Pace"), "ratio", thresholds=(FULL,), give_way="empty"),
            None if is_blank else standing.pace,
        ),
        (
            _giving(figure_column("required", Title("每工作日需", "Needed per working day"), one)),
            None if over else standing.required,
        ),
        (
            _giving(figure_column("projected", Title("预计完成", "Projected"), one)),
            None if over else standing.projected,
        ),
    ]


def _giving(column: Column) -> Column:
    return Column(column.key, column.title, column.kind, column.currency, column.decimals, give_way="empty")


def _level_cells(row: AttainmentRow, one: Measured, is_blank: bool) -> Cells:
    """Attainment of the other levels, and the highest that is reached."""
    cells: Cells = []
    for level in one.levels:
        name = LEVELS.get(level, Title(level, level))
        column = Column(f"attainment_{level}", Title(f"{name.zh}达成率", f"Of {name.en.lower()}"), "ratio",
                        thresholds=(FULL,), blank=NO_TARGET)  # fmt: skip
        cells.append((column, _reached(row.levels.get(level), is_blank)))
    if one.levels:
        reached = LEVELS.get(row.reached, Title(row.reached, row.reached)) if row.reached else None
        cells.append((Column("reached", Title("已达档位", "Level reached")), None if is_blank else reached))
    return cells


def _footer(one: Measured, today: date) -> list[Title]:
    lines = [one.basis, *clock_words(one.clock, today), *one.said]
    without = sum(1 for row in one.rows if row.standing.target is None)
    if without:
        lines.append(Title(f"{without} 行没有目标(不按 0% 计)", f"{without} without a target (not counted as 0 %)"))
    if any(row.is_summed for row in one.rows):
        lines.append(
            Title("上级团队无自身目标,按下级目标之和", "a team above without a target of its own: those below added up")
        )
    if any(row.depth for row in one.rows):
        lines.append(Title("上级团队含其全部下级,各行不可相加", "teams above hold all below: lines do not add up"))
    if not one.is_additive:
        lines.append(
            Title(
                "比率不可相加:没有缺口、进度、每日所需与预计",
                "it does not add up: nothing to go, no pace, nothing needed per day, no projection",
            )
        )
    elif not one.clock.is_complete and one.clock.has_data:
        word, threshold = PACE_WORDS[one.pace_by], THRESHOLD
        lines.append(Title(f"{word.zh};{threshold.zh}", f"{word.en}; {threshold.en}"))
    return [*lines, one.definition] if one.definition else lines


def _notes(measured: Sequence[Measured], period: Period) -> tuple[tuple[Title, str], ...]:
    notes = [(Title("期间", "Period"), f"{period.start} – {period.last_day}")]
    for one in measured:
        notes.append((one.title, one.definition.en if one.definition else one.name))
        notes.append((Title("口径", "Measured on"), one.basis.en))
        notes.append((Title("档位", "Level"), ", ".join((one.level, *one.levels))))
        notes.append((Title("进度", "Pace"), PACE_WORDS[one.pace_by].en))
        if one.trend:
            notes.append((Title("走势", "Trend"), one.trend))
    return tuple(notes)
