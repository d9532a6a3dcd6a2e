"""Read a small sheet of figures with a line per person: found header, wanted columns, totals left out.

For sheets that are no records: last month's commission sheet, an opening sheet. What is wrong with a cell is a problem
with its address; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from salescli.core.money import from_e4
from salescli.core.records.kind import Bad, Reading
from salescli.core.records.number_kinds import MONEY
from salescli.core.title import Title
from salescli.errors import Problem, Where, problem
from salescli.importers.body import split_body
from salescli.importers.header import LOOKED_AT
from salescli.importers.names import parse_header, sheet_unit, text_of_cell
from salescli.importers.opening.book import Book, Sheet, open_book


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that is looked for, by any of its names (`aliases`, as people write them)."""

    name: str
    aliases: tuple[str, ...]
    kind: Literal["text", "amount"] = "amount"

    @property
    def title(self) -> Title:
        """The first of its names in each language; a name that somebody gave is the same in both."""
        first = self.aliases[0]
        english = (one for one in self.aliases if one.isascii())
        return Title(next((one for one in self.aliases if not one.isascii()), first), next(english, first))


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line: its row in the spreadsheet, and what stands in the wanted columns (text, Decimal, or nothing)."""

    row: int
    cells: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a text, "" where there is none."""
        return str(self.cells.get(name) or "")


@dataclass(slots=True)
class FiguresRead:
    """A sheet's lines, what its header calls the wanted columns, and what is wrong with it."""

    file: str
    sheet: str = ""
    rows: list[FigureRow] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    totals: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, row: FigureRow, name: str) -> Where:
        """Return the address of a cell."""
        return Where(self.file, sheet=self.sheet, cell=f"{self.letters.get(name, '')}{row.row}")


def read_figures(
    path: Path | str, wanted: Sequence[Wanted], required: Sequence[tuple[str, ...]], name: str = ""
) -> FiguresRead:
    """Read the first sheet that has the wanted columns.

    Args:
        path: the file.
        wanted: the columns.
        required: of each group of names at least one column must be there.
        name: how the file is called in addresses.
    """
    book = open_book(path, name=name)
    found = FiguresRead(book.file, problems=list(book.problems))
    if found.problems:
        return found
    best: tuple[Sheet, int, dict[str, int]] | None = None
    for sheet in book.sheets:
        header = _find_header(sheet, wanted)
        if header is not None and all(any(each in header[1] for each in group) for group in required):
            best = (sheet, *header)
            break
    if best is None:
        found.problems.append(_no_columns(book, wanted, required))
        return found
    _read_rows(found, *best, wanted)
    return found


def _find_header(sheet: Sheet, wanted: Sequence[Wanted]) -> tuple[int, dict[str, int]] | None:
    """Return the row that names most of the wanted columns, and where they are."""
    best: tuple[int, dict[str, int]] | None = None
    for index, row in enumerate(sheet.rows[:LOOKED_AT]):
        texts = {column: text_of_cell(cell) for column, cell in enumerate(row) if isinstance(cell, str)}
        named = {column: parse_header(text).name for column, text in texts.items()}
        columns = _columns(named, wanted)
        if columns and (best is None or len(columns) > len(best[1])):
            best = (index, columns)
    return best


def _columns(named: Mapping[int, str], wanted: Sequence[Wanted]) -> dict[str, int]:
    """Match by the order of each column's names: an exact alias that stands first wins."""
    found: dict[str, int] = {}
    for each in wanted:
        for alias in each.aliases:
            name = parse_header(alias).name
            column = next((at for at, text in named.items() if text == name and at not in found.values()), None)
            if column is not None:
                found[each.name] = column
                break
    return found


def _no_columns(book: Book, wanted: Sequence[Wanted], required: Sequence[tuple[str, ...]]) -> Problem:
    by_name = {each.name: each.title for each in wanted}
    groups = [[by_name[name] for name in group if name in by_name] for group in required]
    columns = [Title("/".join(one.zh for one in group), "/".join(one.en for one in group)) for group in groups]
    return problem("columns-not-found", Where(book.file), columns=columns)


def _read_rows(
    found: FiguresRead, sheet: Sheet, header: int, columns: dict[str, int], wanted: Sequence[Wanted]
) -> None:
    texts = [text_of_cell(cell) for cell in sheet.rows[header]]
    found.sheet = sheet.name
    found.headers = {name: texts[at] for name, at in columns.items()}
    found.letters = {name: sheet.letters(at) for name, at in columns.items()}
    kinds = {each.name: each.kind for each in wanted}
    above = [cell for row in sheet.rows[:header] for cell in row if isinstance(cell, str)]
    unit = next((each for cell in above if (each := sheet_unit(cell)) is not None), 1)
    body = split_body(sheet.rows, header + 1, texts, list(columns.values()))
    for place, index in enumerate(body.rows):
        cells: dict[str, Any] = {}
        row = sheet.row_number(index)
        for name, at in columns.items():
            cell = body.columns[at][place]
            address = Where(found.file, sheet=sheet.name, cell=f"{found.letters[name]}{row}")
            cells[name] = _value(cell, kinds[name], texts[at], unit, address, found)
        found.rows.append(FigureRow(row, cells))
    for index, _, _ in body.totals[-1:]:
        for name, at in columns.items():
            if kinds[name] == "amount":
                stated = MONEY.parse_cell(sheet.rows[index][at] or None, _reading(texts[at], unit))
                if isinstance(stated, int):
                    found.totals[name] = from_e4(stated)


def _value(cell: Any, kind: str, header: str, unit: int, address: Where, found: FiguresRead) -> Any:
    if kind == "text":
        return text_of_cell(cell).strip()
    value = MONEY.parse_cell(cell, _reading(header, unit))
    if isinstance(value, Bad):
        found.problems.append(problem(value.name, address, text=value.text))
        return None
    return None if value is None else from_e4(value)


def _reading(header: str, unit: int) -> Reading:
    return Reading(multiplier=parse_header(header).unit or unit)
