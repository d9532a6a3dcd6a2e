"""Rows below a header: totals and customers that look like totals, hidden rows, tables under tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.importers.files import RECEIPTS, csv_text, names, read_one, xlsx

AUTO = {"auto_key": True}


def row(day: int, customer: str, amount: Any) -> list[Any]:
    return [f"2026-03-{day:02}", customer, amount, "王芳", None]


def receipts(path: Path, *rows: list[Any], **options: Any) -> Any:
    return read_one(path / "回款.xlsx", xlsx({"回款": [RECEIPTS, *rows]}, **options), **AUTO)


@pytest.mark.parametrize(
    "label",
    ["合计", "合 计", "合计：", "小计", "总计", "本月合计", "合计(元)", "合计3笔", "Total", "Grand Total", "TOTAL:",
     "Sum", "Subtotal", "总合计", "合计金额"],
)  # fmt: skip
@pytest.mark.parametrize("column", [0, 1, 3])
def test_totals_rows(tmp_path: Path, label: str, column: int) -> None:
    total: list[Any] = [None, None, 12, None, None]
    total[column] = label
    found = receipts(tmp_path, row(2, "甲", 5), row(3, "乙", 7), total)
    assert (found.report.staged, found.report.totals_rows, found.problems, found.row_problems) == (2, 1, [], [])
    total[2] = 13
    found = receipts(tmp_path, row(2, "甲", 5), row(3, "乙", 7), total)
    assert [(each.name, each.where.cell) for each in found.problems] == [("totals-differ", "C4")]
    assert found.report.staged == 2


@pytest.mark.parametrize(
    "name", ["合计通", "Total Solutions Ltd", "总计科技有限公司", "合计", "East Total", "张三小计"]
)
@pytest.mark.parametrize("day", ["2026-03-02", "3月2日左右", 46083])
def test_a_row_with_something_in_its_date_is_no_totals_row(tmp_path: Path, name: str, day: Any) -> None:
    found = receipts(tmp_path, row(3, "甲", 5), [day, name, 7, None, None])
    assert found.report.totals_rows == 0
    assert found.report.staged + len(found.report.rejected) == 2 or found.decisions


@pytest.mark.parametrize("name", ["合计通", "Total Solutions Ltd", "总计科技有限公司"])
def test_a_customer_is_rejected_and_never_skipped(tmp_path: Path, name: str) -> None:
    found = receipts(tmp_path, row(3, "甲", 5), [None, name, 7, None, None])
    assert (found.report.totals_rows, names(found.row_problems)) == (0, ["cell-blank"])


def test_lists_without_amounts_have_no_totals_of_groups(tmp_path: Path) -> None:
    rows = [["客户名称", "员工数"], ["East Total", 5], ["华东汇总", 7], ["合计", 12]]
    found = read_one(tmp_path / "客户.xlsx", xlsx({"客户": rows}))
    assert found.report.totals_rows + found.report.staged == 3
    assert found.staged is not None and "East Total" in found.staged.columns["name"]


def test_groups_within_groups(tmp_path: Path) -> None:
    """Teams, the region of both, and all: each figure is held against the rows it speaks of."""
    rows = [
        row(1, "甲", 1), row(2, "乙", 2), [None, "一组小计", 3, None, None],
        row(3, "丙", 3), row(4, "丁", 4), [None, "二组小计", 7, None, None],
        [None, "华东合计", 10, None, None],
        row(5, "戊", 5), [None, "三组小计", 5, None, None],
        [None, "总计", 15, None, None],
    ]  # fmt: skip
    found = receipts(tmp_path, *rows)
    assert (found.report.staged, found.report.totals_rows, found.problems) == (5, 5, [])
    assert [(each.stated_e4, each.agrees) for each in found.report.totals] == [
        (each * 10_000, True) for each in (3, 7, 10, 5, 15)
    ]
    rows[5][2] = 8
    wrong = receipts(tmp_path, *rows).problems
    assert [(each.where.cell, each.values["read"]) for each in wrong] == [("C7", "7.00")]


def test_difference_by_rejected_rows_is_told_from_a_real_one(tmp_path: Path) -> None:
    found = receipts(tmp_path, row(2, "甲", 5), row(3, "乙", "1O"), ["合计", None, 15, None, None])
    assert [(each.name, each.values["count"]) for each in found.problems] == [("totals-differ-rejected", 1)]
    other = receipts(tmp_path, row(2, "甲", 5), row(3, None, 10), ["合计", None, 15, None, None])
    assert other.problems == []


def test_total_that_nobody_has_computed(tmp_path: Path) -> None:
    found = receipts(tmp_path, row(2, "甲", 5), ["合计", None, "=SUM(C2:C2)", None, None])
    assert (found.report.staged, found.problems) == (1, [])
    assert [each.where.cell for each in found.notes if each.name == "total-without-value"] == ["C3"]


def test_merged_label_of_a_totals_row(tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book["回款"].merge_cells("A3:B3")

    found = receipts(tmp_path, row(2, "甲", 5), ["合计", None, 5, None, None], prepare=merge)
    assert (found.report.staged, found.report.totals_rows) == (1, 1)


def test_hidden_and_filtered_rows_are_read_and_counted(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        page = book["回款"]
        page.auto_filter.ref = "A1:E4"
        for number in (2, 4):
            page.row_dimensions[number].hidden = True

    found = receipts(tmp_path, row(2, "甲", 5), row(3, "乙", 6), row(4, "丙", 7), prepare=hide)
    assert found.report.staged == 3
    assert [each.values["count"] for each in found.notes if each.name == "hidden-rows-read"] == [2]


SECOND = [["退款日期", "客户", "退款金额", "业务员", "合同编号"], ["2026-03-09", "丁", 9, "赵磊", "HT-1"]]


@pytest.mark.parametrize("title", [[], [["二、退款明细"]]])
def test_another_table_below_is_never_read_as_rows_of_the_first(tmp_path: Path, title: list[list[Any]]) -> None:
    found = receipts(tmp_path, row(2, "甲", 5), ["合计", None, 5, None, None], [], [], *title, *SECOND)
    assert (found.report.staged, found.report.rejected, found.report.is_accounted) == (1, [], True)
    assert [(each.name, each.where.cell) for each in found.problems] == [("other-table", "6")]


def test_a_legend_below_is_only_said(tmp_path: Path) -> None:
    found = receipts(tmp_path, row(2, "甲", 5), [], ["业务员", "备注"], ["王芳", "老客户"])
    assert (found.report.staged, found.problems) == (1, [])
    assert "other-table" in names(found.notes)


def test_blank_rows_inside_are_blank_rows(tmp_path: Path) -> None:
    found = receipts(tmp_path, row(2, "甲", 5), [], [" ", "\u3000"], row(3, "客户", 6), [], row(4, "丙", 7))
    assert (found.report.staged, found.report.blank_rows) == (3, 3)


def test_text_rows_that_are_too_long_or_too_short(tmp_path: Path) -> None:
    """An amount with a comma and no quotes would be read as 1; the row is rejected instead."""
    text = csv_text([RECEIPTS, row(2, "甲", 5)]) + "2026-03-03,乙,1,200,赵磊,x\n2026-03-04,丙,7\n"
    found = read_one(tmp_path / "回款.csv", text, **AUTO)
    assert [(each.name, each.where.cell) for each in found.row_problems] == [("row-too-long", "3")]
    assert found.staged is not None and found.staged.columns["amount"] == [50_000, 70_000]
    assert [(each.where.cell, each.values["count"]) for each in found.notes if each.name == "rows-short"] == [("4", 1)]


def test_trailing_delimiters_are_nothing(tmp_path: Path) -> None:
    text = "日期,客户,金额,,\n2026-03-03,乙,1,,\n2026-03-04,丙,7,,,\n"
    found = read_one(tmp_path / "回款.csv", text, **AUTO)
    assert (found.report.staged, found.row_problems) == (2, [])
