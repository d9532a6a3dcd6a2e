"""The law of runs: whatever becomes known when, what has been posted in all is what today's facts earn, recomputed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditLine, CreditSum, Grade, PayeeInputs, QuotaMonth, Reading
from salescli.core.commission.posting import with_posted
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan

RUNS = 8
GRAINS = ["month", "quarter", "year"]
PAYOUT = """payout:
  holdback: [{keep: 10%, of: sales, until: contract.accepted_on, without_date: keep-and-list}]
  below_zero: carry
  round_to: 0.01
"""
AMOUNTS = st.integers(-200_000, 900_000).map(lambda cents: Decimal(cents).scaleb(-2))


def month(number):
    return date(2026, number, 1)


def plan_text(window, apply, tier_by, needs, times, extra):
    quota = "    when_quota_is_zero: {rate: 2%}\n    when_quota_changes: from-then-on\n" if tier_by != "amount" else ""
    tiers = (
        "[from 0%: 3%, from 80%: 5%, from 120%: 8%]" if quota else '[above 0: 3%, "above 3,000": 5%, "above 9,000": 8%]'
    )
    return f"""
format: 1
plan: laws
title: laws
for: {{role: seller}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales:
    type: tiered
    pays_on: sales
    credit: own
    adds_up_over: {window}
    tier_by: {tier_by}
    apply: {apply}
    tiers: {tiers}
    refunds: recompute
{quota}{needs}{times}
{extra}
"""


@st.composite
def plans(draw):
    window = draw(st.sampled_from(["month", "quarter", "year"]))
    apply = draw(st.sampled_from(["slice-by-slice", "all-at-rate-reached", "new-at-rate-reached"]))
    by = draw(
        st.sampled_from(
            ["amount"] + [f"{{attainment_of: sales, of: own, quota: {q}}}" for q in ("full-window", "to-date")]
        )
    )
    needs = ""
    if draw(st.booleans()):
        looked = draw(st.sampled_from(["each-run", "window-end"]))
        missed = draw(st.sampled_from(["lost", "lost-unpaid", "keep-held", "lowest-tier"]))
        needs = f"""    needs:
      - metric: rate
        of: own
        over: {draw(st.sampled_from(["month", "quarter", "year"]))}
        at_least: 50%
        looked_at: {looked}
        meanwhile: {draw(st.sampled_from(["hold", "pay"]))}
        if_missed: {missed}
        if_undefined: {draw(st.sampled_from(["pass", "fail"]))}
"""
    times = ""
    if draw(st.booleans()):
        times = f"""    times:
      - grade_from: kpi
        over: quarter
        which: {draw(st.sampled_from(["same-quarter", "previous-quarter"]))}
        until_known: {draw(st.sampled_from(["1.0", "0.8", "hold"]))}
        once_known: {draw(st.sampled_from(["true-up", "from-then-on"]))}
        without_grade: 1.0
        table: {{A: 1.25, D: 0}}
"""
    limits = ""
    if draw(st.booleans()):
        over = draw(st.sampled_from([*GRAINS, "each-transaction"]))
        excess = "lost" if over == "each-transaction" else draw(st.sampled_from(["lost", "next-window"]))
        limits = f"limits: [{{at_most: 400, of: sales, over: {over}, excess: {excess}}}]\n"
    return load_plan(plan_text(window, apply, by, needs, times, limits + PAYOUT)).require()


@st.composite
def histories(draw):
    """Facts with the run in which each becomes known."""
    months = st.integers(1, RUNS)
    credits = draw(st.lists(st.tuples(months, AMOUNTS, st.integers(0, 4)), max_size=10))
    quotas = draw(st.lists(st.tuples(months, st.integers(0, 4000), st.integers(1, RUNS)), max_size=6))
    grades = [(quarter, draw(st.sampled_from("AD")), draw(months)) for quarter in (1, 4, 7) if draw(st.booleans())]
    readings = [
        (one, draw(st.integers(0, 100)), draw(st.integers(0, 2))) for one in range(1, RUNS + 1) if draw(st.booleans())
    ]
    return credits, quotas, grades, readings


def inputs_at(history, run):
    credits, quotas, grades, readings = history
    known = [(m, amount, number) for number, (m, amount, late) in enumerate(credits) if m + late <= run]
    return PayeeInputs(
        person="P",
        credits=tuple(CreditSum("sales", month(m), amount, amount) for m, amount, _ in known),
        lines=tuple(
            CreditLine("sales", month(m), f"R{number}", amount, amount, contract=f"C{number % 3}")
            for m, amount, number in known
        ),
        quotas=tuple(QuotaMonth("sales", month(m), Decimal(q), month(since)) for m, q, since in quotas),
        grades=tuple(Grade("kpi", month(q), grade, month(known_in)) for q, grade, known_in in grades),
        readings=tuple(
            Reading("rate", month(m), Decimal(n), Decimal(100)) for m, n, late in readings if m + late <= run
        ),
        contract_dates={("C0", "accepted_on"): date(2026, 5, 20), ("C1", "accepted_on"): date(2026, 7, 1)},
    )


def run_all(plan, history):
    posted = PayeeInputs("P")
    results = []
    for run in range(1, RUNS + 1):
        inputs = replace(
            inputs_at(history, run),
            posted=posted.posted,
            posted_kept=posted.posted_kept,
            posted_runs=posted.posted_runs,
        )
        result = compute_payee(plan, inputs, month_of(month(run)))
        results.append(result)
        posted = with_posted(inputs, result)
    return results


@settings(max_examples=150)
@given(plans(), histories())
def test_what_was_posted_is_what_the_facts_of_today_earn(plan, history):
    results = run_all(plan, history)
    again = compute_payee(plan, inputs_at(history, RUNS), month_of(month(RUNS)))
    assert sum(one.earned for one in results) == again.earned
    assert sum(one.kept_change for one in results) == again.kept_change
    paid = sum(one.payable for one in results) + results[-1].carried_out
    assert paid == again.earned - again.kept_change
    assert all(one.kept_to_date >= 0 for result in results for one in result.kept)


@settings(max_examples=60)
@given(plans(), histories())
def test_lines_add_up_and_the_same_facts_give_the_same_bytes(plan, history):
    for result in run_all(plan, history):
        for one in result.components:
            assert sum(line.amount for line in one.lines) == one.own
            assert one.own + sum(each.amount for each in one.differences) == one.earned
    shuffled = inputs_at(history, RUNS)
    turned = replace(shuffled, credits=shuffled.credits[::-1], lines=shuffled.lines[::-1], quotas=shuffled.quotas)
    upto = month_of(month(RUNS))
    assert compute_payee(plan, shuffled, upto).to_json() == compute_payee(plan, turned, upto).to_json()


@settings(max_examples=60)
@given(plans(), histories(), AMOUNTS, st.integers(1, RUNS))
def test_a_receipt_and_its_full_refund_leave_no_trace(plan, history, amount, when):
    plain = inputs_at(history, RUNS)
    both = tuple(CreditSum("sales", month(when), sign * amount, sign * amount, refund=sign < 0) for sign in (1, -1))
    upto = month_of(month(RUNS))
    bare = replace(plain, lines=())
    with_both = replace(bare, credits=(*plain.credits, *both))
    assert compute_payee(plan, with_both, upto).earned == compute_payee(plan, bare, upto).earned
