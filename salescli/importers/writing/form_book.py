"""Write forms: workbooks whose marked cells a person fills in, and which import as they are.

A page has a title, a line of its own that tells the importer what its rows are (thin, for people not to mind), a header
and the rows. What is to be filled in is yellow, what is only there to be read is grey; where a field may only be one of
a few, its cell has a drop-down. Longer lists stand on a sheet of their own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from salescli.core.title import Language, Title
from salescli.importers.form import CHOICES_MARK, FormPart, form_mark

Role = Literal["key", "info", "fill"]
_FONTS: dict[Language, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
_FILLS = {"fill": "FFF2CC", "key": "E8EEF4", "info": "F3F4F6"}
_HEADS = {"fill": "F4B942", "key": "C9D6E3", "info": "D9DCE1"}
_INK, _GREY, _RULE = "1F2937", "6B7280", "D1D5DB"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BAD_SHEET = re.compile(r"[\\/*?:\[\]]")
_LONGEST = 250  # what Excel takes as a list inside the cell's own rule
CHOICES = Title("选项", "Choices")
HEAD_ROW = 3


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column: its header, what it is for, how its cells look, and what may be chosen in all of them."""

    header: str
    role: Role = "info"
    number_format: str = "General"
    width: float = 14
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPage:
    """A sheet of a form. `offers` are choices of single cells, by (index of row, index of column)."""

    name: str
    title: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    parts: tuple[FormPart, ...]
    offers: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)


def build_forms(pages: Sequence[FormPage], language: Language) -> bytes:
    """Return the workbook of some pages, in their order."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    lists = _Lists(CHOICES.text(language))
    for each in pages:
        page = book.create_sheet(_BAD_SHEET.sub(" ", each.name)[:31])
        _head(page, each, language)
        _fill(page, each, language)
        _offer(page, each, lists)
        page.freeze_panes = page.cell(HEAD_ROW + 1, 2)
        _set_up(page, each)
    if lists.held:
        lists.write(book, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(page: Any, form: FormPage, language: Language) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    name = _FONTS[language]
    page.cell(1, 1, form.title).font = Font(name=name, size=12, bold=True, color=_INK)
    page.row_dimensions[1].height = 24
    mark = page.cell(2, 1, form_mark(form.parts))
    mark.font = Font(name=name, size=1, color="FFFFFF")
    page.row_dimensions[2].height = 3
    under = Border(bottom=Side(style="thin", color=_GREY))
    for column, each in enumerate(form.columns, 1):
        cell = page.cell(HEAD_ROW, column, each.header)
        cell.font = Font(name=name, bold=each.role != "info", color=_INK if each.role != "info" else _GREY)
        cell.fill = PatternFill("solid", fgColor=_HEADS[each.role])
        side = "right" if _is_figure(each) else "left"
        cell.border = under
        cell.alignment = Alignment(vertical="center", horizontal=side, indent=side == "left")
        page.column_dimensions[get_column_letter(column)].width = max(each.width, _header_width(each.header))
    page.row_dimensions[HEAD_ROW].height = 20


def _fill(page: Any, form: FormPage, language: Language) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    name = _FONTS[language]
    line = Side(style="thin", color=_RULE)
    looks = [
        (
            Font(name=name, color=_INK if each.role != "info" else _GREY),
            PatternFill("solid", fgColor=_FILLS[each.role]) if each.role != "info" else None,
            Border(line, line, line, line) if each.role == "fill" else Border(bottom=line),
            Alignment(vertical="center", horizontal=None if _is_figure(each) else "left", indent=not _is_figure(each)),
        )
        for each in form.columns
    ]
    for row, values in enumerate(form.rows, HEAD_ROW + 1):
        page.row_dimensions[row].height = 18
        for column, (value, each, look) in enumerate(zip(values, form.columns, looks, strict=True), 1):
            cell = page.cell(row, column)
            _put(cell, value, each.number_format)
            cell.font, cell.border, cell.alignment = look[0], look[2], look[3]
            if look[1] is not None:
                cell.fill = look[1]


def _header_width(header: str) -> float:
    """A header is wholly seen, beside the arrow of its filter."""
    return 1.1 * sum(1 if sign.isascii() else 2 for sign in header) + 4


def _is_figure(column: FormColumn) -> bool:
    return column.number_format[:1] in "#0"


def _put(cell: Any, value: Any, number_format: str) -> None:
    """Text stays text, whatever it looks like; a blank cell has its format already."""
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub(" ", value)[:32_000]
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    if number_format != "General":
        cell.number_format = number_format


def _set_up(page: Any, form: FormPage) -> None:
    from openpyxl.utils import get_column_letter

    last = get_column_letter(len(form.columns))
    page.auto_filter.ref = f"A{HEAD_ROW}:{last}{HEAD_ROW + max(len(form.rows), 1)}"
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"


class _Lists:
    """Lists of choices that are too long to stand in a cell's rule, each a column of one sheet."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.held: dict[tuple[str, ...], str] = {}

    def formula(self, choices: tuple[str, ...]) -> str:
        """Return what a rule refers to: the list itself where it is short, else its column."""
        from openpyxl.utils import get_column_letter

        inside = ",".join(choices)
        if len(inside) <= _LONGEST and not any(sign in each for each in choices for sign in ',"'):
            return f'"{inside}"'
        if choices not in self.held:
            letters = get_column_letter(len(self.held) + 1)
            self.held[choices] = f"'{self._name}'!${letters}$2:${letters}${len(choices) + 1}"
        return self.held[choices]

    def write(self, book: Any, language: Language) -> None:
        """Write the sheet of lists; its first cell says that it holds no records."""
        from openpyxl.styles import Font

        page = book.create_sheet(self._name)
        page.cell(1, 1, CHOICES_MARK).font = Font(name=_FONTS[language], size=8, color=_GREY)
        for column, choices in enumerate(self.held, 1):
            for row, text in enumerate(choices, 2):
                _put(page.cell(row, column), text, "@")
            page.column_dimensions[page.cell(1, column).column_letter].width = 24


def _offer(page: Any, form: FormPage, lists: _Lists) -> None:
    """Put drop-downs on the cells; another value than those offered is allowed, the importer checks it."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    cells: dict[tuple[str, ...], list[str]] = {}
    last = HEAD_ROW + max(len(form.rows), 1)
    for column, each in enumerate(form.columns):
        if each.choices:
            letters = get_column_letter(column + 1)
            cells.setdefault(each.choices, []).append(f"{letters}{HEAD_ROW + 1}:{letters}{last}")
    for (row, column), choices in form.offers.items():
        if choices:
            cells.setdefault(choices, []).append(f"{get_column_letter(column + 1)}{HEAD_ROW + 1 + row}")
    for choices, places in cells.items():
        rule = DataValidation(type="list", formula1=lists.formula(choices), allow_blank=True, showErrorMessage=False)
        page.add_data_validation(rule)
        for place in places:
            rule.add(place)
