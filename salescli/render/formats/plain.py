"""Reports as tab-separated lines for grep, cut and awk: no boxes, no colour, no bars, nothing cut.

Every row, fact, trace line and sentence is one line. Lines that begin with `#` are titles and the footer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from salescli.core.table import Block, Column, Facts, Line, Report, Table, Trace, Value
from salescli.render.options import RenderOptions
from salescli.render.signs import one_line, to_ascii_signs
from salescli.render.values import column_for, raw_text, shared_places, show
from salescli.render.words import NO_ROWS, TOTAL, column_title, currencies_of, title_line


def render_report(report: Report, options: RenderOptions) -> str:
    """Return the lines of a report."""
    return "\n".join(_clean(line, options) for line in _lines(report, options)) + "\n"


def _clean(line: str, options: RenderOptions) -> str:
    cells = [one_line(cell) for cell in line.split("\t")]
    return to_ascii_signs("\t".join(cells)) if options.ascii else "\t".join(cells)


def _lines(report: Report, options: RenderOptions) -> Iterator[str]:
    currencies = currencies_of(report)
    yield f"# {title_line(report, options)}"
    for block in report.blocks:
        if block.title:
            yield f"# {block.title.text(options.language)}"
        yield from _block_lines(block, currencies, options)
    for line in report.footer:
        yield f"# {line.text(options.language)}"


def _block_lines(block: Block, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    if isinstance(block, Table):
        yield from _table_lines(block, currencies, options)
    elif isinstance(block, Facts):
        for column, value in block.items:
            yield f"{column_title(column, currencies, options.language)}\t{_text(value, column, options)}"
    elif isinstance(block, Trace):
        # A trace states sums that were made of whole amounts: they are never divided by the unit.
        for line in block.lines:
            yield from _trace_lines(line, 0, replace(options, unit=""))
    else:
        for number, (text, source) in enumerate(block.lines, 1):
            cells = [f"{number}."] if block.numbered else []
            yield "\t".join([*cells, *(_cell(part) for part in (text, source) if part)])


def _table_lines(table: Table, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    yield "\t".join(column_title(column, currencies, options.language) for column in table.columns)
    if not table.rows:
        yield f"# {(table.empty or NO_ROWS).text(options.language)}"
    totals = [table.total] if table.total else []
    places = [
        shared_places(column, [row[index] for row in (*table.rows, *totals)])
        for index, column in enumerate(table.columns)
    ]
    for row in table.rows:
        yield "\t".join(map(_text, row, table.columns, [options] * len(row), places))
    for row in totals:
        cells = list(map(_text, row, table.columns, [options] * len(row), places))
        yield "\t".join([cells[0] or TOTAL.text(options.language), *cells[1:]])


def _trace_lines(line: Line, depth: int, options: RenderOptions) -> Iterator[str]:
    value = _text(line.value, line.column or column_for(line.value), options)
    yield "\t".join(["  " * depth + _cell(line.text.text(options.language)), value, _cell(line.source)]).rstrip("\t")
    for child in line.children:
        yield from _trace_lines(child, depth + 1, options)


def _text(value: Value, column: Column, options: RenderOptions, places: int | None = None) -> str:
    if column.kind == "spark" and value is not None:
        return raw_text(value, column)
    shown = replace(column, kind="ratio") if column.kind == "bar" else column
    return show(value, shown, options, places)


def _cell(text: str) -> str:
    return one_line(text)
