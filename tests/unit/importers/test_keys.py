"""Keys made of columns, and rows of one key: the place of a row never matters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.unit.importers.files import RECEIPTS, names, read, read_one, xlsx

ROWS = [
    ["2026-03-02", "上海港通", 120000, "王芳", None],
    ["2026-03-02", "上海港通", 120000, "王芳", None],
    ["2026-03-02", "上海港通", 120000, "王芳", "第二笔"],
    ["2026-03-03", "宁波远洋", 88.5, "赵磊", None],
]
KEYS = ("日期", "客户", "金额")


def keys(path: Path, rows: list[list[Any]], **options: Any) -> list[str]:
    found = read_one(path, xlsx({"回款": [RECEIPTS, *rows]}), **options)
    assert found.staged is not None
    numbers: list[str] = found.staged.columns["number"]
    return numbers


def test_key_of_stated_columns(tmp_path: Path) -> None:
    assert keys(tmp_path / "a.xlsx", ROWS, keys=KEYS) == [
        "2026-03-02|上海港通|120000|1",
        "2026-03-02|上海港通|120000|2",
        "2026-03-02|上海港通|120000|3",
        "2026-03-03|宁波远洋|88.5|1",
    ]


def test_resorted_file_has_the_same_keys_for_the_same_rows(tmp_path: Path) -> None:
    def by_row(rows: list[list[Any]]) -> list[tuple[str, str]]:
        made = keys(tmp_path / "a.xlsx", rows, keys=KEYS)
        return sorted((key, str(row)) for key, row in zip(made, rows, strict=True))

    assert by_row(ROWS) == by_row(ROWS[::-1])


def test_grown_file_keeps_its_keys(tmp_path: Path) -> None:
    before = keys(tmp_path / "a.xlsx", ROWS, keys=KEYS)
    after = keys(tmp_path / "a.xlsx", [["2026-04-01", "甲", 1, "王芳", None], *ROWS], keys=KEYS)
    assert after[1:] == before


def test_fields_may_be_named_and_keys_made_by_themselves(tmp_path: Path) -> None:
    assert keys(tmp_path / "a.xlsx", ROWS[3:], keys=("date", "customer", "amount")) == ["2026-03-03|宁波远洋|88.5|1"]
    assert keys(tmp_path / "a.xlsx", ROWS[3:], auto_key=True) == ["2026-03-03|宁波远洋|88.5|1"]


def test_one_column_is_the_number_itself(tmp_path: Path) -> None:
    header = (*RECEIPTS, "票号")
    rows = [[*ROWS[0], 71.0], [*ROWS[3], "0072"]]
    found = read_one(tmp_path / "a.xlsx", xlsx({"回款": [header, *rows]}), keys=("票号",))
    assert found.staged is not None
    assert found.staged.columns["number"] == ["71", "0072"]


def test_question_proposes_columns(tmp_path: Path) -> None:
    found = read_one(tmp_path / "a.xlsx", xlsx({"回款": [RECEIPTS, *ROWS]}))
    assert [(each.name, each.values["option"]) for each in found.decisions] == [("key-needed", "日期,客户,金额")]


def test_key_of_order_and_line(tmp_path: Path) -> None:
    rows = [
        ["订单号", "订单日期", "客户", "产品", "销售额"],
        ["S1", "2026-01-01", "甲", "A", 5],
        ["S1", "2026-01-01", "甲", "A", 5],
    ]
    found = read_one(tmp_path / "订单.xlsx", xlsx(rows), keys=("订单号", "产品"))
    assert found.staged is not None
    assert found.staged.columns["line"] == ["S1|A|1", "S1|A|2"]


PEOPLE = ["工号", "姓名", "岗位"]


def test_equal_rows_are_repeated_different_ones_all_rejected(tmp_path: Path) -> None:
    rows = [
        PEOPLE,
        ["1", "王芳", "经理"],
        ["1", "王芳", "经理"],
        ["2", "赵磊", "销售"],
        ["2", "赵雷", "销售"],
        ["3", "李", None],
    ]
    found = read_one(tmp_path / "花名册.xlsx", xlsx(rows))
    assert found.staged is not None
    assert found.staged.rows == [2, 6]
    assert (found.report.repeated_rows, [each.row for each in found.report.rejected]) == (1, [4, 5])
    assert names(found.row_problems) == ["duplicate-record", "duplicate-record"]
    assert found.row_problems[0].values["rows"] == [4, 5]
    assert found.report.is_accounted


def test_two_people_may_share_a_name_but_not_without_numbers(tmp_path: Path) -> None:
    with_numbers = [PEOPLE, ["1", "王芳", "经理"], ["2", "王芳", "销售"]]
    assert read_one(tmp_path / "花名册.xlsx", xlsx(with_numbers)).report.staged == 2
    without = [["姓名", "岗位"], ["王芳", "经理"], ["王芳", "销售"]]
    assert names(read_one(tmp_path / "花名册.xlsx", xlsx(without)).row_problems) == ["duplicate-record"] * 2


def test_a_summary_sheet_only_repeats(tmp_path: Path) -> None:
    """All rows of 一月 and 二月 stand again on 全部."""
    first, second = [ROWS[0], ROWS[1]], [ROWS[3]]
    sheets = {"一月回款": [RECEIPTS, *first], "二月回款": [RECEIPTS, *second], "回款全部": [RECEIPTS, *first, *second]}
    found = read(tmp_path / "a.xlsx", xlsx(sheets), auto_key=True)
    assert [(each.report.staged, each.report.repeated_rows) for each in found.sheets] == [(2, 0), (1, 0), (0, 3)]
    assert found.blocking == []


def test_rejected_row_is_no_duplicate(tmp_path: Path) -> None:
    rows = [["商机编号", "客户", "金额"], ["D-1", "甲", "1O"], ["D-1", "甲", 10]]
    found = read_one(tmp_path / "商机.xlsx", xlsx(rows))
    assert names(found.row_problems) == ["bad-amount"]
    assert found.report.staged == 1
