"""The published figures of the real data sets, each printed by a command."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

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


def test_maven_win_rates_stand_beside_the_funnel(maven):
    said = maven("funnel", "show", "-O", "json")
    rates = {row["win_rate"]: (row["won"], row["cases"]) for row in said.table("win_rates")}
    assert rates == {
        "of closed": (4_238, 6_711),
        "of engaged (left the first stage)": (4_238, 8_300),
        "of all entered": (4_238, 8_800),
    }
    text = maven("funnel", "show").out
    assert all(shown in text for shown in ("63.15 %", "51.06 %", "48.16 %"))
    assert "8,800 of 8,800 inferred from stage and dates" in text


def test_maven_won_cycle(maven):
    rows = {row["what"]: row for row in maven("funnel", "cycle", "-O", "json").table("cycle")}
    won = rows["Won"]
    assert (won["deals"], Decimal(str(won["median"])), won["longest"]) == (4_238, 57, 138)
    assert "51.78" in maven("funnel", "cycle").out


def test_maven_stuck_deals_at_the_end_of_2017(maven):
    said = maven("funnel", "ageing", "--on", "2017-12-31", "-O", "json")
    assert {name: said.json["data"][name] for name in ("stuck", "dated", "open", "longest_won_cycle")} == {
        "stuck": 1_291, "dated": 1_589, "open": 2_089, "longest_won_cycle": 138,
    }  # fmt: skip
    assert len(said.table("deals")) == 1_291
    assert "1,291 of 1,589" in maven("funnel", "ageing", "--on", "2017-12-31", "--limit", "1").out
    listed = maven("deal", "list", "--stuck", "--on", "2017-12-31", "-O", "json").table("deals")
    assert len(listed) == 1_291 and all(row["age"] > 138 for row in listed)


def test_maven_strict_says_that_nobody_knows(maven):
    said = maven("funnel", "show", "--mode", "strict")
    assert "none of these 8,800 deals can be counted this way" in said.out
    assert "history-not-known" in said.err


PROCESS = """
format: 1
process: five-steps
stages:
  - {stage: S1, title: S1, kind: open}
  - {stage: S2, title: S2, kind: open}
  - {stage: S3, title: S3, kind: open}
  - {stage: S4, title: S4, kind: open}
  - {stage: WON, title: Won, kind: won}
  - {stage: LOST, title: Lost, kind: lost}
"""
STAGES = """
format: 1
profile: stages
files:
  - match: "data*.csv"
    type: stage-change
    columns: {Company: deal, Stage: stage, Date: at, Amount: amount}
    date_order: mdy
"""


@pytest.fixture(scope="module")
def stages(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("stages")
    (folder / "salescli.yaml").write_text("name: Stages\ncurrency: USD\nlanguage: en\n", encoding="utf-8")
    (folder / "config" / "imports").mkdir(parents=True)
    (folder / "config" / "imports" / "stages.yaml").write_text(STAGES, encoding="utf-8")
    (folder / "config" / "process.yaml").write_text(PROCESS, encoding="utf-8")
    shell = Shell(folder)
    said = shell("import", str(real_data / "stage-history" / "data.csv"), "--profile", "stages")
    assert "198" in said.out and "56" in said.out
    return shell


@pytest.mark.parametrize("mode", ["reached", "strict"])
def test_stage_history_funnel_strict_is_reached(stages, mode):
    said = stages("funnel", "show", "2018", "--mode", mode, "-O", "json")
    rows = {row["stage"]: (row["reached"], row["value"]) for row in said.table("stages")}
    assert {name: count for name, (count, _) in rows.items()} == {"S1": 56, "S2": 40, "S3": 28, "S4": 18, "Won": 18}
    assert (rows["S1"][1], rows["Won"][1]) == ("13295000.00", "4087760.00")
    every = next(row for row in said.table("win_rates") if row["win_rate"] == "of all entered")
    assert (every["won_value"], every["entered_value"]) == ("4087760.00", "13295000.00")
    assert "30.75 %" in stages("funnel", "show", "2018", "--mode", mode).out
    assert sum(row["lost"] for row in said.table("leaks")) == 38


def test_stage_history_rows_add_up(stages):
    for stage, count, value in (("S1", 56, 13_295_000), ("S2", 40, 9_510_000), ("WON", 18, 4_087_760)):
        rows = stages("funnel", "show", "--stage", stage, "--rows", "-O", "json").table("rows")
        assert (len(rows), sum(Decimal(row["value"]) for row in rows)) == (count, value)
    lost = stages("funnel", "show", "--stage", "lost", "-O", "json").table("rows")
    assert len(lost) == 38 and all("data.csv" in row["source"] for row in lost)


def test_stage_history_imports_with_flags_alone(real_data, tmp_path):
    (tmp_path / "salescli.yaml").write_text("name: Stages\ncurrency: USD\nlanguage: en\n", encoding="utf-8")
    shell = Shell(tmp_path)
    file = str(real_data / "stage-history" / "data.csv")
    shell("import", file, "--as", "stage-change", "--map", "Company=deal", "--date-order", "mdy")
    assert shell("record", "list", "deal", "-O", "json").json["title"] == "Deal · 56"
    said = shell("funnel", "show", code=1)
    assert said.err.count("stage-not-in-process") == 4 and "`S1` is not a stage" in said.err


def test_running_totals_medians_and_cycles_of_maven(maven: Shell, real_data: Path) -> None:
    said = maven("metric", "show", "won-value-to-date", "--by", "quarter", "--period", "2017", "-O", "json")
    running, whole = [], 0
    for amount in QUARTERS.values():
        whole += amount
        running.append(whole)
    assert values(said) == running
    with (real_data / "maven-crm" / "sales_pipeline.csv").open(encoding="utf-8") as file:
        won = [row for row in csv.DictReader(file) if row["deal_stage"] == "Won"]
    amounts = [Decimal(row["close_value"]) for row in won]
    assert values(maven("metric", "show", "median-deal", "-O", "json")) == [median(amounts)]
    days = [(date.fromisoformat(row["close_date"]) - date.fromisoformat(row["engage_date"])).days for row in won]
    assert values(maven("metric", "show", "cycle-days-median", "-O", "json")) == [median(days)]
    (average,) = maven("metric", "show", "cycle-days", "-O", "json").table("figures")
    assert (Decimal(str(average["numerator"])), Decimal(str(average["denominator"]))) == (sum(days), len(won))
