"""Read the example's workbooks as tables: header and rows, title rows and the row 合计 apart."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from salescli.core.records.kinds import parse_number, read_moment

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "huachen"
TITLE_ROWS = {
    "团队.xlsx": 0,
    "花名册.xlsx": 2,
    "任职.xlsx": 1,
    "客户.xlsx": 1,
    "产品价目.xlsx": 2,
    "工作日历.xlsx": 1,
    "绩效.xlsx": 1,
    "业绩分成.xlsx": 1,
    "商机阶段.xlsx": 0,
}


@dataclass(frozen=True)
class Sheet:
    """A table of the example; `total` is the row 合计 where there is one."""

    header: list[str]
    rows: list[dict[str, Any]]
    total: dict[str, Any] | None

    def column(self, name: str) -> list[Any]:
        """The cells of a column that are not blank."""
        return [row[name] for row in self.rows if row[name] not in ("", None)]


@cache
def read_sheet(name: str) -> Sheet:
    """Read a file of the example by its path below the folder."""
    path = FOLDER / name
    if path.suffix == ".csv":
        cells: list[list[Any]] = list(csv.reader(io.StringIO(path.read_bytes().decode("gbk"))))
    else:
        cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    top = TITLE_ROWS.get(path.name, 2)
    if path.name.startswith("提成表") or name.startswith("late"):
        top = 2
    if path.name == "三月提成.xlsx":
        top = 1
    header = [str(cell) for cell in cells[top]]
    rows = [dict(zip(header, row, strict=True)) for row in cells[top + 1 :]]
    has_total = rows[-1][header[0]] == "合计"
    return Sheet(header, rows[:-1] if has_total else rows, rows[-1] if has_total else None)


def amount(cell: Any) -> Decimal:
    """Read an amount cell exactly: a number, or text with ￥ and separators."""
    if cell in ("", None):
        return Decimal(0)
    number = parse_number(cell) if isinstance(cell, str) else Decimal(repr(cell))
    assert number is not None, cell
    return number


def day(cell: Any) -> date:
    """Read a date cell in any of the layouts of the example."""
    if isinstance(cell, date):
        return cell
    found = read_moment(str(cell), "")
    assert isinstance(found, tuple) and isinstance(found[0], date), cell
    return found[0]
