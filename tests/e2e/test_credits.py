"""Credits end to end, as typed: factors of contract fields, overlays, parts of a sale, a leaver's rest, totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.shell import Shell

PLAN = """format: 1
plan: sales-2026
title: {zh: 销售 2026, en: Sales 2026}
for: {role: seller}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  receipts:
    title: {zh: 回款, en: Receipts}
    type: tiered
    pays_on: receipts-gross
    credit: own
    credit_factors:
      - title: {zh: 账期系数, en: Payment days}
        days_since: contract.signed
        table: [from 0: 1.0, from 31: 0.9, from 91: 0.5]
        without: 1.0
      - title: {zh: 多年系数, en: Years}
        by: contract.years
        table: [from 1: 1.0, from 3: 1.5]
        without: 1.0
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 3%, from 50_000: 5%]
    refunds: recompute
  signing:
    title: {zh: 签约, en: Signing}
    type: rate
    pays_on: bookings
    credit: own
    rate: 1%
    pays_in: [{at: signed, share: 30%}, {at: received, share: 70%}]
    refunds: recompute
  support:
    title: {zh: 售前协同, en: Support}
    type: rate
    pays_on: receipts-gross
    credit: overlay
    rate: 1%
    refunds: recompute
payout: {below_zero: carry, round_to: 0.01}
leavers:
  receipts_after_last_day: {own_share: 50%, for_days: 60, rest_to: manager}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""
RECORDS = "format: 1\nfields:\n  contract:\n    years: {title: {zh: 年数, en: Years}, kind: whole}\n"
FILES = {
    "people.csv": "Employee Number,Full Name,Role,Manager,Start Date,Last day\n"
    "E1,Ann Lee,seller,Ben Cole,2020-01-01,2026-03-31\nE2,Ben Cole,seller,,2020-01-01,\n"
    "E3,Cleo Hart,seller,,2020-01-01,\n",
    "contracts.csv": "Contract number,Owner,Signed,Amount,Years\n"
    "K1,Ann Lee,2026-01-05,100000,3\nK2,Ann Lee,2026-01-01,60000,1\n",
    "splits.csv": "Contract number,Person,Percent,Kind\nK1,E3,20%,overlay\nK2,E1,90%,own\n",
    "receipts.csv": "Receipt number,Date,Contract number,Received,Currency\n"
    "R1,2026-01-20,K1,40000,CNY\nR2,2026-03-02,K1,20000,CNY\nR3,2026-04-10,K2,10000,CNY\nR4,2026-04-11,,500,CNY\n",
}
DAY = ("--today", "2026-05-01")


@pytest.fixture(scope="module")
def shell(tmp_path_factory) -> Shell:
    folder = tmp_path_factory.mktemp("credits")
    shell = Shell(folder)
    shell("init", ".", "--currency", "CNY", "--lang", "en")
    (folder / "config" / "plans" / "sales-2026.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "config" / "records.yaml").write_text(RECORDS, encoding="utf-8")
    for name, text in FILES.items():
        (folder / "inbox" / name).write_text(text, encoding="utf-8")
    for name in FILES:
        shell("import", f"inbox/{name}", code=None)
    shell("commission", "open", "2026-01", *DAY)
    for month in ("2026-01", "2026-02", "2026-03"):
        shell("commission", "close", month, *DAY)
    return shell


def earned(shell: Shell, month: str) -> dict[tuple[str, str], Decimal]:
    rows = shell("commission", "show", month, *DAY, "-O", "json").table("components")
    return {(row["person"], row["component"]): Decimal(row["earned"]) for row in rows}


def test_each_part_of_a_sale_and_each_factor_is_paid(shell):
    # K1: 40,000 × 3 % × 1.5; signing 100,000 × 1 % × (30 % + 70 % × 40 %), K2 90 % of 60,000 × 1 % × 30 %
    assert earned(shell, "2026-01") == {
        ("Ann Lee", "Receipts"): 1_800,
        ("Ann Lee", "Signing"): 580 + 162,
        ("Cleo Hart", "Support"): 80,
    }
    # 56 days: 0.9 × 1.5 of 10,000 × 3 % + 10,000 × 5 %; another fifth of K1
    assert earned(shell, "2026-03") == {
        ("Ann Lee", "Receipts"): 1_080,
        ("Ann Lee", "Signing"): 140,
        ("Cleo Hart", "Support"): 40,
    }


def test_the_manager_has_the_rest_of_what_comes_after_the_last_day(shell):
    shell("commission", "run", "2026-04", *DAY)
    # R3: 9,000 of it hers, 99 days: 0.5; half at her position, half at his; her sale goes on being received
    found = earned(shell, "2026-04")
    assert found["Ann Lee", "Receipts"] == Decimal("112.50") and found["Ben Cole", "Receipts"] == Decimal("67.50")
    assert found["Ann Lee", "Signing"] == 63


def test_the_explanation_shows_each_factor_with_its_line(shell):
    said = shell("commission", "explain", "2026-03", "--person", "E1", "--component", "receipts", *DAY).out
    line = 1 + next(n for n, text in enumerate(PLAN.splitlines()) if "from 31: 0.9" in text)
    assert "Payment days: 56 days, × 0.9" in said and f"sales-2026.yaml:{line}" in said
    assert "Years: 3, × 1.5" in said and "paid on 27,000.00" in said
    taken = shell("commission", "explain", "2026-04", "--person", "E2", "--component", "receipts", *DAY).out
    assert "taken over from Ann Lee" in taken
    part = shell("commission", "explain", "2026-03", "--person", "E1", "--component", "signing", *DAY).out
    assert "part due of K1   1,000.00 × (72 % − 58 %) = 140.00" in part


def test_the_totals_stand_under_every_run_and_on_the_list(shell):
    said = shell("commission", "show", "2026-04", *DAY, "--width", "200").out
    assert "10,500.00 CNY: paid on 9,000.00 (0.00 by several components), paid to nobody 1,500.00" in said
    rows = {
        row["check"]: row
        for row in shell("commission", "check", "2026-04", *DAY, "-O", "json", code=None).table("checks")
    }
    assert Decimal(rows["Credits paid to nobody"]["amount"]) == 1_500
    assert rows["Credits paid by several"]["said"] == "none"
    march = shell("commission", "show", "2026-03", *DAY, "--width", "200").out
    assert "overlay, besides: 4,000.00" in march


def test_the_plan_is_read_aloud(shell):
    for language in ("zh", "en"):
        said = shell("commission", "read", "sales-2026", "--lang", language).out
        assert "0.9" in said and "30 %" in said
