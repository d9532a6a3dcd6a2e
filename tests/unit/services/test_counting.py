"""The sums of a sheet beside those that the file states: which of its totals rows speaks of which sum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from salescli.reports.import_sums import FileSum
from salescli.services.importing.counting import add_sums
from tests.unit.importers.files import read_one, xlsx

HEADER = ["回款编号", "日期", "付款单位", "金额", "币种"]
CNY = ["R1", "2026-03-02", "甲", 1000, "CNY"]
USD = ["R2", "2026-03-03", "乙", 500, "USD"]


def sums(folder: Path, *rows: list[Any]) -> list[FileSum]:
    return list(add_sums(read_one(folder / "回款.xlsx", xlsx([HEADER, *rows])).report))


def test_the_sum_of_two_currencies_is_the_total_of_neither(tmp_path: Path) -> None:
    found = sums(tmp_path, CNY, USD, ["合计", None, None, 1500, None])
    assert [(one.currency, one.read_e4, one.stated_e4, one.agrees) for one in found] == [
        ("CNY", 10_000_000, None, None),
        ("USD", 5_000_000, None, None),
    ]


def test_totals_of_each_currency_are_held_against_their_own(tmp_path: Path) -> None:
    found = sums(tmp_path, CNY, ["小计", None, None, 1000, None], USD, ["小计", None, None, 500, None])
    assert [(one.currency, one.stated_e4, one.agrees) for one in found] == [
        ("CNY", 10_000_000, True),
        ("USD", 5_000_000, True),
    ]


@pytest.mark.parametrize(
    ("totals", "stated", "difference"),
    [
        ((("小计", 37), ("总计", 37)), 37, 0),
        ((("小计", 37), ("总计", 38)), 38, 1),
        ((("小计", 30), ("总计", 37)), 37, -7),
        ((("总计", 38),), 38, 1),
    ],
)
def test_the_total_that_differs_is_the_one_that_is_shown(
    tmp_path: Path, totals: tuple[tuple[str, int], ...], stated: int, difference: int
) -> None:
    rows = [["R1", "2026-03-02", "甲", 17, None], ["R2", "2026-03-03", "乙", 20, None]]
    (found,) = sums(tmp_path, *rows, *([label, None, None, figure, None] for label, figure in totals))
    assert (found.read_e4, found.stated_e4, found.difference_e4) == (370_000, stated * 10_000, difference * 10_000)


def test_the_totals_of_a_column_per_month_are_one_total(tmp_path: Path) -> None:
    rows = [["工号", "2026-01", "2026-02"], ["1", 10, 20], ["2", 30, 40], ["合计", 40, 61]]
    report = read_one(tmp_path / "目标.xlsx", xlsx({"目标": rows}), constants={"metric": "receipts"}).report
    (found,) = add_sums(report)
    assert (found.read_e4, found.stated_e4, found.difference_e4) == (1_000_000, 1_010_000, 10_000)
