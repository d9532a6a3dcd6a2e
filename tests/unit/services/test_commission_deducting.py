"""Deductions of somebody who changes plan inside a month: each is taken once."""

from tests.unit.services.crediting import computed, crediting, seat
from tests.unit.store_support import load

PAYOUT = "payout: {deductions: {at_most: 50% of pay}, below_zero: carry, round_to: 0.01}\n"
SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"


def given(context, *days):
    load(context.store, "assignment", [seat("王芳", "2026-03-16", "高级")], feed="promoted")
    load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
    dates = ("2026-03-10", "2026-03-20", "2026-04-10")
    rows = [{"number": f"R{day}", "date": day, "contract": "C1", "amount": "1000"} for day in dates]
    load(context.store, "receipt", rows)
    taken = [
        {"number": f"K{day}", "person": "王芳", "date": day, "amount": amount, "reason": "样机"} for day, amount in days
    ]
    load(context.store, "deduction", taken)


def deducted(context, month):
    results = [one.result for one in computed(context, month).computed if one.payee.name == "王芳"]
    return {one.plan: str(one.balance.deducted) for one in results if one.balance and one.balance.deducted}


def test_a_month_of_two_plans_takes_each_deduction_on_the_plan_of_its_day(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),), payout=PAYOUT) as context:
        given(context, ("2026-03-05", "30"), ("2026-03-25", "20"))
        assert deducted(context, "2026-03") == {"trial": "30.00", "trial-高级": "20.00"}


def test_a_later_one_is_the_new_plan_s(tmp_path):
    with crediting(tmp_path, SALES, others=(("高级", SALES),), payout=PAYOUT) as context:
        given(context, ("2026-04-25", "20"))
        assert deducted(context, "2026-03") == {}
        assert deducted(context, "2026-04") == {"trial-高级": "20.00"}
