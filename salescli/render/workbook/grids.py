"""Bands of a sheet as rows of XML: lines of text, and cells under headings. Tables have a file of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from salescli.render.cells import cell_width
from salescli.render.sheets import Cell
from salescli.render.workbook.looks import Look, Role, Styles
from salescli.render.workbook.texts import RISKY, formula_xml, text_xml, value_xml
from salescli.render.workbook.widths import cell_widths, heading_width

LINE_HEIGHT, TALLEST = 15, 409


class Band(Protocol):
    """Something that takes whole rows of a sheet."""

    @property
    def height(self) -> int:
        """How many rows it takes."""

    def rows(self, first: int, styles: Styles, widths: Sequence[int]) -> Iterator[str]:
        """Yield its rows as XML; `widths` are those of the sheet's columns, in characters."""

    def widths(self) -> list[int]:
        """What it asks of the columns."""


def column_letter(index: int) -> str:
    """Return the letters of a column, from 1.

    >>> column_letter(1), column_letter(27)
    ('A', 'AA')
    """
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_xml(cell: Cell, styles: Styles, role: Role = "body") -> str:
    """Return what follows a cell's address."""
    is_quoted = isinstance(cell.value, str) and cell.value.startswith(RISKY)
    drawn: Role = "link" if cell.link else cell.role if role == "body" else role
    look = Look(cell.number_format, cell.is_right, cell.indent, cell.wrap, is_quoted, drawn)
    if cell.formula:
        return formula_xml(cell.formula, cell.value, styles.number(look))
    return value_xml(cell.value, styles.number(look))


def line_count(text: str, room: int) -> int:
    """Return how many lines a text takes where so many characters have room."""
    return sum(max(1, -(-cell_width(line) // max(room, 1))) for line in text.split("\n"))


def height_of(lines: int) -> int:
    """Return the height of a row in points; 0 leaves an ordinary row to the program that shows it."""
    return min(LINE_HEIGHT * lines, TALLEST) if lines > 1 else 0


def _lines_of(cell: Cell, width: int) -> int:
    return line_count(cell.value, width - 2 - cell.indent) if cell.wrap and isinstance(cell.value, str) else 1


def row_xml(number: int, tails: Sequence[str], height: float = 0) -> str:
    """Return one row; `tails` are what follows each cell's address."""
    tall = f' ht="{height}" customHeight="1"' if height else ""
    cells = "".join(f'<c r="{column_letter(place)}{number}"{tail}' for place, tail in enumerate(tails, 1))
    return f'<row r="{number}"{tall}>{cells}</row>'


@dataclass
class TextBand:
    """One line across the whole sheet, as high as its text needs."""

    text: str
    role: Role = "note"
    span: int = 0  # columns it is merged over; 0: all

    height: int = field(default=1, init=False)

    def rows(self, first: int, styles: Styles, widths: Sequence[int]) -> Iterator[str]:
        room = max(sum(widths[: self.span or None]) - 2, 20) * (0.62 if self.role == "title" else 1)
        lines = line_count(self.text, int(room))
        unit = {"title": 26, "section": 20}.get(self.role, LINE_HEIGHT)
        style = styles.number(Look(wrap=True, role=self.role))
        yield row_xml(first, [text_xml(self.text, style)], min(unit * lines, TALLEST))

    def widths(self) -> list[int]:
        return []


@dataclass
class GapBand:
    """Empty rows."""

    height: int = 1

    def rows(self, first: int, styles: Styles, widths: Sequence[int]) -> Iterator[str]:
        return iter(())

    def widths(self) -> list[int]:
        return []


@dataclass
class CellGrid:
    """Cells under headings; without headings just the cells."""

    headings: Sequence[str]
    cells: Sequence[Sequence[Cell]]
    right: frozenset[int] = frozenset()  # headings of numbers
    indented: frozenset[int] = frozenset()  # headings of words behind numbers

    @property
    def height(self) -> int:
        return len(self.cells) + bool(self.headings)

    def rows(self, first: int, styles: Styles, widths: Sequence[int]) -> Iterator[str]:
        if self.headings:
            yield headings_xml(first, self.headings, self.right, styles, self.indented)
            first += 1
        for number, row in enumerate(self.cells, first):
            lines = max((_lines_of(cell, width) for cell, width in zip(row, widths, strict=False)), default=1)
            yield row_xml(number, [cell_xml(cell, styles) for cell in row], height_of(lines))

    def widths(self) -> list[int]:
        count = max((len(self.headings), *(len(row) for row in self.cells)))
        heads = [*map(heading_width, self.headings), *[0] * (count - len(self.headings))]
        return [max(pair) for pair in zip(heads, cell_widths(self.cells, count), strict=True)]


def headings_xml(
    first: int, headings: Sequence[str], right: frozenset[int], styles: Styles, indented: frozenset[int] = frozenset()
) -> str:
    looks = [
        Look("General", place in right, int(place in indented), False, text.startswith(RISKY), "heading")
        for place, text in enumerate(headings)
    ]
    return row_xml(first, [text_xml(text, styles.number(look)) for text, look in zip(headings, looks, strict=True)])
