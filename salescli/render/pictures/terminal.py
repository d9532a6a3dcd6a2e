"""Charts between the lines of a screen. A pipe gets none: whatever they show stands in the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salescli.core.table import Chart, Table
from salescli.render.ansi import paint, unpainted
from salescli.render.cells import cell_width, wrap
from salescli.render.options import RenderOptions
from salescli.render.pictures.bars import bar_chart, bar_legend
from salescli.render.pictures.figure import read_picture
from salescli.render.pictures.lines import legend, line_chart
from salescli.render.signs import one_line, to_ascii_signs

TALLEST = 24  # rows that bars are drawn of; more would be a second table
GAP = 4
BESIDE, HIGHEST = 56, 14  # cells that a picture beside its table must have; lines it may have there
OVERHANG = 3  # lines that it may be longer than the table


def with_charts(lines: Sequence[str], table: Table, currencies: set[str], options: RenderOptions) -> list[str]:
    """Return the lines of a table with its charts: beside it where the terminal has the room, else below."""
    widest = max(cell_width(unpainted(line)) for line in lines)
    room = (options.width or 0) - widest - GAP
    if room >= BESIDE:
        height = min(len(lines) - 2, HIGHEST)
        drawn = chart_lines(table, currencies, replace(options, width=room), height)[1:]
        if drawn and len(drawn) <= len(lines) + OVERHANG:
            return _side_by_side(lines, drawn, widest + GAP)
    return [*lines, *chart_lines(table, currencies, options)]


def _side_by_side(left: Sequence[str], right: Sequence[str], at: int) -> list[str]:
    found = []
    for place in range(max(len(left), len(right))):
        line = left[place] if place < len(left) else ""
        if place < len(right) and right[place].strip():
            line += " " * (at - cell_width(unpainted(line))) + right[place]
        found.append(line)
    return found


def chart_lines(table: Table, currencies: set[str], options: RenderOptions, height: int = 0) -> list[str]:
    """Return the charts of a table, an empty line before each. Where its cells hold bars, these are the picture."""
    has_bars = any(column.kind == "bar" for column in table.columns)
    wanted = [chart for chart in table.charts if chart.kind in ("line", "waterfall") or not has_bars]
    return [line for chart in wanted for line in _lines(table, chart, currencies, options, height)]


def _lines(table: Table, chart: Chart, currencies: set[str], options: RenderOptions, height: int) -> list[str]:
    picture = read_picture(table, chart, currencies, options)
    if picture is None or (chart.kind != "line" and len(picture.names) > TALLEST):
        return []
    is_line = picture.kind == "line"
    drawn = line_chart(picture, options, height) if is_line else bar_chart(picture, options)
    if not drawn:
        return []
    signs = legend(picture, options.ascii) if is_line else bar_legend(picture, options.ascii)
    head = one_line("   ".join([picture.title, *signs]))
    head = to_ascii_signs(head) if options.ascii else head
    return ["", *(paint(line, "bold", options.colour) for line in wrap(head, options.width or 80)), *drawn]
