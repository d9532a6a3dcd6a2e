"""`report drivers` on the superstore against a computation of its own from the workbook: every order of the factors."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

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


def sales_of(file: Path, column: str) -> dict[int, dict[str, tuple[Fraction, Fraction]]]:
    """Quantity and sales by year and group, read from the cells."""
    from python_calamine import CalamineWorkbook

    head, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("订单").to_python()
    place = {str(name): number for number, name in enumerate(head)}
    found: dict[int, Any] = defaultdict(lambda: defaultdict(lambda: (Fraction(0), Fraction(0))))
    for row in rows:
        year, group = row[place["订单日期"]].year, str(row[place[column]])
        quantity, sales = found[year][group]
        cell = Decimal(repr(row[place["销售额"]])).quantize(Decimal("0.0001"))
        found[year][group] = quantity + Fraction(int(row[place["数量"]])), sales + Fraction(cell)
    return found


def mean_effects(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Fraction]:
    """Change quantity, shares and prices of the groups that sold in both years, in each of the six orders."""
    kept = sorted(before.keys() & after.keys())

    def whole(state: dict[str, int]) -> Fraction:
        years = (before, after)
        quantity = sum(years[state["volume"]][key][0] for key in kept)
        shares = years[state["mix"]]
        all_of = sum(shares[key][0] for key in kept)
        prices = years[state["price"]]
        return sum(quantity * shares[key][0] / all_of * prices[key][1] / prices[key][0] for key in kept)

    effects = dict.fromkeys(("volume", "price", "mix"), Fraction(0))
    for order in permutations(effects):
        state = dict.fromkeys(effects, 0)
        for name in order:
            was = whole(state)
            state[name] = 1
            effects[name] += (whole(state) - was) / 6
    effects["new"] = sum((after[key][1] for key in after.keys() - before.keys()), Fraction(0))
    effects["gone"] = -sum((before[key][1] for key in before.keys() - after.keys()), Fraction(0))
    return effects


@pytest.mark.parametrize(("by", "column"), [("product", "产品 ID"), ("line", "类别"), ("region", "地区")])
def test_volume_price_and_mix_of_2016(superstore, file, by, column):
    sales = sales_of(file, column)
    words = ("report", "drivers", "2016", "--metric", "order-sales", "--by", by, "--lang", "en", "-O", "json")
    said = superstore(*words)
    steps = {row["part"].split(" ")[0].rstrip(":"): Decimal(row["effect"]) for row in said.table("bridge")}
    assert steps.pop("Before") == Decimal("3443376.3350")
    assert sum(steps.values()) == Decimal("4246042.7800") - Decimal("3443376.3350")
    expected = mean_effects(sales[2015], sales[2016])
    groups = len(sales[2015].keys() | sales[2016].keys())
    for name, word in (("volume", "Volume"), ("price", "Price"), ("mix", "Mix"), ("new", "New"), ("gone", "Gone")):
        shown = Fraction(steps.pop(word, Decimal(0)))
        assert abs(shown - expected[name]) <= groups * Fraction(1, 10_000), name
    assert not steps


def test_every_column_of_the_groups_adds_up(superstore):
    said = superstore("report", "drivers", "2016", "--metric", "order-sales", "--top", "3000", "-O", "json")
    rows = said.table("groups")
    assert len(rows) > 1_500
    for row in rows:
        assert sum(Decimal(row[key]) for key in ("volume", "price", "mix", "other")) == Decimal(row["change"])
    steps = [Decimal(row["effect"]) for row in said.table("bridge")]
    for key, step in zip(("volume", "price", "mix"), steps[1:4], strict=True):
        assert sum(Decimal(row[key]) for row in rows) == step
