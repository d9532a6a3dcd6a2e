"""The manager's reports on the superstore: its six regions to the last digit, products and channels that add up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.real.test_reference_figures import REGIONS
from tests.shell import Shell

WHOLE = Decimal("16117548.237")
ALL_YEARS = "2010-01-01..2025-12-31"


@pytest.fixture(scope="module")
def superstore(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("superstore"))
    shell("start", str(real_data / "superstore-zh" / "示例 - 超市.xls"))
    return shell


def report(shell: Shell, name: str, *words: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    said = shell("report", name, ALL_YEARS, *words, "-O", "json").json
    table = said["blocks"][0]
    return table["rows"], table["total"]


def test_regions(superstore):
    rows, total = report(superstore, "regions")
    assert {row["region"]: row["value"] for row in rows} == REGIONS
    assert Decimal(total["value"]) == WHOLE


@pytest.mark.parametrize("name", ["regions", "channels", "products"])
def test_lines_add_up_with_their_shares_and_margins(superstore, name):
    rows, total = report(superstore, name)
    assert sum(Decimal(row["value"]) for row in rows) == Decimal(total["value"]) == WHOLE
    assert sum(Decimal(row["share"]["value"]) for row in rows) == pytest.approx(1)
    profit = sum(Decimal(row["margin"]["numerator"]) for row in rows if row["margin"])
    assert profit == Decimal(total["margin"]["numerator"])
    assert all(Decimal(row["margin"]["denominator"]) == Decimal(row["value"]) for row in rows if row["margin"])


def test_classes_of_products(superstore):
    rows, _ = report(superstore, "products", "--limit", "0")
    values = [Decimal(row["value"]) for row in rows]
    assert values == sorted(values, reverse=True)
    of = {grade: [value for value, row in zip(values, rows, strict=True) if row["class"] == grade] for grade in "ABC"}
    assert sum(map(len, of.values())) == len(rows)
    assert sum(of["A"]) >= Decimal("0.8") * WHOLE > sum(of["A"][:-1])
    both = [*of["A"], *of["B"]]
    assert sum(both) >= Decimal("0.95") * WHOLE > sum(both[:-1])
