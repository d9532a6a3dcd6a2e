"""Somebody who shared a plan's pool before the first day on it: those runs pay the shares, and nothing else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.groups.derived import member_plan
from salescli.core.commission.groups.model import Group, GroupAmount
from salescli.core.commission.inputs import Adjustment, Deduction, PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.commission.series import build_series
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan
from tests.errors.group_plans import POOL
from tests.unit.commission.plans import HEAD

D = Decimal
JANUARY = date(2026, 1, 1)
PAYOUTS = {
    "plain": "  below_zero: carry\n",
    "draw": "  draw: {tops_up_to: 5_000, recover: 50% of pay above the draw,\n"
    "    recover_from_month: 2, at_plan_end: owed}\n  below_zero: carry\n",
    "guarantee": "  draw: {tops_up_to: 5_000, recover: nothing}\n  below_zero: carry\n",
    "advance": "  draw: {advance: 500}\n  below_zero: carry\n",
    "kept": "  holdback: [{of: [sales], keep: 10%, until: 2026-12-31}]\n  below_zero: carry\n",
    "limited": "  below_zero: carry\nlimits: [{at_most: 300, of: [sales], over: month, excess: lost}]\n",
    "deductions": "  deductions: {at_most: 20% of pay}\n  below_zero: carry\n",
}


def plan_of(payout):
    text = f"{HEAD}components:\n  sales:\n{POOL.replace('over: quarter', 'over: month')}payout:\n  round_to: 0.01\n"
    return load_plan(text + PAYOUTS[payout]).require()


def month(number):
    return date(2026, number, 1)


def shares(amounts):
    """A share for each (run, month of the pot)."""
    found = tuple(GroupAmount("sales", month(run), month(of), D(amount)) for run, of, amount in amounts)
    return Group(amounts=found, settled=frozenset({"sales"}))


def as_member(inputs, day):
    """Return the inputs of a run in which nobody knows that the person will be on the plan."""
    known = tuple(one for one in inputs.group.amounts if one.run <= day)
    return replace(inputs, start=JANUARY, group=replace(inputs.group, amounts=known), deductions=())


def run(plan, inputs, number, first):
    """Compute one run: before the first day on the plan as a member, who is not on it."""
    day = month(number)
    if month_of(day).end <= first:
        return compute_payee(member_plan(plan), as_member(inputs, day), month_of(day))
    known = tuple(one for one in inputs.group.amounts if one.run <= day)
    return compute_payee(plan, replace(inputs, group=replace(inputs.group, amounts=known)), month_of(day))


@pytest.mark.parametrize(
    ("payout", "payable", "carried"),
    [("plain", 0, 0), ("draw", 5000, 0), ("guarantee", 5000, 0), ("advance", 0, -500), ("kept", 0, 0)],
)
def test_there_is_no_draw_and_no_holdback_before_the_first_day(payout, payable, carried):
    plan, first = plan_of(payout), month(3)
    inputs = PayeeInputs("P", start=first, opening=JANUARY, group=shares([(1, 1, 400), (2, 2, 400)]))
    for number in (1, 2):
        inputs = with_posted(inputs, run(plan, inputs, number, first))
    assert [one.payable for one in inputs.posted_runs] == [400, 400]
    march = run(plan, inputs, 3, first)
    assert (march.payable, march.carried_out, march.kept_change) == (payable, carried, 0)


def test_shares_of_runs_before_the_first_day_are_there_when_nothing_is_posted():
    plan = plan_of("plain")
    inputs = PayeeInputs("P", start=date(2026, 3, 10), group=shares([(1, 1, 400), (2, 2, 500), (4, 1, -50)]))
    series = build_series(plan, inputs, month_of(month(4)))
    assert [one.start for one in series.timeline.runs] == [month(number) for number in (1, 2, 3, 4)]
    assert [series.earned("sales", number) for number in range(4)] == [400, 500, 0, -50]


amounts = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(-90_000, 90_000).map(lambda cents: D(cents) / 100)),
    max_size=8,
).map(lambda rows: [(max(run, of), of, amount) for run, of, amount in rows])
first_days = st.sampled_from([JANUARY, date(2026, 2, 1), date(2026, 3, 10), date(2026, 4, 30), date(2026, 6, 1)])


@given(amounts, first_days, st.sampled_from(list(PAYOUTS)), st.booleans())
def test_month_by_month_is_all_months_at_once(rows, first, payout, has_others):
    """Whatever somebody was paid as a member, the recomputation of all months comes to what was posted."""
    plan = plan_of(payout)
    inputs = PayeeInputs("P", start=first, opening=JANUARY, group=shares(rows))
    if has_others:
        months = [n for n in (3, 5) if month(n) >= first.replace(day=1)]  # an earlier one is of the first run there is
        by_hand = tuple(Adjustment(f"A{n}", month(n), D(n * 70 - 200), reason="x", author="x") for n in months)
        inputs = replace(inputs, deductions=(Deduction(date(2026, 6, 3), D(120)),), adjustments=by_hand)
    by_month = inputs
    for number in range(1, 6):
        by_month = with_posted(by_month, run(plan, by_month, number, first))
    last = run(plan, by_month, 6, first)
    at_once = run(plan, inputs, 6, first)
    posted = [*by_month.posted_runs, *with_posted(inputs, last).posted_runs]
    series = build_series(plan, inputs, month_of(month(6)))
    recomputed = sum(series.earned("sales", number) for number in range(len(series.timeline.runs)))
    assert sum(one.earned for one in by_month.posted) + last.earned == recomputed
    assert sum(one.amount for one in by_month.posted_kept) + last.kept_change == at_once.kept_change
    paid = sum(one.payable for one in posted)
    assert paid + last.carried_out == at_once.payable + at_once.carried_out
