"""A sheet with a column per month, to be edited and read back: as a workbook with sums by formula, or as text.

Nothing in it is read that was not there to be read: sums are columns that the importer holds against their months, what
a cell means (blank, 0, a word that ends) stands above the table in words, and the line with the batch says as of when.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from salescli.core.title import Language, Title

_TOTAL = Title("合计", "Total")
_NARROW, _WIDE, _MONTH = 10, 18, 13
_LOOKS = "#,##0.####"
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


@dataclass(frozen=True, slots=True)
class WideRow:
    """One line: what stands before the months, and the figures by month; a month without one is blank.

    `closed` are the months that another line speaks for: their cells are shaded. A ratio's months have no sums.
    """

    cells: tuple[str, ...]
    amounts: Mapping[str, Decimal]
    closed: frozenset[str] = frozenset()
    adds_up: bool = True


@dataclass(frozen=True, slots=True)
class WideSheet:
    """A sheet: its name, the lines above the table, the columns before the months, the months, and the lines.

    `quarters` adds a sum after each third month. `offers` are what may be chosen in a column before the months.
    """

    name: str
    above: tuple[str, ...]
    headers: tuple[str, ...]
    months: tuple[str, ...]
    rows: tuple[WideRow, ...]
    quarters: bool = True
    offers: Mapping[int, Sequence[str]] | None = None
    spare: int = 0  # empty lines with sums below the others, to be filled in


def build_wide_text(sheet: WideSheet) -> str:
    """Return the sheet as comma-separated text; without sums, which nothing would keep right."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    width = len(sheet.headers) + len(sheet.months)
    writer.writerows([text, *[""] * (width - 1)] for text in sheet.above)
    writer.writerow([*sheet.headers, *sheet.months])
    for row in sheet.rows:
        figures = (row.amounts.get(month) for month in sheet.months)
        writer.writerow([*row.cells, *("" if each is None else f"{each:f}" for each in figures)])
    return buffer.getvalue()


def build_wide_book(sheet: WideSheet, language: Language) -> bytes:
    """Return the sheet as a workbook; sums are formulas, so that they follow what is edited."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title = sheet.name[:31]
    for number, text in enumerate(sheet.above, 1):
        page.cell(number, 1, text).font = Font(bold=number == 1, color="000000" if number == 1 else "7F7F7F")
    head = len(sheet.above) + 1
    columns = _columns(sheet, language)
    for place, (header, months) in enumerate(columns, 1):
        cell = page.cell(head, place, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="EDEDED" if months else "DDEBF7")
        cell.alignment = Alignment(horizontal="right" if place > len(sheet.headers) else "left")
        wide = _MONTH if place > len(sheet.headers) else _head_width(sheet, place - 1)
        page.column_dimensions[get_column_letter(place)].width = wide
    lines: list[WideRow | None] = [*sheet.rows, *[None] * sheet.spare]
    letters = {header: get_column_letter(place) for place, (header, _) in enumerate(columns, 1)}
    for number, row in enumerate(lines, head + 1):
        _write_row(page, number, row, sheet, columns, letters)
    page.freeze_panes = page.cell(head + 1, len(sheet.headers) + 1)
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    _offer(page, sheet, head + 1, head + max(len(lines), 1))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _columns(sheet: WideSheet, language: Language) -> list[tuple[str, tuple[str, ...]]]:
    """Return the headers from left to right; a sum comes with the months that it adds."""
    found: list[tuple[str, tuple[str, ...]]] = [(header, ()) for header in sheet.headers]
    for start in range(0, len(sheet.months), 3):
        group = sheet.months[start : start + 3]
        found += [(month, ()) for month in group]
        if sheet.quarters and len(sheet.months) > 3:
            found.append((f"Q{start // 3 + 1}", group))
    if len(sheet.months) > 1:
        found.append((_TOTAL.text(language), sheet.months))
    return found


def _write_row(
    page: Any,
    number: int,
    row: WideRow | None,
    sheet: WideSheet,
    columns: Sequence[tuple[str, tuple[str, ...]]],
    letters: Mapping[str, str],
) -> None:
    from openpyxl.styles import PatternFill

    shaded = PatternFill("solid", fgColor="D9D9D9")
    for place, (header, months) in enumerate(columns, 1):
        cell = page.cell(number, place)
        if place <= len(sheet.headers):
            text = row.cells[place - 1].translate(_ILLEGAL) if row else ""
            cell.number_format = "@"
            if text:
                cell.value, cell.data_type = text, "s"
        elif months and row is not None and not row.adds_up:
            continue
        elif months:
            cell.value, cell.number_format = "=" + "+".join(_ranges(months, letters, number)), _LOOKS
        else:
            cell.number_format = _LOOKS
            if row is not None and header in row.amounts:
                cell.value = row.amounts[header]
            elif row is not None and header in row.closed:
                cell.fill = shaded


def _ranges(months: Sequence[str], letters: Mapping[str, str], number: int) -> list[str]:
    """Return what a sum adds: stretches of months without the sums that stand between them."""
    groups = [months[start : start + 3] for start in range(0, len(months), 3)]
    return [f"SUM({letters[group[0]]}{number}:{letters[group[-1]]}{number})" for group in groups]


def _head_width(sheet: WideSheet, index: int) -> int:
    texts = (sheet.headers[index], *(row.cells[index] for row in sheet.rows))
    widest = max(sum(1 if sign.isascii() else 2 for sign in text) for text in texts)
    return min(max(widest + 2, _NARROW), _WIDE)


def _offer(page: Any, sheet: WideSheet, first: int, last: int) -> None:
    """Put drop-downs on the columns of which the words are few."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for index, words in (sheet.offers or {}).items():
        inside = ",".join(words)
        if words and len(inside) <= 250 and not any(sign in word for word in words for sign in ',"'):
            offer = DataValidation(type="list", formula1=f'"{inside}"', allow_blank=True, showErrorMessage=False)
            page.add_data_validation(offer)
            offer.add(f"{get_column_letter(index + 1)}{first}:{get_column_letter(index + 1)}{last}")
