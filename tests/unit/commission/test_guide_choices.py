"""The guide's rules that do not say everything: each way to write them pays what the guide says."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.policy.cases import load_cases
from salescli.services.case.running import run_case
from tests.unit.commission.plans import HEAD, PAYOUT

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "commission.md"
BLOCKS = re.findall(r"```yaml\n# (X\d), ([^\n]*)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def paid(text: str, credit: str) -> Decimal:
    indented = "".join(f"  {line}\n" for line in f"{HEAD}components:\n{_indent(text)}{PAYOUT}".splitlines())
    name = text.split(":")[0]
    facts = f"  credits: [{{component: {name}, date: 2026-01-10, amount: {credit.replace(',', '_')}}}]\n"
    quota = "  quotas: [{metric: sales, from: 2026-01, through: 2026-01, each_month: 100_000}]\n"
    case = f"case: x\nplan:\n{indented}given:\n{facts}{quota}expect:\n  2026-01: {{}}\n"
    (placed,) = load_cases(case, "guide.yaml").cases
    outcome = run_case(placed, lambda _: None)
    assert outcome.holds, outcome.problems
    return outcome.results[0].earned


def _indent(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("rule", "said", "text"), BLOCKS, ids=[f"{rule}: {said.split(':')[0]}" for rule, said, _ in BLOCKS]
)
def test_a_choice_pays_what_the_guide_says(rule, said, text):
    pairs = re.findall(r"at ([\d,]+) → ([\d,.]+)", said)
    assert len(pairs) == 2
    for credit, amount in pairs:
        assert f"{paid(text, credit):,.2f}" == amount.rstrip("."), (rule, credit)


def test_both_rules_are_shown_both_ways():
    assert [rule for rule, _, _ in BLOCKS] == ["X1", "X1", "X2", "X2"]
