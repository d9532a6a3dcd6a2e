"""What cases reach of a plan: every rule has a place of its own, and the published cases of P1 reach what they test."""

from salescli.core.commission.coverage import reached_by, rules_of
from salescli.policy.plans import load_plan
from salescli.services.case.running import run_case
from tests.case_files import ROOT, placed_cases, plans
from tests.unit.commission.plans import FULL


def p1_reached():
    plan = plans()["account-manager-2026"]
    found = set()
    for placed in placed_cases(ROOT / "conformance"):
        if placed.case.plan == plan.plan:
            for result in run_case(placed, plans().get).results:
                found |= reached_by(plan, result)
    return plan, found


def test_every_rule_stands_in_the_file_and_is_one_of_its_kind():
    file = load_plan(FULL)
    rules = rules_of(file.require())
    assert len({rule.mark for rule in rules}) == len(rules)
    known = set(file.document.tree.keys) | set(file.document.tree.values)
    assert [rule.mark.path for rule in rules if rule.mark.path not in known] == []


def test_what_is_not_reached_by_the_cases_of_p1():
    plan, reached = p1_reached()
    unreached = {rule.text.en for rule in rules_of(plan)} - {
        rule.text.en for rule in rules_of(plan) if rule.mark in reached
    }
    assert "receipts: tier from 500,000" not in unreached
    assert "receipts: the gate collection-rate is missed" not in unreached
    assert "receipts: factor A × 1.2" not in unreached
    assert "receipts: factor S × 1.5" in unreached


def test_fewer_cases_reach_less():
    plan = plans()["account-manager-2026"]
    (first, *_) = [one for one in placed_cases(ROOT / "conformance") if one.case.case == "P1 grade C, true-up"]
    reached = {mark for result in run_case(first, plans().get).results for mark in reached_by(plan, result)}
    said = {rule.text.en for rule in rules_of(plan) if rule.mark in reached}
    assert "receipts: factor C × 0.7" in said
    assert "receipts: factor A × 1.2" not in said
    assert "kept money is released" not in said
