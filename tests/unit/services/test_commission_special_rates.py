"""Special rates of the store: which credits they are for, from which day to which, and those that count nowhere."""

from decimal import Decimal

import pytest

from salescli.core.commission.terms import SpecialRate
from salescli.errors import ProblemsFound
from salescli.services.commission.checking import check_period
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.running import compute_period
from tests.unit.services.crediting import computed, crediting, earned, seat
from tests.unit.store_support import load

RATE = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%%, refunds: recompute%s}\n"
TAKES = RATE % ", special_rates: {position: counts}"
TIERS = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 3%, from 500_000: 5%]
    special_rates: {position: counts}
    refunds: recompute
"""
CUSTOMERS = ("甲公司", "乙公司")


def receive(context, *rows):
    """Rows of (number, day, amount, customer)."""
    load(context.store, "customer", [{"name": name} for name in CUSTOMERS])
    keys = ("number", "date", "amount", "customer")
    load(context.store, "receipt", [{"owner": "王芳", **dict(zip(keys, row, strict=True))} for row in rows])


def grant(context, *rows):
    said = {"person": "王芳", "from": "2026-01-01", "approved_by": "总经理", "reason": "战略客户"}
    return load(context.store, "special-rate", [{**said, **row} for row in rows])


def test_a_customer_is_paid_at_a_rate_of_its_own_from_day_to_day(tmp_path):
    with crediting(tmp_path, TAKES) as context:
        receive(
            context,
            ("R1", "2026-03-05", "1000", "甲公司"),
            ("R2", "2026-03-31", "1000", "甲公司"),
            ("R3", "2026-03-06", "1000", "乙公司"),
            ("R4", "2026-04-01", "1000", "甲公司"),
        )
        grant(context, {"customer": "甲公司", "rate": "2%", "through": "2026-03-31"})
        assert earned(context, "2026-03") == {"王芳": "140.00"}
        assert earned(context, "2026-04") == {"王芳": "100.00"}


def test_others_credits_reach_higher_tiers_day_by_day(tmp_path):
    with crediting(tmp_path, TIERS) as context:
        receive(
            context,
            ("R1", "2026-01-10", "400000", "乙公司"),
            ("R2", "2026-01-12", "200000", "甲公司"),
            ("R3", "2026-01-20", "100000", "乙公司"),
        )
        grant(context, {"customer": "甲公司", "rate": "1%"})
        assert earned(context, "2026-01") == {"王芳": "19000.00"}
        (one,) = [one for one in computed(context, "2026-01").computed if one.result.earned]
        lines = {line.key: f"{line.amount:.2f}" for line in one.result.component("sales").lines}
        assert lines == {"R1": "13600.00", "R2": "2000.00", "R3": "3400.00"}  # the table's 17,000 by credit


def test_a_refund_has_the_rate_of_its_receipt(tmp_path):
    plan = TAKES.replace("receipts-gross", "receipts-net").replace("recompute", "original-rate")
    with crediting(tmp_path, plan) as context:
        receive(context, ("R1", "2026-01-05", "1000", "甲公司"))
        load(context.store, "refund", [{"number": "F1", "receipt": "R1", "date": "2026-05-05", "amount": "500"}])
        grant(context, {"customer": "甲公司", "rate": "2%", "through": "2026-01-31"})
        assert earned(context, "2026-01") == {"王芳": "20.00"}
        assert earned(context, "2026-05") == {"王芳": "-10.00"}


def test_a_refund_that_names_a_receipt_alone_is_of_the_customer_of_its_contract(tmp_path):
    with crediting(tmp_path, TAKES) as context:
        load(context.store, "customer", [{"name": name} for name in CUSTOMERS])
        load(context.store, "contract", [{"number": "K1", "owner": "王芳", "customer": "甲公司"}])
        load(context.store, "receipt", [{"number": "R1", "contract": "K1", "date": "2026-01-05", "amount": "1000"}])
        load(context.store, "refund", [{"number": "F1", "receipt": "R1", "date": "2026-01-15", "amount": "400"}])
        grant(context, {"customer": "甲公司", "rate": "1%"})
        assert earned(context, "2026-01") == {"王芳": "6.00"}


def test_a_refund_is_theirs_who_have_the_customer_of_its_receipt(tmp_path):
    with crediting(tmp_path, RATE % "") as context:
        load(context.store, "customer", [{"name": "甲公司", "owner": "王芳"}])
        load(context.store, "receipt", [{"number": "R1", "customer": "甲公司", "date": "2026-01-05", "amount": "1000"}])
        load(context.store, "refund", [{"number": "F1", "receipt": "R1", "date": "2026-01-15", "amount": "400"}])
        assert earned(context, "2026-01") == {"王芳": "60.00"}


def test_a_contract_comes_before_a_customer_and_that_before_a_component(tmp_path):
    with crediting(tmp_path, TAKES) as context:
        load(context.store, "customer", [{"name": name} for name in CUSTOMERS])
        load(context.store, "contract", [{"number": "HT1", "customer": "甲公司", "amount": "9000"}])
        receive(
            context,
            ("R1", "2026-03-05", "1000", "甲公司"),
            ("R2", "2026-03-06", "1000", "乙公司"),
        )
        row = {"number": "R3", "date": "2026-03-07", "amount": "1000", "owner": "王芳", "customer": "甲公司"}
        load(context.store, "receipt", [{**row, "contract": "HT1"}])
        grant(
            context,
            {"component": "SALES", "rate": "5%"},
            {"customer": "甲公司", "rate": "2%"},
            {"contract": "HT1", "rate": "0.1%"},
        )
        assert earned(context, "2026-03") == {"王芳": "71.00"}


def test_what_no_component_takes_is_said(tmp_path):
    with crediting(tmp_path, RATE % "") as context:
        receive(context, ("R1", "2026-03-05", "1000", "甲公司"))
        grant(context, {"customer": "甲公司", "rate": "2%"}, {"component": "salse", "rate": "1%"})
        assert earned(context, "2026-03") == {"王芳": "100.00"}
        done = compute_period(context, context.parse_period("2026-03"))
        names = sorted(one.name for one in done.problems if one.name.startswith("special"))
        assert names == ["special-rate-not-taken", "special-rate-other-plan"]
        report = check_period(context, context.parse_period("2026-03")).report
        (checks, *details) = report.blocks
        assert ("特批费率", 2) in [(row[1], row[2]) for row in checks.rows]
        assert len(next(one for one in details if one.name == "special-rates").rows) == 2


def test_two_of_one_rank_on_one_day_stop_the_run(tmp_path):
    with crediting(tmp_path, TAKES) as context:
        receive(context, ("R1", "2026-03-05", "1000", "甲公司"))
        grant(
            context,
            {"customer": "甲公司", "component": "sales", "rate": "2%", "through": "2026-03-01"},
            {"customer": "甲公司", "component": "trial.sales", "from": "2026-03-01", "rate": "1%"},
        )
        with pytest.raises(ProblemsFound) as found:
            compute_period(context, context.parse_period("2026-03"))
        (clash,) = found.value.problems
        assert str(clash.where) == "f.xlsx!Sheet1!3"
        assert (clash.name, str(clash.values["day"])) == ("special-rates-clash", "2026-03-01")
        assert (clash.values["one"], clash.values["other"]) == ("f.xlsx!Sheet1!2", "f.xlsx!Sheet1!3")


def test_who_approved_it_goes_with_the_credit(tmp_path):
    with crediting(tmp_path, TAKES) as context:
        receive(context, ("R1", "2026-03-05", "1000", "甲公司"))
        grant(context, {"customer": "甲公司", "rate": "2%"})
        (one,) = [one for one in computed(context, "2026-03").computed if one.result.earned]
        (line,) = one.inputs.lines
        assert isinstance(line.special, SpecialRate)
        assert (line.special.approved_by, line.special.source) == ("总经理", "f.xlsx!Sheet1!2")
        (step,) = [step for step in one.result.component("sales").steps if step.name == "special-rate"]
        assert (step.part("customer"), step.part("approved_by"), step.source) == ("甲公司", "总经理", "f.xlsx!Sheet1!2")


TEAM = """  team:
    type: rate
    pays_on: receipts-gross
    credit: team
    team: {depth: everyone-below, own_deals: left-out, base: %s}
    rate: 12%%
    refunds: recompute
    special_rates: {position: counts}
"""
LEAVERS = """leavers:
  receipts_after_last_day: {own_share: 0%, for_days: 30, rest_to: manager}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""


def under(context, person, manager):
    load(context.store, "assignment", [seat(person, "2026-01-01", manager=manager)], feed="moves")


@pytest.mark.parametrize(("base", "manager"), [("gross", "50.00"), ("rate-difference", "30.00")])
def test_a_manager_has_a_rate_of_their_own_for_what_the_team_sells(tmp_path, base, manager):
    """2 % of 王芳 are her own; her manager has 5 %, or what is above hers."""
    with crediting(tmp_path, TAKES + TEAM % base) as context:
        under(context, "王芳", "赵磊")
        receive(context, ("R1", "2026-03-05", "1000", "甲公司"))
        grant(
            context,
            {"customer": "甲公司", "component": "sales", "rate": "2%"},
            {"person": "赵磊", "customer": "甲公司", "component": "team", "rate": "5%"},
        )
        assert earned(context, "2026-03") == {"王芳": "20.00", "赵磊": manager}


def test_whoever_takes_over_has_their_own_rate_for_it(tmp_path):
    with crediting(tmp_path, TAKES, LEAVERS) as context:
        under(context, "王芳", "赵磊")
        load(context.store, "person", [{"number": "1", "name": "王芳", "left": "2026-03-31"}], feed="leaving")
        receive(context, ("R1", "2026-03-05", "1000", "甲公司"), ("R2", "2026-04-05", "1000", "甲公司"))
        grant(context, {"customer": "甲公司", "rate": "2%"}, {"person": "赵磊", "customer": "甲公司", "rate": "3%"})
        assert earned(context, "2026-03") == {"王芳": "20.00"}
        assert earned(context, "2026-04") == {"赵磊": "30.00"}


def test_an_edited_special_rate_is_a_late_fact_of_the_closed_month(tmp_path):
    with crediting(tmp_path, TAKES) as context:
        receive(context, ("R1", "2026-01-05", "1000", "甲公司"))
        grant(context, {"customer": "甲公司", "rate": "2%"})
        closed = close_period(context, context.parse_period("2026-01"))
        grant(context, {"customer": "甲公司", "rate": "3%"})
        (one,) = [one for one in computed(context, "2026-02").computed if one.result.earned]
        (late,) = one.result.component("sales").differences
        assert (f"{late.period:%Y-%m}", f"{late.amount:.2f}", late.cause) == ("2026-01", "10.00", "other-facts")
        assert verify_run(context, closed).differing == ()


TIERED = """  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    adds_up_over: each-transaction
    tier_by: amount
    apply: slice-by-slice
    tiers: [from 0: 10%, from 500: 20%]
    special_rates: {position: counts}
    refunds: recompute
"""


@pytest.mark.parametrize(
    "special, lines",  # the table pays 50 + 100 on all of 1,000
    [
        ("", {"C1": "60.00", "C2": "90.00"}),
        ("C1", {"C1": "4.00", "C2": "90.00"}),
        ("C2", {"C1": "60.00", "C2": "6.00"}),
    ],
)
def test_each_contract_of_an_allocated_receipt_has_its_own_rate(tmp_path, special, lines):
    with crediting(tmp_path, TIERED) as context:
        load(context.store, "contract", [{"number": number, "owner": "王芳"} for number in ("C1", "C2")])
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "1000"}])
        parts = [("C1", "400"), ("C2", "600")]
        load(context.store, "allocation", [{"receipt": "R1", "contract": to, "amount": part} for to, part in parts])
        if special:
            grant(context, {"contract": special, "rate": "1%"})
        (result,) = [one.result for one in computed(context, "2026-01").computed if one.payee.name == "王芳"]
        assert {one.contract: f"{one.amount:.2f}" for one in result.component("sales").lines} == lines
        assert result.earned == sum(Decimal(text) for text in lines.values())
