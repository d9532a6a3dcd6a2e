"""Pools of closed months: what a late fact does to a pot, and what is said of it."""

from decimal import Decimal

import pytest

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


def given(context, *amounts):
    """王芳 and 赵磊 share a pot of 李娜's, closed in January, as a sheet says."""
    names = ("王芳", "赵磊")
    moves = [seat(name, "2025-06-01", manager="李娜") for name in names]
    load(context.store, "assignment", [*moves, seat("李娜", "2025-06-01", role="经理")], feed="moves")
    load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "10000", "owner": "王芳"}])
    row = {"pool": "pot", "period": "2026-01", "manager": "李娜"}
    rows = [{**row, "person": name, "amount": amount} for name, amount in zip(names, amounts, strict=True)]
    load(context.store, "pool-share", rows)
    close_period(context, context.parse_period("2026-01"))


def moved(context, month="2026-02"):
    done = compute_period(context, context.parse_period(month))
    return {one.payee.name: str(one.result.earned) for one in done.computed if one.plan.name == "trial-经理"}, [
        one.name for one in done.problems
    ]


def test_each_part_of_a_sheet_that_was_paid_moves_in_proportion(tmp_path):
    with crediting(tmp_path, SALES, others=(("经理", POT),)) as context:
        given(context, "100", "60")
        refund = {"number": "T1", "date": "2026-02-06", "amount": "1000", "owner": "王芳", "receipt": "R1"}
        load(context.store, "refund", [refund])
        assert moved(context) == ({"李娜": "-4.00", "王芳": "-10.00", "赵磊": "-6.00"}, ["pool-sheet-moved"])
        load(context.store, "receipt", [{"number": "R2", "date": "2026-01-06", "amount": "2001", "owner": "王芳"}])
        change, said = moved(context)
        assert change == {"李娜": "4.00", "王芳": "10.01", "赵磊": "6.01"}, "176.02 as 100 to 60, to the cent"
        assert said == ["pool-sheet-moved"]
        close_period(context, context.parse_period("2026-02"))
        load(context.store, "receipt", [{"number": "R3", "date": "2026-01-07", "amount": "999", "owner": "王芳"}])
        assert moved(context, "2026-03")[0] == {"李娜": "4.00", "王芳": "9.99", "赵磊": "5.99"}, "and again: 192 in all"


def test_a_new_sheet_for_the_moved_pot_shares_it_as_it_says(tmp_path):
    with crediting(tmp_path, SALES, others=(("经理", POT),)) as context:
        given(context, "100", "60")
        load(context.store, "receipt", [{"number": "R2", "date": "2026-01-06", "amount": "1000", "owner": "王芳"}])
        row = {"pool": "pot", "period": "2026-01", "manager": "李娜"}
        rows = [{**row, "person": "王芳", "amount": "100"}, {**row, "person": "赵磊", "amount": "76"}]
        load(context.store, "pool-share", rows)
        assert moved(context) == ({"李娜": "4.00", "赵磊": "16.00"}, [])


def test_a_pot_that_comes_to_nothing_is_taken_back_whole(tmp_path):
    with crediting(
        tmp_path, SALES, others=(("经理", POT.replace("gross", "net").replace("base: net", "base: gross")),)
    ) as context:
        given(context, "100", "60")
        refund = {"number": "T1", "date": "2026-02-06", "amount": "10000", "owner": "王芳", "receipt": "R1"}
        load(context.store, "refund", [refund])
        assert moved(context)[0] == {"李娜": "-40.00", "王芳": "-100.00", "赵磊": "-60.00"}


@pytest.mark.parametrize(("field", "first", "second"), [("amount", "200", "-40"), ("share", "125%", "-25%")])
def test_a_share_below_zero_pays_nobody_and_is_named_at_its_cell(tmp_path, field, first, second):
    with crediting(tmp_path, SALES, others=(("经理", POT),)) as context:
        moves = [seat(name, "2025-06-01", manager="李娜") for name in ("王芳", "赵磊")]
        load(context.store, "assignment", [*moves, seat("李娜", "2025-06-01", role="经理")], feed="moves")
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "10000", "owner": "王芳"}])
        row = {"pool": "pot", "period": "2026-01", "manager": "李娜"}
        rows = [{**row, "person": "王芳", field: first}, {**row, "person": "赵磊", field: second}]
        told = load(context.store, "pool-share", rows)
        assert [(one.name, one.where.cell) for one in told.notes] == [("pool-share-negative", "E3")]
        done = compute_period(context, context.parse_period("2026-01"))
        (wrong,) = done.problems
        assert (wrong.name, wrong.severity, wrong.values["people"]) == ("pool-sheet-negative", "error", ["赵磊"])
        assert all(one.result.earned == 0 for one in done.computed if one.plan.name == "trial-经理")


def test_a_sheet_that_never_spent_the_pot_is_refused_as_before(tmp_path):
    with crediting(tmp_path, SALES, others=(("经理", POT),)) as context:
        moves = [seat("王芳", "2025-06-01", manager="李娜"), seat("李娜", "2025-06-01", role="经理")]
        load(context.store, "assignment", moves, feed="moves")
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "10000", "owner": "王芳"}])
        close_period(context, context.parse_period("2026-01"))
        row = {"pool": "pot", "period": "2026-01", "manager": "李娜", "person": "王芳", "amount": "150"}
        load(context.store, "pool-share", [row])
        assert moved(context)[1] == ["pool-sheet-differs"]


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
            "pool-sheet-moved",
            "2026-01",
            "176.00",
        )
        back = {one.payee.name: one.result.earned for one in done.computed if one.plan.name == "trial-经理"}
        assert back == {"李娜": Decimal("4.00"), "王芳": Decimal("16.00")}


def test_whoever_shares_two_pots_of_one_window_was_paid_by_both_sheets(tmp_path):
    pot = POT.replace("on: last-day", "on: days-in-seat")
    with crediting(tmp_path, SALES, others=(("经理", pot),)) as context:
        under = [seat("王芳", "2025-06-01", manager="李娜"), seat("王芳", "2026-01-16", manager="赵磊")]
        heads = [seat(name, "2025-06-01", role="经理") for name in ("李娜", "赵磊")]
        load(context.store, "assignment", [*under, *heads], feed="moves")
        keys = ("number", "date", "amount", "owner")
        rows = (("R1", "2026-01-05", "10000", "王芳"), ("R2", "2026-01-20", "20000", "王芳"))
        load(context.store, "receipt", [dict(zip(keys, row, strict=True)) for row in rows])
        row = {"pool": "pot", "period": "2026-01", "person": "王芳"}
        sheets = [{**row, "manager": "李娜", "amount": "160"}, {**row, "manager": "赵磊", "amount": "320"}]
        load(context.store, "pool-share", sheets)
        assert moved(context, "2026-01") == ({"李娜": "40.00", "赵磊": "80.00", "王芳": "480.00"}, [])
        close_period(context, context.parse_period("2026-01"))
        refund = {"number": "T1", "date": "2026-02-06", "amount": "1000", "owner": "王芳", "receipt": "R1"}
        load(context.store, "refund", [refund])
        found, said = moved(context)
        assert {name: amount for name, amount in found.items() if amount != "0.00"} == {
            "李娜": "-4.00",
            "王芳": "-16.00",
        }
        assert said == ["pool-sheet-moved"]


@pytest.mark.parametrize(("nobody", "manager"), [("manager", "200.00"), ("back-to-company", "40.00")])
def test_a_pot_that_nobody_could_be_written_on_needs_no_sheet(tmp_path, nobody, manager):
    pot = POT.replace("back-to-company", nobody)
    with crediting(tmp_path, SALES, others=(("经理", pot),)) as context:
        load(context.store, "assignment", [seat("李娜", "2025-06-01", role="经理")], feed="moves")
        row = {"number": "R1", "date": "2026-01-05", "amount": "10000", "owner": "李娜"}
        load(context.store, "receipt", [row])
        assert moved(context, "2026-01") == ({"李娜": manager}, [])
