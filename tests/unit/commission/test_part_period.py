"""Part of a window: what comes in after the last day falls into windows in which the person has no day."""

from datetime import date
from decimal import Decimal

import pytest

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditSum, PayeeInputs
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan
from tests.unit.commission.plans import HEAD

D = Decimal
LEAVERS = """leavers:
  receipts_after_last_day: {own_share: 50%, for_days: 60, rest_to: house}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""
SALES = """  sales:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: month
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 5%, from 6_000: 8%]
    refunds: recompute
"""
AMOUNTS = SALES.replace("slice-by-slice", "amounts-add-up").replace("5%", "500").replace("8%", "800")
LIMITS = "limits: [{at_most: 310, of: [sales], over: month, excess: lost}]\n"


def plan_of(component, count, scale, more=""):
    head = HEAD.replace("nothing-scaled", f"{{count: {count}, scale: [{scale}]}}")
    payout = "payout:\n  below_zero: carry\n  round_to: 0.01\n"
    if scale == "draw":
        payout += "  draw: {tops_up_to: 1_000, recover: nothing}\n"
    return load_plan(f"{head}components:\n{component}{more}{payout}{LEAVERS}").require()


def paid(plan, end, amount=16_000):
    """Return what February's run pays somebody whose last day is the one before `end`."""
    month = date(2026, 2, 1)
    credit = CreditSum("sales", month, D(amount), D(amount), stretch=date(2026, 2, 20))
    inputs = PayeeInputs("P", start=date(2026, 1, 1), end=end, opening=month, credits=(credit,))
    return compute_payee(plan, inputs, month_of(month)).payable


FLOOR = f"{SALES}    at_least: 900\n"
LOSS = f"{SALES}    at_least: -100\n"
CAP = f"{SALES}    at_most: 310\n"
JANUARY, SUNDAY = date(2026, 2, 1), date(2026, 2, 2)  # the day after the last day: 1 February is a Sunday


@pytest.mark.parametrize(
    ("component", "scale", "more", "amount", "wanted"),
    [
        (SALES, "thresholds", "", 16_000, 460),  # half of it is 8,000: 6,000 at 5 %, 2,000 at 8 %
        (AMOUNTS, "thresholds", "", 16_000, 1300),
        (AMOUNTS, "fixed-amounts", "", 16_000, 0),
        (SALES, "limits", LIMITS, 16_000, 310),
        (CAP, "limits", "", 16_000, 310),
        (FLOOR, "limits", "", 16_000, 460),
        (LOSS, "limits", "", -16_000, 0),
        (SALES, "draw", "", 2_000, 50),
    ],
)
@pytest.mark.parametrize(("count", "end"), [("calendar-days", JANUARY), ("months", JANUARY), ("working-days", JANUARY),
                                            ("working-days", SUNDAY)])  # fmt: skip
def test_a_window_without_a_day_has_whole_thresholds_and_limits(component, scale, more, amount, wanted, count, end):
    assert paid(plan_of(component, count, scale, more), end, amount) == wanted


def test_a_limit_of_losses_stays_whole():
    plan = plan_of(LOSS, "calendar-days", "limits")
    month = date(2026, 2, 1)
    credit = CreditSum("sales", month, D(-16_000), D(-16_000), stretch=date(2026, 2, 20))
    inputs = PayeeInputs("P", start=date(2026, 1, 1), end=JANUARY, opening=month, credits=(credit,))
    assert compute_payee(plan, inputs, month_of(month)).earned == -100
