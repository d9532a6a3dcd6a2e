"""Sheets with a column per month: what is a month, of which year, and what each figure becomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salescli.core.periods import FiscalCalendar
from salescli.importers.wide.headers import PeriodName, parse_period_name, stated_years
from tests.unit.importers.files import Rows, csv_text, names, read_one, xlsx

HEAD = ["团队", "工号", "姓名"]
METRIC = {"constants": {"metric": "receipts-net"}}


def figures(path: Path, rows: Rows, **options: Any) -> dict[tuple[Any, ...], int]:
    """Read a wide sheet: (team, person, seat, month) → amount in ten-thousandths."""
    found = read_one(path, xlsx({"目标": rows}), **{**METRIC, **options})
    assert found.staged is not None, names([*found.blocking, *found.decisions])
    assert found.report.is_accounted
    columns = found.staged.columns
    blank = [None] * len(found.staged)
    keys = zip(*(columns.get(name, blank) for name in ("team", "person", "seat", "month")), strict=True)
    return dict(zip(keys, columns["amount"], strict=True))


@pytest.mark.parametrize(
    ("text", "month", "year"),
    [
        ("1月", 1, 0), ("01月份", 1, 0), ("12月目标(万元)", 12, 0), ("一月", 1, 0), ("十二月", 12, 0),
        ("2026-01", 1, 2026), ("2026年1月", 1, 2026), ("2026.1", 1, 2026), ("2026/01", 1, 2026), ("202601", 1, 2026),
        ("Jan-26", 1, 2026), ("Jan 2026", 1, 2026), ("January", 1, 0), ("sept'26", 9, 2026), ("26年3月", 3, 2026),
        ("2026-01-01 00:00:00", 1, 2026), ("2026-Mar", 3, 2026), ("Target Jan", 1, 0),
    ],
)  # fmt: skip
def test_months(text: str, month: int, year: int) -> None:
    assert parse_period_name(text) == PeriodName("month", month, year)


def test_other_spans_and_what_is_none() -> None:
    assert parse_period_name("Q1") == PeriodName("quarter", 1)
    assert parse_period_name("FY2026-Q2") == PeriodName("quarter", 2, 2026, True)
    assert parse_period_name("第三季度小计") == PeriodName("quarter", 3)
    assert parse_period_name("上半年") == PeriodName("half", 1)
    assert parse_period_name("全年") == PeriodName("year")
    assert parse_period_name("2026年") == PeriodName("year", 0, 2026)
    assert parse_period_name("合计") == PeriodName("total")
    for text in ("姓名", "13月", "2026-13", "完成率", "1月完成", "", "2026-01-15", "Mayer", "Q5"):
        assert parse_period_name(text) is None, text
    assert stated_years("FY2026 销售目标") == {(2026, True)}
    assert stated_years("2025年完成与2026年目标") == {(2025, False), (2026, False)}


def test_every_figure_has_its_own_cell(tmp_path: Path) -> None:
    rows: Rows = [
        ["2026年销售目标"],
        ["单位:万元"],
        [*HEAD, "1月", "2月", "Q1", "合计"],
        [None, None, "公司", 100, 110, 210, 210],
        ["华东", None, "团队", 50, None, 50, 50],
        ["华东", "0012", "张三", 0, "12.5", 12.5, 12.5],
        ["华东", None, "爬坡缺口", 1, "-", 1, 1],
    ]
    found = read_one(tmp_path / "目标.xlsx", xlsx({"目标": rows}), **METRIC)
    report, staged = found.report, found.staged
    assert staged is not None
    assert found.problems == []
    assert (report.type, report.months, report.year) == ("target", ("2026-01", "2026-02"), "2026")
    assert (report.rows_below_header, report.staged, report.blank_rows) == (8, 6, 1)
    assert (report.ended_figures, report.zero_figures) == (1, 1)
    assert report.is_accounted
    places = {
        (block.columns["month"][at], row): block.source.cell(row, "amount")
        for block in staged.blocks
        for at, row in enumerate(block.rows)
    }
    assert places == {
        ("2026-01", 4): "D4", ("2026-01", 5): "D5", ("2026-01", 6): "D6", ("2026-01", 7): "D7",
        ("2026-02", 4): "E4", ("2026-02", 6): "E6",
    }  # fmt: skip
    assert figures(tmp_path / "目标.xlsx", rows)[("华东", "0012", None, "2026-02")] == 125_000 * 10_000
    assert figures(tmp_path / "目标.xlsx", rows)[("华东", None, "ramp-gap", "2026-01")] == 10_000 * 10_000
    assert staged.ends is not None
    assert (staged.ends.rows, staged.ends.columns["month"]) == ([7], ["2026-02"])


@pytest.mark.parametrize(
    ("title", "sheet", "name", "options"),
    [
        ("2026年度目标", "Sheet1", "a.xlsx", {}),
        (None, "2026", "a.xlsx", {}),
        (None, "Sheet1", "2026目标.xlsx", {}),
        ("2025年与2026年", "Sheet1", "a.xlsx", {"year": FiscalCalendar().year(2026)}),
    ],
)
def test_where_the_year_stands(
    title: str | None, sheet: str, name: str, options: dict[str, Any], tmp_path: Path
) -> None:
    rows: Rows = [[title], [*HEAD, "1月", "2月"], ["华东", "0012", "张三", 1, 2]]
    found = read_one(tmp_path / name, xlsx({sheet: rows}), as_type="target", **{**METRIC, **options})
    assert found.report.months == ("2026-01", "2026-02")


def test_a_fiscal_year_of_april(tmp_path: Path) -> None:
    calendar = FiscalCalendar(4, "start")
    rows: Rows = [["FY2026 目标"], [*HEAD, "4月", "12月", "1月", "Q4"], ["华东", "0012", "张三", 1, 2, 3, 3]]
    found = read_one(tmp_path / "a.xlsx", xlsx({"目标": rows}), calendar=calendar, **METRIC)
    assert found.report.months == ("2026-04", "2026-12", "2027-01")
    assert found.problems == []
    plain: Rows = [["2026年目标"], *rows[1:]]
    again = read_one(tmp_path / "a.xlsx", xlsx({"目标": plain}), **METRIC)
    assert again.report.months == ("2026-04", "2026-12", "2027-01"), "after December the next year begins"


def test_month_headers_that_are_dates(tmp_path: Path) -> None:
    months = [date(2026, month, 1) for month in range(1, 13)]
    rows: Rows = [["指标", "姓名", *months], ["receipts-net", "张三", *range(12)]]
    found = read_one(tmp_path / "目标.xlsx", xlsx({"目标": rows}))
    assert len(found.report.months) == 12
    assert date.fromisoformat(f"{found.report.months[-1]}-01") == date(2026, 12, 1)


def test_a_bad_cell_keeps_out_its_figure_alone(tmp_path: Path) -> None:
    rows: Rows = [[*HEAD, "2026-01", "2026-02", "合计"], ["华东", "0012", "张三", "1O", 2, 99]]
    found = read_one(tmp_path / "目标.xlsx", xlsx({"目标": rows}), **METRIC)
    assert [each.where.cell for each in found.row_problems] == ["D2"]
    assert found.staged is not None
    assert found.staged.columns["month"] == ["2026-02"]
    assert found.report.is_accounted
    assert found.problems == [], "a total is not held against a row of which a figure is missing"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("2026年目标(万元)", 10_000),
        ("2026年目标（单位：千元）", 1_000),
        ("2026年目标(万人)", 1),
        ("(万元)2026年目标", 1),
    ],
)
def test_a_title_ends_with_the_unit_of_its_table(tmp_path: Path, title: str, unit: int) -> None:
    found = figures(tmp_path / "目标.xlsx", [[title], [*HEAD, "2026-01", "2026-02"], ["华东", "1", "甲", 3, 4]])
    assert list(found.values()) == [3 * unit * 10_000, 4 * unit * 10_000]


def test_a_name_above_some_columns_is_no_unit_of_the_table(tmp_path: Path) -> None:
    rows: Rows = [["表", None, None, "计划(万元)"], [*HEAD, "2026-01", "2026-02"], ["华东", "1", "甲", 3, 4]]
    assert list(figures(tmp_path / "目标.xlsx", rows).values()) == [30_000, 40_000]


def test_rows_of_totals_are_compared_by_month(tmp_path: Path) -> None:
    rows: Rows = [
        [*HEAD, "2026-01", "2026-02"],
        ["华东", "1", "甲", 1, 2],
        ["华东", "2", "乙", 3, 4],
        ["合计", None, None, 4, 7],
    ]
    found = read_one(tmp_path / "目标.xlsx", xlsx({"目标": rows}), **METRIC)
    assert [(each.label, each.agrees) for each in found.report.totals] == [("合计", True), ("合计", False)]
    assert [(each.name, each.where.cell) for each in found.problems] == [("totals-differ", "E4")]


def test_merged_teams_and_a_header_of_two_rows(tmp_path: Path) -> None:
    rows: Rows = [
        ["2026年目标"],
        [*HEAD, "第一季度", None, "第二季度"],
        [None, None, None, "1月", "2月", "4月"],
        ["华东", "1", "甲", None, 2, 3],
        [None, "2", "乙", 4, 5, 6],
    ]

    def merge(book: Any) -> None:
        for area in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "A4:A5"):
            book["目标"].merge_cells(area)

    found = read_one(tmp_path / "目标.xlsx", xlsx({"目标": rows}, merge), **METRIC)
    assert found.staged is not None, names(found.blocking)
    assert found.staged.columns["team"] == ["华东"] * 5
    assert found.staged.columns["amount"] == [4 * 10**4, 2 * 10**4, 5 * 10**4, 3 * 10**4, 6 * 10**4]


def test_text_files_and_quarters_of_submissions(tmp_path: Path) -> None:
    text = csv_text([["姓名", "2026-Q1", "2026-04", "2026-05", "2026-Q2", "合计"], ["张三", 30, 10, 11, 21, 51]])
    found = read_one(tmp_path / "上报目标.csv", text, **METRIC)
    assert found.staged is not None, names(found.blocking)
    assert found.report.type == "submission"
    assert found.staged.columns["period"] == ["2026-Q1", "2026-04", "2026-05"]
    assert found.problems == []


def test_a_formula_that_nobody_computed_is_no_blank(tmp_path: Path) -> None:
    rows: Rows = [[*HEAD, "2026-01", "2026-02"], ["华东", "1", "甲", "=1+1", 2]]
    found = read_one(tmp_path / "目标.xlsx", xlsx({"目标": rows}), **METRIC)
    assert [each.where.cell for each in found.row_problems] == ["D2"]
