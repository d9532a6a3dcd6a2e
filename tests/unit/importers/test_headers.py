"""Headers as people make them: titles, groups, several rows, names that stand twice, columns without a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.profile import FileProfile, Profile
from salescli.messages import sentence
from tests.unit.importers.files import RECEIPTS, csv_text, names, read, read_one, xlsx

AUTO = {"auto_key": True}
ROW = ["2026-03-02", "甲", 5, "王芳", None]


def merging(*ranges: str) -> Any:
    def merge(book: Any) -> None:
        for each in ranges:
            book["回款"].merge_cells(each)

    return merge


def receipts(path: Path, rows: list[Any], *ranges: str, **options: Any) -> Any:
    return read_one(path / "回款.xlsx", xlsx({"回款": rows}, merging(*ranges)), **AUTO, **options)


def amounts(found: Any) -> list[Any]:
    assert found.staged is not None, names([*found.blocking, *found.decisions])
    return found.staged.columns["amount"]


def test_merged_title_over_the_table(tmp_path: Path) -> None:
    rows = [["华辰科技 3 月回款", *[None] * 4], ["单位:元", *[None] * 4], RECEIPTS, ROW]
    found = receipts(tmp_path, rows, "A1:E1", "A2:E2")
    assert (found.report.header_row, found.report.title_rows, amounts(found)) == (3, 2, [50_000])


def test_group_over_names_that_stand_once_says_nothing(tmp_path: Path) -> None:
    rows = [
        ["日期", "客户", "2026年3月", None, "业务员", "备注"],
        [None, None, "金额", "回款方式", None, None],
        ["2026-03-02", "甲", 5, "电汇", "王芳", "x"],
    ]
    found = receipts(tmp_path, rows, "A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2")
    assert found.report.header == ("日期", "客户", "金额", "回款方式", "业务员", "备注")
    assert (found.report.header_row, found.report.title_rows, amounts(found)) == (2, 0, [50_000])


GROUPS = [
    ["日期", "客户", "Q1", None, "Q2", None],
    [None, None, "金额", "回款方式", "金额", "回款方式"],
    ["2026-03-02", "甲", 5, "电汇", 6, "支票"],
]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_names_under_several_groups_are_proposed_and_never_assumed(tmp_path: Path, kind: str) -> None:
    ranges = ("A1:A2", "B1:B2", "C1:D1", "E1:F1")
    content = xlsx({"回款": GROUPS}, merging(*ranges)) if kind == "xlsx" else csv_text(GROUPS)
    path = tmp_path / f"回款.{kind}"
    found = read_one(path, content, **AUTO)
    assert found.report.header[2:] == ("Q1 金额", "Q1 回款方式", "Q2 金额", "Q2 回款方式")
    assert names(found.blocking) == ["column-missing"] and found.staged is None
    assert found.blocking[0].values["option"] == "'Q1 金额=amount'"
    proposed = [each.values["option"] for each in found.notes if each.name == "column-proposed"]
    assert {"'Q1 金额=amount'", "'Q2 金额=amount'"} <= set(proposed)
    assert amounts(read_one(path, content, maps={"Q2 金额": "amount"}, **AUTO)) == [60_000]


def test_header_of_three_rows(tmp_path: Path) -> None:
    rows = [
        ["日期", "客户", "2026", None, None, None],
        [None, None, "Q1", None, "Q2", None],
        [None, None, "金额", "笔数", "金额", "笔数"],
        ["2026-03-02", "甲", 5, 1, 6, 2],
    ]
    ranges = ("A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2")
    found = receipts(tmp_path, rows, *ranges, maps={"Q1 金额": "amount"})
    assert (found.report.header_row, found.report.rows_below_header) == (3, 1)
    assert found.report.header == ("日期", "客户", "Q1 金额", "Q1 笔数", "Q2 金额", "Q2 笔数")
    assert amounts(found) == [50_000]


def test_one_name_twice_is_asked_about_where_it_matters(tmp_path: Path) -> None:
    rows = [[*RECEIPTS, "金额"], [*ROW, 5], [*ROW[:2], 7, *ROW[3:], 8]]
    found = receipts(tmp_path, rows)
    assert names(found.decisions) == ["column-ambiguous"] and found.staged is None
    values = found.decisions[0].values
    assert (values["count"], values["row"], values["first"], values["second"]) == (1, 3, "7", "8")
    assert (values["option"], values["alternative"]) == ("金额=amount", "'金额 #2=amount'")
    assert amounts(receipts(tmp_path, rows, maps={"金额": "amount"})) == [50_000, 70_000]
    assert amounts(receipts(tmp_path, rows, maps={"金额 #2": "amount"})) == [50_000, 80_000]


def test_one_name_twice_with_equal_values_is_said(tmp_path: Path) -> None:
    found = receipts(tmp_path, [[*RECEIPTS, "金额"], [*ROW, "5.00"]])
    assert amounts(found) == [50_000]
    assert "column-repeated" in names(found.notes)


def test_one_name_in_two_units(tmp_path: Path) -> None:
    """金额(元) and 金额(万元) are one name; where they agree nothing has to be asked."""
    header = ["日期", "客户", "金额(元)", "业务员", "备注", "金额(万元)"]
    assert amounts(receipts(tmp_path, [header, [*ROW[:2], 50_000, *ROW[3:], 5]])) == [500_000_000]
    found = receipts(tmp_path, [header, [*ROW[:2], 50_000, *ROW[3:], 6]])
    assert names(found.decisions) == ["column-ambiguous"]


@pytest.mark.parametrize(
    "header",
    [
        ("日\n期", "客户名称*", "金额：", "业务员 ", "备注"),
        ("\u3000日期", "客 户", "金额（元）", "业务员(必填)", "备注"),
        ("ＤＡＴＥ", "Customer", "Amount", "Owner", "Note"),
    ],
)
def test_odd_writing_of_names(tmp_path: Path, header: tuple[str, ...]) -> None:
    assert amounts(receipts(tmp_path, [header, ROW])) == [50_000]


def test_empty_columns_around_and_inside(tmp_path: Path) -> None:
    header = [None, None, "日期", "客户", None, "金额", "业务员", None, "备注", None]
    row = [None, None, "2026-03-02", "甲", None, "1O", "王芳", None, None, None]
    found = receipts(tmp_path, [[], [], header, row])
    assert (found.report.header_row, found.row_problems[0].where.cell) == (3, "F4")
    assert "column-without-header" not in names(found.notes)


def test_filled_column_without_a_name_is_said(tmp_path: Path) -> None:
    found = receipts(tmp_path, [["日期", None, "客户", "金额"], ["2026-03-02", "秘密", "甲", 5]])
    said = [each for each in found.notes if each.name == "column-without-header"]
    assert [(each.where.cell, each.values["text"]) for each in said] == [("B", "秘密")]


def test_pages_with_their_title_and_header_again(tmp_path: Path) -> None:
    page = [["3 月回款", *[None] * 4], ["日期", "客户", "回款", None, "备注"], [None, None, "金额", "回款方式", None]]
    rows = [*page, ["2026-03-02", "甲", 5, "电汇", "x"], *page, ["2026-03-03", "乙", 6, "电汇", "y"]]
    found = receipts(tmp_path, rows, "A2:A3", "B2:B3", "C2:D2", "E2:E3")
    assert amounts(found) == [50_000, 60_000]
    assert (found.report.repeated_rows, found.row_problems) == (3, [])


def test_header_beyond_the_rows_that_are_looked_at(tmp_path: Path) -> None:
    rows = [*([f"第 {number} 条"] for number in range(24)), list(RECEIPTS), ROW]
    found = read(tmp_path / "回款.xlsx", xlsx({"回款": rows}), **AUTO)
    assert [(each.name, each.values["row"]) for each in found.blocking] == [("header-too-far", 25)]
    assert "25" in sentence(found.blocking[0], "zh")
    profile = Profile("own", (FileProfile("*", header_row=25),))
    assert amounts(read_one(tmp_path / "回款.xlsx", xlsx({"回款": rows}), profile=profile, **AUTO)) == [50_000]
    stated = Profile("own", (FileProfile("*", type="receipt", header_row=99),))
    assert names(read(tmp_path / "回款.xlsx", xlsx({"回款": rows[:3]}), profile=stated).blocking) == [
        "header-not-found"
    ]


def test_two_hundred_columns(tmp_path: Path) -> None:
    more = [f"自定义{number}" for number in range(195)]
    rows = [[*RECEIPTS, *more], *([*ROW[:2], number, *ROW[3:], *range(195)] for number in range(1, 4))]
    assert amounts(receipts(tmp_path, rows)) == [10_000, 20_000, 30_000]
