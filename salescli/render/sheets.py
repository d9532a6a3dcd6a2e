"""The cells of a workbook: typed values with number formats, and the looks of a sheet.

Text is always text, whatever it begins with. Amounts beyond the 15 digits Excel keeps are written as text, exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from salescli.core.table import Column, Facts, Ratio, Table, Value
from salescli.render.cells import cell_width
from salescli.render.options import RenderOptions
from salescli.render.values import UNDEFINED, column_places, is_number, percent_places, raw_number, raw_text
from salescli.render.words import ITEM, NO_ROWS, TOTAL, VALUE, column_title

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_TEXT = 32_767  # Excel's limit, in UTF-16 units
WIDEST = 60
NARROWEST = 6
_RISKY = ("=", "+", "-", "@")
_FIRST_DATE = date(1900, 3, 1)  # before it, Excel's calendar has a day that never was


class Cell(NamedTuple):
    """One typed value and how Excel shows it."""

    value: str | int | Decimal | float | bool | date | datetime | None
    number_format: str = "General"
    is_right: bool = False
    indent: int = 0
    wrap: bool = False
    is_bar: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet under their headings."""

    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    has_filter: bool = False


def table_sheet(table: Table, currencies: set[str], options: RenderOptions) -> Sheet:
    """Return the sheet of a table; one without rows says why."""
    body = (*table.rows, table.total) if table.total else table.rows
    places = [column_places(column, (row[i] for row in body)) for i, column in enumerate(table.columns)]
    cells = [[*map(value_cell, row, table.columns, places)] for row in body]
    total = cells.pop() if table.total else None
    if total and total[0].value in (None, ""):
        total[0] = Cell(TOTAL.text(options.language))
    if not table.rows:
        cells = [[Cell((table.empty or NO_ROWS).text(options.language))]]
    headings = tuple(column_title(column, currencies, options.language) for column in table.columns)
    return Sheet(headings or ("",), cells, total, has_filter=bool(table.rows))


def facts_sheet(facts: Facts, currencies: set[str], options: RenderOptions) -> Sheet:
    """Return a sheet of names and values."""
    rows = [
        [Cell(column_title(column, currencies, options.language)), value_cell(value, column)]
        for column, value in facts.items
    ]
    return Sheet((ITEM.text(options.language), VALUE.text(options.language)), rows)


def value_cell(value: Value, column: Column, places: int | None = None) -> Cell:
    """Return a value as Excel should hold it."""
    right = is_number(column)
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
        return Cell(number, _format("0", digits) + "%", right, is_bar=column.kind == "bar")
    if column.kind == "id":
        return Cell(str(number), "@")
    if len(Decimal(number).as_tuple().digits) > 15 and not isinstance(value, Ratio):
        return Cell(raw_text(value, column), is_right=True)
    return Cell(number, "General" if column.kind == "text" else _format("#,##0", digits), right)


def _format(whole: str, places: int) -> str:
    return f"{whole}.{'0' * places}" if places else whole


def write_sheet(worksheet: Worksheet, sheet: Sheet) -> int:
    """Write the cells and the looks of a sheet; return how many texts were too long for a cell."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    bold, line = Font(bold=True), Side(style="thin", color="808080")
    cut_count = 0
    for index, heading in enumerate(sheet.headings, 1):
        head = worksheet.cell(1, index)
        _set_text(head, heading)
        head.font, head.fill = bold, PatternFill("solid", fgColor="E8EEF4")
        head.border = Border(bottom=line)
        right = bool(sheet.rows) and len(sheet.rows[0]) >= index and sheet.rows[0][index - 1].is_right
        head.alignment = Alignment(horizontal="right" if right else "left", vertical="center")
    for number, row in enumerate([*sheet.rows, *([sheet.total] if sheet.total else [])], 2):
        is_total = number == len(sheet.rows) + 2
        for index, cell in enumerate(row, 1):
            target = worksheet.cell(number, index)
            cut_count += _write(target, cell)
            if is_total:
                target.font, target.border = bold, Border(top=line)
    for index, width in enumerate(_widths(sheet), 1):
        worksheet.column_dimensions[get_column_letter(index)].width = width
    last = f"{get_column_letter(len(sheet.headings))}{len(sheet.rows) + 1}"
    worksheet.freeze_panes = "A2"
    if sheet.has_filter:
        worksheet.auto_filter.ref = f"A1:{last}"  # without the total, which must not be sorted in
    _add_bars(worksheet, sheet)
    _set_up_print(worksheet)
    return cut_count


def _write(target: SheetCell, cell: Cell) -> bool:
    """Set one cell; say whether its text had to be cut."""
    was_cut = False
    if isinstance(cell.value, str):
        was_cut = _set_text(target, cell.value)
    elif cell.value is not None:
        target.value = cell.value
    if cell.number_format != "General":
        target.number_format = cell.number_format
    if cell.is_right or cell.indent or cell.wrap:
        target.alignment = _alignment(cell.is_right, cell.indent, cell.wrap)
    return was_cut


@cache
def _alignment(is_right: bool, indent: int, wrap: bool) -> Alignment:
    from openpyxl.styles import Alignment

    sideways = "right" if is_right else "left" if indent else None
    return Alignment(sideways, "top" if wrap else None, indent=indent, wrap_text=wrap or None)


def _set_text(target: SheetCell, text: str) -> bool:
    """Write text as text: never a formula, never an error value, no sign a workbook cannot hold."""
    clean = text
    if not text.isprintable():
        clean = "".join(character if _fits(character) else ascii(character)[1:-1] for character in text)
    units = clean.encode("utf-16-le")
    was_cut = len(units) > 2 * LONGEST_TEXT
    if was_cut:
        clean = units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", errors="ignore") + "…"
    target.value = clean
    target.data_type = "s"
    if clean.startswith(_RISKY):
        target.quotePrefix = True  # so that it stays text when someone edits the cell
    return was_cut


def _fits(character: str) -> bool:
    """Say whether XML can hold a character: no controls, no lone surrogates, no non-characters."""
    return (
        " " <= character < "\ud800" or "\ue000" <= character < "\ufffe" or character in "\t\n" or character > "\uffff"
    )


def _widths(sheet: Sheet) -> list[int]:
    """Column widths in characters, a Chinese one counting two; long texts do not make a column endless."""
    widths = [cell_width(heading) + 3 for heading in sheet.headings]  # room for the filter's button
    for row in [*sheet.rows[:2000], *([sheet.total] if sheet.total else [])]:
        for index, cell in enumerate(row):
            widths[index] = max(widths[index], _shown_width(cell) + cell.indent + 2)
    return [min(max(width, NARROWEST), WIDEST) for width in widths]


def _shown_width(cell: Cell) -> int:
    if cell.is_bar:
        return 18
    if isinstance(cell.value, str):
        return max((cell_width(line) for line in cell.value[:200].split("\n")), default=0)
    if isinstance(cell.value, (int, Decimal)):
        places = len(cell.number_format.partition(".")[2].rstrip("%"))
        if cell.number_format.endswith("%"):
            return 6 + places
        digits = len(f"{int(cell.value):,d}") if "," in cell.number_format else len(str(int(cell.value)))
        return digits + (places + 1 if places else 0)
    return len(str(cell.value)) if cell.value is not None else 0


def _add_bars(worksheet: Worksheet, sheet: Sheet) -> None:
    from openpyxl.formatting.rule import DataBarRule
    from openpyxl.utils import get_column_letter

    for index, cell in enumerate(sheet.rows[0] if sheet.rows else (), 1):
        if cell.is_bar:
            letter = get_column_letter(index)
            rule = DataBarRule("num", 0, "num", 1, color="3B6EA5")
            worksheet.conditional_formatting.add(f"{letter}2:{letter}{len(sheet.rows) + 1}", rule)


def _set_up_print(worksheet: Worksheet) -> None:
    worksheet.print_title_rows = "1:1"
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = 9  # A4
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
