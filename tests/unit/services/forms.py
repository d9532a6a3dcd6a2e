"""Fill in a workbook that salescli wrote, as a person would: by the headers, in the rows of what is meant."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from salescli.importers.writing.form_book import HEAD_ROW
from salescli.services.context import Context
from salescli.services.importing.files import ImportOutcome, import_files
from salescli.services.importing.request import build_request


def fill_in(content: bytes, answers: Mapping[str, Mapping[str, Mapping[str, Any]]], path: Path) -> Path:
    """Write answers, sheet → text of a cell of the row → header → value, and save the workbook.

    A row that is not there is added below, with the text as its first cell.
    """
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content))
    for sheet, rows in answers.items():
        page = book[sheet]
        heads = {cell.value: cell.column for cell in page[HEAD_ROW]}
        for text, cells in rows.items():
            row = _row(page, text.removesuffix("+"), is_new=text.endswith("+"))
            for header, value in cells.items():
                page.cell(row, heads[header]).value = value
    book.save(path)
    return path


def _row(page: Any, text: str, *, is_new: bool) -> int:
    for row in range(HEAD_ROW + 1, page.max_row + 1):
        if not is_new and text in [str(cell.value) for cell in page[row] if cell.value is not None]:
            return row
    row = page.max_row + 1
    page.cell(row, 1).value = text
    return row


def cells_of(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of each sheet from its header on."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content))
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows(min_row=HEAD_ROW)] for page in book}


def take_in(context: Context, path: Path, **said: Any) -> ImportOutcome:
    """Import a file, and hold the law of rows for each of its sheets."""
    outcome = import_files(context, build_request(context, [str(path)], **said))
    for done in outcome.sheets:
        report, result = done.reading.report, done.result
        merged = result.new + result.changed + result.unchanged if result else 0
        assert report.rows_below_header == merged + len(done.rejected) + report.skipped
    return outcome
