"""Manual adjustments: taken before holdback and draw, outside everything that is earned; put right later."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salescli.core.commission.adjusting import Adjustment
from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditSum, Deduction, PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan
from tests.unit.commission.plans import HEAD, SMALL

D = Decimal
CAPPED = (
    HEAD
    + """components:
  sales: {type: rate, pays_on: receipts, credit: own, rate: 10%, refunds: recompute}
limits: [{at_most: 400, of: sales, over: month, excess: lost}]
payout: {below_zero: carry, round_to: 0.01}
"""
)
DRAWN = (
    HEAD
    + """components:
  sales: {type: rate, pays_on: receipts, credit: own, rate: 10%, refunds: recompute}
payout:
  draw: {tops_up_to: 1000, for_months: 12, recover: nothing}
  deductions: {at_most: 20% of pay}
  below_zero: carry
  round_to: 0.01
"""
)


def month(number):
    return date(2026, number, 1)


def by_hand(number, amount, key="A1", **more):
    return Adjustment(key, month(number), D(amount), reason="陈列奖", author="李总", **more)


def sold(*amounts):
    return tuple(CreditSum("sales", month(n), D(amount), D(amount)) for n, amount in enumerate(amounts, 1))


def run(text, inputs, number):
    return compute_payee(load_plan(text).require(), inputs, month_of(month(number)))


def closed(text, inputs, through):
    """Return what is known after the runs of the first months were closed on the same facts."""
    for number in range(1, through + 1):
        inputs = with_posted(inputs, run(text, inputs, number))
    return inputs


def lines(result):
    return [(one.key, f"{one.period:%m}", str(one.amount), one.change) for one in result.adjustments]


def test_an_adjustment_is_paid_beside_what_is_earned():
    result = run(SMALL, PayeeInputs("P", credits=sold("100000"), adjustments=(by_hand(1, "500"),)), 1)
    assert (result.earned, result.by_hand, result.payable) == (D("3000.00"), D(500), D("3500.00"))
    assert lines(result) == [("A1", "01", "500", "")]


def test_limits_do_not_see_it():
    result = run(CAPPED, PayeeInputs("P", credits=sold("9000"), adjustments=(by_hand(1, "500"),)), 1)
    assert (result.earned, result.payable) == (D("400.00"), D("900.00"))


def test_below_zero_it_is_carried_like_pay():
    inputs = PayeeInputs("P", credits=sold("1000", "10000"), adjustments=(by_hand(1, "-200"),))
    first = run(SMALL, inputs, 1)
    assert (first.payable, first.carried_out) == (D("0.00"), D("-170.00"))
    assert run(SMALL, with_posted(inputs, first), 2).payable == D("130.00")


def test_the_draw_tops_up_what_is_left_to_it_and_deductions_see_it():
    inputs = PayeeInputs(
        "P", credits=sold("3000"), adjustments=(by_hand(1, "300"),), deductions=(Deduction(month(1), D(250)),)
    )
    result = run(DRAWN, inputs, 1)
    assert result.balance is not None
    assert (result.balance.topped_up, result.balance.deducted) == (D("400.00"), D("200.00"))
    assert result.payable == D("800.00")


def test_one_of_a_closed_month_is_a_late_fact():
    inputs = closed(SMALL, PayeeInputs("P", credits=sold("1000", "1000")), 1)
    result = run(SMALL, replace(inputs, adjustments=(by_hand(1, "500"),)), 2)
    assert lines(result) == [("A1", "01", "500", "late")]
    assert result.payable == D("530.00")


@pytest.mark.parametrize(
    "now, told",
    [
        ([by_hand(1, "450")], [("A1", "01", "-50", "changed")]),
        ([], [("A1", "01", "-500", "removed")]),
        ([by_hand(2, "500")], [("A1", "01", "-500", "removed"), ("A1", "02", "500", "")]),
        ([by_hand(3, "500")], [("A1", "01", "-500", "removed")]),
        ([by_hand(1, "500", approved_by="王总")], []),
    ],
)
def test_what_closed_runs_posted_is_put_right(now, told):
    inputs = closed(SMALL, PayeeInputs("P", credits=sold("1000", "1000"), adjustments=(by_hand(1, "500"),)), 1)
    result = run(SMALL, replace(inputs, adjustments=tuple(now)), 2)
    assert lines(result) == told


def test_what_is_taken_back_still_says_what_it_was():
    inputs = closed(SMALL, PayeeInputs("P", adjustments=(by_hand(1, "500"),)), 1)
    (line,) = run(SMALL, replace(inputs, adjustments=()), 2).adjustments
    assert (line.reason, line.author, line.stands) == ("陈列奖", "李总", D(0))


def test_a_guarantee_is_never_paid_twice_for_a_late_adjustment():
    inputs = closed(DRAWN, PayeeInputs("P", credits=sold("5000", "20000")), 1)
    assert inputs.posted_runs[0].payable == D("1000.00")
    result = run(DRAWN, replace(inputs, adjustments=(by_hand(1, "300"),)), 2)
    assert result.payable == D("2000.00")


def test_one_before_the_first_month_paid_is_listed_not_taken():
    inputs = PayeeInputs("P", opening=month(3), credits=sold("1000"), adjustments=(by_hand(2, "500"),))
    result = run(SMALL, inputs, 3)
    assert result.adjustments == ()
    assert [one.name for one in result.notes] == ["adjustment-before-first-run"]


def test_one_before_the_persons_first_month_is_of_that_month():
    inputs = PayeeInputs("P", start=month(3), opening=month(1), adjustments=(by_hand(2, "500"),))
    assert lines(run(SMALL, inputs, 3)) == [("A1", "02", "500", "late")]


def test_a_result_without_adjustments_does_not_speak_of_them():
    assert '"adjustments"' not in run(SMALL, PayeeInputs("P", credits=sold("1000")), 1).to_json()
    assert '"adjustments"' in run(SMALL, PayeeInputs("P", adjustments=(by_hand(1, "1"),)), 1).to_json()


def test_it_is_rounded_as_pay_is_when_it_is_taken():
    given = (by_hand(1, "5.005"), by_hand(1, "-7.125", key="A2"), by_hand(1, "3", key="A3"))
    result = run(SMALL, PayeeInputs("P", credits=sold("1000"), adjustments=given), 1)
    assert lines(result) == [("A1", "01", "5.01", ""), ("A2", "01", "-7.13", ""), ("A3", "01", "3", "")]
    assert result.payable == D("30.88")
    assert [(one.name, *dict(one.parts).values()) for one in result.notes] == [
        ("adjustment-rounded", "A1", D("5.005"), D("5.01")),
        ("adjustment-rounded", "A2", D("-7.125"), D("-7.13")),
    ]


def test_a_deduction_is_rounded_too():
    inputs = PayeeInputs("P", credits=sold("90000"), deductions=(Deduction(month(1), D("10.005"), "K9"),))
    result = run(DRAWN, inputs, 1)
    assert result.balance is not None
    assert (result.balance.deducted, result.payable) == (D("10.01"), D("8989.99"))
    assert [(one.name, *dict(one.parts).values()) for one in result.notes] == [
        ("deduction-rounded", "K9", D("10.005"), D("10.01"))
    ]


def test_one_that_was_rounded_is_not_changed_later():
    inputs = closed(SMALL, PayeeInputs("P", credits=sold("1000", "1000"), adjustments=(by_hand(1, "5.005"),)), 1)
    second = run(SMALL, inputs, 2)
    assert (second.adjustments, second.notes) == ((), ())
