"""`report leaderboard`: people or teams ranked by a metric. Equal figures share a place; few cases get none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from salescli.core.metrics.interval import FEW_CASES, wilson_interval
from salescli.core.metrics.trend import compute_ranks
from salescli.core.money import CONTEXT
from salescli.core.table import Chart, Column, Line, Ratio, Report, Table, Trace, Value
from salescli.core.title import Title
from salescli.reports.answers import Figures, GroupFigure, Results
from salescli.reports.declaration import FiguresNeed, Need, TraceNeed
from salescli.reports.measures import (
    Number,
    as_ratio,
    definition_line,
    difference,
    earlier_columns,
    earlier_line,
    earlier_of,
    exact,
    incomplete_line,
    period_title,
    value_column,
)
from salescli.reports.params import COMPARE, CURRENCY, EXPLAIN, METRIC, PERIOD, ROWS, Asked, Param

BY = Param("by", "choice", Title("给谁排名", "who is ranked"), "person", ("person", "team"))
PARAMS = (PERIOD, METRIC, BY, COMPARE, CURRENCY, ROWS, EXPLAIN)
PERSON, TEAM = Title("人员", "Person"), Title("团队", "Team")


@dataclass(frozen=True, slots=True)
class _Place:
    """One line: its rank, None for whoever is not ranked."""

    rank: int | None
    line: GroupFigure
    note: Title | None


def needs(asked: Asked) -> Mapping[str, Need]:
    """Ask for the figures by person or team, and the total as a question of its own."""
    metric, by = asked.metric.name, (asked.text("by"),)
    found: dict[str, Need] = {
        "lines": FiguresNeed(metric, by, asked.counted),
        "total": FiguresNeed(metric, (), asked.counted),
        "trace": TraceNeed(metric, by, asked.counted, (), asked.flag("rows"), asked.flag("explain")),
    }
    if asked.earlier is not None:
        found["earlier"] = FiguresNeed(metric, (), asked.earlier)
        found["earlier-lines"] = FiguresNeed(metric, by, asked.earlier)
    return found


def build(asked: Asked, results: Results) -> Report:
    """Build the places from the highest figure down; what reaches nobody stands last and has no place."""
    earlier = results.optional_figures("earlier-lines")
    lines = (*results.figures("lines").lines, *_only_earlier(asked, results.figures("lines"), earlier))
    places = rank_lines(lines, has_cases=asked.metric.counts_cases)
    columns = _columns(asked, results.figures("lines"))
    best = max((exact(place.line.value) or Fraction(0) for place in places), default=Fraction(0))
    rows = tuple(_row(place, asked, best, earlier, results.figures("lines")) for place in places)
    company = _total_row(asked, results)
    is_nothing = bool(results.why_empty.en)
    table = Table(
        "leaderboard",
        (*columns, *(earlier_columns(asked) if earlier is not None else ())),
        () if is_nothing else rows,
        total=None if is_nothing else company,
        empty=results.why_empty,
        charts=(Chart("bar", asked.metric.title, asked.text("by"), ("value",)),),
    )
    name, period = asked.metric.title, period_title(asked)
    title = Title(f"排行榜 · {period.zh} · {name.zh}", f"Leaderboard · {period.en} · {name.en}")
    blocks = [table, *results.trace()]
    if asked.flag("explain") and (intervals := _intervals(places, asked)) is not None:
        blocks.append(intervals)
    next_ = (f"salescli report team {asked.period} --metric {asked.metric.name}",) if asked.metric.is_additive else ()
    return Report("leaderboard", title, tuple(blocks), _footer(asked, results, places), next=next_)


def rank_lines(lines: Sequence[GroupFigure], *, has_cases: bool) -> list[_Place]:
    """Rank by exact figures, so that what is printed alike need not be equal; `(none)` and few cases have no place."""
    ranked = [line for line in lines if line.keys[0] is not None and not (has_cases and _is_few(line.value))]
    ranked = [line for line in ranked if exact(line.value) is not None]
    ranks = compute_ranks([exact(line.value) for line in ranked])
    ordered = sorted(zip(ranks, ranked, strict=True), key=lambda pair: (pair[0] or 0, pair[1].names, pair[1].keys))
    found: list[_Place] = []
    above: GroupFigure | None = None
    for rank, line in ordered:
        is_close = has_cases and above is not None and _overlap(above.value, line.value)
        found.append(_Place(rank, line, OVERLAPS if is_close else None))
        above = line
    rest = sorted((line for line in lines if line not in ranked), key=lambda line: (line.keys[0] is None, line.names))
    return [*found, *(_Place(None, line, _why_unranked(line, has_cases)) for line in rest)]


def _only_earlier(asked: Asked, figures: Figures, earlier: Figures | None) -> list[GroupFigure]:
    """Whoever had a figure in the earlier period only: without them its column would not add up."""
    if earlier is None or not asked.metric.is_additive:
        return []
    shown = {line.keys for line in figures.lines}
    return [GroupFigure(line.keys, line.names, Decimal(0)) for line in earlier.lines if line.keys not in shown]


TIES = Title(
    "数值完全相等为并列,其后名次空缺(1、2、2、4)", "equal figures share a place, the next is left out (1, 2, 2, 4)"
)
OVERLAPS = Title("与上一名区间重叠", "interval overlaps the one above")


def _is_few(value: Number) -> bool:
    return isinstance(value, Ratio) and value.denominator < FEW_CASES


def _why_unranked(line: GroupFigure, has_cases: bool) -> Title | None:
    if has_cases and isinstance(line.value, Ratio) and _is_few(line.value):
        count = f"{Decimal(line.value.denominator).normalize(CONTEXT):f}"
        return Title(f"例数少({count}),不排名", f"few cases ({count}), not ranked")
    return None


def _overlap(above: Number, below: Number) -> bool:
    """Tell whether two rates cannot be told apart: their 95 % intervals overlap (D-33)."""
    if not (isinstance(above, Ratio) and isinstance(below, Ratio)):
        return False
    higher = wilson_interval(Decimal(above.numerator), Decimal(above.denominator))
    lower = wilson_interval(Decimal(below.numerator), Decimal(below.denominator))
    return higher is not None and lower is not None and higher[0] <= lower[1]


def _columns(asked: Asked, figures: Figures) -> list[Column]:
    metric = asked.metric
    columns = [Column("rank", Title("名次", "Rank"), "count")]
    if asked.text("by") == "person":
        columns.append(Column("key", Title("编号", "Key"), "id"))
    columns += [
        Column(asked.text("by"), PERSON if asked.text("by") == "person" else TEAM),
        value_column("value", metric.title if len(metric.title.zh) < 10 else Title("实际", "Actual"), metric),
        Column("bar", Title("图", "Bar"), "bar"),
    ]
    if has_parts(figures):
        columns += [
            Column("numerator", Title("分子", "Of"), "quantity"),
            Column("denominator", Title("分母", "Out of"), "quantity"),
        ]
    if metric.is_additive:
        columns.append(Column("share", Title("占比", "Share"), "ratio"))
    if metric.counts_cases:
        columns.append(Column("note", Title("备注", "Note")))
    return columns


def has_parts(figures: Figures) -> bool:
    """Tell whether the figures are quotients, whose parts are shown too."""
    return any(isinstance(line.value, Ratio) for line in figures.lines)


def _row(
    place: _Place,
    asked: Asked,
    best: Fraction,
    earlier: Figures | None,
    figures: Figures,
) -> tuple[Value, ...]:
    line = place.line
    value, is_person = exact(line.value), asked.text("by") == "person"
    length = as_ratio(value / best) if value is not None and best > 0 and line.keys[0] is not None else None
    cells: list[Value] = [place.rank]
    if is_person:
        cells.append(line.keys[0])
    cells += [line.names[0], line.value, length, *_part_cells(line.value, figures)]
    if asked.metric.is_additive:
        whole = sum((exact(each.value) or Fraction(0) for each in figures.lines), Fraction(0))
        cells.append(as_ratio(value / whole) if value is not None and whole > 0 else None)
    if asked.metric.counts_cases:
        cells.append(place.note)
    if earlier is not None:
        was = earlier_of(earlier, line.keys, asked)
        cells += [was, difference(line.value, was)]
    return tuple(cells)


def _part_cells(value: Number, figures: Figures) -> list[Value]:
    if not has_parts(figures):
        return []
    return [value.numerator, value.denominator] if isinstance(value, Ratio) else [None, None]


def _total_row(asked: Asked, results: Results) -> tuple[Value, ...] | None:
    whole = results.figures("total").single
    figures = results.figures("lines")
    cells: list[Value] = [None] * (3 if asked.text("by") == "person" else 2)
    cells += [whole, None, *_part_cells(whole, figures)]
    if asked.metric.is_additive:
        value = exact(whole)
        cells.append(Ratio(1, 1) if value else None)
    if asked.metric.counts_cases:
        cells.append(None)
    earlier = results.optional_figures("earlier")
    if earlier is not None:
        was = earlier_of(earlier, (), asked)
        cells += [was, difference(whole, was)]
    return tuple(cells)


def _intervals(places: Sequence[_Place], asked: Asked) -> Trace | None:
    """Say how sure each rate is: its Wilson interval."""
    if not asked.metric.counts_cases:
        return None
    lines = []
    for place in places:
        value = place.line.value
        if not isinstance(value, Ratio):
            continue
        bounds = wilson_interval(Decimal(value.numerator), Decimal(value.denominator))
        if bounds is not None:
            low, high = (f"{bound * 100:.1f} %" for bound in bounds)
            name = place.line.names[0]
            text = Title(f"{name} 95 % 区间(Wilson){low} – {high}", f"{name} 95 % interval (Wilson) {low} – {high}")
            lines.append(Line(text, value, Column("rate", Title("", ""), "ratio")))
    return Trace("intervals", tuple(lines), Title("置信区间", "Intervals"))


def _footer(asked: Asked, results: Results, places: Sequence[_Place]) -> tuple[Title, ...]:
    lines = [results.known, *earlier_line(asked)]
    if asked.metric.has_period:
        lines[1:1] = incomplete_line(asked)
    else:
        lines.append(Title(f"存量:{asked.on} 的值,不分期间", f"a stock: as of {asked.on}, whatever the period"))
    ranked = [place for place in places if place.rank is not None]
    if not ranked and places and all(place.line.keys[0] is None for place in places):
        lines.append(
            Title(
                "没有一笔归属到人或团队:先导入团队和任职", "nothing reaches anyone: import teams and assignments first"
            )
        )
    elif not ranked:
        lines.append(Title("没有可排名的", "nobody can be ranked"))
    elif len(ranked) == 1:
        lines.append(Title("只有一名,没有可比的人", "only one is ranked: there is nobody to compare with"))
    else:
        lines.append(TIES)
    if not asked.metric.is_additive:
        lines.append(Title("各行不可相加", "lines do not add up"))
    return (*lines, definition_line(asked.metric))
