"""A sheet with a column per month: each column is read like a sheet of its own, then all are brought together.

So every proof of a plain sheet holds for each column (units, totals rows, currencies, formulas without a value), and
every figure keeps the address of its own cell. What is counted is figures: rows × columns.

Law: `rows_below_header` × columns = staged + rejected + blank + ended + totals + repeated + footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from salescli.core.records.staged import Staged, join_blocks
from salescli.errors import Problem, problem
from salescli.importers.body import is_blank_cell
from salescli.importers.convert import NULL_TOKENS
from salescli.importers.header import HeaderFound
from salescli.importers.names import folded
from salescli.importers.opening.book import Sheet
from salescli.importers.result import RejectedRow, SheetReading
from salescli.importers.totals import control_totals
from salescli.importers.wide.layout import Layout, WideColumn, build_layout
from salescli.importers.wide.sums import check_sums

if TYPE_CHECKING:
    from salescli.importers.recognise import Match
    from salescli.importers.sheet import Context

ENDS = ("-", "删除", "终止", "撤销", "remove", "delete", "end")
_ENDS = frozenset(ENDS[1:])
AS_OF = re.compile(r"(?:截至批次|as of batch)\s*(\d+)")
_COUNTED = (
    "rows_below_header", "staged", "blank_rows", "totals_rows", "repeated_rows", "footnote_rows",
)  # fmt: skip

ReadRecords = Callable[["Context", HeaderFound, "Match"], None]


def read_wide(context: Context, found: HeaderFound, match: Match, read: ReadRecords) -> None:
    """Read every column of figures by `read`, and join what comes of them in the context's reading."""
    reading, report = context.reading, context.reading.report
    report.type = match.type.name
    layout = build_layout(context, found, match.type, match.columns)
    if layout is None:
        return
    tokens = frozenset(NULL_TOKENS if context.entry.null_tokens is None else context.entry.null_tokens)
    said = [_sort_cells(context.sheet, found.at + 1, column.index, tokens) for column in layout.columns]
    parts, ends = [], []
    for column, (blank, ended) in zip(layout.columns, said, strict=True):
        parts.append(_read_part(context, found, match, layout, column, blank | ended, read))
        if ended:
            others = frozenset(range(found.at + 1, len(context.sheet.rows))) - ended
            ends.append(_read_part(context, found, match, layout, column, others, read, ended))
    _join(context, layout, parts, ends)
    if reading.staged is not None:
        reading.problems += check_sums(context, found, layout, reading.staged, report.rejected)


def _sort_cells(sheet: Sheet, start: int, index: int, tokens: frozenset[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows whose cell in a column says nothing, and those where a word says that the record ends."""
    blank, ended = set(), set()
    letters = sheet.letters(index)
    for at in range(start, len(sheet.rows)):
        cell = sheet.rows[at][index]
        if is_blank_cell(cell):
            address = f"{letters}{sheet.row_number(at)}"  # a formula that no program has computed is no blank
            if address not in sheet.unvalued and address not in sheet.errors:
                blank.add(at)
        elif isinstance(cell, str):
            if cell.strip() == ENDS[0] or folded(cell) in _ENDS:
                ended.add(at)
            elif cell.strip() in tokens:
                blank.add(at)
    return frozenset(blank), frozenset(ended)


def _read_part(
    context: Context,
    found: HeaderFound,
    match: Match,
    layout: Layout,
    column: WideColumn,
    unsaid: frozenset[int],
    read: ReadRecords,
    ended: frozenset[int] = frozenset(),
) -> SheetReading:
    """Read one column of figures: the other ones are blank, and the month is the same in every row."""
    over, value = match.type.wide
    others = layout.indexes - {column.index}
    sheet = context.sheet
    head = found.at + 1 - found.depth
    rows = [_without(row, others) if at >= head else row for at, row in enumerate(sheet.rows)]
    for at in ended:
        rows[at][column.index] = 0
    report = replace(context.reading.report, mapped={}, maps_used=set(), totals=[], control=[], rejected=[], spread={})
    reading = SheetReading(report, cells_at=sheet.cells_of, entry=context.entry)
    own = replace(
        context,
        sheet=replace(sheet, rows=rows),
        entry=replace(context.entry, constants={**context.entry.constants, over: column.label}),
        reading=reading,
        unsaid=unsaid,
        beside={},
    )
    columns = {name: index for name, index in match.columns.items() if index not in layout.indexes}
    one = replace(match, columns={**columns, value: column.index}, is_wide=False)
    texts = tuple("" if index in others else text for index, text in enumerate(found.texts))
    read(own, found._replace(texts=texts, rows=rows[: found.at + 1]), one)
    reading.blocking = [each for each in reading.blocking if each.name != "no-rows"]
    if reading.staged is not None:
        source = reading.staged.source
        letters = {**source.letters, over: sheet.letters(column.index)}
        reading.staged.source = replace(source, letters=letters)
    return reading


def _without(row: Sequence[Any], others: frozenset[int]) -> list[Any]:
    return [None if index in others else cell for index, cell in enumerate(row)]


def _join(context: Context, layout: Layout, parts: Sequence[SheetReading], ends: Sequence[SheetReading]) -> None:
    """Bring the columns together: what was found in several of them is said once."""
    reading, report = context.reading, context.reading.report
    for part in (*parts, *ends):
        for name in ("problems", "blocking", "decisions"):
            have: list[Problem] = getattr(reading, name)
            have += [each for each in getattr(part, name) if each not in have]
    reading.notes += _noted(parts)
    for name in _COUNTED:
        setattr(report, name, sum(getattr(part.report, name) for part in parts))
    first = parts[0].report
    report.hidden_rows, report.unmapped, report.unit = first.hidden_rows, first.unmapped, first.unit
    report.maps_used = set().union(*(part.report.maps_used for part in parts))
    report.totals = [each for part in parts for each in part.report.totals]
    report.rejected = _once([each for part in (*parts, *ends) for each in part.report.rejected])
    report.mapped = {**first.mapped, context.vocabulary.registry[report.type].wide[1]: _span(layout)}
    report.spread = {column.header: column.label for column in layout.columns}
    report.spread |= {column.header: "" for column in layout.sums}
    report.known_batch = _written_at(context.sheet.rows[: report.header_row - context.sheet.first_row])
    report.months, report.year = tuple(column.label for column in layout.columns), layout.year
    for part in ends:  # its figures were counted as blank ones, but for the rows that could not be read
        report.ended_figures += part.report.staged + part.report.repeated_rows
        report.blank_rows -= part.report.staged + part.report.repeated_rows + len(part.report.rejected)
    blocks = [part.staged for part in parts if part.staged is not None]
    ending = [part.staged for part in ends if part.staged is not None]
    if not (report.staged or report.rejected or report.repeated_rows or ending):
        reading.blocking.append(problem("no-rows", context.where, header_row=report.header_row))
    if reading.blocking or reading.decisions or not (blocks or ending):
        return
    reading.staged = _joined(blocks, ending)
    report.zero_figures = reading.staged.columns[reading.staged.type.wide[1]].count(0)
    report.control = control_totals(reading.staged, report.mapped)


def _joined(blocks: Sequence[Staged], ending: Sequence[Staged]) -> Staged:
    """A month in which every cell is blank has no block."""
    staged = join_blocks(blocks or [each.only([False] * len(each)) for each in ending])
    staged.ends = join_blocks(ending) if ending else None
    return staged


_OF_COLUMN = frozenset({"header", "example", "meant"})


def _noted(parts: Sequence[SheetReading]) -> list[Problem]:
    """Return what is to be said, once: the unit of twelve columns is said of the first."""
    said: dict[str, Problem] = {}
    for part in parts:
        for each in part.notes:
            values = {name: value for name, value in each.values.items() if name not in _OF_COLUMN}
            place = each.where if len(values) == len(each.values) else ""
            said.setdefault(repr((each.name, values, place)), each)
    return [*said.values()]


def _span(layout: Layout) -> str:
    headers = [column.header for column in layout.columns]
    return headers[0] if len(headers) == 1 else f"{headers[0]}…{headers[-1]}"


def _written_at(above: Sequence[Sequence[Any]]) -> int:
    """Return the batch as of which a sheet of ours was written, `截至批次 17`; 0 where it is none."""
    texts = (cell for row in above for cell in row if isinstance(cell, str))
    return next((int(match[1]) for text in texts if (match := AS_OF.search(text))), 0)


def _once(rejected: Sequence[RejectedRow]) -> list[RejectedRow]:
    """A person whom nobody knows is found in every month of the row: it is said with the first."""
    said: dict[int, list[Problem]] = {}
    found = []
    for each in sorted(rejected, key=lambda one: one.row):
        have = said.setdefault(each.row, [])
        fresh = tuple(one for one in each.problems if one not in have)
        have += fresh
        found.append(each._replace(problems=fresh))
    return found
