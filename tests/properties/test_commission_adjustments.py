"""Manual adjustments that come, change, move and go while months are closed: what was paid is what stands today."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.commission.adjusting import Adjustment
from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditSum, Deduction, PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan

RUNS = 6
MONTHS = st.integers(1, RUNS)
AMOUNTS = st.integers(-150_000, 300_000).map(lambda cents: Decimal(cents).scaleb(-2))
DRAWS = [
    "",
    "  draw: {tops_up_to: 800, for_months: 6, recover: nothing}\n",
    "  draw: {tops_up_to: 500, for_months: 3, recover_from_month: 3, recover: 50% of pay above the draw,"
    " at_plan_end: owed}\n",
]
PLAN = """format: 1
plan: by-hand
title: by hand
for: {{role: seller}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales: {{type: rate, pays_on: sales, credit: own, rate: 10%, refunds: recompute}}
limits: [{{at_most: 900, of: sales, over: quarter, excess: lost}}]
payout:
{draw}{deductions}  below_zero: {below}
  round_to: 0.01
"""


def month(number):
    return date(2026, number, 1)


@st.composite
def plans(draw):
    deductions = draw(st.sampled_from(["", "  deductions: {at_most: 30% of pay}\n"]))
    text = PLAN.format(
        draw=draw(st.sampled_from(DRAWS)), deductions=deductions, below=draw(st.sampled_from(["carry", "list"]))
    )
    return load_plan(text).require()


@st.composite
def histories(draw):
    """What is known in each run: credits late or in time, and adjustments that anybody may rewrite at any time."""
    credits = draw(st.lists(st.tuples(MONTHS, AMOUNTS, st.integers(0, 3)), max_size=6))
    deductions = draw(st.lists(st.tuples(MONTHS, st.integers(1, 400)), max_size=2))
    known, states = {}, []
    for _ in range(RUNS):
        for _ in range(draw(st.integers(0, 2))):
            key = draw(st.sampled_from("ABC"))
            if known.get(key) is not None and draw(st.booleans()):
                known[key] = None
            else:
                known[key] = (draw(MONTHS), draw(AMOUNTS))
        states.append({key: said for key, said in known.items() if said is not None})
    return credits, deductions, states


def inputs_at(history, run):
    credits, deductions, states = history
    return PayeeInputs(
        person="P",
        credits=tuple(CreditSum("sales", month(m), a, a) for m, a, late in credits if m + late <= run),
        deductions=tuple(Deduction(month(m), Decimal(a), f"D{n}") for n, (m, a) in enumerate(deductions)),
        adjustments=tuple(Adjustment(key, month(m), a) for key, (m, a) in sorted(states[run - 1].items())),
    )


def run_all(plan, history):
    inputs = PayeeInputs("P")
    results = []
    for run in range(1, RUNS + 1):
        inputs = replace(inputs_at(history, run), posted=inputs.posted, posted_runs=inputs.posted_runs)
        results.append(compute_payee(plan, inputs, month_of(month(run))))
        inputs = with_posted(inputs, results[-1])
    return results


def standing(history):
    """Return what stands today, of the months that were run."""
    return sum(amount for _, amount in history[2][-1].values())


def alone(plan, history):
    """Pay every month by the facts of today, as if they had always been known."""
    fixed = (
        [(m, a, 0) for m, a, late in history[0] if m + late <= RUNS], history[1], [history[2][-1]] * RUNS
    )  # fmt: skip
    return run_all(plan, fixed)


@settings(max_examples=150)
@given(plans(), histories())
def test_what_was_posted_of_adjustments_is_what_stands_today(plan, history):
    results = run_all(plan, history)
    assert sum(one.by_hand for one in results) == standing(history)
    by_key = {}
    for result in results:
        for line in result.adjustments:
            mark = (line.key, line.period)
            by_key[mark] = by_key.get(mark, 0) + line.amount
    now = {(key, month(m)): amount for key, (m, amount) in history[2][-1].items() if amount}
    assert {mark: amount for mark, amount in by_key.items() if amount} == now


@settings(max_examples=200)
@given(plans(), histories())
def test_paid_and_carried_is_one_recomputation(plan, history):
    results = run_all(plan, history)
    for one in results:
        between = one.balance.adjusted if one.balance is not None else 0
        net = one.earned + one.by_hand - one.kept_change + one.carried_in + between
        assert net == one.payable + one.carried_out + one.listed
    again = alone(plan, history)
    assert not any(one.balance.earlier for one in again if one.balance is not None)
    paid, afresh = (
        sum(one.payable + one.listed for one in found) + found[-1].carried_out for found in (results, again)
    )
    assert paid == afresh


@settings(max_examples=60)
@given(plans(), histories())
def test_what_is_earned_does_not_see_them(plan, history):
    credits, deductions, _ = history
    plain = run_all(plan, (credits, deductions, [{}] * RUNS))
    assert [one.components for one in run_all(plan, history)] == [one.components for one in plain]
