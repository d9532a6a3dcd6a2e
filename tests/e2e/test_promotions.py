"""A promotion that is learned late: what the pool paid before stays, the draw begins with the seat."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.e2e.group_workspace import bring, write_plan
from tests.shell import Shell

DAY = "--today=2026-05-10"
LEAD = """format: 1
plan: lead
title: {zh: 经理方案, en: Leads}
for: {role: lead}
from: 2026-01-01
through: 2026-12-31
currency: USD
pay: monthly
part_period: nothing-scaled
components:
  pot:
    title: {zh: 团队奖金包, en: Team pot}
    type: pool
    pays_on: receipts-gross
    credit: team
    team: {depth: direct-reports, own_deals: left-out, base: gross}
    adds_up_over: month
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 10%
    refunds: recompute
    shares:
      - manager: 20%
      - members: 80%
    members: {roles: [rep], on: last-day}
    members_by: equal
    nobody_to_share: back-to-company
"""
PLAIN = "payout: {below_zero: carry, round_to: 0.01}\n"


def team(folder: Path, payout: str) -> Shell:
    """Two people and their manager; January and February are closed, then the first of them was a lead from March."""
    (folder / "config" / "plans").mkdir(parents=True)
    (folder / "inbox").mkdir()
    (folder / "salescli.yaml").write_text("name: Kite\ncurrency: USD\nlanguage: en\n", encoding="utf-8")
    write_plan(folder, "lead", LEAD + payout)
    shell = Shell(folder)
    bring(shell, "people.csv", "person", "number,name,joined\n1,Ann Lee,2025-01-01\n2,Bob Ray,2025-01-01\n"
          "5,Mia Boss,2025-01-01\n")  # fmt: skip
    seats = "person,from,role,manager\n1,2025-01-01,rep,5\n2,2025-01-01,rep,5\n5,2025-01-01,lead,\n"
    bring(shell, "assignments.csv", "assignment", seats)
    bring(shell, "contracts.csv", "contract", "number,customer,owner,signed,amount\n"
          "C1,Alder,1,2026-01-02,100000\nC2,Birch,2,2026-01-02,100000\n")  # fmt: skip
    bring(shell, "receipts.csv", "receipt", "number,date,contract,amount\n"
          "R1,2026-01-10,C1,10000\nR2,2026-02-10,C2,10000\n")  # fmt: skip
    shell("commission", "open", "2026-01", DAY)
    for month in ("2026-01", "2026-02"):
        shell("commission", "close", month, DAY)
    return shell


def promote(shell: Shell, day: str) -> None:
    bring(shell, "promoted.csv", "assignment", f"person,from,role,manager\n1,{day},lead,\n")


@pytest.mark.parametrize(
    ("draw", "payable", "carried"),
    [("{tops_up_to: 5_000, recover: nothing}", "5000.00", "0.00"), ("{advance: 500}", "0.00", "-500.00")],
)
def test_the_draw_begins_with_the_first_day_on_the_plan(tmp_path: Path, draw: str, payable: str, carried: str) -> None:
    shell = team(tmp_path / "w", PLAIN.replace("{", f"{{draw: {draw}, ", 1))
    promote(shell, "2026-03-01")
    shell("commission", "run", "2026-03", DAY)
    rows = shell("commission", "show", "2026-03", DAY, "-O", "json").table("people")
    ann = next(row for row in rows if row["key"] == "1")
    assert (ann["payable"], ann.get("carried_out", "0.00")) == (payable, carried)


def test_all_months_at_once_pay_what_was_posted_month_by_month(tmp_path: Path) -> None:
    shell = team(tmp_path / "w", PLAIN)
    promote(shell, "2026-03-10")
    bring(shell, "late.csv", "receipt", "number,date,contract,amount\nR3,2026-01-20,C2,5000\nR4,2026-03-20,C2,2000\n")
    posted: dict[str, Decimal] = {}
    for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
        if month > "2026-02":
            shell("commission", "close", month, DAY)
        for row in shell("commission", "show", month, DAY, "-O", "json").table("people"):
            posted[row["key"]] = posted.get(row["key"], Decimal(0)) + Decimal(row["earned"])
    assert posted == {"1": Decimal(1000), "2": Decimal(1160), "5": Decimal(540)}
    (shell.folder / "drafts").mkdir()
    draft = (LEAD + PLAIN).replace("plan: lead\n", "plan: lead2\n").replace("10%", "20%")
    (shell.folder / "drafts" / "lead2.yaml").write_text(draft, encoding="utf-8")
    said = shell("commission", "diff", "lead", "drafts/lead2.yaml", "--over", "2026", DAY, "-O", "json")
    assert {row["key"]: Decimal(row["a"]) for row in said.table("people") if row["key"]} == posted
    shell("commission", "verify", DAY)
