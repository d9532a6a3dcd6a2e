"""Pools, rankings, budgets and levels through the command line: what one is paid depends on everybody, exactly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.core.periods import month_of
from salescli.services.commission.running import compute_period
from salescli.services.context import open_context
from salescli.services.workspace import find_workspace
from tests.e2e.group_workspace import ACCOUNTS, MANAGERS, REFUNDS, bring, build_workspace, write_plan
from tests.shell import Shell

DAY = "--today=2026-04-10"
POOL = "Sales manager plan 2026"


def paid(shell: Shell, month: str, verb: str = "show", column: str = "earned") -> dict[tuple[str, str], Decimal]:
    rows = shell("commission", verb, month, DAY, "-O", "json").table("people")
    return {(row["key"], row["plan"]): Decimal(row[column]) for row in rows}


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The first quarter, closed; then a refund of March comes in April."""
    shell = build_workspace(tmp_path_factory.mktemp("groups") / "w")
    for month in ("2026-01", "2026-02", "2026-03"):
        shell("commission", "close", month, DAY)
    bring(shell, "refunds.csv", "refund", REFUNDS)
    shell("commission", "run", "2026-04", DAY)
    return shell


def test_the_managers_plan_pays_what_was_worked_by_hand(closed: Shell) -> None:
    assert paid(closed, "2026-01")["M1", POOL] == Decimal("7500.00")
    assert paid(closed, "2026-02")["M1", POOL] == Decimal("9000.00")
    march = paid(closed, "2026-03")
    assert march["M1", POOL] == Decimal("15300.00") + Decimal("2400.00")
    members = {key: amount for (key, plan), amount in march.items() if plan == POOL and key != "M1"}
    assert members == {"E1": Decimal("3622.64"), "E2": Decimal("3441.51"), "E3": Decimal("2535.85")}


def test_a_late_refund_lowers_the_pot_and_everybodys_part(closed: Shell) -> None:
    april = paid(closed, "2026-04")
    members = {key: amount for (key, plan), amount in april.items() if plan == POOL and key != "M1"}
    # pot 10,000; members 8,000 by 2.0, 1.9 and 1.3
    assert members == {"E1": Decimal("-545.72"), "E2": Decimal("-518.43"), "E3": Decimal("-535.85")}
    rows = closed("commission", "show", "2026-04", DAY, "-O", "json").table("people")
    assert {row["key"]: row["carried_out"] for row in rows if row["key"] == "E3"} == {"E3": "-535.85"}
    said = closed("commission", "explain", "2026-04", "--person", "E1", DAY, "--lang", "en").out
    assert "the group's figure changed" in said and "-545.72" in said


def test_one_person_is_computed_as_among_all(closed: Shell) -> None:
    found = find_workspace(start=closed.folder)
    with open_context(found, today=date(2026, 4, 10)) as context:
        for month in (date(2026, 3, 1), date(2026, 4, 1)):
            every = compute_period(context, month_of(month), with_lines=True)
            for person in {one.payee.entity for one in every.computed}:
                alone = compute_period(context, month_of(month), people=frozenset({person}), with_lines=True)
                assert [one.result.to_json() for one in alone.computed] == [
                    one.result.to_json() for one in every.of_person(person)
                ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["the pot of Mia Fox's team (Sales manager plan 2026, 2026-01-01 … 2026-03-31) = 12,000.00",
                "manager Mia Fox 20 % = 2,400.00", "member Ann Lee (contribution 2,000,000.00) = 3,622.64",
                "member Cleo Hart (contribution 1,400,000.00) = 2,535.85",
                "300,000.00 of the team's credits came by others", "= 112 %"]),
        ("zh", ["奖金包(销售经理 2026 年激励方案,Mia Fox 的团队,2026-01-01 … 2026-03-31)= 12,000.00",
                "成员 Ann Lee(贡献 2,000,000.00) = 3,622.64"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("person", ["E1", "E3", "M1"])
def test_an_explanation_shows_the_pot_and_every_part(
    closed: Shell, language: str, words: list[str], person: str
) -> None:
    said = closed("commission", "explain", "2026-03", "--person", person, DAY, "--lang", language)
    assert [one for one in words if one not in said.out] == []
    assert "differs" not in said.err


def test_a_member_has_a_statement_and_closed_months_reproduce(closed: Shell) -> None:
    said = closed("commission", "statement", "2026-03", "--person", "E3", DAY, "--lang", "en")
    assert "Quarterly team pool" in said.out and "2,535.85" in said.out
    closed("commission", "verify", DAY)
    said = closed("commission", "check", "2026-03", DAY, "--lang", "en", code=None).out
    assert "under two plans in one month" not in said and "Cleo Hart" in said  # who has credits, and no plan


def test_the_plan_is_read_aloud(closed: Shell) -> None:
    for language, words in (("en", "the manager has 20 %, the members 80 %"), ("zh", "经理 20 %,成员 80 %")):
        assert words in closed("commission", "read", "managers", DAY, "--lang", language).out.replace("\n", "")


def test_the_best_teams_of_the_year(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "w")
    day = "--today=2027-01-05"
    shell("commission", "run", "2026-12", day)
    rows = shell("commission", "show", "2026-12", day, "-O", "json").table("components")
    prizes = {row["key"]: row["earned"] for row in rows if row["component"] == "Best team of the year"}
    assert prizes == {"M1": "22500.00", "M2": "22500.00", "M3": "8000.00"}
    said = shell("commission", "explain", "2026-12", "--person", "M3", day, "--lang", "en").out
    assert "1. Mia Fox   22,500,000 / 20,000,000 = 112.5 % (2 tie): 22,500.00" in said
    assert "3. Olga Hill   10,400,000 / 10,000,000 = 104 %: 8,000.00" in said


SHEET = "Pool,Period,Manager,Member,Amount\nteam-pool,2026-Q1,M1,E1,5000\nteam-pool,2026-Q1,M1,E2,{}\n"


def test_a_managers_sheet_spends_the_pot_or_nothing_is_paid(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "w")
    write_plan(shell.folder, "managers", MANAGERS.replace("members_by: contribution", "members_by: manager-sheet"))
    said = shell("commission", "run", "2026-03", DAY, code=None)
    assert "no sheet shares the members' 9,600.00 yet" in said.out + said.err
    assert ("E1", POOL) not in paid(shell, "2026-03")
    bring(shell, "sheet.csv", "pool-share", SHEET.format("4599.99"))
    said = shell("commission", "close", "2026-03", DAY, code=None)
    assert said.code != 0 and "the sheet spends 9,599.99" in said.out + said.err
    bring(shell, "sheet-2.csv", "pool-share", SHEET.format("4600"))
    shell("commission", "close", "2026-03", DAY)
    march = paid(shell, "2026-03")
    assert (march["E1", POOL], march["E2", POOL]) == (Decimal("5000.00"), Decimal("4600.00"))
    shell("commission", "verify", DAY)


def levels(base: str, rates: tuple[str, str]) -> dict[str, str]:
    """Two levels above the account managers' 5 %: each on what the levels below leave."""
    team = f"credit: team\n    team: {{depth: everyone-below, own_deals: left-out, base: {base}}}"
    own = ACCOUNTS.replace("rate: 1%", "rate: 5%")
    first = own.replace("accounts-2026", "first").replace("account-manager", "sales-manager")
    second = own.replace("accounts-2026", "second").replace("account-manager", "director")
    return {
        "accounts": own,
        "first": first.replace("credit: own", team).replace("rate: 5%", f"rate: {rates[0]}"),
        "second": second.replace("credit: own", team).replace("rate: 5%", f"rate: {rates[1]}"),
    }


@pytest.mark.parametrize(
    ("base", "rates", "wanted"),
    [
        ("gross", ("5%", "5%"), ("25000.00", "25000.00", "25000.00")),
        ("less-commission-below", ("5%", "5%"), ("25000.00", "23750.00", "22562.50")),
        ("rate-difference", ("7%", "8%"), ("25000.00", "10000.00", "5000.00")),
    ],
)
def test_levels_are_paid_on_what_the_levels_below_leave(
    tmp_path: Path, base: str, rates: tuple[str, str], wanted: tuple[str, str, str]
) -> None:
    shell = build_workspace(tmp_path / "w", levels(base, rates), director="D1")
    shell("commission", "close", "2026-01", DAY)
    rows = shell("commission", "show", "2026-01", DAY, "-O", "json").table("people")
    paid_to = {row["key"]: row["earned"] for row in rows}
    # E1 and E2 have 500,000 each and a plan; E3 has 500,000 and none
    factor = 3 if base == "gross" else None
    assert paid_to["E1"] == wanted[0]
    if factor:
        assert (paid_to["M1"], paid_to["D1"]) == ("75000.00", "75000.00")
    elif base == "less-commission-below":
        # of E3's part nobody below takes anything: 25,000 and 23,750
        assert (paid_to["M1"], paid_to["D1"]) == ("72500.00", "68875.00")
        said = shell("commission", "explain", "2026-01", "--person", "D1", DAY, "--lang", "en").out
        assert "500,000.00 − 48,750.00 earned by the levels below = 451,250.00" in said
        said = shell("commission", "statement", "2026-01", "--person", "D1", DAY, "--lang", "en", "--width", "300").out
        assert "after what the levels below have of it" in said and "earned by the levels below" not in said
    else:
        # of E3's part the manager has 7 %, the director 1 %
        assert (paid_to["M1"], paid_to["D1"]) == ("55000.00", "15000.00")
        said = shell("commission", "explain", "2026-01", "--person", "D1", DAY, "--lang", "en").out
        assert "× (8 % − 7 % of the levels below = 1 %)" in said
    shell("commission", "verify", DAY)


def test_a_budget_is_spent_once_by_everybody(tmp_path: Path) -> None:
    budget = ACCOUNTS.replace("    rate: 1%", "    rate: 1%\n    budget: {amount: 9_000, when_spent: first-come}")
    shell = build_workspace(tmp_path / "w", {"accounts": budget})
    for month in ("2026-01", "2026-02"):
        shell("commission", "close", month, DAY)
    assert paid(shell, "2026-01") == {("E1", "Account managers"): 5000, ("E2", "Account managers"): 4000}
    assert set(paid(shell, "2026-02").values()) <= {0}
    said = shell("commission", "explain", "2026-01", "--person", "E2", DAY, "--lang", "en").out
    assert "budget 9,000.00, everybody together earned 10,000.00 (first come): 9,000.00 paid in all" in said
    shell("commission", "verify", DAY)
