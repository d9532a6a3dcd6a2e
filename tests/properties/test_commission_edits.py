"""An edited plan file is a dated one: numbers edited after closing hold from the first month that was not closed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditLine, CreditSum, Grade, PayeeInputs, Reading
from salescli.core.commission.posting import with_posted
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan

RUNS = 6
AMOUNTS = st.integers(-100_000, 600_000).map(lambda cents: Decimal(cents).scaleb(-2))


def month(number):
    return date(2026, number, 1)


def plan_of(numbers, window, apply, blocks, on="receipt-date"):
    """A plan with numbers as they are written: plain ones, or maps of days."""
    needs = """    needs:
      - {metric: rate, of: own, over: quarter, at_least: BOUND, looked_at: each-run, meanwhile: hold,
         if_missed: lost, if_undefined: pass}
"""
    times = """    times:
      - {grade_from: kpi, over: quarter, which: same-quarter, until_known: 1.0, once_known: true-up,
         without_grade: 1.0, table: FACTORS}
"""
    limits = "limits: [{at_most: LIMIT, of: sales, over: year, excess: lost}]\n"
    text = f"""
format: 1
plan: edits
title: edits
for: {{role: seller}}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
rates_in_force_on: {on}
part_period: nothing-scaled
components:
  sales:
    type: tiered
    pays_on: sales
    credit: own
    adds_up_over: {window}
    tier_by: amount
    apply: {apply}
    tiers: TIERS
    refunds: recompute
{"    at_most: CAP" if "cap" in blocks else ""}
{needs if "needs" in blocks else ""}{times if "times" in blocks else ""}
{limits if "limits" in blocks else ""}payout: {{below_zero: carry, round_to: 0.01}}
"""
    for name, value in numbers.items():
        text = text.replace(name, value)
    found = load_plan(text)
    assert found.plan is not None, found.problems
    return found.plan


def tiers(low, high):
    return f'[from 0: {low}%, "from 2,000": {high}%]'


@st.composite
def edits(draw):
    """Two versions of a plan's numbers, and the month from which the second holds."""
    one, two = (
        {
            "TIERS": tiers(draw(st.integers(1, 9)), draw(st.integers(1, 9))),
            "CAP": str(draw(st.integers(50, 400))),
            "LIMIT": str(draw(st.integers(50, 400))),
            "BOUND": f"{draw(st.integers(20, 80))}%",
            "FACTORS": f"{{A: 1.{draw(st.integers(0, 9))}, D: 0.{draw(st.integers(0, 9))}}}",
        }
        for _ in range(2)
    )
    since = draw(st.integers(2, RUNS))
    dated = {name: f"{{2026-01-01: {one[name]}, {month(since)}: {two[name]}}}" for name in one}
    window = draw(st.sampled_from(["month", "quarter", "year"]))
    apply = draw(st.sampled_from(["slice-by-slice", "all-at-rate-reached", "new-at-rate-reached"]))
    blocks = draw(st.sets(st.sampled_from(["cap", "needs", "times", "limits"])))
    on = draw(st.sampled_from(["receipt-date", "signing-date"]))
    return [plan_of(each, window, apply, blocks, on) for each in (one, two, dated)], since


@st.composite
def histories(draw):
    months = st.integers(1, RUNS)
    credits = draw(st.lists(st.tuples(months, AMOUNTS, st.integers(0, 3), st.integers(0, 4)), max_size=8))
    grades = [(quarter, draw(st.sampled_from("AD")), draw(months)) for quarter in (1, 4) if draw(st.booleans())]
    return credits, grades, [(one, draw(st.integers(0, 100))) for one in range(1, RUNS + 1)]


def inputs_at(history, run, on):
    """What a run knows; a contract is signed in the month of its receipt, or some months before."""
    credits, grades, readings = history
    known = [(m, amount, number) for number, (m, amount, late, _) in enumerate(credits) if m + late <= run]
    signed = [month(max(1, m - before)) if on == "signing-date" else None for m, _, _, before in credits]
    return PayeeInputs(
        person="P",
        credits=tuple(CreditSum("sales", month(m), amount, amount, priced=signed[n]) for m, amount, n in known),
        lines=tuple(CreditLine("sales", month(m), f"R{n}", amount, amount, priced=signed[n]) for m, amount, n in known),
        grades=tuple(Grade("kpi", month(q), grade, month(known_in)) for q, grade, known_in in grades),
        readings=tuple(Reading("rate", month(m), Decimal(n), Decimal(100)) for m, n in readings if m <= run),
    )


def close_all(history, plan_in):
    """Close every month by the plan of its time; return what each earned."""
    posted, earned = PayeeInputs("P"), []
    for run in range(1, RUNS + 1):
        inputs = replace(
            inputs_at(history, run, plan_in(run).rates_in_force_on),
            posted=posted.posted,
            posted_kept=posted.posted_kept,
            posted_runs=posted.posted_runs,
            frozen={month(one): plan_in(one) for one in range(1, run)},
        )
        result = compute_payee(plan_in(run), inputs, month_of(month(run)))
        earned.append(result.earned)
        posted = with_posted(inputs, result)
    return earned


@settings(max_examples=200, deadline=None)
@given(edits(), histories())
def test_an_edited_file_pays_as_a_dated_one(edited, history):
    (one, two, dated), since = edited
    assert close_all(history, lambda run: one if run < since else two) == close_all(history, lambda _: dated)


PLAIN = {"TIERS": tiers(3, 3), "CAP": "6_000", "LIMIT": "6_000", "BOUND": "70%", "FACTORS": "{A: 1.2, D: 0.5}"}


@pytest.mark.parametrize(
    ("blocks", "edit", "credits", "grades", "reading", "wanted"),
    [
        # 3 x 50,000 at 3 %, then 10 %, a grade of 1.2 known in March: 5,000 x 1.2 and a fifth of the 3,000 paid
        (["times"], {"TIERS": tiers(10, 10)}, [50_000] * 3, [(1, "A", 3)], 100, [1500, 1500, 6600]),
        # held in January and February at 3 %, let through in March at 10 %
        (["needs"], {"TIERS": tiers(10, 10)}, [50_000] * 3, [], 0, [0, 0, 8000]),
        # 900 and 1,600 posted; March earns 3,900 at the new rate, and 3,500 are left of the cap of 6,000
        (["limits"], {"TIERS": tiers(10, 10)}, [30_000, 53_333.33, 39_000], [], 100, [900, 1600, 3500]),
        (["cap"], {"TIERS": tiers(10, 10)}, [30_000, 53_333.33, 39_000], [], 100, [900, 1600, 3500]),
        (["limits"], {"TIERS": tiers(1, 1)}, [30_000, 53_333.33, 390_000], [], 100, [900, 1600, 3500]),
        # a cap that is raised takes in what it had cut off: to date 6,500 of 7,000
        (["limits"], {"LIMIT": "7_000"}, [100_000, 110_000, 0, 6_666.67], [], 100, [3000, 3000, 300, 200]),
    ],
)
def test_what_an_edit_does_to_gates_factors_and_caps(blocks, edit, credits, grades, reading, wanted):
    """Each by hand; the edit holds from March on."""
    old = plan_of(PLAIN, "year", "slice-by-slice", blocks)
    new = plan_of({**PLAIN, **edit}, "year", "slice-by-slice", blocks)
    known = [(number, Decimal(str(amount)), 0, 0) for number, amount in enumerate(credits, 1)]
    readings = [(1, reading), (2, reading), (3, 300 - 2 * reading)]
    found = close_all((known, grades, readings), lambda run: old if run < 3 else new)
    assert found[: len(wanted)] == wanted
