"""Each likely mistake of another sheet is found by making it; what no mistake explains has no cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import CreditLine, CreditSum, Grade, PayeeInputs
from salescli.core.commission.likely import Side, find_cause, with_added, with_credits
from salescli.core.periods import month_of
from salescli.policy.plans import load_plan
from salescli.reports.commission.comparison import WORDS, cause_words
from tests.unit.commission.plans import SMALL

MARCH = month_of(date(2026, 3, 1))
GRADED = SMALL.replace(
    "    refunds: recompute\n",
    """    refunds: recompute
    times:
      - grade_from: kpi
        over: quarter
        which: same-quarter
        until_known: 1.0
        once_known: true-up
        without_grade: 1.0
        table: {A: 1.2, C: 0.7}
""",
)


def line(key, amount, month=3, **more):
    share = more.pop("share", Decimal(1))
    credit = Decimal(amount) * share
    return CreditLine("sales", date(2026, month, 10), key, credit, credit, Decimal(amount), share, **more)


LINES = (
    line("R1", 300_000, month=1, kind="receipt"),
    line("R2", 120_000.50, kind="receipt", customer="海港"),
    line("R3", 90_000, kind="receipt", contract="K1", share=Decimal("0.5")),
    line("R4", 61_000, kind="receipt"),
    line("T1", -40_000, month=1, kind="refund", happened=date(2026, 3, 5)),
)


def inputs(lines=LINES, **more):
    sums = tuple(CreditSum("sales", one.date.replace(day=1), one.pay_credit, one.quota_credit) for one in lines)
    return PayeeInputs("P", credits=sums, lines=lines, **more)


def side(text=SMALL, known=None, **more):
    plan, known = load_plan(text).require(), known or inputs()
    return Side(plan, known, compute_payee(plan, known, MARCH), MARCH, **more)


def theirs(ours, known):
    """What a sheet says that makes a mistake all along, and paid January and February rightly."""
    wrong = compute_payee(ours.plan, known, MARCH)
    moved = wrong.component("sales").earned_to_date - ours.result.component("sales").earned_to_date
    return ours.result.earned + moved


def test_nothing_is_said_of_a_figure_that_no_mistake_explains():
    assert find_cause([side()], Decimal("12345.67")) is None


def test_a_mistake_that_changes_nothing_does_not_explain_a_cent():
    ours = side(gross=inputs())
    assert find_cause([ours], ours.result.earned - Decimal("0.01")) is None


def test_a_receipt_is_missing_there():
    ours = side()
    cause = find_cause([ours], theirs(ours, with_credits(ours.inputs, [(LINES[1], Decimal(0))])))
    assert cause is not None and cause.name == "missing-there"
    assert cause_words(cause).zh == "表里漏了 R2 海港 120,000.5"


def test_two_receipts_are_missing_there():
    ours = side()
    both = [(LINES[1], Decimal(0)), (LINES[3], Decimal(0))]
    cause = find_cause([ours], theirs(ours, with_credits(ours.inputs, both)))
    assert cause is not None and [text.split()[0] for text in cause.values[0][1]] == ["R2", "R4"]


def test_a_refund_is_not_taken_off():
    ours = side()
    cause = find_cause([ours], theirs(ours, with_credits(ours.inputs, [(LINES[4], Decimal(0))])))
    assert cause is not None and (cause.name, cause.values) == ("refund-ignored", (("keys", ("T1",)),))


@pytest.mark.parametrize(("owned", "counted"), [(frozenset({"K1"}), 90_000), (frozenset(), 0)])
def test_a_share_is_ignored(owned, counted):
    ours = side(owned=owned)
    cause = find_cause([ours], theirs(ours, with_credits(ours.inputs, [(LINES[2], Decimal(counted))])))
    assert cause is not None and (cause.name, cause.values) == ("share-ignored", (("keys", ("K1",)),))


def test_amounts_with_tax():
    taxed = tuple(replace(one, pay_credit=one.pay_credit * Decimal("1.06")) for one in LINES)
    ours = side(gross=inputs(taxed))
    cause = find_cause([ours], theirs(ours, inputs(taxed)))
    assert cause is not None and cause.name == "gross"


def test_a_grade_is_not_applied():
    known = inputs(grades=(Grade("kpi", date(2026, 1, 1), "C", date(2026, 3, 1)),))
    ours = side(GRADED, known)
    cause = find_cause([ours], theirs(ours, replace(known, grades=())))
    assert cause is not None and (cause.name, cause.values) == ("grade-not-applied", (("grade", "C"),))


def test_another_rate():
    ours = side()
    credit = ours.result.component("sales").pay_credit
    cause = find_cause([ours], (credit * Decimal("0.025")).quantize(Decimal("0.01")))
    assert cause is not None and cause.name == "another-rate" and dict(cause.values)["rate"] == Decimal("0.025")
    assert "2.5 %" in cause_words(cause).en


def test_a_receipt_of_somebody_else_is_counted_there():
    other = line("R9", 77_777, kind="receipt", with_others="赵磊")
    ours = side(others=(other,))
    cause = find_cause([ours], theirs(ours, with_added(ours.inputs, other)))
    assert cause is not None and cause_words(cause).zh == "表里多算 R9 77,777(赵磊)"


def test_every_cause_has_its_words():
    import re
    from pathlib import Path

    import salescli.core.commission.likely as module

    named = set(re.findall(r'Cause\("([a-z-]+)"', Path(module.__file__).read_text(encoding="utf-8")))
    assert named <= set(WORDS) and len(named) > 8
