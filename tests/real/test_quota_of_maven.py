"""A year's quotas from a real pipeline: 2018 from 2017 by manager and agent; every figure recomputed from its files."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.real.test_reference_figures import MANAGERS, MAVEN, QUARTERS
from tests.shell import Shell

YEAR = ("--today", "2018-01-05", "--lang", "en")
MONTHS = [f"2018-{month:02d}" for month in range(1, 13)]
POLICY_2018 = """\
format: 1
targets: won-2018
for_year: 2018
metric: won-value
growth: 15%
base: 2017-01-01 through 2017-12-31
teams:
  split_by: history
people:
  split_by: history
  without_history: nothing
  street_above: 5%
months:
  split_by: seasonal
  history: [2017]
  together: [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]
round_to: 100
"""
POLICY_2017 = """\
format: 1
targets: won-2017
for_year: 2017
metric: won-value
amount: 10,500,000
teams: {split_by: equal}
people: {split_by: equal}
months: {split_by: equal}
"""
Row = dict[str, object]


@pytest.fixture(scope="module")
def shell(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The deals with each manager's agents as a team, and both policies split and accepted."""
    folder = tmp_path_factory.mktemp("maven-quota")
    (folder / "salescli.yaml").write_text("name: Maven\ncurrency: USD\nlanguage: en\n", encoding="utf-8")
    (folder / "config" / "imports").mkdir(parents=True)
    (folder / "config" / "targets").mkdir()
    profile = MAVEN.replace("manager: manager,", "manager: team,")
    (folder / "config" / "imports" / "maven.yaml").write_text(profile, encoding="utf-8")
    for name, text in (("won-2018", POLICY_2018), ("won-2017", POLICY_2017)):
        (folder / "config" / "targets" / f"{name}.yaml").write_text(text, encoding="utf-8")
    shell = Shell(folder)
    shell("import", str(real_data / "maven-crm" / "*.csv"), "--profile", "maven")
    shell("quota", "split", "won-2018", "won-2017", *YEAR)
    shell("quota", "accept", "1", "2", *YEAR)
    return shell


@pytest.fixture(scope="module")
def quotas(shell: Shell) -> list[Row]:
    return shell("quota", "show", "2018", "--by", "month", *YEAR, "-O", "json").table("targets-base")


@pytest.fixture(scope="module")
def won(real_data: Path) -> dict[tuple[str, str], int]:
    """What each agent won in each month, from the file."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    with (real_data / "maven-crm" / "sales_pipeline.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["deal_stage"] == "Won":
                found[row["sales_agent"], row["close_date"][:7]] += int(row["close_value"])
    return found


@pytest.fixture(scope="module")
def manager_of(real_data: Path) -> dict[str, str]:
    with (real_data / "maven-crm" / "sales_teams.csv").open(encoding="utf-8") as file:
        return {row["sales_agent"]: row["manager"] for row in csv.DictReader(file)}


def cell(row: Row, name: str) -> Decimal:
    return Decimal(str(row[name] or 0))


def of(quotas: list[Row], holder: str) -> list[Row]:
    """The rows of the company, of the teams, or of the people."""
    if holder == "company":
        return [row for row in quotas if not row["team"]]
    return [row for row in quotas if row["team"] and bool(row["key"]) == (holder == "person")]


def test_the_company_grows_by_fifteen_percent(quotas: list[Row]) -> None:
    (company,) = of(quotas, "company")
    assert cell(company, "year") == Decimal(sum(QUARTERS.values())) * Decimal("1.15") == Decimal("11506364.10")


def test_sums_are_exact_at_every_level_and_month(quotas: list[Row]) -> None:
    (company,) = of(quotas, "company")
    teams, people = of(quotas, "team"), of(quotas, "person")
    assert (len(teams), len(people)) == (6, 35)
    for row in quotas:
        assert sum(cell(row, month) for month in MONTHS) == cell(row, "year")
    for month in (*MONTHS, "year"):
        assert sum(cell(row, month) for row in teams) == cell(company, month)
    for team in teams:
        mine = [row for row in people if row["team"] == team["team"]]
        street, running = Decimal(0), Decimal(0)
        for month in MONTHS:  # running totals are rounded, so that the year is right
            street += sum((cell(row, month) for row in mine), Decimal(0))
            running += cell(team, month)
            assert abs(street - running * Decimal("1.05")) <= Decimal("0.005")


def test_everybody_is_within_a_unit_of_the_exact_share(quotas, won, manager_of) -> None:
    """One keeper in each group has what is below the unit as well."""
    whole = {name: sum(value for (agent, _), value in won.items() if agent == name) for name in manager_of}
    by_manager = {name: sum(whole[agent] for agent in whole if manager_of[agent] == name) for name in MANAGERS}
    assert by_manager == MANAGERS
    target = Fraction("11506364.10")
    for row in of(quotas, "team"):
        exact = target * by_manager[str(row["team"])] / sum(by_manager.values())
        assert abs(Fraction(cell(row, "year")) - exact) < 200
    for team in of(quotas, "team"):
        mine = [row for row in of(quotas, "person") if row["team"] == team["team"]]
        street = sum((Fraction(cell(row, "year")) for row in mine), Fraction(0))
        for row in mine:
            exact = street * whole[str(row["holder"])] / by_manager[str(team["team"])]
            assert abs(Fraction(cell(row, "year")) - exact) < 200
        odd = [row for row in mine if cell(row, "year") % 100]
        assert len(odd) <= 1
    assert sum(1 for row in of(quotas, "person") if not cell(row, "year")) == 5  # without a deal in 2017


def test_quarters_follow_the_quarters_of_2017(quotas, won) -> None:
    """The first quarter is known by its March alone: January and February stand as March does."""
    by_month: dict[str, int] = defaultdict(int)
    for (_, month), value in won.items():
        by_month[month] += value
    assert min(by_month) == "2017-03"
    means = []
    for first in (1, 4, 7, 10):
        known = [by_month[f"2017-{month:02d}"] for month in range(first, first + 3) if by_month[f"2017-{month:02d}"]]
        means.append(Fraction(sum(known), len(known)))
    (company,) = of(quotas, "company")
    for quarter, mean in enumerate(means):
        got = sum((Fraction(cell(company, month)) for month in MONTHS[quarter * 3 : quarter * 3 + 3]), Fraction(0))
        assert abs(got - Fraction("11506364.10") * mean / sum(means)) < 400


def test_the_bridge_and_what_is_incomplete_are_printed(shell: Shell) -> None:
    said = shell("quota", "show", "--run", "1", *YEAR, "--width", "200")
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert "Company Base 10,005,534.00 10,005,534.00" in lines
    assert "Company Growth 15% 1,500,830.10 11,506,364.10" in lines
    assert "Company Street above, people 575,318.21 12,081,682.31" in lines
    assert "2017 has not all 12 months" in said.out
    again = shell("quota", "split", "won-2018", *YEAR)
    assert "data only from 2017-03-01 through 2017-12-31" in again.err


def test_attainment_of_2017_against_a_target_set_afterwards(shell: Shell) -> None:
    said = shell("quota", "attainment", "2017", *YEAR, "-O", "json")
    rows = {str(row["name"]): row for row in said.table("attainment")}
    for manager, value in MANAGERS.items():
        assert cell(rows[manager], "actual") == value
        assert cell(rows[manager], "target") == 1_750_000
        assert cell(rows[manager], "variance") == value - 1_750_000
    printed = shell("quota", "attainment", "2017", *YEAR, "--width", "200").out
    assert "95.3 %" in printed
    assert "data from 2017-03-01: what was before is not known" in printed


def test_the_incomplete_first_quarter_is_marked_and_the_others_are_not(shell: Shell) -> None:
    for quarter, value in QUARTERS.items():
        printed = shell("quota", "attainment", quarter, "--by", "company", *YEAR, "--width", "200").out
        assert f"{value:,}.00" in printed
        assert ("data from 2017-03-01" in printed) == (quarter == "2017-Q1")
        assert ("data incomplete" in printed) == (quarter == "2017-Q1")
