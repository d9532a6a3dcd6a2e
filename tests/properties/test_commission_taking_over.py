"""The law of balances that go on: whatever is known when, both plans together come to one recomputation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.handing import hand_over
from salescli.core.commission.inputs import CreditSum, Deduction, PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.commission.taking_over import Handing
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan

PLAN = """format: 1
plan: {name}
title: {{zh: 规律, en: Law}}
for: {{role: seller}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales: {{type: rate, pays_on: receipts, credit: own, rate: 7.3%, refunds: recompute}}
payout: {{{holdback}{draw}{takes}below_zero: carry, round_to: 0.01}}
"""
DRAWS = (
    "",
    "deductions: {at_most: 30% of pay}, ",
    "draw: {tops_up_to: 50, for_months: 2, recover: 60% of pay above the draw, recover_from_month: 2, "
    "at_plan_end: owed}, deductions: {at_most: 30% of pay}, ",
)
KEEPS = ("", "holdback: [{keep: 20%, of: sales, until: 2026-06-15}], ")
PLANS = {
    (draw, keep): tuple(
        load_plan(PLAN.format(name=name, draw=draw, takes=takes, holdback=keep)).require()
        for name, takes in (("old", ""), ("new", "takes_over: old, "))
    )
    for draw in DRAWS
    for keep in KEEPS
}
MONTHS = tuple(date(2026, month, 1) for month in range(1, 10))  # in the last nothing new is known
FROM = date(2026, 4, 1)  # the first day under the new plan
CENTS = st.integers(-400_000, 400_000).map(lambda cents: Decimal(cents) / 100)
facts = st.lists(st.tuples(st.integers(0, 7), CENTS, st.integers(0, 7)), min_size=1, max_size=8)
taken = st.lists(st.tuples(st.integers(0, 7), st.integers(1, 9_000).map(lambda c: Decimal(c) / 100)), max_size=3)


def closed(plans, rows, deductions):
    """Close all months in order, each with what is known then; return all payments and the last balances."""
    old, new = plans
    known = [
        PayeeInputs("P", start=date(2026, 1, 1), end=FROM, opening=MONTHS[0]),
        PayeeInputs("P", start=FROM, opening=MONTHS[0]),
    ]
    paid, last = Decimal(0), ()
    for month in MONTHS:
        here = [(MONTHS[of], amount) for of, amount, when in rows if MONTHS[max(of, when)] <= month]
        due = [Deduction(MONTHS[of].replace(day=5), amount, f"K{n}") for n, (of, amount) in enumerate(deductions)]
        for place, is_mine in enumerate((lambda day: day < FROM, lambda day: day >= FROM)):
            credits = tuple(CreditSum("sales", day, amount, amount) for day, amount in here if is_mine(day))
            mine = tuple(one for one in due if is_mine(one.date)) if plans[place].payout.deductions else ()
            known[place] = replace(known[place], credits=credits, deductions=mine, handing=Handing())
        upto, results = month_of(month), []
        if month >= FROM:
            over = tuple((run, "new") for run in MONTHS if FROM <= run <= month)
            known[0] = replace(known[0], handing=Handing(over))
            left, now = hand_over(old, known[0], upto)
            known[1] = replace(known[1], handing=Handing(brought=left, now=(now,) if now is not None else ()))
            results.append(compute_payee(new, known[1], upto))
        results.insert(0, compute_payee(old, known[0], upto))
        assert sum(one.moved for one in results) == 0 or month < FROM
        for place, result in enumerate(results):
            known[place] = with_posted(known[place], result)
        paid += sum(one.payable for one in results)
        last = results
    return paid, last


@given(st.sampled_from(DRAWS), st.sampled_from(KEEPS), facts, taken)
def test_both_plans_come_to_one_recomputation_and_the_old_one_keeps_no_debt(draw, keep, rows, deductions):
    plans = PLANS[draw, keep]
    paid, last = closed(plans, rows, deductions)
    again, wanted = closed(plans, [(of, amount, 0) for of, amount, _ in rows], deductions)
    assert paid + sum(one.carried_out for one in last) == again + sum(one.carried_out for one in wanted)
    for one, other in zip(last, wanted, strict=True):
        if one.balance is not None:
            assert (one.balance.owed, one.balance.waiting) == (other.balance.owed, other.balance.waiting)
    assert last[0].carried_out == 0 and not last[0].transfers and not last[1].transfers
    assert all(one.balance is None or one.balance.earlier == 0 for one in last), "what was moved stays moved"
    if last[0].balance is not None:
        assert not (last[0].balance.owed or last[0].balance.waiting)
