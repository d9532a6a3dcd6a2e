"""The accrual of contracts for which somebody has a rate of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.services.commission.costing import CostAsked, show_cost
from salescli.services.commission.running import run_commission
from salescli.services.context import Context
from tests.unit.services.crediting import crediting
from tests.unit.store_support import load

RATE = """  sales:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate: 10%
    refunds: recompute
    special_rates: {position: counts}
"""
TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 10%, from 5_000: 20%]
    at_most: 300
    special_rates: {position: left-out}
    refunds: recompute
"""


def grant(context: Context, rate: str, **more: str) -> None:
    said = {"person": "王芳", "from": "2026-01-01", "approved_by": "总经理", "reason": "战略客户", "rate": rate}
    load(context.store, "special-rate", [{**said, **more}], feed=f"granted {rate}")


def signed(context: Context) -> None:
    """Three contracts of 1,000 with 400, 0 and 0 of it received."""
    load(context.store, "customer", [{"name": name} for name in ("甲公司", "乙公司")])
    whose = {"C1": "甲公司", "C2": "甲公司", "C3": "乙公司"}
    day = {"owner": "王芳", "signed": "2026-01-03", "amount": "1000"}
    load(context.store, "contract", [{"number": key, "customer": name, **day} for key, name in whose.items()])
    load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "400", "contract": "C1"}])


def accrued(context: Context) -> dict[str, tuple[str, str]]:
    """Return rate and accrual by contract."""
    month = context.parse_period("2026-01")
    run_commission(context, month)
    report = show_cost(context, CostAsked(month, ("person",), "receipts-gross"))
    found: list[dict[str, str]] = report.data["accrual"]
    return {one["contract"]: (one["rate"], one["accrual"]) for one in found}


def test_contract_and_customer_have_rates_of_their_own(tmp_path: Path) -> None:
    with crediting(tmp_path, RATE) as context:
        signed(context)
        grant(context, "1%", contract="C1")
        grant(context, "2%", customer="甲公司")
        assert accrued(context) == {"C1": ("1/100", "6.00"), "C2": ("1/50", "20.00"), "C3": ("1/10", "100.00")}


@pytest.mark.parametrize("more", [{"through": "2026-01-15"}, {"from": "2026-02-01"}, {"component": "other"}])
def test_a_rate_that_is_not_in_force_then_is_not_accrued_by(tmp_path: Path, more: dict[str, str]) -> None:
    with crediting(tmp_path, RATE) as context:
        signed(context)
        grant(context, "1%", **more)
        assert {rate for rate, _ in accrued(context).values()} == {"1/10"}


def test_what_a_component_does_to_pay_counts_for_special_rates_too(tmp_path: Path) -> None:
    with crediting(tmp_path, TIERS) as context:
        signed(context)
        grant(context, "1%", contract="C1")
        assert accrued(context) == {"C1": ("1/100", "6.00"), "C2": ("1/10", "100.00"), "C3": ("1/10", "100.00")}
        rows = [{"number": "R2", "date": "2026-01-06", "amount": "5000", "owner": "王芳"}]
        load(context.store, "receipt", rows, feed="later")
        assert {rate for rate, _ in accrued(context).values()} == {"0"}  # the cap is reached
