"""Reports as Markdown, for wikis and merge requests: pipe tables, nested lists, figures as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from salescli.core.table import Block, Column, Facts, Line, Prose, Report, Table
from salescli.render.options import RenderOptions
from salescli.render.signs import one_line, to_ascii_signs
from salescli.render.values import column_for, is_number, shared_places, show
from salescli.render.words import (
    ITEM,
    NEXT,
    NO_ROWS,
    TOTAL,
    VALUE,
    column_title,
    currencies_of,
    title_line,
)

_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]|#~$"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})
_AT_START = ("-", "+")


def render_report(report: Report, options: RenderOptions) -> str:
    """Return the Markdown text."""
    parts = [f"# {_text(title_line(report, options))}"]
    currencies = currencies_of(report)
    for block in report.blocks:
        if block.title:
            parts.append(f"## {_text(block.title.text(options.language))}")
        parts.append("\n".join(_block_lines(block, currencies, options)))
    if report.footer:
        parts.append(" · ".join(_text(line.text(options.language)) for line in report.footer))
    if report.next:
        fence = "```"
        parts.append("\n".join([f"{NEXT.text(options.language)}:", "", fence, *map(one_line, report.next), fence]))
    output = "\n\n".join(part for part in parts if part) + "\n"
    return to_ascii_signs(output) if options.ascii else output


def _text(text: str) -> str:
    """A text that Markdown shows as it is."""
    escaped = one_line(text).translate(_ESCAPES)
    return f"\\{escaped}" if escaped.startswith(_AT_START) else escaped


def _code(text: str) -> str:
    """A source or command; the fence is longer than any run of backticks inside."""
    clean = one_line(text).replace("|", "\\|")
    return f"`{clean}`" if "`" not in clean else f"`` {clean} ``"


def _block_lines(block: Block, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    if isinstance(block, Table):
        return _table_lines(block, currencies, options)
    if isinstance(block, Facts):
        return _facts_lines(block, currencies, options)
    if isinstance(block, Prose):
        return _prose_lines(block)
    # A trace states sums that were made of whole amounts: they are never divided by the unit.
    exact = replace(options, unit="")
    return (row for line in block.lines for row in _trace_lines(line, 0, exact))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table_lines(table: Table, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    yield _row([_text(column_title(column, currencies, options.language)) for column in table.columns])
    yield _row(["---:" if is_number(column) else "---" for column in table.columns])
    body = (*table.rows, table.total) if table.total else table.rows
    places = [shared_places(column, [row[index] for row in body]) for index, column in enumerate(table.columns)]
    for number, row in enumerate(body):
        cells = [
            _cell(show(value, column, options, digits), column)
            for value, column, digits in zip(row, table.columns, places, strict=True)
        ]
        if number == len(table.rows):
            cells[0] = cells[0] or TOTAL.text(options.language)
            cells = [f"**{cell}**" if cell else "" for cell in cells]
        yield _row(cells)
    if not table.rows:
        yield ""
        yield _text((table.empty or NO_ROWS).text(options.language))


def _cell(text: str, column: Column) -> str:
    """Figures need no escapes (a leading minus is harmless inside a cell); text does."""
    return text if is_number(column) and not any(sign in text for sign in "|*_<&`") else _text(text)


def _facts_lines(facts: Facts, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    yield _row([ITEM.text(options.language), VALUE.text(options.language)])
    yield _row(["---", "---"])
    for column, value in facts.items:
        name = _text(column_title(column, currencies, options.language))
        yield _row([name, _cell(show(value, column, options), column)])


def _trace_lines(line: Line, depth: int, options: RenderOptions) -> Iterator[str]:
    value = show(line.value, line.column or column_for(line.value), options)
    parts = [_text(line.text.text(options.language))]
    parts += [f"**{_cell(value, line.column or column_for(line.value))}**"] if value else []
    parts += [_code(line.source)] if line.source else []
    yield f"{'  ' * depth}- {' '.join(parts)}"
    for child in line.children:
        yield from _trace_lines(child, depth + 1, options)


def _prose_lines(prose: Prose) -> Iterator[str]:
    for number, (text, source) in enumerate(prose.lines, 1):
        head = f"{number}. " if prose.numbered else ("- " if len(prose.lines) > 1 else "")
        yield head + _text(text) + (f" {_code(source)}" if source else "")
