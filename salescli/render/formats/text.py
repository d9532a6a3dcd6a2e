"""Reports for the terminal: aligned figures, thin spacing, no boxes.

On a terminal (`width` given) long texts wrap and the widest text columns are cut with `…`; in a pipe nothing is.
Laid out here rather than by a library: a table of a library costs more time than all of `status`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from salescli.core.table import Block, Column, Facts, Prose, Report, Table, Value
from salescli.render.ansi import Style, paint
from salescli.render.cells import cell_width, pad, wrap
from salescli.render.grid import GridColumn, Look, is_comfortable, is_whole, layout
from salescli.render.narrow import is_blank, leave_out, left_out
from salescli.render.options import RenderOptions
from salescli.render.signs import one_line, to_ascii_signs
from salescli.render.values import UNDEFINED, is_number, shared_places, show
from salescli.render.words import NEXT, NO_ROWS, TOTAL, column_title, currencies_of, title_line

INDENT = "  "


def render_report(report: Report, options: RenderOptions) -> str:
    """Return the screen of a report."""
    look = Look(options.width, options.colour, *(("...", "-") if options.ascii else ("…", "─")))
    currencies = currencies_of(report)
    lines = _flow(title_line(report, options), "bold", options)
    for number, block in enumerate(report.blocks):
        if number:
            lines.append("")
        if block.title:
            lines += _flow(block.title.text(options.language), "bold", options)
        lines += _block_lines(block, currencies, look, options)
    if report.footer:
        footer = " · ".join(line.text(options.language) for line in report.footer)
        lines += ["", *_flow(footer, "dim", options)] if report.blocks else _flow(footer, "dim", options)
    lines += _next_lines(report, options)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _block_lines(block: Block, currencies: set[str], look: Look, options: RenderOptions) -> list[str]:
    if isinstance(block, Table):
        lines = _table_lines(block, currencies, look, options)
        return _pictured(lines, block, currencies, options) if block.charts else lines
    if isinstance(block, Facts):
        return _facts_lines(block, currencies, options)
    if isinstance(block, Prose):
        return _prose_lines(block, options)
    from salescli.render.tracing import trace_lines  # most screens explain nothing

    # A trace states sums that were made of whole amounts: they are never divided by the unit.
    return trace_lines(block, look, replace(options, unit=""))


def _pictured(lines: list[str], table: Table, currencies: set[str], options: RenderOptions) -> list[str]:
    if options.width is None or not table.rows:
        return lines
    from salescli.render.pictures.terminal import with_charts  # most screens draw nothing

    return with_charts(lines, table, currencies, options)


def _clean(text: str, options: RenderOptions) -> str:
    text = one_line(text)
    return to_ascii_signs(text) if options.ascii else text


def _flow(text: str, style: Style, options: RenderOptions, hanging: str = "") -> list[str]:
    """A text on one line, or on as many as the terminal needs."""
    clean = _clean(text, options)
    if options.width is None or cell_width(clean) <= options.width:
        return [paint(clean, style, options.colour)]
    parts = wrap(clean, max(options.width - cell_width(hanging), 2))
    return [paint((hanging if number else "") + part, style, options.colour) for number, part in enumerate(parts)]


def _table_lines(table: Table, currencies: set[str], look: Look, options: RenderOptions) -> list[str]:
    if not table.rows:
        return _flow((table.empty or NO_ROWS).text(options.language), "dim", options)
    table, folded = _folded(table, options)
    gone: tuple[Column, ...] = ()
    gives = any(column.give_way or is_blank(table, index) for index, column in enumerate(table.columns))
    if options.width is not None and gives:
        width = options.width

        def within(test: Callable[[list[GridColumn], list[list[str]], int], bool]) -> Callable[[Table], bool]:
            return lambda tried: test(_grid_columns(tried, currencies, options), _texts(tried, options), width)

        table, gone = leave_out(table, within(is_comfortable), within(is_whole))
    rows = _texts(table, options)
    total = rows.pop() if table.total else None
    if total and not total[0]:
        total[0] = TOTAL.text(options.language)
    lines = layout(_grid_columns(table, currencies, options), rows, total, look)
    lines += _flow(left_out(gone).text(options.language), "dim", options) if gone else []
    return [*lines, *(_flow(folded, "dim", options, INDENT) if folded else [])]


def _folded(table: Table, options: RenderOptions) -> tuple[Table, str]:
    """Part a table from its rows of which only the first cell says something: these are one line."""
    if table.fold is None:
        return table, ""
    kept = tuple(row for row in table.rows if any(value not in (None, "") for value in row[1:]))
    blank = [show(row[0], table.columns[0], options) for row in table.rows if row not in kept]
    colon, comma = (":", "、") if options.language == "zh" else (": ", ", ")
    return replace(table, rows=kept), f"{table.fold.text(options.language)}{colon}{comma.join(blank)}" if blank else ""


def _texts(table: Table, options: RenderOptions) -> list[list[str]]:
    """The cells of a table as texts, the total last."""
    body = (*table.rows, table.total) if table.total else table.rows
    texts = [column_texts([row[index] for row in body], column, options) for index, column in enumerate(table.columns)]
    return [list(row) for row in zip(*texts, strict=True)]


def column_texts(values: Sequence[Value], column: Column, options: RenderOptions) -> list[str]:
    """Return the texts of a column, so that the points of its figures will stand under each other.

    Amounts and quantities keep their own decimals and are filled with spaces; rates share their decimals.
    """
    if column.kind not in ("money", "quantity", "count"):
        places = shared_places(column, values)
        return [show(value, column, options, places) for value in values]
    texts = [show(value, column, options) for value in values]
    tails = [
        len(text.rpartition(".")[2]) + 1 if "." in text and not isinstance(value, str) else 0
        for text, value in zip(texts, values, strict=True)
    ]
    longest = max(tails, default=0)
    return [
        text if isinstance(value, (str, type(None))) else text + " " * (longest - tail)
        for text, value, tail in zip(texts, values, tails, strict=True)
    ]


def _grid_columns(table: Table, currencies: set[str], options: RenderOptions) -> list[GridColumn]:
    return [_grid_column(column, currencies, options) for column in table.columns]


def _grid_column(column: Column, currencies: set[str], options: RenderOptions) -> GridColumn:
    heading = _clean(column_title(column, currencies, options.language), options)
    is_source = column.key == "source"
    return GridColumn(
        heading,
        align="right" if is_number(column) else "left",
        may_cut=column.kind == "text",
        wraps=column.wraps,
        keep="end" if is_source or column.key == "place" else "start",  # the end of an address says more
        style="dim" if is_source else "",
    )


def _facts_lines(facts: Facts, currencies: set[str], options: RenderOptions) -> list[str]:
    """Names at the left, values beside them; amounts that follow each other stand under each other."""
    names = [_clean(column_title(column, currencies, options.language), options) for column, _ in facts.items]
    name_width = max(map(cell_width, names), default=0)
    room = None if options.width is None else max(options.width - name_width - len(INDENT), 16)
    lines = []
    for name, text in zip(names, _facts_texts(facts, options), strict=True):
        parts = [text] if room is None else wrap(text, room) if cell_width(text) > room else [text]
        lines.append(paint(pad(name, name_width), "dim", options.colour) + INDENT + parts[0])
        lines += [" " * (name_width + len(INDENT)) + part for part in parts[1:]]
    return lines


def _facts_texts(facts: Facts, options: RenderOptions) -> list[str]:
    undefined = "-" if options.ascii else UNDEFINED
    texts: list[str] = []
    for is_amount, run in groupby(facts.items, lambda item: item[0].kind == "money" and isinstance(item[1], Decimal)):
        items = list(run)
        if not is_amount:
            texts += [show(value, column, options) or undefined for column, value in items]
            continue
        amounts = column_texts([value for _, value in items], items[0][0], options)
        width = max(map(cell_width, amounts))
        texts += [pad(amount, width, "right") for amount in amounts]
    return texts


def _prose_lines(prose: Prose, options: RenderOptions) -> list[str]:
    """Sentences with hanging numbers, their sources dimmed behind them."""
    digits = len(str(len(prose.lines)))
    lines = []
    for number, (text, source) in enumerate(prose.lines, 1):
        head = f"{number:>{digits}}. " if prose.numbered else ""
        tail = INDENT + _clean(source, options) if source else ""
        body = _clean(text, options)
        if options.width is None:
            lines.append(head + body + paint(tail, "dim", options.colour))
            continue
        parts = wrap(body, max(options.width - len(head), 16))
        if tail and cell_width(head + parts[-1] + tail) > options.width:
            parts.append("")  # no room behind the sentence: the source gets its own line
        for index, part in enumerate(parts):
            line = (" " * len(head) if index else head) + part
            if tail and index == len(parts) - 1:
                line = pad(line, options.width - cell_width(tail)) + paint(tail, "dim", options.colour)
            lines.append(line)
    return lines


def _next_lines(report: Report, options: RenderOptions) -> list[str]:
    """Commands to type next; never wrapped, so that they can be copied."""
    head = f"{NEXT.text(options.language)}: " if options.language == "en" else f"{NEXT.text(options.language)}:"
    indent = " " * cell_width(head)
    lines = []
    for number, command in enumerate(report.next):
        lead = paint(indent if number else head, "dim", options.colour)
        lines.append(lead + paint(_clean(command, options), "cyan", options.colour))
    return lines
