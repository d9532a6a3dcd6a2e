"""What the import of large files costs: beside merely reading them, beside tools that check nothing, and by size."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

from tools.benches.paired import Case, Program, salescli

ROWS, MANY = 100_000, 1_000_000
BOUND = 1_200_000_000  # bytes at the peak for a million rows
SEED = 20260101
HEADER = (
    "订单编号", "行号", "订单日期", "客户名称", "负责人", "产品名称", "数量", "单价", "销售额", "成本", "渠道", "省份",
)  # fmt: skip
_CHANNELS = ("直销", "渠道", "电商", "代理")
_PROVINCES = ("上海", "江苏", "浙江", "安徽", "广东", "福建", "北京", "山东", "四川", "湖北")

_READ = """\
import sys
from python_calamine import CalamineWorkbook

CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
"""
_PANDAS = """\
import sqlite3, sys
from pathlib import Path
import pandas

frame = pandas.read_excel(sys.argv[1], engine="calamine")
Path("pandas.db").unlink(missing_ok=True)
with sqlite3.connect("pandas.db") as db:
    frame.to_sql("order_line", db, index=False)
"""


def cases(folder: Path) -> list[Case]:
    """The whole process `salescli import FILE` into a fresh workspace, every cell checked, against two others."""
    file = order_lines(folder / f"订单明细-{ROWS}-{SEED}.xlsx")
    ours = Program(salescli("import", str(file)), folder / "workspace", template=_workspace(folder / "fresh"))
    missing = "" if find_spec("pandas") else "pandas is not installed (pip install pandas)"
    read, pandas = _python(_READ, file, folder), _python(_PANDAS, file, folder)
    return [
        Case("import: 100,000 × 12, read", ours, read, "reading the file", goal=2.5),
        Case("import: 100,000 × 12, pandas", ours, pandas, "pandas to SQLite", goal=1.0, skipped=missing),
        *_of_text(folder),
    ]


def _of_text(folder: Path) -> list[Case]:
    """A .csv beside `sqlite-utils insert`, which checks nothing; and ten times the rows beside ten times the cost."""
    few, many = _text_lines(folder, ROWS), _text_lines(folder, MANY)
    template = _workspace(folder / "fresh")
    ours = Program(salescli("import", str(few)), folder / "workspace", template=template)
    large = Program(salescli("import", str(many)), folder / "workspace", template=template)
    tool = Path(sys.executable).with_name("sqlite-utils")
    missing = "" if tool.exists() else "sqlite-utils is not installed (pip install sqlite-utils)"
    (folder / "empty").mkdir(exist_ok=True)
    insert = (str(tool), "insert", "lines.db", "order_line", str(few), "--csv")
    other = Program(insert, folder / "inserted", template=folder / "empty")
    return [
        Case("import: 100,000 × 12 .csv", ours, other, "sqlite-utils insert", goal=1 / 6, skipped=missing),
        Case("import: 1,000,000 × 12 .csv", large, ours, "100,000 of them", goal=11.0, rounds=1, memory_goal=BOUND),
    ]


def _text_lines(folder: Path, count: int) -> Path:
    path = folder / f"订单明细-{count}-{SEED}.csv"
    if not path.exists():
        unfinished = path.with_suffix(".tmp")
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *_lines(count)])
        unfinished.rename(path)
    return path


def order_lines(path: Path) -> Path:
    """Write the workbook unless it is there: orders of one to six lines over two years, of 3,000 customers."""
    if path.exists():
        return path
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("订单明细")
    for row in (HEADER, *_lines(ROWS)):
        sheet.append(row)
    unfinished = path.with_suffix(".tmp")
    book.save(unfinished)
    unfinished.rename(path)
    return path


def _lines(count: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(SEED)
    order = line = lines = 0
    for _ in range(count):
        if line == lines:
            order, line, lines = order + 1, 0, chance.randint(1, 6)
            day = date(2025, 1, 1) + timedelta(days=chance.randrange(730))
            head = (f"SO{order:07}", day, f"客户{chance.randrange(3000):04}有限公司", f"销售{chance.randrange(60):03}")
        line += 1
        number, day, customer, owner = head
        quantity, price = chance.randint(1, 40), chance.randint(1_000, 900_000) / 100
        amount = round(quantity * price, 2)
        cost = round(amount * chance.randint(40, 90) / 100, 2)
        product = f"产品{chance.randrange(200):03}"
        channel, province = chance.choice(_CHANNELS), chance.choice(_PROVINCES)
        yield number, line, day, customer, owner, product, quantity, price, amount, cost, channel, province


def _workspace(folder: Path) -> Path:
    if not (folder / "salescli.yaml").exists():
        subprocess.run(salescli("init", str(folder)), check=True, capture_output=True)
    return folder


def _python(script: str, file: Path, folder: Path) -> Program:
    return Program((sys.executable, "-c", script, str(file)), folder)
