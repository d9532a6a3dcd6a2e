"""The run of one payee: closed months do not move, differences name their cause, explanations say what was computed."""

import ast
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import salescli.core.commission as package
from salescli.core.commission.engine import compute_payee
from salescli.core.commission.explain import build_payee_trace
from salescli.core.commission.explain_steps import STEP_WORDS
from salescli.core.commission.inputs import CreditLine, CreditSum, Grade, PayeeInputs, QuotaMonth, Reading, Term
from salescli.core.commission.needs import cut_days, needs_of
from salescli.core.commission.note_words import NOTE_WORDS, note_words
from salescli.core.commission.posting import with_posted
from salescli.core.commission.result import Note
from salescli.core.periods import FiscalCalendar, month_of
from salescli.policy.plans import load_plan
from tests.unit.commission.plans import FULL, SMALL

SOURCE = Path(package.__path__[0])


def month(number):
    return date(2026, number, 1)


def credit(number, amount, component="sales", **more):
    return CreditSum(component, month(number), Decimal(amount), Decimal(amount), **more)


def run(plan, inputs, number):
    return compute_payee(plan, inputs, month_of(month(number)))


def test_editing_a_plan_never_moves_a_closed_month():
    old = load_plan(SMALL).require()
    new = load_plan(SMALL.replace("from 0: 3%", "from 0: 4%")).require()
    inputs = PayeeInputs("P", credits=(credit(1, 100_000), credit(2, 100_000)))
    january = run(old, inputs, 1)
    february = run(new, replace(with_posted(inputs, january), frozen={month(1): old}), 2)
    assert january.earned == 3000
    assert february.earned == february.component("sales").own == 4000
    restated = run(new, with_posted(inputs, january), 2)
    assert [one.amount for one in restated.component("sales").differences] == [1000]


def test_a_late_fact_of_someone_who_joined_after_the_opening_is_posted():
    plan = load_plan(SMALL).require()
    known = PayeeInputs("P", start=month(2), opening=month(1), credits=(credit(2, 100_000),))
    february = run(plan, known, 2)
    later = replace(with_posted(known, february), credits=(credit(2, 150_000),))
    march = run(plan, later, 3)
    assert [(one.period, one.amount) for one in march.component("sales").differences] == [(month(2), 1500)]


def test_a_late_fact_uses_the_plan_of_its_closed_run():
    old = load_plan(SMALL).require()
    new = load_plan(SMALL.replace("from 0: 3%", "from 0: 4%")).require()
    inputs = PayeeInputs("P", credits=(credit(1, 100_000),))
    closed = with_posted(inputs, run(old, inputs, 1))
    late = replace(closed, credits=(*inputs.credits, credit(1, 50_000)), frozen={month(1): old})
    (difference,) = run(new, late, 2).component("sales").differences
    assert (difference.period, difference.amount, difference.cause) == (month(1), Decimal("1500.00"), "credits")
    assert difference.credit_change == 50_000


def test_a_component_that_the_plan_lost_still_has_its_late_facts():
    two = SMALL.replace(
        "payout:", "  extra: {type: rate, pays_on: receipts, credit: own, rate: 1%, refunds: recompute}\npayout:"
    )
    old, new = load_plan(two).require(), load_plan(SMALL).require()
    inputs = PayeeInputs("P", credits=(credit(1, 1000, "extra"),))
    closed = with_posted(inputs, run(old, inputs, 1))
    late = replace(closed, credits=(credit(1, 3000, "extra"),), frozen={month(1): old})
    assert run(new, late, 2).component("extra").earned == 20


def test_a_changed_quota_is_named_as_the_cause():
    text = SMALL.replace("tier_by: amount", "tier_by: {attainment_of: receipts, of: own, quota: full-window}")
    text = text.replace("from 500,000", "from 100%").replace("from 0:", "from 0%:")
    text = text.replace(
        "    refunds", "    when_quota_is_zero: nothing\n    when_quota_changes: from-then-on\n    refunds"
    )
    plan = load_plan(text).require()
    quota = QuotaMonth("receipts", month(1), Decimal(50_000))
    inputs = PayeeInputs("P", credits=(credit(1, 100_000),), quotas=(quota,))
    january = run(plan, inputs, 1)
    assert january.earned == 1500 + 2500
    moved = replace(with_posted(inputs, january), quotas=(replace(quota, amount=Decimal(100_000)),))
    (difference,) = run(plan, moved, 2).component("sales").differences
    assert (difference.amount, difference.cause) == (Decimal("-1000.00"), "other-facts")


def test_a_quarterly_plan_pays_by_quarter():
    plan = load_plan(SMALL.replace("pay: monthly", "pay: quarterly")).require()
    inputs = PayeeInputs("P", credits=(credit(1, 300_000), credit(3, 300_000), credit(5, 100_000)))
    quarters = [FiscalCalendar().quarter(2026, number) for number in (1, 2)]
    first = compute_payee(plan, inputs, quarters[0])
    assert first.earned == 15_000 + 5_000
    assert compute_payee(plan, with_posted(inputs, first), quarters[1]).earned == 5_000


def test_a_plan_of_a_fiscal_year_adds_up_over_the_fiscal_year():
    text = SMALL.replace("2026-01-01", "2025-04-01").replace("2026-12-31", "2027-03-31")
    plan = load_plan(text).require()
    inputs = PayeeInputs("P", FiscalCalendar(4), credits=(credit(3, 600_000), credit(4, 100_000)))
    march = run(plan, inputs, 3)
    april = run(plan, with_posted(inputs, march), 4)
    assert (march.earned, april.earned) == (20_000, 3_000)
    assert april.component("sales").position_after == 100_000


def test_nothing_below_zero_is_paid_and_the_balance_is_recovered_first():
    plan = load_plan(SMALL.replace("recompute", "at-refund-date")).require()
    inputs = PayeeInputs("P", credits=(credit(1, 1000), credit(2, -5000), credit(3, 10_000)))
    results = []
    for number in (1, 2, 3):
        results.append(run(plan, inputs, number))
        inputs = with_posted(inputs, results[-1])
    assert [one.payable for one in results] == [30, 0, 150]
    assert [one.carried_out for one in results] == [0, -150, 0]


def test_the_result_is_canonical_json_without_floats():
    plan = load_plan(SMALL).require()
    text = run(plan, PayeeInputs("P", credits=(credit(1, "0.10"),)), 1).to_json()
    assert text == run(plan, PayeeInputs("P", credits=(credit(1, "0.10"),)), 1).to_json()
    assert '"earned":"0.00"' in text


def full_inputs():
    lines = tuple(
        CreditLine(
            name, date(2026, number, 5), f"{name}-{number}", Decimal(amount), Decimal(amount), Decimal(amount),
            units=Decimal(1), contract="C1", customer="上海港通", source=f"回款.xlsx!回款!{number}",
        )
        for name in ("tiers", "amounts", "override", "flat", "units")
        for number, amount in ((2, 700_000), (3, 900_000), (4, -20_000))
    )  # fmt: skip
    sums = tuple(
        CreditSum(one.component, one.date.replace(day=1), one.pay_credit, one.quota_credit, one.units) for one in lines
    )
    return PayeeInputs(
        "P1",
        credits=sums,
        lines=lines,
        quotas=tuple(
            QuotaMonth("receipts", month(number), Decimal(100_000), level="stretch") for number in range(1, 13)
        ),
        terms=(Term("target-incentive", Decimal(120_000)),),
        grades=(Grade("kpi", date(2025, 10, 1), "A", month(3)), Grade("kpi", month(1), "Z", month(4))),
        readings=(
            Reading("collection-rate", month(2), Decimal(60), Decimal(100), sample=9),
            Reading("collection-rate", month(3), Decimal(72), Decimal(100), start=month(2), sample=9),
        ),
        contract_dates={("C1", "warranty_end"): month(4)},
    )


def test_explanations_are_complete_in_both_languages():
    plan_file = load_plan(FULL, "full.yaml")
    plan, inputs = plan_file.require(), full_inputs()
    said = []
    for number in (2, 3, 4):
        result = run(plan, inputs, number)
        traces = build_payee_trace(plan, result, inputs, plan_file.place)
        pending = [line for trace in traces for line in trace.lines]
        while pending:
            line = pending.pop()
            pending += line.children
            assert line.text.zh.strip() and line.text.en.strip()
            said.append(line)
        inputs = with_posted(inputs, result)
    sources = {line.source for line in said}
    assert "full.yaml:28" in sources  # the tier from 0 %
    assert "回款.xlsx!回款!3" in sources
    assert any("暂存" in line.text.zh for line in said)


def _names_built(call):
    """Every first argument of `Step("…")` and `Note("…")` in the package."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            if called == call or (called == "_nothing" and call == "Note"):
                yield node.args[0].value


def test_every_step_and_note_has_its_words():
    assert set(_names_built("Step")) == set(STEP_WORDS)
    outside = {"credit-after-leaving", "credit-while-away", "credit-before-start", "rest-after-leaving"}
    assert set(_names_built("Note")) | outside == set(NOTE_WORDS)
    with pytest.raises(KeyError):
        note_words(Note("unheard-of"))


def test_what_is_lost_at_the_end_of_a_plan_is_a_decimal():
    """A note outlives its run as text, and is read again as an amount."""
    gate = """    needs:
      - metric: collection-rate
        of: own
        over: quarter
        at_least: 70%
        looked_at: each-run
        meanwhile: hold
        if_missed: keep-held
        if_undefined: pass
"""
    plan = load_plan(SMALL.replace("    refunds: recompute\n", "    refunds: recompute\n" + gate)).require()
    readings = tuple(Reading("collection-rate", month(number), Decimal(1), Decimal(2)) for number in (10, 11, 12))
    result = run(plan, PayeeInputs("P", credits=(credit(12, "1234.5678"),), readings=readings), 12)
    (note,) = result.component("sales").notes
    assert (note.name, note.part("amount")) == ("held-lost", Decimal("37.037034"))
    assert isinstance(note.part("amount"), Decimal)


def test_what_a_plan_needs_is_listed():
    plan = load_plan(FULL).require()
    needs = needs_of(plan, FiscalCalendar(), month_of(month(3)))
    assert needs.quotas == {("receipts", "stretch", "own")}
    assert needs.scorecards == {"kpi"}
    assert needs.terms == {"target-incentive", "performance-base"}
    assert needs.contract_fields == {"warranty_end"}
    assert needs.lines_for == {"tiers", "flat", "amounts", "signed", "units", "spiff", "difference", "pot", "salaries"}
    starts = {(one.metric, one.start, one.month) for one in needs.readings}
    assert ("collection-rate", month(2), month(3)) in starts
    assert cut_days(plan, "flat") == (month(1), month(7))
    assert cut_days(plan, "tiers", [QuotaMonth("receipts", month(1), Decimal(1), month(5), "stretch")])[1] == month(5)


def test_a_person_s_days_cut_the_window():
    plan = load_plan(SMALL).require()
    inputs = PayeeInputs("P", start=month(3), credits=(credit(2, 100), credit(3, 100_000)))
    result = run(plan, inputs, 3).component("sales")
    assert result.window_start == month(3)
    assert result.position_after == 100_000
    assert [one.name for one in result.notes] == ["credit-before-start"]
