"""Rejected rows as a workbook that, once corrected, imports as it is.

Each sheet has the original header and the original cells; bad cells are coloured and carry the sentence as a comment,
and the columns `_row _column _error _hint`, which no import reads, say it all again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from salescli.core.title import Language
from salescli.errors import Problem
from salescli.importers.made_keys import COLUMN
from salescli.importers.result import RejectedRow, SheetReport
from salescli.importers.sheet_scan import column_number
from salescli.messages import hint, sentence

SUFFIX = ".rejects.xlsx"
EXTRA = ("_row", "_column", "_error", "_hint")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BAD_SHEET = re.compile(r"[\\/*?:\[\]]")
_UNIT_NAMES = {1_000: "千元", 10_000: "万元", 1_000_000: "百万元", 100_000_000: "亿元"}


def rejects_name(file: str) -> str:
    """Return the name of the workbook for the rejected rows of a file; that of such a workbook is its own.

    >>> rejects_name("inbox/三月商机.xlsx"), rejects_name("a.rejects.xlsx"), rejects_name("-")
    ('三月商机.rejects.xlsx', 'a.rejects.xlsx', 'stdin.rejects.xlsx')
    """
    name = PurePath(file).name
    if name.endswith(SUFFIX):
        return name
    return ("stdin" if name in ("", "-") else PurePath(name).stem) + SUFFIX


def build_rejects(sheets: Sequence[tuple[SheetReport, Sequence[RejectedRow]]], language: Language) -> bytes:
    """Return the workbook of the rejected rows of one file, sheet by sheet; sheets without any are left out."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for report, rows in sheets:
        if rows:
            page = book.create_sheet(_BAD_SHEET.sub(" ", report.sheet)[:31] or "Sheet1")
            _fill(page, report, rows, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(page: Any, report: SheetReport, rows: Sequence[RejectedRow], language: Language) -> None:
    from openpyxl.styles import Font

    line = 1
    if report.sheet_unit in _UNIT_NAMES:
        # What the file says above the table must stand here too, or the corrected amounts would shrink.
        page.cell(1, 1, f"单位:{_UNIT_NAMES[report.sheet_unit]}")
        line = 2
    if report.mark:
        page.cell(1, 1, report.mark).font = Font(size=1)  # a form stays one: its columns are what they were
        line = 2
    width = _own_width(report.header)
    extra = (*EXTRA, COLUMN) if report.made_key else EXTRA
    for column, text in enumerate((*report.header[:width], *extra), 1):
        _put(page.cell(line, column), text).font = Font(bold=True, color="7F7F7F" if column > width else "000000")
    page.freeze_panes = page.cell(line + 1, 1)
    for number, rejected in enumerate(sorted(rows, key=lambda each: each.row), line + 1):
        for column, value in enumerate(rejected.cells[:width], 1):
            _put(page.cell(number, column), value)
        _explain(page, number, width, report, rejected, language)
        if report.made_key:
            _put(page.cell(number, width + len(extra)), rejected.key)
    _set_widths(page, width)
    if report.made_key:
        page.column_dimensions[page.cell(1, width + len(extra)).column_letter].hidden = True


def _own_width(header: Sequence[str]) -> int:
    """The columns of the file itself: rows rejected again have those of the first time beside them."""
    first = header.index(EXTRA[0]) if EXTRA[0] in header else len(header)
    return first if tuple(header[first : first + len(EXTRA)]) == EXTRA else len(header)


def _first_row(header: Sequence[str], width: int, rejected: RejectedRow) -> int:
    """The number of the row in the file that it was first rejected from."""
    before = rejected.cells[width] if width < min(len(header), len(rejected.cells)) else None
    return int(before) if isinstance(before, (int, float)) else rejected.row


def _explain(
    page: Any, number: int, width: int, report: SheetReport, rejected: RejectedRow, language: Language
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    letters = []
    for each in rejected.problems:
        place = each.where.cell.rstrip("0123456789")
        if not place:
            continue
        letters.append(place)
        column = column_number(place) - report.first_column + 1
        if 1 <= column <= width:
            cell = page.cell(number, column)
            cell.fill = PatternFill("solid", fgColor="FFC7CE")
            cell.comment = Comment(_said(each, language), "salescli", width=320, height=90)
    errors = "; ".join(f"{each.name}: {sentence(each, language)}" for each in rejected.problems)
    hints = "; ".join(dict.fromkeys(text for each in rejected.problems if (text := hint(each, language))))
    row = _first_row(report.header, width, rejected)
    for column, value in enumerate((row, " ".join(letters), errors, hints), width + 1):
        _put(page.cell(number, column), value)


def _said(found: Problem, language: Language) -> str:
    advice = hint(found, language)
    return _ILLEGAL.sub(" ", f"{sentence(found, language)}\n{advice}" if advice else sentence(found, language))


def _put(cell: Any, value: Any) -> Any:
    """Write a cell as it was: text stays text, whatever it looks like."""
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub(" ", value)[:32_000]
        cell.data_type = "s"
        if value[:1].isdigit() or value[:1] in "=+-@":
            cell.number_format = "@"
    elif value is not None:
        try:
            cell.value = value
        except ValueError:
            cell.value = str(value)
    return cell


def _set_widths(page: Any, width: int) -> None:
    from openpyxl.utils import get_column_letter

    for column in range(1, width + 1):
        page.column_dimensions[get_column_letter(column)].width = 14
    for offset, wide in enumerate((7, 9, 60, 60), 1):
        page.column_dimensions[get_column_letter(width + offset)].width = wide
