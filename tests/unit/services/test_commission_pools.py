"""Pools of closed months: what a late fact does to a pot, and what is said of it."""

from decimal import Decimal

from salescli.services.commission.closing import close_period
from salescli.services.commission.running import compute_period
from tests.unit.services.crediting import crediting, seat
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"
POT = """  pot:
    type: pool
    pays_on: receipts-gross
    credit: team
    team: {depth: everyone-below, own_deals: counted, base: gross}
    adds_up_over: month
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 2%]
    refunds: recompute
    shares: [{manager: 20%}, {members: 80%}]
    members: {roles: 销售, on: last-day}
    members_by: manager-sheet
    nobody_to_share: back-to-company
"""


def test_a_pot_that_moves_after_its_month_is_closed_says_that_its_sheet_no_longer_spends_it(tmp_path):
    with crediting(tmp_path, SALES, others=(("经理", POT),)) as context:
        moves = [seat("王芳", "2025-06-01", manager="李娜"), seat("李娜", "2025-06-01", role="经理")]
        load(context.store, "assignment", moves, feed="moves")
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "10000", "owner": "王芳"}])
        row = {"pool": "pot", "period": "2026-01", "manager": "李娜", "person": "王芳", "amount": "160"}
        load(context.store, "pool-share", [row])
        january, february = context.parse_period("2026-01"), context.parse_period("2026-02")
        assert not compute_period(context, january).problems
        close_period(context, january)
        assert not compute_period(context, february).problems
        load(context.store, "receipt", [{"number": "R2", "date": "2026-01-06", "amount": "1000", "owner": "王芳"}])
        done = compute_period(context, february)
        (wrong,) = done.problems
        assert (wrong.name, wrong.values["run"], str(wrong.values["amount"])) == (
            "pool-sheet-differs",
            "2026-01",
            "176.00",
        )
        back = {one.payee.name: one.result.earned for one in done.computed if one.plan.name == "trial-经理"}
        assert back == {"李娜": Decimal("-40.00"), "王芳": Decimal("-160.00")}
