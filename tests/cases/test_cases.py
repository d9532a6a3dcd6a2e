"""Every case file under tests/cases holds, through the runner that users have."""

from functools import cache
from pathlib import Path

import pytest

from salescli.messages import sentence
from salescli.policy.cases import load_cases
from salescli.policy.plans import load_plan
from salescli.services.case.running import run_case

HERE = Path(__file__).parent


@cache
def plans():
    files = [load_plan(path) for path in sorted((HERE / "plans").glob("*.yaml"))]
    assert all(one.plan is not None for one in files)
    return {one.plan.plan: one.plan for one in files}


def placed_cases():
    for path in sorted(HERE.glob("*.yaml")):
        found = load_cases(path, path.name)
        assert not found.problems, [sentence(one) for one in found.problems]
        for placed in found.cases:
            yield pytest.param(placed, id=f"{path.stem}: {placed.case.case}")


@pytest.mark.parametrize("placed", list(placed_cases()))
def test_case_holds(placed):
    outcome = run_case(placed, plans().get)
    assert outcome.holds, [f"{one.where}: {sentence(one)}" for one in outcome.problems]
    for result in outcome.results:
        for one in result.components:
            assert sum(line.amount for line in one.lines) == one.own
            assert one.earned == one.own + sum(each.amount for each in one.differences)


def test_a_wrong_number_is_found_at_its_place():
    text = (HERE / "e27-three-tiers.yaml").read_text(encoding="utf-8").replace("2_050", "2_051")
    (placed, *_) = load_cases(text, "e27.yaml").cases
    (found,) = run_case(placed, plans().get).problems
    assert found.name == "case-differs"
    assert text.splitlines()[found.where.line - 1][found.where.column - 1 :].startswith("2_051")


def test_an_unknown_component_and_an_unknown_plan_are_problems():
    text = (HERE / "e4-marginal-slices.yaml").read_text(encoding="utf-8")
    (placed,) = load_cases(text.replace("{component: sales,", "{component: salse,"), "e4.yaml").cases
    assert [one.name for one in run_case(placed, plans().get).problems] == ["unknown-component"]
    (placed,) = load_cases("case: x\nplan: nowhere\ngiven: {}\nexpect: {2026-01: {payable: 0}}\n", "x.yaml").cases
    assert [one.name for one in run_case(placed, plans().get).problems] == ["unknown-plan"]
