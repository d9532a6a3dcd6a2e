"""The Excel template of a record type: the second way in, for whoever has no sheet yet.

Headers are the field's titles, so that the filled-in template is recognised like any other sheet; what may be
chosen has a drop-down, numbers that are names are text, and a second sheet explains each column.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.core.title import Language, Title

ROWS = 1000
NOTES_SHEETS = ("说明", "Notes")
_KINDS = {
    "text": Title("文字", "text"), "id": Title("编号(文本)", "number, as text"),
    "reference": Title("编号或名称", "number or name"),
    "money": Title("金额", "amount"), "quantity": Title("数量", "quantity"), "whole": Title("整数", "whole number"),
    "rate": Title("百分比,如 6%", "percentage, as 6%"), "share": Title("百分比,如 50%", "percentage, as 50%"),
    "decimal": Title("数字", "number"), "date": Title("日期,如 2026-03-31", "date, as 2026-03-31"),
    "moment": Title("日期时间", "date and time"), "month": Title("月份,如 2026-03", "month, as 2026-03"),
    "flag": Title("是 / 否", "yes / no"), "enum": Title("可选值", "one of a list"), "any": Title("任意", "any"),
}  # fmt: skip
_HEADINGS = (
    Title("列", "Column"),
    Title("必填", "Required"),
    Title("填写", "Holds"),
    Title("可选值", "Choices"),
    Title("也认这些表头", "Also known as"),
    Title("说明", "Note"),
)


def build_template(record_type: RecordType, language: Language, references: dict[str, Title] | None = None) -> bytes:
    """Return the template as a workbook.

    Args:
        record_type: what the rows will be.
        language: of headers, choices and explanations.
        references: titles of the types that fields refer to, for the explanations.
    """
    from openpyxl import Workbook

    fields = [each for each in record_type.given if not each.names]
    book = Workbook()
    page = book.active
    page.title = record_type.titles.text(language)[:31]
    for column, each in enumerate(fields, 1):
        _head(page, column, each, language, record_type)
    page.freeze_panes = "A2"
    _explain(book.create_sheet(NOTES_SHEETS[language == "en"]), fields, language, record_type, references or {})
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(page: Any, column: int, each: Field, language: Language, record_type: RecordType) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    letters = get_column_letter(column)
    cell = page.cell(1, column, each.title.text(language))
    must = each.required and each.default is None
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FCE4D6" if must else "DDEBF7")
    said = [_KINDS[each.kind.name].text(language), each.note.text(language)]
    if must:
        said.insert(0, Title("必填", "required").text(language))
    cell.comment = Comment("\n".join(text for text in said if text), "salescli", width=240, height=80)
    page.column_dimensions[letters].width = max(
        12, 2 * len(each.title.zh) + 4 if language == "zh" else len(each.title.en) + 4
    )
    if each.kind.excel_format != "General" or each.kind is kinds.REFERENCE:
        style = "@" if each.kind is kinds.REFERENCE else each.kind.excel_format
        for row in range(2, 202):
            page.cell(row, column).number_format = style
        page.column_dimensions[letters].number_format = style
    choices = _choices(each, language)
    if choices:
        _offer(page, letters, choices, language)


def _choices(each: Field, language: Language) -> list[str]:
    """What may be written, in the language asked: the Chinese word where there is one."""
    if each.kind is kinds.FLAG:
        return ["是", "否"] if language == "zh" else ["yes", "no"]
    words = []
    for key, names in each.choices.items():
        chinese = next((name for name in names if not name.isascii()), key)
        words.append(chinese if language == "zh" else key)
    return words


def _offer(page: Any, letters: str, choices: Sequence[str], language: Language) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(choices)
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    offer.error = Title("请从列表中选择", "choose from the list").text(language)
    page.add_data_validation(offer)
    offer.add(f"{letters}2:{letters}{ROWS + 1}")


def _explain(
    page: Any, fields: Sequence[Field], language: Language, record_type: RecordType, references: dict[str, Title]
) -> None:
    from openpyxl.styles import Alignment, Font

    page.append([_introduction(record_type, language)])
    page.append([heading.text(language) for heading in _HEADINGS])
    for cell in page[2]:
        cell.font = Font(bold=True)
    for each in fields:
        holds = _KINDS[each.kind.name].text(language)
        if each.ref in references:
            holds = f"{references[each.ref].text(language)}: {holds}"
        must = each.required and each.default is None
        page.append(
            [
                each.title.text(language),
                Title("是", "yes").text(language) if must else "",
                holds,
                " / ".join(_choices(each, language)),
                ", ".join(each.aliases[:8]),
                each.note.text(language),
            ]
        )
    for letters, wide in zip("ABCDEF", (20, 8, 30, 30, 60, 50), strict=True):
        page.column_dimensions[letters].width = wide
        for cell in page[letters]:
            cell.alignment = Alignment(wrap_text=letters in "EF", vertical="top")


def _introduction(record_type: RecordType, language: Language) -> str:
    key = ", ".join(record_type[name].title.text(language) for name in record_type.key)
    name = record_type.titles.text(language)
    if language == "zh":
        return f"{name}:每行一条记录;以 {key} 识别同一条记录。第一张表的表头请勿改动;不用的列可以删除。"
    return (
        f"{name}: one record per row, told apart by {key}. Keep the headers of the first sheet; unused columns may go."
    )
