"""Reports as CSV: raw values under stable English keys, for other programs.

A report with one block is one clean table. In a report of several, tables come first and an empty line stands
between blocks. Total rows are left out: whoever adds up the file would count them twice.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from salescli.core.quoting import quote_formula
from salescli.core.table import Block, Column, Facts, Line, Report, Table, Trace, Value
from salescli.render.keys import unique_keys
from salescli.render.options import RenderOptions
from salescli.render.values import column_for, raw_text

BYTE_ORDER_MARK = "\ufeff"  # Excel takes a CSV file without it for the local 8-bit encoding


def render_report(report: Report, options: RenderOptions) -> str:
    """Return the CSV text; it begins with a byte order mark only when it goes to a file."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for number, block in enumerate(sorted(report.blocks, key=lambda block: not isinstance(block, Table))):
        if number:
            stream.write("\n")
        writer.writerows(_block_rows(block, options))
    return (BYTE_ORDER_MARK if options.to_file else "") + stream.getvalue()


def _block_rows(block: Block, options: RenderOptions) -> Iterator[Sequence[str]]:
    if isinstance(block, Table):
        yield unique_keys(block.columns)
        for row in block.rows:
            yield [_cell(value, column) for value, column in zip(row, block.columns, strict=True)]
    elif isinstance(block, Facts):
        columns = tuple(column for column, _ in block.items)
        yield unique_keys(columns)
        yield [_cell(value, column) for column, value in block.items]
    elif isinstance(block, Trace):
        yield ("depth", "text", "value", "source")
        for line in block.lines:
            yield from _trace_rows(line, 0, options)
    else:
        yield ("number", "text", "source")
        for number, (text, source) in enumerate(block.lines, 1):
            yield (str(number), quote_formula(text), quote_formula(source))


def _trace_rows(line: Line, depth: int, options: RenderOptions) -> Iterator[Sequence[str]]:
    value = _cell(line.value, line.column or column_for(line.value))
    yield (str(depth), quote_formula(line.text.text(options.language)), value, quote_formula(line.source))
    for child in line.children:
        yield from _trace_rows(child, depth + 1, options)


def _cell(value: Value, column: Column) -> str:
    text = raw_text(value, column)
    return quote_formula(text) if isinstance(value, str) else text
