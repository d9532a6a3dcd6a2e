"""Write tables as the workbooks people keep, the same bytes each time.

openpyxl stamps the time of writing into a workbook and its zip; both are set to a fixed day here.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

_STAMP = datetime(2026, 4, 5, 9, 0, 0)  # noqa: DTZ001
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")


@dataclass(frozen=True)
class Table:
    """One sheet: title rows, a header, rows, and the columns whose sum stands in a row 合计 at the end."""

    sheet: str
    titles: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    summed: Sequence[str] = ()
    widths: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)  # cents, where cells are written as text

    def total_row(self) -> list[Any]:
        """Build the row 合计."""
        row: list[Any] = ["合计"] + [None] * (len(self.header) - 1)
        for name in self.summed:
            row[self.header.index(name)] = yuan(self.sums[name])
        return row


def yuan(cents: int) -> int | float:
    """Turn cents into the number a spreadsheet cell holds."""
    return cents // 100 if cents % 100 == 0 else cents / 100


def typed(cents: int) -> str:
    """Turn cents into an amount as people type it: ￥128,000.00."""
    return f"￥{cents // 100:,}.{cents % 100:02d}"


def write_xlsx(path: Path, tables: Sequence[Table]) -> None:
    """Write tables as the sheets of one workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill_sheet(book.create_sheet(table.sheet), table)
    book.properties.creator = "华辰科技"
    book.properties.created = book.properties.modified = _STAMP
    raw = io.BytesIO()
    book.save(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_fixed(raw.getvalue()))


def write_csv(path: Path, table: Table) -> None:
    """Write a table as a Chinese Excel saves CSV: GBK and CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for title in table.titles:
        writer.writerow([title] + [""] * (len(table.header) - 1))
    writer.writerow(table.header)
    writer.writerows([_as_text(cell) for cell in row] for row in table.rows)
    if table.summed:
        writer.writerow([_as_text(cell) for cell in table.total_row()])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode("gbk"))


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _fill_sheet(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    last = get_column_letter(len(table.header))
    for number, title in enumerate(table.titles, 1):
        sheet.append([title])
        sheet.merge_cells(f"A{number}:{last}{number}")
        sheet.cell(number, 1).alignment = Alignment(horizontal="center" if number == 1 else "left")
        sheet.cell(number, 1).font = Font(bold=number == 1, size=14 if number == 1 else 10)
    sheet.append(list(table.header))
    top = sheet.max_row
    for cell in sheet[top]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
    for row in table.rows:
        sheet.append(list(row))
    if table.summed:
        sheet.append(table.total_row())
    for row in sheet.iter_rows(min_row=top + 1):
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.number_format = "yyyy-mm-dd hh:mm"
            elif isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(cell.value, float) or (isinstance(cell.value, int) and cell.value > 9_999):
                cell.number_format = "#,##0.00"
    for place, name in enumerate(table.header, 1):
        sheet.column_dimensions[get_column_letter(place)].width = table.widths.get(name, 14)
    sheet.freeze_panes = f"A{top + 1}"


def _fixed(raw: bytes) -> bytes:
    """Copy a workbook's parts into a zip without times, machine or user in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            if name == "docProps/core.xml":
                body = _MODIFIED.sub(rb"\g<1>2026-04-05T09:00:00Z\g<2>", body)
            info = zipfile.ZipInfo(name, (2026, 4, 5, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, body)
    return out.getvalue()
