"""A filled pack as its cells say it: the mark, and the rows of each sheet, with the address of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from salescli.core.table import Column
from salescli.errors import Problem, Where, problem
from salescli.importers.opening.book import Sheet, open_book
from salescli.render.words import TOTAL
from salescli.reports.commission.pack import pot_columns, summary_columns
from salescli.services.commission.pack.building import FORMAT, MARK

LOOKED_AT = 40  # rows among which the headings stand


@dataclass(frozen=True, slots=True)
class PackCell:
    """What stands in a cell, and where."""

    value: Any
    where: Where

    @property
    def text(self) -> str:
        """The text, "" where there is none; a whole number as it is written."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a sheet: its number, and its cells by the key of the column."""

    number: int
    cells: Mapping[str, PackCell]

    def __getitem__(self, key: str) -> PackCell:
        return self.cells[key]

    def text(self, key: str) -> str:
        """Return what stands in a column."""
        return self.cells[key].text


@dataclass(slots=True)
class FilledSheet:
    """A sheet's rows, and the letter of each column."""

    name: str
    letters: Mapping[str, str]
    rows: list[FilledRow]


@dataclass(slots=True)
class FilledPack:
    """A pack as it came back."""

    file: str
    sha256: str = ""
    mark: dict[str, str] = field(default_factory=dict)
    summary: FilledSheet | None = None
    pots: list[FilledSheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_pack(path: Path) -> FilledPack:
    """Read a pack; what keeps it from being one stands in its problems."""
    found = FilledPack(path.as_posix())
    marked = open_book(path, sheet=MARK, name=found.file)
    if any(each.name == "no-such-sheet" for each in marked.problems):
        found.problems.append(problem("pack-unmarked", Where(found.file)))
        return found
    if marked.problems:
        found.problems += marked.problems
        return found
    found.sha256 = marked.sha256
    found.mark = {
        str(row[0]).strip(): PackCell(row[1], Where(found.file)).text
        for row in marked.sheets[0].rows
        if len(row) > 1 and row[0] is not None and row[1] is not None
    }
    if found.mark.get("format") != FORMAT or not {"period", "run", "manager", "depth", "shown"} <= found.mark.keys():
        found.problems.append(problem("pack-unmarked", Where(found.file)))
        return found
    for sheet in open_book(path, name=found.file).sheets:
        summary = _sheet(found.file, sheet, summary_columns())
        pot = None if summary is not None else _sheet(found.file, sheet, pot_columns())
        if summary is not None and found.summary is None:
            found.summary = summary
        elif pot is not None:
            found.pots.append(pot)
    return found


def _sheet(file: str, sheet: Sheet, columns: Sequence[Column]) -> FilledSheet | None:
    """Return a sheet's rows, where some row of it names all columns, in either language."""
    for index, row in enumerate(sheet.rows[:LOOKED_AT]):
        places = _places(row, columns)
        if len(places) == len(columns):
            letters = {key: sheet.letters(place) for key, place in places.items()}
            return FilledSheet(sheet.name, letters, list(_rows(file, sheet, index + 1, places)))
    return None


def _places(row: Sequence[Any], columns: Sequence[Column]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in columns:
        for place, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip() in tuple(column.title):
                found.setdefault(column.key, place)
    return found


def _rows(file: str, sheet: Sheet, start: int, places: Mapping[str, int]) -> Iterator[FilledRow]:
    """Yield the rows that name somebody: those of the table, and any that stand below it."""
    is_over = False
    for index in range(start, len(sheet.rows)):
        row, number = sheet.rows[index], sheet.row_number(index)
        cells = {
            key: PackCell(
                None if row[place] == "" else row[place],
                Where(file, sheet=sheet.name, cell=f"{sheet.letters(place)}{number}"),
            )
            for key, place in places.items()
        }
        if cells["key"].text in tuple(TOTAL):
            is_over = True
        elif is_over and isinstance(cells["person"].value, int | float):
            continue  # what is left of a pot stands below its table
        elif cells["person"].text or (not is_over and cells["key"].text):
            yield FilledRow(number, cells)
