"""An amount keeps the currency that it is written in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.importers.files import csv_text, names, read_one, xlsx

HEADER = ["回款编号", "到账日期", "金额", "客户", "负责人"]


def read_amount(tmp_path: Path, amount: Any, base: str = "CNY", currency: str | None = None, head: str = "金额") -> Any:
    """Read one receipt; return (amount, currency), or the names of what is wrong with it."""
    header, row = [*HEADER], ["R1", "2026-01-01", amount, "甲", "张三"]
    header[2] = head
    if currency is not None:
        header, row = [*header, "币种"], [*row, currency]
    found = read_one(tmp_path / "a.csv", csv_text([header, row]), base_currency=base)
    if found.problems or found.report.rejected:
        return names([each for row in found.report.rejected for each in row.problems])
    columns = found.staged.columns
    return columns["amount"][0] / 10_000, (columns.get("currency") or [None])[0]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("100", (100, None)),
        ("￥100", (100, None)),
        ("RMB 100", (100, None)),
        ("100元", (100, None)),
        ("USD 100", (100, "USD")),
        ("100 usd", (100, "USD")),
        ("€100", (100, "EUR")),
        ("£100", (100, "GBP")),
        ("HK$100", (100, "HKD")),
        ("US$100", (100, "USD")),
        ("$100", ["currency-contradicts"]),
    ],
)
def test_a_foreign_amount_is_not_taken_for_a_domestic_one(tmp_path, amount, expected):
    assert read_amount(tmp_path, amount) == expected


@pytest.mark.parametrize(
    ("amount", "base", "currency", "expected"),
    [
        ("$100", "USD", None, (100, None)),
        ("$100", "HKD", None, (100, None)),
        ("$100", "", None, (100, None)),
        ("¥100", "USD", None, ["currency-contradicts"]),
        ("$100", "CNY", "AUD", (100, "AUD")),
        ("¥100", "CNY", "JPY", (100, "JPY")),
        ("¥100", "CNY", "USD", ["currency-contradicts"]),
        ("€100", "CNY", "EUR", (100, "EUR")),
        ("€100", "EUR", "CNY", ["currency-contradicts"]),
        ("USD 100", "CNY", "", (100, "USD")),
    ],
)
def test_the_currency_of_the_row_decides_what_a_sign_may_mean(tmp_path, amount, base, currency, expected):
    assert read_amount(tmp_path, amount, base, currency) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("金额(USD)", (100, "USD")),
        ("金额(美元)", (100, "USD")),
        ("金额(元)", (100, None)),
        ("金额(人民币)", (100, None)),
        ("金额", (100, None)),
    ],
)
def test_the_header_says_it_for_the_column(tmp_path, head, expected):
    assert read_amount(tmp_path, "100", head=head) == expected
    assert read_amount(tmp_path, "€100", head=head) == (100, "EUR"), "the cell's own sign is nearer"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("美元", (100, "USD")),
        ("RMB", (100, "CNY")),
        ("人民币", (100, "CNY")),
        ("港币", (100, "HKD")),
        ("usd", (100, "USD")),
        ("美元(USD)", (100, "USD")),
        ("第三方", ["unknown-currency"]),
    ],
)
def test_a_currency_is_known_by_what_people_call_it(tmp_path, written, expected):
    assert read_amount(tmp_path, "100", currency=written) == expected


@pytest.mark.parametrize(
    ("title", "head", "expected"),
    [
        ("币种：美元", "金额", (100, "USD")),
        ("单位：万美元", "金额", (1_000_000, "USD")),
        ("单位：万元", "金额", (1_000_000, None)),
        ("币种：美元", "金额(EUR)", (100, "EUR")),
        ("币种：人民币", "金额", (100, None)),
        ("", "金额(万美元)", (1_000_000, "USD")),
        ("", "金额(港元)", (100, "HKD")),
        ("", "金额(欧元)", (100, "EUR")),
    ],
)
def test_a_currency_that_stands_above_the_table_holds_for_it(tmp_path, title, head, expected):
    header, row = [*HEADER], ["R1", "2026-01-01", "100", "甲", "张三"]
    header[2] = head
    rows = [[title], header, row] if title else [header, row]
    found = read_one(tmp_path / "a.xlsx", xlsx(rows), base_currency="CNY")
    columns = found.staged.columns
    assert (columns["amount"][0] / 10_000, (columns.get("currency") or [None])[0]) == expected
