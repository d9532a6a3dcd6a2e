"""Amounts that look like others: what could be wrong by a factor is refused, asked or said, never taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.number_kinds import parse_number
from salescli.importers.result import SheetReading
from tests.unit.importers.files import names, read_one, xlsx

HEADER = ("日期", "客户", "回款金额", "业务员")
ROW = ("2026-03-02", "甲", 1.2, "张三")
OTHER = ("2026-03-03", "乙", 0.8, "张三")


def read_rows(path: Path, *rows: Any, sheet: str = "Sheet1", **options: Any) -> SheetReading:
    return read_one(path, xlsx({sheet: rows}), auto_key=True, **options)


def amounts(found: SheetReading) -> list[float]:
    assert found.staged is not None, names([*found.decisions, *found.blocking])
    return [value / 10_000 for value in found.staged.columns["amount"]]


@pytest.mark.parametrize("text", ["1,2345", "12,34", "1,23,456", "0,123", "00,1234,5678", "1,234,5678"])
def test_groups_that_are_neither_of_three_nor_clearly_of_four_are_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_groups_of_three_and_several_of_four_are_read() -> None:
    assert [int(parse_number(text) or 0) for text in ("1,234", "1,2345,6789", "-12,345,678")] == [
        1234, 123456789, -12345678
    ]  # fmt: skip


def test_a_one_that_can_be_no_hundred_percent_does_not_prove_small_figures_percents(tmp_path: Path) -> None:
    rows = [[*HEADER, "税率"], [*ROW, 0.06], [*OTHER, 1]]
    assert names(read_rows(tmp_path / "a.xlsx", *rows).decisions) == ["percent-unproved"]
    assert read_rows(tmp_path / "a.xlsx", rows[0], [*ROW, 6], [*OTHER, 1]).decisions == []


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("回款(万元)", [HEADER, ROW, OTHER]),
        ("回款（单位：万元）", [HEADER, ROW, OTHER]),
        ("回款", [[*HEADER, None, "单位：万元"], ROW, OTHER]),
        ("回款", [HEADER, [None, None, "万元", None], ROW, OTHER]),
        ("回款", [HEADER, [None, None, "（万元）", None], ROW, OTHER]),
        ("回款", [HEADER, ROW, OTHER, ["注：以上金额单位为万元"]]),
        ("回款", [HEADER, ROW, OTHER, [], ["合计", None, 2, None], ["单位：万元"]]),
    ],
)
def test_a_unit_that_stands_beside_the_table_is_read(tmp_path: Path, sheet: str, rows: Any) -> None:
    found = read_rows(tmp_path / "a.xlsx", *rows, sheet=sheet)
    assert (amounts(found), found.report.rejected, names(found.problems)) == ([12_000, 8_000], [], [])
    assert "unit-applied" in names(found.notes)
    report = found.report
    assert report.rows_below_header == report.staged + report.skipped


def test_a_unit_in_the_name_of_the_file_is_read(tmp_path: Path) -> None:
    assert amounts(read_rows(tmp_path / "3月回款(万元).xlsx", HEADER, ROW, OTHER)) == [12_000, 8_000]
    assert amounts(read_rows(tmp_path / "3月回款(1).xlsx", HEADER, ROW, OTHER)) == [1.2, 0.8]


def test_the_nearest_unit_holds(tmp_path: Path) -> None:
    rows = [[*HEADER[:2], "回款金额(元)", HEADER[3]], ROW, OTHER]
    assert amounts(read_rows(tmp_path / "a.xlsx", *rows, sheet="回款(万元)")) == [1.2, 0.8]
    assert amounts(read_rows(tmp_path / "a.xlsx", ["单位:千元"], HEADER, ROW, sheet="回款(万元)")) == [1_200]


@pytest.mark.parametrize("label", ["本月合计", "合计", "累计", "3月累计", "本年累计", "本 月 累 计", "一季度合计"])
def test_a_total_with_a_date_and_a_person_beside_it_is_kept_out(tmp_path: Path, label: str) -> None:
    found = read_rows(tmp_path / "a.xlsx", HEADER, ROW, OTHER, ["2026-03-31", label, 2, "张三"])
    assert amounts(found) == [1.2, 0.8]
    assert [names(row.problems) for row in found.report.rejected] == [["named-like-a-total"]]


def test_a_remark_or_a_longer_name_makes_no_total(tmp_path: Path) -> None:
    rows = [[*HEADER, "备注"], [*ROW, "合计"], ["2026-03-03", "总计科技有限公司", 0.8, "张三", "累计"]]
    assert amounts(read_rows(tmp_path / "a.xlsx", *rows)) == [1.2, 0.8]


def test_refunds_that_are_written_below_zero_are_money_given_back(tmp_path: Path) -> None:
    header = ("退款日期", "客户", "退款金额", "业务员")
    rows = [["2026-03-02", "甲", -100, "张三"], ["2026-03-03", "乙", "(50)", "张三"], ["合计", None, -150, None]]
    found = read_rows(tmp_path / "退款.xlsx", ["单位:千元"], header, *rows)
    assert (amounts(found), [each.agrees for each in found.report.totals]) == ([100_000, 50_000], [True])
    assert {"refunds-turned", "unit-applied"} <= {*names(found.notes)}


def test_a_refund_below_zero_beside_others_takes_one_back_and_says_so(tmp_path: Path) -> None:
    header = ("退款日期", "客户", "退款金额", "业务员")
    rows = [["2026-03-02", "甲", 100, "张三"], ["2026-03-03", "甲", -100, "张三"]]
    found = read_rows(tmp_path / "退款.xlsx", header, *rows)
    assert amounts(found) == [100, -100]
    assert [each.severity for each in found.notes if each.name == "refunds-below-zero"] == ["warning"]


def test_a_point_beside_decimal_commas_is_not_taken_for_a_decimal_point(tmp_path: Path) -> None:
    def rejected(*texts: str) -> list[str]:
        rows = [HEADER, *(["2026-03-02", "甲", text, "张三"] for text in texts)]
        return [str(row.problems[0].values["text"]) for row in read_rows(tmp_path / "a.xlsx", *rows).report.rejected]

    assert rejected("1.100,50", "100,25", "1.100", "€1.250", "12.5") == ["1.100,50", "100,25", "1.100", "€1.250"]
    assert rejected("1.100", "12.5", "1,234") == []


def test_a_column_that_says_the_unit_of_each_row(tmp_path: Path) -> None:
    header = (*HEADER, "单位")
    assert amounts(read_rows(tmp_path / "a.xlsx", header, [*ROW, "万元"], [*OTHER, "万元"])) == [12_000, 8_000]
    assert amounts(read_rows(tmp_path / "a.xlsx", header, [*ROW, "台"], [*OTHER, "元"])) == [1.2, 0.8]
    assert names(read_rows(tmp_path / "a.xlsx", header, [*ROW, "万元"], [*OTHER, "元"]).blocking) == ["units-mixed"]
