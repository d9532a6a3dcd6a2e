"""What an explanation says: parts of the whole, versions of quotas, every reason for nothing, and the exact steps."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from salescli.core.commission.explain import build_credit_trace, build_trace
from salescli.core.commission.explain_data import explain_data
from salescli.core.commission.explain_matrix import matrix_words
from salescli.core.commission.explain_sources import pay_of_lines
from salescli.core.commission.explain_told import Explained
from salescli.core.commission.explain_why import why_not
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import StatementLine, Step
from salescli.policy.cases import load_cases
from salescli.policy.plans import load_plan
from salescli.services.case.running import run_case
from tests.case_files import ROOT, placed_cases, plans


def case(name):
    for folder in ("conformance", "cases"):
        for placed in placed_cases(ROOT / folder):
            if placed.case.case == name:
                return placed
    raise AssertionError(name)


def ran(name, month=None):
    placed = case(name)
    plan = placed.case.plan if not isinstance(placed.case.plan, str) else plans()[placed.case.plan]
    outcome = run_case(placed, plans().get)
    for result, inputs in zip(outcome.results, outcome.inputs, strict=True):
        if month is None or f"{result.run:%Y-%m}" == month:
            return plan, result, inputs
    raise AssertionError(month)


def place(path):
    return "/".join(map(str, path))


def said(lines, language="en"):
    for line in lines:
        yield line.text.text(language)
        yield from said(line.children, language)


def test_slices_say_their_part_of_the_whole_and_the_blended_rate():
    trace = build_trace(*ran("E4"), "sales", place)
    words = list(said(trace.lines))
    assert "0 → 1,000   1,000.00 × 1 % = 10.00 (0.4 % of the whole)" in words
    assert "1,000 → 2,500   1,500.00 × 2 % = 30.00 (1.2 % of the whole)" in words
    assert "blended 40.00 ÷ 2,500 = 1.6 %" in words


def test_a_quota_says_its_versions_with_where_they_came_from_and_why():
    plan, result, inputs = ran("what was earned before a quota changed stays", "2026-07")
    origins = {
        ("sales", "base", "own", "2026-01"): (("targets.xlsx!a", "signed in January"),),
        ("sales", "base", "own", "2026-07"): (("batch 9", "a second region"),),
    }
    trace = build_trace(plan, result, inputs, "sales", place, origins=origins)
    words = list(said(trace.lines))
    assert "the version effective from 2026-01  2026-01 … 2026-12  1,200,000  signed in January" in words
    assert "the version effective from 2026-07  2026-07 … 2026-12  900,000  a second region" in words
    (quota,) = [line for line in trace.lines[1].children if line.children]
    assert [line.source for line in quota.children] == ["targets.xlsx!a", "batch 9"]


WHY = [
    ("X1 a line through 100 % and 150 %", "2026-01", "sales", "is below the first tier, at 100%"),
    ("P1 gate of 70 %, held and paid", "2026-01", "receipts", "gate collection-rate 65 % < 70 %"),
    ("P1 gate of 70 %, held and paid", "2026-01", "new-customers", "no credits in this run"),
    ("a gate without a reading fails", "2026-01", "sales", "gate quality — < 70 %"),
    ("an open window ends on the last day", "2026-01", "award", "not due before 2026-02-16"),
    ("P1 grade D takes the quarter's pay back", "2026-03", "receipts", "D × 0"),
]


@pytest.mark.parametrize(("name", "month", "component", "words"), WHY)
def test_a_component_that_pays_nothing_says_why_with_a_place(name, month, component, words):
    plan, result, inputs = ran(name, month)
    lines = why_not(Explained(plan, result, inputs, place, {}), result.component(component))
    assert any(words in text for text in said(lines)), list(said(lines))
    assert all(line.source.startswith(f"components/{component}") for line in lines)
    assert all(text.strip() for text in said(lines, "zh"))


def test_what_is_not_in_force_says_so():
    plan, result, inputs = ran("E4")
    over = replace(result, run=date(2027, 1, 1))
    (line,) = why_not(Explained(plan, over, inputs, place, {}), over.component("sales"))
    assert line.text.en == "the plan has ended on 2026-12-31: no new credits"
    text = (ROOT / "conformance" / "e4-marginal-slices.yaml").read_text(encoding="utf-8")
    later = load_cases(text.replace("type: tiered\n", "type: tiered\n      from: 2026-02-01\n"), "x").cases[0].case.plan
    (line,) = why_not(Explained(later, result, inputs, place, {}), result.component("sales"))
    assert line.text.en == "the component begins on 2026-02-01"
    gone = replace(inputs, end=date(2025, 12, 1))
    empty = replace(result.component("sales"), credit=Decimal(0), pay_credit=Decimal(0))
    (line,) = why_not(Explained(plan, result, gone, place, {}), empty)
    assert line.text.en == "on the plan through 2025-11-30 only"


def test_two_parts_of_one_transaction_have_each_their_own_pay():
    """A manager has a deal that two reports share twice; neither part has the other's money."""
    _, result, _ = ran("E4")
    day = date(2026, 1, 5)
    lines = [
        CreditLine("sales", day, "R1", Decimal(70), Decimal(70)),
        CreditLine("sales", day, "R1", Decimal(30), Decimal(30)),
    ]
    amounts = (StatementLine("R1", "", day, Decimal("0.70")), StatementLine("R1", "", day, Decimal("0.30")))
    one = replace(result.component("sales"), lines=amounts)
    paid = pay_of_lines(one, lines)
    assert [pay for _, pay in paid] == [Decimal("0.70"), Decimal("0.30")]
    more = replace(one, lines=(*amounts, StatementLine("R1", "", day, Decimal("0.05"))))
    assert sum(pay for _, pay in pay_of_lines(more, lines)) == Decimal("1.05")
    other = CreditLine("sales", date(2026, 2, 5), "R2", Decimal(1), Decimal(1))
    assert pay_of_lines(one, [other]) == [(other, None)]


def test_one_credit_is_explained_by_the_rules_it_met():
    plan, result, inputs = ran("P1 grade A, true-up", "2026-03")
    (credit,) = [each for each in pay_of_lines(result.component("receipts"), inputs.lines) if each[0].key == "R3"]
    trace = build_credit_trace(plan, result, inputs, credit, place, "P")
    words = list(said(trace.lines))
    assert words[0].startswith("R3  318,000.00 × 100 % = 318,000.00")
    assert "its part of 20,940.00 earned in this run" in words
    assert any("500,000 → 780,000" in text for text in words)
    assert any("A × 1.2" in text for text in words)
    assert any(text.startswith("kept 10 % · C3") for text in words)


def test_the_exact_steps_are_data_with_their_places():
    plan, result, inputs = ran("P1 grade A, true-up", "2026-03")
    found = explain_data(plan, result, inputs, place)
    receipts = found["components"][0]
    slices = [step for step in receipts["steps"] if step["name"] == "slice"]
    assert [(step["value"], step["place"]) for step in slices] == [
        ("1140", "components/receipts/tiers/0"),
        ("14000", "components/receipts/tiers/1"),
    ]
    assert slices[1]["parts"] == {"from": "500000", "to": "780000", "size": "280000", "rate": "1/20"}
    assert [one["key"] for one in receipts["credits"]] == ["R1", "R2", "R3"], "the true-up is also of the earlier ones"
    assert sum(Decimal(one["commission"]) for one in receipts["credits"]) == Decimal(receipts["own"])
    only = explain_data(plan, result, inputs, place, "receipts")
    assert [one["component"] for one in only["components"]] == ["receipts"]


def test_a_plan_of_the_suite_has_a_place_for_every_step():
    file = load_plan(ROOT / "conformance" / "plans" / "account-manager-2026.yaml")
    _, result, inputs = ran("P1 grade A, true-up", "2026-03")
    trace = build_trace(file.require(), result, inputs, "receipts", file.place)
    formula = trace.lines[1]
    assert [line.source.rpartition(":")[2] for line in formula.children if "→" in line.text.en] == ["25", "26"]


def matrix_of(rows, row, columns, column, cell=""):
    parts = (("rows", "attainment"), ("row", row), ("row_bound", rows), ("columns", "receipts"), ("column", column))
    return matrix_words(Step("matrix", Fraction(0), (*parts, ("column_bound", columns), ("cell", cell)), ()))[0].en


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ((Fraction(4, 5), Fraction(79999, 100_000), None, Fraction(140_000)), "79.99 % × receipts 140,000.00: below"),
        ((Fraction(1), None, None, Fraction(140_000)), "attainment — × receipts 140,000.00: without a reading, pays"),
    ],
)
def test_a_matrix_says_its_readings_as_its_table_does(step, words):
    """An amount is no percentage, a reading is not rounded onto what it has not reached, and none is not below."""
    assert words in matrix_of(*step)


def test_a_matrix_tells_its_words_which_side_is_a_percentage():
    _, result, _ = ran("amounts, exactly on a threshold and just below it", "2026-12")
    (step,) = (one for one in result.components[0].steps if one.name == "matrix")
    assert (step.part("row_bound"), step.part("column_bound")) == (Fraction(4, 5), Fraction(1))
