"""A table as rows of XML.

It is written column by column in pieces: the way a column's values are written is found once, not for each cell, which
is what makes a workbook of 100,000 rows cost less than openpyxl alone takes for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from salescli.core.table import Column, Table, Value
from salescli.render.options import RenderOptions
from salescli.render.sheets import MOST_DIGITS, Cell, cells_of, number_format, value_cell
from salescli.render.values import column_places, is_number
from salescli.render.words import NO_ROWS, TOTAL
from salescli.render.workbook.grids import cell_xml, column_letter, headings_xml, height_of, line_count, row_xml
from salescli.render.workbook.looks import Look, Styles
from salescli.render.workbook.texts import RISKY, is_too_long, text_xml, value_xml
from salescli.render.workbook.widths import cell_widths, extremes, heading_width, shown_width

PIECE = 4_000  # rows written at once
MOST_KNOWN = 10_000  # distinct values of a column whose cells are kept ready


@dataclass
class TableGrid:
    """A table under its headings, with its total; one without rows says why."""

    table: Table
    headings: Sequence[str]
    options: RenderOptions
    wraps: bool = False  # long texts take several lines
    widest: int = 60
    formulas: dict[int, str] = field(default_factory=dict)  # of the total, by the column's place from 0
    places: list[int] = field(init=False)
    columns: list[tuple[Value, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = list(zip(*self.table.rows, strict=True)) or [() for _ in self.table.columns]
        totals = self.table.total or (None,) * len(self.table.columns)
        self.places = [
            column_places(column, (*values, total))
            for column, values, total in zip(self.table.columns, self.columns, totals, strict=True)
        ]

    @property
    def count(self) -> int:
        """How many rows of values there are."""
        return len(self.table.rows)

    @property
    def height(self) -> int:
        return 1 + max(self.count, 1) + bool(self.table.total)

    @property
    def cut_count(self) -> int:
        """How many texts are too long for a cell."""
        texts = [
            values for column, values in zip(self.table.columns, self.columns, strict=True) if not is_number(column)
        ]
        return sum(is_too_long(value) for values in texts for value in values if type(value) is str)

    def place_of(self, key: str) -> int:
        """Return the place of a column, from 1."""
        return next(place for place, column in enumerate(self.table.columns, 1) if column.key == key)

    def rows(self, first: int, styles: Styles, widths: Sequence[int]) -> Iterator[str]:
        right = frozenset(place for place, column in enumerate(self.table.columns) if is_number(column))
        yield headings_xml(first, self.headings, right if self.count else frozenset(), styles, self._indented)
        if not self.count:
            why = (self.table.empty or NO_ROWS).text(self.options.language)
            yield row_xml(first + 1, [cell_xml(Cell(why), styles)])
        writers = [
            _ColumnWriter(column, places, styles, self.wraps and self._is_long(place), int(place in self._indented))
            for place, (column, places) in enumerate(zip(self.table.columns, self.places, strict=True))
        ]
        heads = [f'<c r="{column_letter(place)}' for place in range(1, len(writers) + 1)]
        long = [place for place in range(len(writers)) if self.wraps and self._is_long(place)]
        for start in range(0, self.count, PIECE):
            pieces = [values[start : start + PIECE] for values in self.columns]
            heights = (
                [
                    _height(row, [widths[place] for place in long])
                    for row in zip(*(pieces[place] for place in long), strict=True)
                ]
                if long
                else ()
            )
            tails = [writer.tails(piece) for writer, piece in zip(writers, pieces, strict=True)]
            yield _piece(first + 1 + start, heads, tails, heights)
        if self.table.total:
            yield row_xml(first + 1 + max(self.count, 1), [cell_xml(cell, styles, "total") for cell in self._total()])

    @cached_property
    def _indented(self) -> frozenset[int]:
        """Texts behind a number, which would touch it on a page."""
        numbers = [is_number(column) for column in self.table.columns]
        return frozenset(
            place for place in range(1, len(numbers)) if self.wraps and numbers[place - 1] and not numbers[place]
        )

    def _total(self) -> list[Cell]:
        total = cells_of(self.table.total or (), self.table.columns, self.places)
        total = [
            cell._replace(indent=int(place in self._indented), formula=self.formulas.get(place, ""))
            for place, cell in enumerate(total)
        ]
        if total and total[0].value in (None, ""):
            total[0] = Cell(TOTAL.text(self.options.language))
        return total

    def _is_long(self, place: int) -> bool:
        return self._width(place) > self.widest

    def _width(self, place: int) -> int:
        column, places = self.table.columns[place], self.places[place]
        if column.kind in ("rate", "ratio", "bar") and any(value is not None for value in self.columns[place]):
            return max(shown_width(value_cell(value, column, places)) for value in {*self.columns[place]}) + 2
        return (
            max((shown_width(value_cell(one, column, places)) for one in extremes(self.columns[place])), default=0) + 2
        )

    def widths(self) -> list[int]:
        totals = cell_widths([self._total()], len(self.headings)) if self.table.total else [0] * len(self.headings)
        why = [] if self.count else [shown_width(Cell((self.table.empty or NO_ROWS).text(self.options.language))) + 2]
        found = []
        for place, heading in enumerate(self.headings[: len(self.table.columns)]):
            asked = max(heading_width(heading), self._width(place), totals[place], *why[place : place + 1])
            found.append(asked + 2 * (place in self._indented))
        return found or why


def _height(texts: Sequence[Value], widths: Sequence[int]) -> int:
    return height_of(max(line_count(str(text or ""), width - 2) for text, width in zip(texts, widths, strict=True)))


def _piece(first: int, heads: Sequence[str], columns: Sequence[Sequence[str]], heights: Sequence[int]) -> str:
    """Return many rows at once."""
    found = []
    for number, tails in enumerate(zip(*columns, strict=True), first):
        text = f'{number}"'
        tall = heights[number - first] if heights else 0
        more = f' ht="{tall}" customHeight="1"' if tall else ""
        cells = "".join([f"{head}{text}{tail}" for head, tail in zip(heads, tails)])  # noqa: B905
        found.append(f'<row r="{text}{more}>{cells}</row>')
    return "".join(found)


class _ColumnWriter:
    """Writes the values of one column; what every value has in common is settled here."""

    def __init__(self, column: Column, places: int, styles: Styles, wrap: bool, indent: int) -> None:
        self._column, self._places, self._styles, self._wrap, self._indent = column, places, styles, wrap, indent
        right = is_number(column)
        is_plain = column.kind in ("money", "quantity", "count")
        self._number = f' s="{styles.number(Look(number_format("#,##0", places), right))}"><v>' if is_plain else ""
        self._text = styles.number(Look("@" if column.kind == "id" else "General", right, indent, wrap))
        self._day = styles.number(Look("yyyy-mm-dd", indent=indent))
        self._known: dict[Value, str] = {}

    def tails(self, values: Sequence[Value]) -> list[str]:
        """Return what follows the address of each value's cell."""
        known, number = self._known, self._number
        found = []
        for value in values:
            kind = type(value)
            if number and (kind is Decimal or kind is int):
                text = str(value)
                if len(text) <= MOST_DIGITS and "E" not in text:
                    found.append(f"{number}{text}</v></c>")
                    continue
            elif kind is str or kind is date or kind is Decimal:
                tail = known.get(value)
                if tail is None:
                    tail = self._one(value)
                    if len(known) < MOST_KNOWN:
                        known[value] = tail
                found.append(tail)
                continue
            found.append(self._one(value))
        return found

    def _one(self, value: Value) -> str:
        if type(value) is str and not value.startswith(RISKY):
            return text_xml(value, self._text)
        cell = value_cell(value, self._column, self._places)
        if type(cell.value) is date:
            return value_xml(cell.value, self._day)
        return cell_xml(cell._replace(wrap=self._wrap, indent=self._indent), self._styles)
