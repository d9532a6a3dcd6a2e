"""Every case file under tests/cases holds, through the runner that users have."""

from pathlib import Path

import pytest

from salescli.policy.cases import load_cases
from salescli.services.case.running import run_case
from tests.case_files import ROOT, assert_holds, case_parameters, plans

PUBLISHED = ROOT / "conformance"


@pytest.mark.parametrize("placed", case_parameters(Path(__file__).parent))
def test_case_holds(placed):
    assert_holds(placed)


def test_a_wrong_number_is_found_at_its_place():
    text = (PUBLISHED / "e27-three-tiers.yaml").read_text(encoding="utf-8").replace("2_050", "2_051")
    (placed, *_) = load_cases(text, "e27.yaml").cases
    (found,) = run_case(placed, plans().get).problems
    assert found.name == "case-differs"
    assert text.splitlines()[found.where.line - 1][found.where.column - 1 :].startswith("2_051")


def test_an_unknown_component_and_an_unknown_plan_are_problems():
    text = (PUBLISHED / "e4-marginal-slices.yaml").read_text(encoding="utf-8")
    (placed,) = load_cases(text.replace("{component: sales,", "{component: salse,"), "e4.yaml").cases
    assert [one.name for one in run_case(placed, plans().get).problems] == ["unknown-component"]
    (placed,) = load_cases("case: x\nplan: nowhere\ngiven: {}\nexpect: {2026-01: {payable: 0}}\n", "x.yaml").cases
    assert [one.name for one in run_case(placed, plans().get).problems] == ["unknown-plan"]
