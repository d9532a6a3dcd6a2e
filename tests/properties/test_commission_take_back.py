"""Laws of refunds that take back: all of it is all of it, lines add up, the order of facts does not matter."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditLine, CreditSum, Grade, PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan

PLAN = """format: 1
plan: law
title: {{zh: 规律, en: Law}}
for: {{role: seller}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: {window}
    tier_by: amount
    apply: {apply}
    tiers: [from 0: 3.3%, from 1_000: 5.7%, from 5_000: 8%]
    refunds: original-rate
    times:
      - {{grade_from: kpi, over: quarter, which: same-quarter, until_known: {until}, once_known: true-up,
         without_grade: 1.0, table: {{A: 1.17}}}}
{cap}payout: {{below_zero: carry, round_to: 0.01}}
"""
LIMITS = ("", "    at_most: 300\n", "limits: [{at_most: 120, of: sales, over: quarter, excess: lost}]\n")
APPLIES = ("slice-by-slice", "all-at-rate-reached", "new-at-rate-reached")
PLANS = {
    (window, apply, until, cap): load_plan(PLAN.format(window=window, apply=apply, until=until, cap=cap)).require()
    for window in ("month", "quarter", "year", "each-transaction")
    for apply in APPLIES
    for until in ("1.0", "hold")
    for cap in LIMITS
}
DAYS = st.integers(0, 330).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
CENTS = st.integers(1, 300_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def histories(draw):
    """Receipts, each refunded in parts that add up to all of it, on later days."""
    lines = []
    for number, (day, amount) in enumerate(draw(st.lists(st.tuples(DAYS, CENTS), min_size=1, max_size=5))):
        lines.append(CreditLine("sales", day, f"R{number}", amount, amount, amount))
        left = amount
        for part in range(draw(st.integers(1, 3))):
            taken = left if part == 2 else min(left, draw(CENTS))
            later = day + timedelta(days=draw(st.integers(0, 30)))
            if taken:
                lines.append(refund(lines[-1 - part], f"T{number}-{part}", later, taken))
            left -= taken
        if left:
            lines.append(refund(CreditLine("", day, f"R{number}", left, left), f"Z{number}", date(2026, 12, 30), left))
    return lines


def refund(receipt, key, day, amount):
    home = receipt.undoes or receipt.key
    return CreditLine("sales", day, key, -amount, -amount, -amount, kind="refund", undoes=home)


def facts(lines, known):
    """The sums and lines of a run: by day, refunds apart."""
    seen = [one for one in lines if one.date < known]
    sums = tuple(
        CreditSum(
            "sales",
            one.date.replace(day=1),
            one.pay_credit,
            one.quota_credit,
            stretch=one.date,
            refund=bool(one.undoes),
        )
        for one in seen
    )
    return sums, tuple(seen)


def run_all(plan, lines):
    """Close every run of the year; return the results."""
    grades = (
        Grade("kpi", date(2026, 4, 1), "A", date(2026, 7, 1)),
        Grade("kpi", date(2026, 1, 1), "A", date(2026, 3, 1)),
    )
    inputs = PayeeInputs("1", start=plan.start, grades=grades)
    results = []
    for number in range(1, 13):
        run = month_of(date(2026, number, 1))
        sums, seen = facts(lines, run.end)
        inputs = replace(inputs, credits=sums, lines=seen)
        result = compute_payee(plan, inputs, run)
        results.append(result)
        inputs = with_posted(inputs, result)
    return results


@given(st.sampled_from(sorted(PLANS)), histories(), st.randoms())
def test_refunding_all_of_it_takes_back_all_of_it(which, lines, random):
    results = run_all(PLANS[which], lines)
    assert sum(one.earned for one in results) == 0
    for result in results:
        (component,) = result.components
        assert sum(line.amount for line in component.lines) == component.own
        assert not component.differences, "everything came in its own month"
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert [one.to_json() for one in run_all(PLANS[which], shuffled)] == [one.to_json() for one in results]
