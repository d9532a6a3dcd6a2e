"""Pounds, euros and yen under a plan in dollars: converted once, kept with the rate, and never moved by the files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.core.commission.exchanged import exchange
from salescli.services.commission.running import compute_period
from salescli.services.context import open_context
from salescli.services.workspace import find_workspace
from tests.e2e.exchange_workspace import PLAN, WHOLE, bring, build_workspace, plan
from tests.shell import Shell, example

DAY = "--today=2026-10-05"
HEAD = "From Currency,To Currency,Rate Date,Rate\n"


def pay(shell: Shell, month: str, key: str = "E1", name: str = "payable", verb: str = "run") -> Decimal:
    rows = shell("commission", verb, month, DAY, "-O", "json").table("people")
    return next(Decimal(row[name]) for row in rows if row["key"] == key)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The first half of the year, closed month by month at the plan's rates."""
    shell = build_workspace(tmp_path_factory.mktemp("p2") / "w")
    for month in range(4, 10):
        shell("commission", "close", f"2026-{month:02}", DAY)
    return shell


def test_the_account_executives_plan_pays_what_was_worked_by_hand(closed: Shell) -> None:
    months = [f"2026-{month:02}" for month in range(4, 10)]
    assert [pay(closed, one, verb="show") for one in months] == [4_000, 4_000, 9_000, 9_500, 4_000, 38_500]
    assert [pay(closed, one, name="owed", verb="show") for one in months] == [2_000, 6_000, 6_000, 500, 1_500, 0]
    assert [pay(closed, one, name="earned", verb="show") for one in months] == [2_000, 0, 9_000, 15_000, 3_000, 40_000]


def test_half_a_customer_is_half_a_prize_and_half_a_credit(closed: Shell) -> None:
    (row,) = closed("commission", "statement", "2026-05", "--person", "E2", DAY, "-O", "json").table("new-acv")
    assert (row["credit"], row["original"]) == ("625.0063", "500.0050 GBP × 1.25")
    assert (row["amount"], row["commission"]) == ("1250.0125", "62.50")
    (row,) = closed("commission", "statement", "2026-05", "--person", "E2", DAY, "-O", "json").table("spif-guard")
    assert row["commission"] == "250.00" and "original" not in row


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "16,000.00 GBP × 1.25 = 20,000.00 (the plan's rate)"),
        ("zh", "16,000.00 GBP × 1.25 = 20,000.00(方案汇率)"),
    ],
)
def test_an_explanation_says_the_rate(closed: Shell, language: str, words: str) -> None:
    said = closed("commission", "explain", "2026-04", "--person", "E1", DAY, "--lang", language)
    assert words in said.out
    assert any("1 GBP = 1.25 USD" in line and "ae-fy2026.yaml:10" in line for line in said.out.splitlines())
    said = closed("commission", "explain", "2026-04", "--transaction", "K1", DAY, "--lang", language)
    assert words in said.out


def test_nothing_that_is_converted_is_listed_as_unpaid(closed: Shell) -> None:
    said = closed("commission", "check", "2026-06", DAY, code=None).out
    assert "EUR" not in said and "outside `only`" not in said


def test_closed_months_reproduce(closed: Shell) -> None:
    closed("commission", "verify", DAY)


def test_the_plan_is_read_aloud_with_its_rates(closed: Shell) -> None:
    for language in ("en", "zh"):
        said = closed("commission", "read", "ae-fy2026", "--lang", language, "--width", "200").out
        assert "1 GBP = 1.25 USD" in said and "1 EUR = 1.2 USD" in said


def test_a_plan_that_states_no_rates_says_so_and_stops_at_a_foreign_credit(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "w", WHOLE)
    assert "states no rates" in shell("commission", "read", "ae-fy2026", "--lang", "en", "--width", "200").out
    assert "没有写明任何汇率" in shell("commission", "read", "ae-fy2026", "--lang", "zh", "--width", "200").out
    said = shell("commission", "run", "2026-04", DAY, code=1)
    assert "GBP" in said.err and "2026-04-10" in said.err and "K1" in said.err


def test_editing_the_plan_s_rates_moves_no_closed_month(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "w")
    shell("commission", "close", "2026-04", DAY)
    edited = PLAN.replace("{GBP: 1.25, EUR: 1.2}", "{GBP: 9, EUR: 1.4}")
    (shell.folder / "config" / "plans" / "ae-fy2026.yaml").write_text(edited, encoding="utf-8")
    rows = shell("commission", "run", "2026-06", DAY, "-O", "json").table("components")
    (row,) = (row for row in rows if row["key"] == "E1")
    assert Decimal(row["credit"]) == 105_000  # 75,000 at the new rate
    shell("commission", "close", "2026-05", DAY)
    assert pay(shell, "2026-05", name="earned", verb="show") == 0


def test_without_a_rate_nothing_is_written(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "w", plan("{rates: daily, on: signing-date, if_missing: stop}"))
    said = shell("commission", "run", "2026-06", DAY, code=1)
    lines = [line for line in said.err.splitlines() if "credit-without-rate" in line]
    assert [("2026-04-10" in line, "K1" in line) for line in lines].count((True, True)) == 1
    assert any("EUR" in line and "2026-06-05" in line and "K2" in line for line in lines)
    assert any(line.startswith("inbox/contracts.csv!I3: error") and "K2" in line for line in lines)
    assert not any("CHF" in line for line in lines), "who is on no plan stops nobody"
    shell("commission", "show", "2026-06", DAY, code=1)
    shell("commission", "close", "2026-04", DAY, code=1)
    shell("commission", "check", "2026-04", DAY, code=1)


def test_a_corrected_rate_is_a_late_fact_and_the_last_one_known_says_its_age(tmp_path: Path) -> None:
    shell = build_workspace(
        tmp_path / "w", plan("{rates: daily, on: signing-date, if_missing: last-known-within-7-days}")
    )
    bring(shell, "fx.csv", "fx-rate", HEAD + "GBP,USD,2026-04-08,1.25\nGBP,USD,2026-05-12,1.25\n")
    said = shell("commission", "run", "2026-04", DAY)
    assert "rate-last-known" in said.err and "at most 2 d old" in said.err
    shell("commission", "close", "2026-04", DAY)
    statement = shell("commission", "statement", "2026-04", "--person", "E1", DAY, "--width", "200").out
    assert "16,000.00 GBP × 1.25" in statement and "rate of 2026-04-08, 2 days old" in statement
    bring(shell, "fx-2.csv", "fx-rate", HEAD + "GBP,USD,2026-04-10,1.3\n")
    said = shell("commission", "run", "2026-05", DAY, "-O", "json")
    assert "rate-last-known" not in said.err
    rows = shell("commission", "run", "2026-05", DAY, "-O", "json").table("people")
    assert next(Decimal(row["differences"]) for row in rows if row["key"] == "E1") == 80
    said = shell("commission", "explain", "2026-05", "--person", "E1", DAY, "--width", "200").out
    assert any("1 GBP = 1.3 USD · rate of 2026-04-10" in line and "fx-2.csv!D2" in line for line in said.splitlines())
    shell("commission", "verify", DAY)


def test_rates_that_arrive_later_do_not_move_a_closed_month_s_mean(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "w", plan("{rates: month-average, on: signing-date, if_missing: stop}"))
    bring(shell, "fx.csv", "fx-rate", HEAD + "GBP,USD,2026-04-01,1.2\nGBP,USD,2026-04-02,1.3\nGBP,USD,2026-05-12,1\n")
    shell("commission", "close", "2026-04", DAY)
    assert pay(shell, "2026-04", name="earned", verb="show") == 2_000
    bring(shell, "fx-2.csv", "fx-rate", HEAD + "GBP,USD,2026-04-30,2\n")
    assert pay(shell, "2026-05", name="earned") == 0
    said = shell("commission", "explain", "2026-04", "--person", "E1", DAY).out
    assert "(mean of 2 days of 2026-04)" in said
    shell("commission", "verify", DAY)


RECEIPTS = """format: 1
plan: cash
title: {zh: 回款, en: Cash}
for: {role: account-executive}
from: 2026-04-01
through: 2027-03-31
currency: USD
pay: monthly
exchange: {rates: daily, on: receipt-date, if_missing: stop}
part_period: nothing-scaled
components:
  cash: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, adds_up_over: year, refunds: recompute}
  team: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, adds_up_over: year, refunds: at-refund-date}
payout: {below_zero: carry, round_to: 0.01}
"""
MONEY = """Receipt number,Date,Amount,Currency,Contract
R1,2026-04-20,3333.33,GBP,K1
R2,2026-04-21,7777.77,GBP,K6
R3,2026-04-21,100001,JPY,K6
R4,2026-04-21,100001,JPY,K6
R5,2026-04-22,50.05,USD,K3
"""
BACK = "Refund number,Date,Amount,Currency,Receipt number\nF1,2026-05-04,3333.33,GBP,R1\n"
RATES = (
    HEAD
    + """GBP,USD,2026-04-20,1.2501
GBP,USD,2026-04-21,1.2777
USD,JPY,2026-04-21,149.73
GBP,USD,2026-05-04,1.3
"""
)


@pytest.fixture
def cash(tmp_path: Path) -> Shell:
    """A plan on receipts, at the rate of each day."""
    shell = build_workspace(tmp_path / "w", RECEIPTS)
    bring(shell, "receipts.csv", "receipt", MONEY)
    bring(shell, "fx.csv", "fx-rate", RATES)
    return shell


def test_sums_are_the_sums_of_converted_lines(cash: Shell) -> None:
    with open_context(find_workspace(cash.folder), today=date(2026, 10, 5)) as context:
        done = compute_period(context, context.parse_period("2026-04"), with_lines=True)
    for one in done.computed:
        for name in ("cash", "team"):
            lines = [line for line in one.inputs.lines if line.component == name]
            assert sum(line.pay_credit for line in lines) == sum(
                each.pay_credit for each in one.inputs.credits if each.component == name
            )
            assert all(line.pay_credit == round(line.pay_credit, 4) for line in lines)
    yen = [line for one in done.computed for line in one.inputs.lines if line.key in ("R3", "R4")]
    assert {line.pay_credit for line in yen} == {Decimal("333.9378")}  # half of 100,001, ÷ 149.73


def test_a_refund_has_the_rate_of_its_receipt_or_of_its_own_day(cash: Shell) -> None:
    cash("commission", "close", "2026-04", DAY)
    bring(cash, "refunds.csv", "refund", BACK)
    rows = cash("commission", "run", "2026-05", DAY, "-O", "json").table("components")
    found = {row["component"]: Decimal(row["earned"]) for row in rows if row["key"] == "E1"}
    # 5.01 is left of 421.70; on its own day 3,333.33 pounds at 1.3 go back
    assert found == {"cash": Decimal("-416.69"), "team": Decimal("-433.33")}


def test_receipts_and_refunds_take_the_rate_of_the_day_their_contract_was_signed(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "w", RECEIPTS.replace("on: receipt-date", "on: signing-date"))
    bring(shell, "receipts.csv", "receipt", MONEY)
    bring(shell, "fx.csv", "fx-rate", HEAD + "GBP,USD,2026-04-10,1.3\nGBP,USD,2026-05-12,2\nUSD,JPY,2026-05-12,100\n")
    shell("commission", "close", "2026-04", DAY)
    rows = shell("commission", "show", "2026-04", DAY, "-O", "json").table("components")
    credits = {(row["key"], row["component"]): Decimal(row["credit"]) for row in rows}
    assert credits["E1", "cash"] == Decimal("4333.329") + Decimal("50.05")
    assert credits["E2", "cash"] == Decimal("7777.77") + 2 * Decimal("500.005")
    bring(shell, "refunds.csv", "refund", BACK)
    rows = shell("commission", "run", "2026-05", DAY, "-O", "json").table("components")
    found = {row["component"]: Decimal(row["earned"]) for row in rows if row["key"] == "E1"}
    assert found == {"cash": Decimal("-433.33"), "team": Decimal("-433.33")}


GATED = """  gated:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate: 10%
    adds_up_over: month
    refunds: recompute
    needs:
      - {metric: receipts, of: own, over: month, at_least: 4216, looked_at: each-run, meanwhile: hold, if_missed: lost,
         if_undefined: fail}
"""


@pytest.mark.parametrize(("bound", "earned"), [("4217.0458", "421.70"), ("4217.0459", "0")])
def test_a_gate_reads_converted_money_exactly(tmp_path: Path, bound: str, earned: str) -> None:
    last = next(line for line in RECEIPTS.splitlines(keepends=True) if line.startswith("  team:"))
    shell = build_workspace(tmp_path / "w", RECEIPTS.replace(last, GATED.replace("4216", bound)))
    bring(shell, "receipts.csv", "receipt", MONEY)
    bring(shell, "fx.csv", "fx-rate", RATES)
    rows = shell("commission", "run", "2026-04", DAY, "-O", "json").table("components")
    found = {row["component"]: Decimal(row["earned"]) for row in rows if row["key"] == "E1"}
    # 3,333.33 pounds at 1.2501 are 4,166.9958; with 50.05 dollars 4,217.0458
    assert found.get("gated", Decimal(0)) == Decimal(earned)


def test_what_the_example_refuses_is_paid_once_its_plans_say_at_which_rates(tmp_path: Path) -> None:
    """A sale in dollars under the plans in euros: the seller has it, and the manager above, at the month's mean."""
    shell = example("acme", tmp_path / "acme")
    shell("import", "inbox/*")
    for name in ("ae-emea-fy2026", "manager-emea-fy2026"):
        path = shell.folder / "config" / "plans" / f"{name}.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        text = "".join(line for line in lines if "only: {currency" not in line and not line.startswith("exchange:"))
        block = "exchange: {rates: month-average, on: receipt-date, if_missing: stop}\n"
        path.write_text(text.replace("part_period:", f"{block}part_period:", 1), encoding="utf-8")
    with open_context(find_workspace(shell.folder), today=date(2026, 10, 5)) as context:
        done = compute_period(context, context.parse_period("2026-09"), with_lines=True)
    assert not [one for one in done.problems if one.severity == "error"]
    paid = []
    for one in done.computed:
        for name in one.plan.require().components:
            lines = [line for line in one.inputs.lines if line.component == name]
            assert sum(line.quota_credit for line in lines) == sum(
                each.quota_credit for each in one.inputs.credits if each.component == name
            )
            paid += [(one.payee.name, line) for line in lines if line.exchanged is not None]
    assert {name for name, _ in paid} == {"Luca Moretti", "Katrin Vogel"}
    for _, line in paid:
        was = line.exchanged
        assert was is not None and was.currency == "USD" and was.rate.count == 1
        assert line.quota_credit == exchange(was.credit, was.rate.factor) < was.credit


LEAVERS = """leavers:
  receipts_after_last_day: {own_share: 40%, for_days: 90, rest_to: house}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""


def test_what_a_leaver_leaves_in_pounds_is_the_house_s_in_pounds(tmp_path: Path) -> None:
    shell = build_workspace(tmp_path / "w", RECEIPTS + LEAVERS)
    bring(shell, "people-2.csv", "person", "Employee Number,Full Name,Left\nE1,Ann Lee,2026-04-15\n")
    bring(shell, "receipts.csv", "receipt", MONEY)
    bring(shell, "fx.csv", "fx-rate", RATES)
    rows = shell("commission", "run", "2026-04", DAY, "-O", "json").table("components")
    found = {row["component"]: Decimal(row["credit"]) for row in rows if row["key"] == "E1"}
    # 40 % of 4,166.9958 (3,333.33 pounds at 1.2501) and of 50.05 dollars
    assert found["cash"] == Decimal("1666.79832") + Decimal("20.02")
    said = shell("commission", "run", "2026-04", DAY, "--lang", "en", "--width", "250").out
    (line,) = (line for line in said.splitlines() if "11,111.10 GBP" in line)
    assert "2,000.00 the house's" in line  # 60 % of 3,333.33 pounds, to the cent
