"""Small spreadsheets made in memory, good and broken, and the reading of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from salescli.core.records.registry import Registry, built_in
from salescli.importers.reading import read_files
from salescli.importers.result import FilesRead, ReadOptions, SheetReading

Rows = Sequence[Sequence[Any]]

RECEIPTS = ("日期", "客户", "金额", "业务员", "备注")
DEALS = ("商机编号", "商机名称", "客户", "负责人", "金额", "创建日期")


@cache
def registry() -> Registry:
    """The built-in record types."""
    return built_in()


def xlsx(sheets: Mapping[str, Rows] | Rows, prepare: Callable[[Any], None] | None = None) -> bytes:
    """Build a workbook of one or several sheets; `prepare` may still change it."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items() if isinstance(sheets, Mapping) else [("Sheet1", sheets)]:
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    if prepare is not None:
        prepare(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    """Write rows as delimited text."""
    import csv

    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def edited(workbook: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Change the XML of one part of a workbook."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    return buffer.getvalue()


def with_part(workbook: bytes, part: str, content: bytes) -> bytes:
    """Add a part to a workbook."""
    buffer = io.BytesIO(workbook)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return buffer.getvalue()


def far_corner() -> bytes:
    """A workbook of a few kilobytes with a cell at A1 and one at XFD1048576."""
    return edited(
        xlsx([["客户"]]),
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(r"</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>', text),
    )


def ods(rows: Rows) -> bytes:
    """A minimal OpenDocument spreadsheet of texts."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="回款">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def read(path: Path, content: bytes | str, **options: Any) -> FilesRead:
    """Write a file and read it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_files([path], ReadOptions(**options), registry())


def read_one(path: Path, content: bytes | str, **options: Any) -> SheetReading:
    """Write a file that has one sheet worth reading, and return that."""
    found = [each for each in read(path, content, **options).sheets if each.report.type]
    assert len(found) == 1
    return found[0]


def names(problems: Sequence[Any]) -> list[str]:
    """The names of problems."""
    return [each.name for each in problems]
