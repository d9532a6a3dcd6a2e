"""The example's files: made again they are the same, their totals are true, and all that they name exists."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.registry import built_in
from tests.unit.examples.huachen_files import FOLDER, amount, day, read_sheet

RECEIPT_FILES = ("回款-2025", "回款-2026-01", "回款-2026-02", "回款-2026-03")
TYPES = {
    "团队": "team", "花名册": "person", "任职": "assignment", "客户": "customer", "产品价目": "product",
    "工作日历": "calendar-day", "绩效": "rating", "商机": "deal", "商机阶段": "stage-change", "合同台账": "contract",
    "收款计划": "payment-plan", "核销": "allocation", "退款": "refund", "业绩分成": "credit-split",
    **dict.fromkeys(RECEIPT_FILES, "receipt"),
}  # fmt: skip
SUMMED = [
    "inbox/合同台账.xlsx", "inbox/收款计划.xlsx", "inbox/核销.xlsx", "inbox/退款.xlsx", "inbox/退款.csv",
    *(f"inbox/{name}.xlsx" for name in RECEIPT_FILES),
    "first-hour/三月回款.xlsx", "first-hour/三月回款.csv", "first-hour/三月提成.xlsx",
    "paysheets/提成表-2026-02.xlsx", "paysheets/提成表-2026-03.xlsx",
    "late/回款-2026-03-补.xlsx", "late/回款-2026-04.xlsx", "late/合同台账-新负责人.xlsx",
]  # fmt: skip


def _inbox(name: str) -> Any:
    return read_sheet(f"inbox/{name}.xlsx")


def _receipts() -> list[dict[str, Any]]:
    return [row for name in RECEIPT_FILES for row in _inbox(name).rows]


def _make(folder: Path, hash_seed: str) -> dict[str, bytes]:
    """Run the generator in a process of its own, with another order of hashes each time."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, str(FOLDER / "make.py"), str(folder)], check=True, env=environment)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return _make(tmp_path_factory.mktemp("made"), "1")


def test_two_runs_write_the_same_bytes(made: dict[str, bytes], tmp_path: Path) -> None:
    assert _make(tmp_path, "2") == made


def test_files_in_the_repository_are_the_generated_ones(made: dict[str, bytes], tmp_path: Path) -> None:
    kept = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.suffix in {".xlsx", ".csv"}}
    # folders in which people work are not made by the generator
    assert {name for name in kept if not name.startswith("exports/")} == set(made)
    # another version of the writing library may lay out the same cells in other bytes
    differing = [name for name, body in made.items() if (FOLDER / name).read_bytes() != body]
    for name in differing:
        (tmp_path / "again.xlsx").write_bytes(made[name])
        assert _cells(FOLDER / name) == _cells(tmp_path / "again.xlsx"), name


def _cells(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("name", SUMMED)
def test_total_row_is_the_sum(name: str) -> None:
    sheet = read_sheet(name)
    assert sheet.total is not None
    summed = [each for each in sheet.header[1:] if sheet.total[each] not in ("", None)]
    assert summed
    for column in summed:
        assert amount(sheet.total[column]) == sum((amount(row[column]) for row in sheet.rows), Decimal(0)), column


@pytest.mark.parametrize("name", TYPES)
def test_each_header_names_one_field(name: str) -> None:
    record = built_in()[TYPES[name]]
    given: list[str] = []
    for header in _inbox(name).header:
        fields = [each.name for each in record.given if header in (each.title.zh, *each.aliases)]
        assert len(fields) == 1, f"{header}: {fields}"
        given += fields
    assert len(set(given)) == len(given)
    assert set(given) >= {each.name for each in record.required_fields()}


def test_csv_says_what_the_workbook_says() -> None:
    book, text = read_sheet("inbox/退款.xlsx"), read_sheet("inbox/退款.csv")
    assert [row["退款编号"] for row in text.rows] == book.column("退款编号")
    assert [amount(row["退款金额"]) for row in text.rows] == [amount(cell) for cell in book.column("退款金额")]
    first_hour, as_text = read_sheet("first-hour/三月回款.xlsx"), read_sheet("first-hour/三月回款.csv")
    for left, right in zip(first_hour.rows, as_text.rows, strict=True):
        assert (day(left["日期"]), amount(left["金额"])) == (day(right["日期"]), amount(right["金额"]))
        assert (left["客户"], left["业务员"], left["备注"]) == (right["客户"], right["业务员"], right["备注"])


def test_keys_are_unique() -> None:
    columns = (
        ("花名册", "工号"), ("客户", "客户编号"), ("客户", "客户名称"), ("产品价目", "产品名称"), ("商机", "商机编号"),
        ("合同台账", "合同编号"), ("退款", "退款编号"),
    )  # fmt: skip
    for name, column in columns:
        cells = _inbox(name).column(column)
        assert len(set(cells)) == len(cells) == len(_inbox(name).rows), (name, column)
    numbers = [row["回款编号"] for row in _receipts()]
    assert len(set(numbers)) == len(numbers)


def test_people_are_named_without_doubt() -> None:
    people = _inbox("花名册").rows
    names = [row["姓名"] for row in people]
    assert sorted({each for each in names if names.count(each) > 1}) == ["李娜"]
    numbers = {row["工号"] for row in people}
    assert all(isinstance(each, str) and each.startswith("0") for each in numbers)
    known = numbers | {each for each in names if names.count(each) == 1}
    mentions = (
        ("团队", "团队主管"), ("任职", "直属主管"), ("客户", "客户负责人"), ("商机", "负责人"), ("商机阶段", "操作人"),
        ("合同台账", "签单人"),
    )  # fmt: skip
    for name, column in mentions:
        assert set(_inbox(name).column(column)) <= known, (name, column)
    for name in ("任职", "绩效", "业绩分成"):
        assert set(_inbox(name).column("工号")) <= numbers
    assert numbers == set(_inbox("任职").column("工号"))
    assert set(_inbox("任职").column("部门")) == set(_inbox("团队").column("团队名称"))


def test_references_resolve() -> None:
    customers, products = set(_inbox("客户").column("客户名称")), set(_inbox("产品价目").column("产品名称"))
    contracts, deals = set(_inbox("合同台账").column("合同编号")), set(_inbox("商机").column("商机编号"))
    receipts = {row["回款编号"] for row in _receipts()}
    for name in ("商机", "合同台账"):
        assert set(_inbox(name).column("客户名称")) <= customers
        assert set(_inbox(name).column("产品名称")) <= products
    assert set(_inbox("合同台账").column("商机编号")) <= deals
    assert set(_inbox("商机阶段").column("商机编号")) == deals
    for name in ("收款计划", "核销", "退款", "业绩分成"):
        assert set(_inbox(name).column("合同编号")) <= contracts
    late = [read_sheet(f"late/{name}.xlsx") for name in ("回款-2026-03-补", "回款-2026-04", "合同台账-新负责人")]
    for sheet in (*late, *(_inbox(name) for name in RECEIPT_FILES)):
        assert set(sheet.column("合同编号")) <= contracts
    assert set(_inbox("核销").column("回款编号")) == {row["回款编号"] for row in _receipts() if row["合同编号"]}
    assert set(_inbox("退款").column("原回款编号")) <= receipts
    assert 10 <= sum(not row["合同编号"] for row in _receipts()) <= 40
    assert not receipts & set(late[0].column("回款编号") + late[1].column("回款编号"))


def test_shares_of_a_contract_are_100_percent() -> None:
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for row in _inbox("业绩分成").rows:
        assert row["分成比例"].endswith("%")
        shares[row["合同编号"]] += Decimal(row["分成比例"][:-1])
    assert len(shares) > 20
    assert set(shares.values()) == {Decimal(100)}


def test_instalments_and_receipts_stay_within_their_contract() -> None:
    contracts = {row["合同编号"]: row for row in _inbox("合同台账").rows}
    planned: dict[str, Decimal] = defaultdict(Decimal)
    open_parts: dict[tuple[str, str], Decimal] = {}
    for row in _inbox("收款计划").rows:
        planned[row["合同编号"]] += amount(row["应收金额"])
        open_parts[row["合同编号"], row["期次"]] = amount(row["应收金额"])
    for number, row in contracts.items():
        if day(row["签订日期"]) >= date(2025, 1, 1):
            assert planned[number] == amount(row["合同金额"]), number
    receipts = {row["回款编号"]: row for row in _receipts()}
    for row in _inbox("核销").rows:
        receipt = receipts[row["回款编号"]]
        assert receipt["合同编号"] == row["合同编号"]
        assert amount(receipt["回款金额"]) == amount(row["核销金额"])
        open_parts[row["合同编号"], row["期次"]] -= amount(row["核销金额"])
    assert min(open_parts.values()) >= 0
    for row in _inbox("退款").rows:
        assert 0 < amount(row["退款金额"]) < amount(receipts[row["原回款编号"]]["回款金额"])


def test_dates_follow_each_other() -> None:
    for row in _inbox("商机").rows:
        closed = row["成交日期"]
        assert bool(closed) == (row["阶段"] in {"赢单", "输单"})
        assert not closed or day(closed) >= day(row["创建日期"])
    moments: dict[str, list[Any]] = defaultdict(list)
    for row in _inbox("商机阶段").rows:
        moments[row["商机编号"]].append(row["进入时间"])
    assert all(each == sorted(each) for each in moments.values())
    for name in RECEIPT_FILES:
        months = {f"{day(cell):%Y-%m}" for cell in _inbox(name).column("回款日期")}
        assert all(month.startswith(name.removeprefix("回款-")) for month in months)
    working = {day(row["日期"]): row["是否工作日"] for row in _inbox("工作日历").rows}
    assert len(working) == 365
    assert all(working[day(row["回款日期"])] == "是" for row in _inbox("回款-2026-02").rows)


def test_export_with_new_owners_changes_owners_only() -> None:
    before, after = _inbox("合同台账").rows, read_sheet("late/合同台账-新负责人.xlsx").rows
    moved = [(old["签单人"], new["签单人"]) for old, new in zip(before, after, strict=True) if old != new]
    assert all({**old, "签单人": ""} == {**new, "签单人": ""} for old, new in zip(before, after, strict=True))
    assert set(moved) == {("罗军", "曹颖"), ("赵磊", "孙浩")}


def test_sheet_of_the_first_hour_pays_two_percent_but_once() -> None:
    received: dict[str, Decimal] = defaultdict(Decimal)
    for row in read_sheet("first-hour/三月回款.xlsx").rows:
        received[row["业务员"]] += amount(row["金额"])
    sheet = read_sheet("first-hour/三月提成.xlsx").rows
    assert [row["姓名"] for row in sheet if amount(row["回款额"]) != received[row["姓名"]]] == ["刘洋"]
    for row in sheet:
        assert abs(amount(row["提成"]) - amount(row["回款额"]) / 50) <= Decimal("0.005")
