"""`report baskets` on the superstore against counting every pair in the rows of the workbook."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from tests.shell import Shell


@pytest.fixture(scope="module")
def file(real_data: Path) -> Path:
    return real_data / "superstore-zh" / "示例 - 超市.xls"


@pytest.fixture(scope="module")
def superstore(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("superstore"))
    shell("start", str(file))
    return shell


def orders_of(file: Path, column: str, year: int) -> dict[str, set[str]]:
    from python_calamine import CalamineWorkbook

    head, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("订单").to_python()
    place = {str(name): number for number, name in enumerate(head)}
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row[place["订单日期"]].year == year:
            found[str(row[place["订单 ID"]])].add(str(row[place[column]]))
    return found


@pytest.mark.parametrize(("by", "column"), [("family", "子类别"), ("line", "类别")])
def test_pairs_of_2016(superstore, file, by, column):
    words = ("report", "baskets", "2016", "--by", by, "--min-support", "5", "--top", "1000", "--lang", "en")
    rows = superstore(*words, "-O", "json").table("pairs")
    orders = orders_of(file, column, 2016)
    items = Counter(item for order in orders.values() for item in order)
    pairs = Counter(pair for order in orders.values() for pair in combinations(sorted(order), 2))
    expected = {frozenset(pair): count for pair, count in pairs.items() if count >= 5}
    assert {frozenset((row["first"], row["second"])): row["together"] for row in rows} == expected
    for row in rows:
        both, first, second = row["together"], items[row["first"]], items[row["second"]]
        for key, value in (
            ("support", Fraction(both, len(orders))),
            ("confidence", Fraction(both, first)),
            ("confidence_back", Fraction(both, second)),
            ("lift", Fraction(both * len(orders), first * second)),
        ):
            assert Fraction(row[key]["numerator"], row[key]["denominator"]) == value
    lifts = [Decimal(row["lift"]["value"]) for row in rows]
    assert lifts == sorted(lifts, reverse=True) and len(lifts) >= 3


def test_orders_of_products(superstore, file):
    said = superstore("report", "baskets", "2016", "--min-support", "2", "-O", "json")
    facts = next(block for block in said.json["blocks"] if block["name"] == "orders")["values"]
    orders = orders_of(file, "产品 ID", 2016)
    pairs = Counter(pair for order in orders.values() for pair in combinations(sorted(order), 2))
    assert facts["orders"] == len(orders)
    assert facts["several"] == sum(len(order) > 1 for order in orders.values())
    assert facts["pairs"] == sum(count >= 2 for count in pairs.values())
