"""`commission cost`: the lines add up to what the runs earned, and the accrual is open × share × the rate now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Report, Table
from salescli.errors import Refused, UsageError
from salescli.services.commission.closing import close_period
from salescli.services.commission.costing import CostAsked, show_cost
from salescli.services.commission.running import run_commission
from salescli.services.commission.stored import find_run, load_payees
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

HEAD = """format: 1
plan: {name}
title: {{zh: 方案, en: Plan}}
for: {{role: {role}}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
"""
SALES = """
  sales:
    type: tiered
    pays_on: receipts-net
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 1%
      - from 1,000: 2%
    refunds: recompute
    at_most: 30
  deals: {type: per-unit, pays_on: contracts-signed, credit: own, amount: 7, shared_unit: divide, refunds: recompute}
"""
TEAM = """
  team:
    type: rate
    pays_on: receipts
    credit: team
    team: {depth: everyone-below, own_deals: left-out, base: gross}
    rate: 0.5%
    refunds: recompute
"""
FOOT = "payout: {below_zero: carry, round_to: 0.01}\n"
CONTRACTS = [
    {"number": "C1", "signed": "2026-01-05", "owner": "Ann", "amount": 2260, "net_stated": 2000, "product": "Cloud"},
    {"number": "C2", "signed": "2026-01-06", "owner": "Bob", "amount": 1000, "product": "Chair"},
    {"number": "C3", "signed": "2026-05-06", "owner": "Bob", "amount": 9999},
]
RECEIPTS = [
    {"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": 565, "net_stated": 500},
    {"number": "R2", "date": "2026-01-12", "contract": "C2", "amount": 300},
    {"number": "R3", "date": "2026-02-12", "contract": "C1", "amount": 1130, "net_stated": 1000},
    {"number": "R4", "date": "2026-02-13", "amount": 50},
]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    workspace = create_workspace(tmp_path, "test", "CNY", "en")
    for name, role, text in (("reps", "rep", SALES), ("heads", "head", TEAM)):
        path = workspace.config / "plans" / f"{name}.yaml"
        path.write_text(HEAD.format(name=name, role=role) + text + FOOT, encoding="utf-8")
    with open_context(workspace, today=date(2026, 4, 5), create=True) as context:
        load(context.store, "team", [{"name": "North"}, {"name": "South"}])
        people = [{"number": str(at + 1), "name": name} for at, name in enumerate(("Ann", "Bob", "Eva"))]
        load(context.store, "person", people)
        seat = {"from": "2025-01-01", "team": "North", "role": "rep", "manager": "3"}
        later = {"person": "2", "from": "2026-02-01", "team": "South", "role": "rep", "manager": "3"}
        head = {"person": "3", "from": "2025-01-01", "team": "North", "role": "head"}
        load(context.store, "assignment", [{"person": "1", **seat}, {"person": "2", **seat}, later, head])
        load(context.store, "product", [{"name": "Cloud", "line": "IT"}, {"name": "Chair", "line": "Office"}])
        load(context.store, "contract", CONTRACTS)
        load(context.store, "credit-split", [
            {"contract": "C1", "person": "1", "share": "60%"}, {"contract": "C1", "person": "2", "share": "40%"},
        ])  # fmt: skip
        load(context.store, "receipt", RECEIPTS)
        yield context


def cost(context: Context, period: str, *by: str, metric: str = "receipts-gross") -> Report:
    return show_cost(context, CostAsked(context.parse_period(period), by, metric))


def table(report: Report, name: str) -> Table:
    return next(one for one in report.blocks if isinstance(one, Table) and one.name == name)


def rows(report: Report, name: str = "cost") -> dict[Any, tuple[Any, ...]]:
    found = table(report, name)
    width = next(at for at, column in enumerate(found.columns) if column.key == "commission")
    return {tuple(getattr(one, "en", one) for one in row[:width]): row[width:] for row in found.rows}


def earned(context: Context, *months: str) -> Decimal:
    runs = [find_run(context, context.parse_period(month)) for month in months]
    return sum((one.result.earned for run in runs if run for one in load_payees(context, run)), Decimal(0))


def commission(report: Report) -> Decimal:
    return sum((row[0] for row in rows(report).values()), Decimal(0))


BYS = [("team",), ("product",), ("team", "product"), ("person", "line"), ("customer",), ()]


@pytest.mark.parametrize("by", BYS, ids="-".join)
def test_lines_add_up_to_what_the_runs_earned_with_differences_and_limits(
    context: Context, by: tuple[str, ...]
) -> None:
    close_period(context, context.parse_period("2026-01"))
    load(context.store, "receipt", [{"number": "L1", "date": "2026-01-20", "contract": "C2", "amount": 77}])
    run_commission(context, context.parse_period("2026-02"))
    report = cost(context, "2026-Q1", *by)
    assert commission(report) == earned(context, "2026-01", "2026-02") != 0
    receipts = sum((row[1] for row in rows(report).values()), Decimal(0))
    assert receipts == 565 + 300 + 1130 + 50  # as the runs of their months knew it: L1 came after January's
    if by:
        assert table(report, "cost").total[len(by)] == commission(report)


def test_transactions_carry_commission_to_their_product_and_the_team_of_their_day(context: Context) -> None:
    for month in ("2026-01", "2026-02"):
        close_period(context, context.parse_period(month))
    found = {key: row[0] for key, row in rows(cost(context, "2026-02", "team", "product")).items()}
    # R3: Ann 600 at 1 %, 6.00 North; Bob 400 at 1 %, in February South, 4.00; Eva 0.5 % of 1,130
    assert found[("North", "Cloud")] == Decimal("6.00") + Decimal("5.65")
    assert found[("South", "Cloud")] == Decimal("4.00")


def test_what_a_late_fact_posts_is_of_its_transaction(context: Context) -> None:
    close_period(context, context.parse_period("2026-01"))
    load(context.store, "receipt", [{"number": "L1", "date": "2026-01-20", "contract": "C2", "amount": 100}])
    run_commission(context, context.parse_period("2026-02"))
    found = rows(cost(context, "2026-02", "product"))
    assert found[("Chair",)][0] == Decimal("1.50")  # Bob 1 %, Eva 0.5 %
    assert rows(cost(context, "2026-02", "team", "product"))[("North", "Chair")][0] == Decimal("1.50")  # of that day


def test_a_month_by_itself_tells_what_it_posted_again_of_the_first(context: Context) -> None:
    for month, number, amount in (("2026-01", "L1", 100), ("2026-02", "L2", 200)):
        close_period(context, context.parse_period(month))
        load(context.store, "receipt", [{"number": number, "date": "2026-01-20", "contract": "C2", "amount": amount}],
             feed=number)  # fmt: skip
    run_commission(context, context.parse_period("2026-03"))
    assert rows(cost(context, "2026-03", "product"))[("Chair",)][0] == Decimal("3.00")
    assert rows(cost(context, "2026-Q1", "product"))[("Chair",)][0] == Decimal("4.50") + Decimal("11.50")


def test_adjustments_by_hand_are_of_nothing_that_was_sold(context: Context) -> None:
    by_hand = {"number": "A1", "person": "Ann", "month": "2026-01", "amount": 500, "reason": "display"}
    load(context.store, "adjustment", [by_hand])
    run_commission(context, context.parse_period("2026-01"))
    assert commission(cost(context, "2026-01", "person")) == earned(context, "2026-01") + 500
    assert rows(cost(context, "2026-01", "product"))[("(none)",)][0] == 500
    assert ("North", "(none)") in rows(cost(context, "2026-01", "team", "product"))


def accrual(report: Report) -> dict[tuple[str, str], dict[str, str]]:
    return {(one["person"], one["contract"]): one for one in report.data["accrual"]}


def test_accrual_is_open_times_share_times_the_rate_now(context: Context) -> None:
    run_commission(context, context.parse_period("2026-02"))
    found = accrual(cost(context, "2026-02", "team"))
    assert set(found) == {("Ann", "C1"), ("Bob", "C1"), ("Bob", "C2"), ("Eva", "C1"), ("Eva", "C2")}  # C3: signed later
    # C1: 2,260 − 565 − 1,130 = 565 open, 2,000/2,260 of it without tax = 500; Ann has 900, below 1,000
    assert found["Ann", "C1"] | {"rate": "1/100"} == found["Ann", "C1"]
    assert (found["Ann", "C1"]["open"], found["Ann", "C1"]["credit"]) == ("565.00", "300.0000")
    assert found["Ann", "C1"]["accrual"] == "3.00"
    assert found["Bob", "C1"]["accrual"] == "2.00"
    assert found["Bob", "C2"]["accrual"] == "7.00"  # 700 open, no tax known
    assert found["Eva", "C2"]["accrual"] == "3.50"  # with tax, of the people below


def test_rate_is_that_of_the_tier_reached_and_nothing_beyond_a_cap(context: Context) -> None:
    load(context.store, "receipt", [{"number": "R8", "date": "2026-02-20", "owner": "Ann", "amount": 400}])
    load(context.store, "receipt", [{"number": "R9", "date": "2026-02-20", "owner": "Bob", "amount": 5000}])
    run_commission(context, context.parse_period("2026-02"))
    found = accrual(cost(context, "2026-02"))
    assert (found["Ann", "C1"]["rate"], found["Ann", "C1"]["accrual"]) == ("1/50", "6.00")
    assert (found["Bob", "C1"]["rate"], found["Bob", "C1"]["accrual"]) == ("0", "0.00")


def test_what_cannot_be_answered_is_said(context: Context) -> None:
    with pytest.raises(Refused) as refused:
        cost(context, "2026-03", "team")
    assert refused.value.problems[0].name == "cost-no-run"
    run_commission(context, context.parse_period("2026-02"))
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"by": ("colour",)}, "cost-by"),
        ({"by": (), "metric": "nothing"}, "unknown-metric"),
        ({"by": (), "metric": "win-rate"}, "cost-not-money"),
        ({"by": (), "metric": "average-deal"}, "cost-not-money"),
    ]
    for asked, name in wrong:
        with pytest.raises(UsageError) as caught:
            cost(context, "2026-02", *asked["by"], metric=asked.get("metric", "receipts"))
        assert caught.value.problems[0].name == name
