"""Rejected rows as a workbook that, once corrected, imports as it is.

Each sheet has the original header and the original cells; bad cells are coloured and carry the sentence as a comment,
and the columns `_row _column _error _hint`, which no import reads, say it all again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, time
from pathlib import PurePath
from typing import Any

from salescli.core.title import Language
from salescli.errors import Problem
from salescli.importers.made_keys import COLUMN
from salescli.importers.opening.sheet_scan import column_number
from salescli.importers.result import RejectedRow, SheetReport
from salescli.messages import hint, sentence

SUFFIX = ".rejects.xlsx"
NARROWEST, WIDEST = 9, 40  # columns, by the widest of the first rows
MEASURED = 200
MOST_COMMENTS = 1_000  # more of them make a workbook that opens slowly; the row says the same in `_error`
EXTRA = ("_row", "_column", "_error", "_hint")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BAD_SHEET = re.compile(r"[\\/*?:\[\]]")
_SIGNS = ("=", "+", "-", "@")
_PLAIN = (bool, int, float, date, time)
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

    book = Workbook(write_only=True)
    for report, rows in sheets:
        if rows:
            page = book.create_sheet(_BAD_SHEET.sub(" ", report.sheet)[:31] or "Sheet1")
            _Sheet(page, report, language).fill(sorted(rows, key=lambda each: each.row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class _Sheet:
    """One sheet under construction. Rows are written one after the other: there may be as many as in the file."""

    def __init__(self, page: Any, report: SheetReport, language: Language) -> None:
        from openpyxl.styles import Font, PatternFill

        self.page, self.report, self.language = page, report, language
        self.width = _own_width(report.header)
        self.extra = (*EXTRA, COLUMN) if report.made_key else EXTRA
        self.comments = 0
        self.bad = PatternFill("solid", fgColor="FFC7CE")
        self.head, self.grey = Font(bold=True, color="000000"), Font(bold=True, color="7F7F7F")

    def fill(self, rows: Sequence[RejectedRow]) -> None:
        """Write the header and the rows, in the order of the file."""
        # What the file says above the table must stand here too: a form is one still, and amounts would shrink.
        unit = _UNIT_NAMES.get(self.report.sheet_unit, "")
        above = self.report.mark or (f"单位:{unit}" if unit else "")
        self.page.freeze_panes = f"A{3 if above else 2}"
        self._set_widths(rows)
        self.page.page_setup.orientation, self.page.page_setup.fitToHeight = "landscape", 0
        self.page.sheet_properties.pageSetUpPr.fitToPage = True
        if above:
            self.page.append([above])
        header = [self._cell(text, font=self.head) for text in self.report.header[: self.width]]
        self.page.append([*header, *(self._cell(text, font=self.grey) for text in self.extra)])
        for rejected in rows:
            self.page.append(self._row(rejected))

    def _row(self, rejected: RejectedRow) -> list[Any]:
        wrong: dict[int, Problem] = {}
        letters = []
        for each in rejected.problems:
            if place := each.where.cell.rstrip("0123456789"):
                letters.append(place)
                wrong.setdefault(column_number(place) - self.report.first_column, each)
        padded = [*rejected.cells[: self.width], *([None] * (self.width - len(rejected.cells)))]
        cells = [self._bad(value, wrong[at]) if at in wrong else self._cell(value) for at, value in enumerate(padded)]
        errors = "; ".join(f"{each.name}: {sentence(each, self.language)}" for each in rejected.problems)
        hints = "; ".join(dict.fromkeys(text for each in rejected.problems if (text := hint(each, self.language))))
        row = _first_row(self.report.header, self.width, rejected)
        said = [row, " ".join(letters), errors, hints, *([rejected.key] if self.report.made_key else [])]
        return [*cells, *map(self._cell, said)]

    def _bad(self, value: Any, found: Problem) -> Any:
        """A bad cell is coloured; the first ones carry the sentence as a comment as well as in the row."""
        from openpyxl.comments import Comment

        cell = self._cell(value, fill=self.bad)
        if self.comments < MOST_COMMENTS:
            self.comments += 1
            cell.comment = Comment(_said(found, self.language), "salescli", width=320, height=90)
        return cell

    def _cell(self, value: Any, *, font: Any = None, fill: Any = None) -> Any:
        """Return a cell as it was: text stays text, whatever it looks like."""
        from openpyxl.cell import WriteOnlyCell

        is_text = isinstance(value, str)
        if is_text:
            value = _ILLEGAL.sub(" ", value)[:32_000]
        looks_otherwise = is_text and (value[:1].isdigit() or value[:1] in _SIGNS)
        if not (looks_otherwise or font or fill) and (is_text or value is None or isinstance(value, _PLAIN)):
            return value
        try:
            cell = WriteOnlyCell(self.page, value)
        except ValueError:
            cell = WriteOnlyCell(self.page, str(value))
        if is_text:
            cell.data_type = "s"
        if looks_otherwise:
            cell.number_format = "@"
        if font:
            cell.font = font
        if fill:
            cell.fill = fill
        return cell

    def _set_widths(self, rows: Sequence[RejectedRow]) -> None:
        from openpyxl.utils import get_column_letter

        for column, text in enumerate(self.report.header[: self.width]):
            shown = (text, *(each.cells[column] for each in rows[:MEASURED] if column < len(each.cells)))
            wide = min(max(map(_cells_wide, shown)) + 2, WIDEST)
            self.page.column_dimensions[get_column_letter(column + 1)].width = max(wide, NARROWEST)
        for offset, wide in enumerate((7, 9, 60, 60), 1):
            self.page.column_dimensions[get_column_letter(self.width + offset)].width = wide
        if self.report.made_key:
            self.page.column_dimensions[get_column_letter(self.width + len(self.extra))].hidden = True


def _cells_wide(value: Any) -> int:
    """About how wide a cell's text is: Chinese characters take two places."""
    text = str(value)[:WIDEST] if value is not None else ""
    return sum(1 if character.isascii() else 2 for character in text)


def _own_width(header: Sequence[str]) -> int:
    """The columns of the file itself: rows rejected again have those of the first time beside them."""
    first = header.index(EXTRA[0]) if EXTRA[0] in header else len(header)
    return first if tuple(header[first : first + len(EXTRA)]) == EXTRA else len(header)


def _first_row(header: Sequence[str], width: int, rejected: RejectedRow) -> int:
    """The number of the row in the file that it was first rejected from."""
    before = rejected.cells[width] if width < min(len(header), len(rejected.cells)) else None
    return int(before) if isinstance(before, (int, float)) else rejected.row


def _said(found: Problem, language: Language) -> str:
    advice = hint(found, language)
    return _ILLEGAL.sub(" ", f"{sentence(found, language)}\n{advice}" if advice else sentence(found, language))
