"""Cells as files hold them: damaged numbers, hidden characters, formats, errors; nothing is lost in silence."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from salescli.core.records import kinds
from salescli.messages import hint
from tests.unit.importers.files import DEALS, csv_text, names, read_one, xlsx

DEAL = ["D-1", "项目", "上海港通", "王芳", 120000, "2026-03-02"]


def deal(path: Path, number: int, value: Any, prepare: Any = None) -> Any:
    """Read one deal in which one cell is this."""
    row = [*DEAL]
    row[number] = value
    return read_one(path / "商机.xlsx", xlsx({"商机": [DEALS, row]}, prepare))


def column(found: Any, name: str) -> Any:
    assert found.staged is not None, names([*found.blocking, *found.decisions, *found.row_problems])
    return found.staged.columns[name][0]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("00071", "00071"),
        ("123456789012345678", "123456789012345678"),
        (123456789012345, "123456789012345"),
        ("\ufeffD-1\u200b ", "D-1"),
        ("D\u00a0-\u00a01", "D - 1"),
        ("'0071", "0071"),
        (71.0, "71"),
    ],
)
def test_numbers_that_are_names(tmp_path: Path, written: Any, kept: str) -> None:
    assert column(deal(tmp_path, 0, written), "number") == kept


@pytest.mark.parametrize("damaged", [1234567890123456, 6.93e17, "6.93E+12", "6.93e+12", "1E+15"])
def test_numbers_that_the_spreadsheet_has_cut(tmp_path: Path, damaged: Any) -> None:
    found = deal(tmp_path, 0, damaged)
    assert [(each.name, each.where.cell) for each in found.row_problems] == [("damaged-number", "A2")]
    assert "文本" in hint(found.row_problems[0], "zh") and "as text" in hint(found.row_problems[0], "en")


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1 会议", "-x", "@x", "'=1", "=1+1"])
def test_text_that_looks_like_a_formula_is_text(tmp_path: Path, name: str) -> None:
    def as_text(book: Any) -> None:
        book["商机"]["B2"].data_type = "s"

    assert column(deal(tmp_path, 1, name, as_text), "name") == name


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("１２，５００．５０", 125_005_000),
        ("\u00a012500 ", 125_000_000),
        ("￥12,500", 125_000_000),
        ("(1,234.50)", -12_345_000),
        ("1.25万", 125_000_000),
        ("12500\u200b", 125_000_000),
        (0.1 + 0.2, 3_000),
    ],
)
def test_amounts(tmp_path: Path, written: Any, stored: int) -> None:
    assert column(deal(tmp_path, 4, written), "amount") == stored


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (True, "bad-amount"),
        (date(2026, 3, 2), "bad-amount"),
        (timedelta(hours=30), "bad-amount"),
        (time(9, 30), "bad-amount"),
        ("12,5O0", "bad-amount"),
        ("#REF!", "formula-error"),
        ("#N/A", "formula-error"),
        ("#DIV/0!", "formula-error"),
        ("=1/0", "formula-without-value"),
        ("=SUM(A1:A2)", "formula-without-value"),
    ],
)
def test_what_is_no_amount(tmp_path: Path, written: Any, name: str) -> None:
    found = deal(tmp_path, 4, written)
    assert [(each.name, each.where.cell) for each in found.row_problems] == [(name, "E2")]
    assert found.report.staged == 0


@pytest.mark.parametrize("written", [True, timedelta(hours=30), "9999-99-99", "2026-02-30", 99_999_999, -5, 0])
def test_what_is_no_date(tmp_path: Path, written: Any) -> None:
    found = deal(tmp_path, 5, written)
    assert names([*found.row_problems, *found.decisions]), written
    assert not found.staged


@pytest.mark.parametrize("value", [99_999_999, 2_958_466, -1, 0, 60, 0.5])
def test_number_formatted_as_a_date_that_is_none(tmp_path: Path, value: float) -> None:
    """Beyond the calendar, before it, and the day that Excel invented; a crash of the reader would end all."""

    def style(book: Any) -> None:
        book["商机"]["F2"].number_format = "yyyy-mm-dd"

    found = deal(tmp_path, 5, value, style)
    assert found.report.is_accounted


def test_moment_in_a_date_column(tmp_path: Path) -> None:
    assert column(deal(tmp_path, 5, datetime.fromisoformat("2026-03-02 23:59:59")), "created") == "2026-03-02"


def test_errors_in_columns_that_are_not_read_hurt_nobody(tmp_path: Path) -> None:
    rows = [[*DEALS, "星座"], [*DEAL, "=1/0"]]
    assert read_one(tmp_path / "商机.xlsx", xlsx({"商机": rows})).report.staged == 1


def test_script_written_workbook_without_values(tmp_path: Path) -> None:
    """Every amount is a formula that no program has computed: each cell is named, nothing goes in as blank."""
    rows = [[f"D-{number}", "项目", "甲", "王芳", f"=G{number + 1}*2", "2026-03-02"] for number in range(1, 51)]
    found = read_one(tmp_path / "商机.xlsx", xlsx({"商机": [DEALS, *rows]}))
    assert len(found.report.rejected) == 50
    assert {each.name for each in found.row_problems} == {"formula-without-value"}
    assert found.row_problems[0].where.cell == "E2"


def test_guard_is_taken_off_in_text_files(tmp_path: Path) -> None:
    row = ["D-1", "'=cmd|' /C calc'!A0", "'+甲", "'王", "100", "2026-03-02"]
    found = read_one(tmp_path / "商机.csv", csv_text([DEALS, row]))
    assert (column(found, "name"), column(found, "customer")) == (
        "=cmd|' /C calc'!A0",
        "+甲",
    )


@pytest.mark.parametrize("text", ["55%", " 58.5 %", "12％"])
def test_a_percentage_is_no_amount_and_is_called_one(text):
    found = kinds.MONEY.parse_cell(text, kinds.PLAIN)
    assert (found.name, found.why) == ("bad-amount", "percent")
    assert kinds.MONEY.parse_cell("x%", kinds.PLAIN).why == ""
