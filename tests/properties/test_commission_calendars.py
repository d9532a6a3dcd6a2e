"""Days that turn out to be worked or not: a window keeps the days that its first closed run knew, so figures add up."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditSum, PayeeInputs
from salescli.core.commission.posting import with_posted
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan

RUNS = 6
PLAN = """
format: 1
plan: days
title: days
for: {{role: seller}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
rates_in_force_on: receipt-date
part_period: {{count: working-days, scale: [thresholds, limits, fixed-amounts]}}
components:
  sales:
    type: tiered
    pays_on: sales
    credit: own
    adds_up_over: {window}
    tier_by: amount
    apply: {apply}
    tiers: [from 0: 3%, "from 2,000": 7%]
    refunds: recompute
    at_most: {cap}
{least}
limits: [{{at_most: {limit}, of: sales, over: {over}, excess: lost}}]
payout: {{below_zero: carry, round_to: 0.01}}
"""
WINDOWS = st.sampled_from(["month", "quarter", "year"])
DAYS = st.integers(0, 364).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
CALENDARS = st.dictionaries(DAYS, st.booleans(), max_size=8)


def month(number):
    return date(2026, number, 1)


@st.composite
def plans(draw):
    text = PLAN.format(
        window=draw(WINDOWS),
        over=draw(WINDOWS),
        apply=draw(st.sampled_from(["slice-by-slice", "all-at-rate-reached", "new-at-rate-reached"])),
        cap=draw(st.integers(50, 400)),
        limit=draw(st.integers(50, 400)),
        least=draw(st.sampled_from(["", "    at_least: 40"])),
    )
    return load_plan(text).require()


@st.composite
def histories(draw):
    """The credits of each month, what each run knows of the calendar, and the days somebody is on the plan."""
    amounts = st.integers(-50_000, 400_000).map(lambda cents: Decimal(cents).scaleb(-2))
    credits = draw(st.lists(st.tuples(st.integers(1, RUNS), amounts), max_size=8))
    known = [draw(CALENDARS)]
    for _ in range(1, RUNS):
        known.append(known[-1] | (draw(CALENDARS) if draw(st.booleans()) else {}))
    return credits, known, draw(DAYS.filter(lambda day: day.month < 4))


def close_all(plan, history):
    """Close every month with the calendar that it knows; return the results."""
    credits, known, start = history
    inputs, results = PayeeInputs("P"), []
    for run in range(1, RUNS + 1):
        inputs = PayeeInputs(
            person="P",
            start=start,
            opening=month(1),
            credits=tuple(CreditSum("sales", month(m), a, a) for m, a in credits if month(m) >= start and m <= run),
            working=known[run - 1],
            worked={month(one): known[one - 1] for one in range(1, run) if known[one - 1] != known[run - 1]},
            frozen={month(one): plan for one in range(1, run)},
            posted=inputs.posted,
            posted_runs=inputs.posted_runs,
        )
        results.append(compute_payee(plan, inputs, month_of(month(run))))
        inputs = with_posted(inputs, results[-1])
    return results


@settings(max_examples=200, deadline=None)
@given(plans(), histories())
def test_what_a_window_posted_is_what_it_has_earned_to_date(plan, history):
    posted = {}
    window = {"month": 1, "quarter": 3, "year": 12}[plan.components["sales"].adds_up_over]
    for run, result in enumerate(close_all(plan, history)):
        (sales,) = result.components
        assert not sales.differences, "nothing came late"
        posted[run // window] = posted.get(run // window, Decimal(0)) + sales.earned
        assert posted[run // window] == sales.earned_to_date


@settings(max_examples=60, deadline=None)
@given(plans(), histories())
def test_a_window_that_began_in_a_closed_month_is_not_moved_by_the_calendar(plan, history):
    """A year pays what it would have paid had nobody touched the calendar after its first month."""
    plan = plan.model_copy(update={"components": {"sales": replace_window(plan, "year")}, "limits": ()})
    credits, known, start = history
    first = next(index for index in range(RUNS) if start < month(index + 2))
    same = [*known[: first + 1], *[known[first]] * (RUNS - first - 1)]
    moved, still = (close_all(plan, (credits, days, start)) for days in (known, same))
    assert [one.earned for one in moved] == [one.earned for one in still]


def replace_window(plan, window):
    return plan.components["sales"].model_copy(update={"adds_up_over": window})
