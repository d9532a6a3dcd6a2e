"""The published figures of the real data sets, each printed by a command."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.shell import Said, Shell

MAVEN = """
format: 1
profile: maven
files:
  - match: "sales_pipeline*.csv"
    type: deal
    columns: {opportunity_id: number, sales_agent: owner, product: product, account: customer, deal_stage: stage,
              engage_date: created, close_date: closed, close_value: amount}
  - match: "accounts.csv"
    type: customer
    columns: {account: name, sector: industry, office_location: region, subsidiary_of: group, revenue: revenue}
    ignore: [year_established, employees]
  - match: "products.csv"
    type: product
    columns: {product: name, series: line, sales_price: list_price}
  - match: "sales_teams.csv"
    type: person
    columns: {sales_agent: name, manager: manager, regional_office: region}
  - match: "data_dictionary.csv"
    skip: yes
aliases:
  product: {GTXPro: GTX Pro}
"""
MANAGERS = {
    "Melvin Marxen": 2_251_930,
    "Summer Sewald": 1_964_750,
    "Rocco Neubert": 1_960_545,
    "Celia Rouche": 1_603_897,
    "Cara Losch": 1_130_049,
    "Dustin Brinkmann": 1_094_363,
}
QUARTERS = {"2017-Q1": 1_134_672, "2017-Q2": 3_086_111, "2017-Q3": 2_982_255, "2017-Q4": 2_802_496}
REGIONS = {
    "华东": "4692464.994",
    "中南": "4147884.013",
    "东北": "2711223.389",
    "华北": "2447301.017",
    "西南": "1303124.508",
    "西北": "815550.316",
}


@pytest.fixture(scope="module")
def maven(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("maven")
    (folder / "salescli.yaml").write_text("name: Maven\ncurrency: USD\nlanguage: en\n", encoding="utf-8")
    (folder / "config" / "imports").mkdir(parents=True)
    (folder / "config" / "imports" / "maven.yaml").write_text(MAVEN, encoding="utf-8")
    shell = Shell(folder)
    shell("import", str(real_data / "maven-crm" / "*.csv"), "--profile", "maven")
    return shell


def values(said: Said) -> list[Decimal]:
    return [Decimal(str(row["value"])) for row in said.table("figures")]


def figures(shell: Shell, metric: str, *by: str) -> dict[str, Decimal]:
    words = [word for name in by for word in ("--by", name)]
    rows = shell("metric", "show", metric, *words, "-O", "json").table("figures")
    return {row[by[0]]: Decimal(str(row["value"])) for row in rows}


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("deals-won", 4_238),
        ("deals-lost", 2_473),
        ("deals-entered", 8_800),
        ("deals-open", 1_589 + 500),
        ("won-value", 10_005_534),
        ("pipeline-list-price", 4_966_215),
    ],
)
def test_maven_sums_and_counts(maven, metric, expected):
    assert values(maven("metric", "show", metric, "-O", "json")) == [expected]


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator", "shown"),
    [
        ("win-rate", 4_238, 6_711, "63.15 %"),
        ("win-rate-engaged", 4_238, 8_300, "51.06 %"),
        ("win-rate-all", 4_238, 8_800, "48.16 %"),
    ],
)
def test_maven_win_rates(maven, metric, numerator, denominator, shown):
    (row,) = maven("metric", "show", metric, "-O", "json").table("figures")
    ratio = row["value"]
    assert (Decimal(str(ratio["numerator"])), Decimal(str(ratio["denominator"]))) == (numerator, denominator)
    assert shown in maven("metric", "show", metric).out


def test_maven_by_stage_manager_and_quarter(maven):
    stages = figures(maven, "deals-entered", "stage")
    assert stages == {"won": 4_238, "lost": 2_473, "qualification": 1_589, "prospecting": 500}
    assert figures(maven, "won-value", "manager") == MANAGERS
    assert figures(maven, "won-value", "quarter") == QUARTERS


def test_maven_rows_behind_a_number_add_up_to_it(maven):
    said = maven("metric", "show", "won-value", "--where", "manager=Cara Losch", "--rows", "-O", "json")
    block = next(block for block in said.json["blocks"] if block.get("name") == "won-value")
    assert sum(Decimal(row["credit"]) for row in block["rows"]) == MANAGERS["Cara Losch"]
    assert all("sales_pipeline.csv" in row["source"] for row in block["rows"])


def test_superstore_imports_without_a_profile_and_agrees_to_the_last_digit(real_data, tmp_path):
    shell = Shell(tmp_path)
    shell("start", str(real_data / "superstore-zh" / "示例 - 超市.xls"))
    regions = figures(shell, "order-sales", "region")
    assert {name: str(value) for name, value in regions.items()} == REGIONS
    assert values(shell("metric", "show", "order-sales", "-O", "json")) == [Decimal("16117548.237")]
