"""The typed cells of blocks: values with number formats, as a workbook should hold them.

Text is always text, whatever it begins with. Amounts beyond the 15 digits Excel keeps are written as text, exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from salescli.core.table import Column, Facts, Line, Prose, Ratio, Trace, Value
from salescli.core.title import Title
from salescli.render.options import RenderOptions
from salescli.render.values import UNDEFINED, column_for, column_places, is_number, percent_places, raw_number, raw_text
from salescli.render.words import column_title

_FIRST_DATE = date(1900, 3, 1)  # before it, Excel's calendar has a day that never was
MOST_DIGITS = 15


class Cell(NamedTuple):
    """One typed value and how Excel shows it."""

    value: str | int | Decimal | float | bool | date | datetime | None
    number_format: str = "General"
    is_right: bool = False
    indent: int = 0
    wrap: bool = False
    is_bar: bool = False
    link: str = ""  # the name of a sheet
    role: Literal["body", "good", "bad"] = "body"
    spills: bool = False  # over the empty cells behind it: asks for no width
    formula: str = ""  # by which Excel finds the value again


def facts_cells(facts: Facts, currencies: set[str], options: RenderOptions) -> list[list[Cell]]:
    """Return rows of names and values."""
    return [
        [Cell(column_title(column, currencies, options.language)), value_cell(value, column)]
        for column, value in facts.items
    ]


def prose_cells(prose: Prose) -> list[list[Cell]]:
    """Return rows of number, sentence, source."""
    return [[Cell(n), Cell(text, wrap=True), Cell(source)] for n, (text, source) in enumerate(prose.lines, 1)]


def trace_cells(trace: Trace, options: RenderOptions) -> list[list[Cell]]:
    """Return rows of sentence, figure, source; deeper lines are indented."""

    def walk(line: Line, depth: int) -> Iterator[list[Cell]]:
        text = Cell(line.text.text(options.language), indent=depth)
        yield [text, value_cell(line.value, line.column or column_for(line.value)), Cell(line.source)]
        for child in line.children:
            yield from walk(child, depth + 1)

    return [row for line in trace.lines for row in walk(line, 0)]


def value_cell(value: Value, column: Column, places: int | None = None) -> Cell:
    """Return a value as Excel should hold it."""
    right = is_number(column)
    if isinstance(value, Title):
        raise TypeError("words are said in a language before cells are made of them")
    if value is None or isinstance(value, bool):
        return Cell(value)
    if isinstance(value, str):
        return Cell(value, "@" if column.kind == "id" else "General", right)
    if isinstance(value, datetime):
        return Cell(value.replace(tzinfo=None, microsecond=0), "yyyy-mm-dd hh:mm")
    if isinstance(value, date):
        return Cell(value, "yyyy-mm-dd") if value >= _FIRST_DATE else Cell(value.isoformat())
    if isinstance(value, tuple):
        return Cell(raw_text(value, column))
    number = raw_number(value, column)
    if number is None:
        return Cell(UNDEFINED, is_right=True)
    digits = column_places(column, [value]) if places is None else places
    if column.kind in ("rate", "ratio", "bar"):
        exact = value.exact() if isinstance(value, Ratio) else None
        if exact is not None and column.kind != "bar":
            digits = percent_places(exact, digits, column.thresholds)
        return Cell(number, number_format("0", digits) + "%", right, is_bar=column.kind == "bar")
    if column.kind == "id":
        return Cell(str(number), "@")
    if column.thresholds and isinstance(value, Ratio) and (exact := value.exact()) is not None:
        digits = percent_places(exact / 100, digits, tuple(mark / 100 for mark in column.thresholds))
    if len(Decimal(number).as_tuple().digits) > MOST_DIGITS and not isinstance(value, Ratio):
        return Cell(raw_text(value, column), is_right=True)
    return Cell(number, "General" if column.kind == "text" else number_format("#,##0", digits), right)


def number_format(whole: str, places: int) -> str:
    """Return a number format with so many decimals."""
    return f"{whole}.{'0' * places}" if places else whole


def cells_of(values: Sequence[Value], columns: Sequence[Column], places: Sequence[int]) -> list[Cell]:
    """Return one row of a table."""
    return [*map(value_cell, values, columns, places)]
