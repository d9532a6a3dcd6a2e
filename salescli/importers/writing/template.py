"""The template of a record type, as a workbook or as text: the second way in, for whoever has no sheet yet.

Headers are the field's titles, so that the filled-in template is recognised like any other sheet; what may be chosen
has a drop-down, numbers that are names are text, and a second sheet explains each column with an example. No example
stands among the rows: what is not typed is not imported.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.core.title import Language, Title
from salescli.importers.form import CHOICES_MARK
from salescli.importers.writing.template_notes import NOTES_SHEETS, choices_of, example_of, explain, kind_words

__all__ = ["NOTES_SHEETS", "Offers", "build_template", "build_text_template", "template_fields"]

ROWS = 1000
STYLED = 200
_LONGEST = 250  # what Excel takes as a list inside the cell's own rule
_LISTS = Title("选项", "Choices")
Offers = Mapping[str, Sequence[str]]


def template_fields(record_type: RecordType) -> list[Field]:
    """Return the columns of a template: all that a file can hold, but for those that only help to read one."""
    return [each for each in record_type.given if not each.is_helper]


def build_text_template(record_type: RecordType, language: Language) -> str:
    """Return the template as text: one line of headers, to be filled in wherever a spreadsheet is not at hand."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(
        each.title.text(language) for each in template_fields(record_type)
    )
    return buffer.getvalue()


def build_template(
    record_type: RecordType,
    language: Language,
    references: Mapping[str, Title] | None = None,
    offers: Offers | None = None,
) -> bytes:
    """Return the template as a workbook.

    Args:
        record_type: what the rows will be.
        language: of headers, choices and explanations.
        references: titles of the types that fields refer to, for the explanations.
        offers: what to choose from in a field, where the store or a policy knows: names of people, stages.
    """
    from openpyxl import Workbook

    fields, known = template_fields(record_type), offers or {}
    book = Workbook()
    page = book.active
    page.title = record_type.titles.text(language)[:31]
    lists: dict[str, Sequence[str]] = {}
    for column, each in enumerate(fields, 1):
        _head(page, column, each, language, known.get(each.name, ()))
        words = choices_of(each, language) or list(known.get(each.name, ()))
        if words:
            _offer(page, column, each, words, lists, language)
    page.freeze_panes = "A2"
    examples = {name: names[0] for name, names in known.items() if names}
    notes = book.create_sheet(NOTES_SHEETS[language == "en"])
    explain(notes, fields, language, record_type, references or {}, examples)
    if lists:
        _write_lists(book, lists, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(page: Any, column: int, each: Field, language: Language, names: Sequence[str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    letters = get_column_letter(column)
    cell = page.cell(1, column, each.title.text(language))
    must = each.required and each.default is None
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FCE4D6" if must else "DDEBF7")
    said = [kind_words(each, language), each.note.text(language)]
    if must:
        said.insert(0, Title("必填", "required").text(language))
    if example := example_of(each, language, names[0] if names else ""):
        said.append(Title(f"例:{example}", f"e.g. {example}").text(language))
    cell.comment = Comment("\n".join(text for text in said if text), "salescli", width=240, height=80)
    width = 2 * len(each.title.zh) + 4 if language == "zh" else len(each.title.en) + 4
    page.column_dimensions[letters].width = max(12, width)
    style = "@" if each.kind in (kinds.REFERENCE, kinds.TEXT, kinds.ENUM) else each.kind.excel_format
    if style != "General":
        for row in range(2, STYLED + 2):
            page.cell(row, column).number_format = style
        page.column_dimensions[letters].number_format = style


def _offer(
    page: Any, column: int, each: Field, words: Sequence[str], lists: dict[str, Sequence[str]], language: Language
) -> None:
    """Put a drop-down on a column. A closed list refuses other words at once; the rest the importer checks."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    inside = ",".join(words)
    if len(inside) <= _LONGEST and not any(sign in word for word in words for sign in ',"'):
        formula = f'"{inside}"'
    else:
        lists[each.name] = words
        place = get_column_letter(len(lists))
        formula = f"'{_LISTS.text(language)}'!${place}$2:${place}${len(words) + 1}"
    is_closed = each.kind in (kinds.ENUM, kinds.FLAG) and not each.is_open
    offer = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=is_closed)
    offer.error = Title("请从列表中选择", "choose from the list").text(language)
    page.add_data_validation(offer)
    letters = get_column_letter(column)
    offer.add(f"{letters}2:{letters}{ROWS + 1}")


def _write_lists(book: Any, lists: Mapping[str, Sequence[str]], language: Language) -> None:
    """Write the lists that are too long for a cell's rule; the first cell says that the sheet holds no records."""
    page = book.create_sheet(_LISTS.text(language))
    page.cell(1, 1, CHOICES_MARK)
    for column, words in enumerate(lists.values(), 1):
        for row, word in enumerate(words, 2):
            cell = page.cell(row, column, word)
            cell.data_type, cell.number_format = "s", "@"
        page.column_dimensions[page.cell(1, column).column_letter].width = 24
