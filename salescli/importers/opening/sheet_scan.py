"""What the bytes of a sheet say beside its values: the reader library gives values alone."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field

from salescli.importers.opening.number_formats import Shown, parse_format

MOST_CELLS = 50_000_000
LONGEST_CELL = 1_000_000  # characters; a spreadsheet program allows 32,767
ERROR_CODES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip


@dataclass(slots=True)
class SheetScan:
    """Formula cells without a value, error cells, percentages per column, hidden rows of one sheet.

    The reader gives both kinds of bad cell as blanks, which would swallow an amount in silence. `formats` are what
    figures are shown with beside their digits, by column and row.
    """

    name: str = ""
    has_cells: bool = False
    unvalued: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    percents: Counter[str] = field(default_factory=Counter)
    formats: dict[str, dict[int, Shown]] = field(default_factory=dict)
    hidden: array[int] = field(default_factory=lambda: array("I"))  # row numbers

    def note_style(self, column: int, row: int, shown: Shown | None, count: int = 1) -> None:
        """Take in that figures from a row on are shown as percentages (None), or with a currency or unit."""
        letters = column_letters(column)
        if shown is None:
            self.percents[letters] += count
        else:
            self.formats.setdefault(letters, {}).update(dict.fromkeys(range(row, row + count), shown))


def note_format(formats: dict[int, Shown | None], number: int, code: str) -> None:
    """Keep a number format that says something, by its number: None is a percentage."""
    if "%" in code:
        formats[number] = None
    elif (shown := parse_format(code)) is not None:
        formats[number] = shown


class Refused(Exception):
    """The file must not be given to the reader; `values` fill the sentence."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.name, self.values = name, values


class Extent:
    """The rectangle from the first to the last cell, which the reader allocates whole."""

    __slots__ = ("columns", "rows")

    def __init__(self) -> None:
        self.rows, self.columns = [1 << 60, 0], [1 << 60, 0]

    def add(self, row: int, column: int) -> None:
        """Take in a cell, by numbers from 1."""
        rows, columns = self.rows, self.columns
        rows[0], rows[1] = min(rows[0], row), max(rows[1], row)
        columns[0], columns[1] = min(columns[0], column), max(columns[1], column)

    def check(self, sheet: str) -> None:
        """Refuse more cells than there may be.

        Raises:
            Refused: too many.
        """
        cells = (self.rows[1] - self.rows[0] + 1) * (self.columns[1] - self.columns[0] + 1)
        if self.rows[1] and cells > MOST_CELLS:
            last = f"{column_letters(self.columns[1])}{self.rows[1]}"
            raise Refused("range-too-large", sheet=sheet, last=last, cells=f"{cells:,}", limit=f"{MOST_CELLS:,}")


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
