"""Run folders of case files through the runner that users have."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from salescli.core.commission.plan import Plan
from salescli.messages import sentence
from salescli.policy.cases import PlacedCase, load_cases
from salescli.policy.plans import load_plan
from salescli.services.case.running import run_case

ROOT = Path(__file__).parent
PLANS = ROOT / "conformance" / "plans"


@cache
def plans() -> dict[str, Plan]:
    """Return the plans that cases may name."""
    files = [load_plan(path) for path in sorted(PLANS.glob("*.yaml"))]
    assert all(one.plan is not None for one in files), [sentence(each) for one in files for each in one.problems]
    return {one.require().plan: one.require() for one in files}


def placed_cases(folder: Path) -> Iterator[PlacedCase]:
    """Yield every case of a folder; a file with a fault is a fault of the test."""
    for path in sorted(folder.glob("*.yaml")):
        found = load_cases(path, path.name)
        assert not found.problems, [sentence(one) for one in found.problems]
        yield from found.cases


def case_parameters(folder: Path) -> list[object]:
    """Return every case of a folder as a test's parameter, named by its file and its own name."""
    return [pytest.param(one, id=f"{Path(one.document.file).stem}: {one.case.case}") for one in placed_cases(folder)]


def assert_holds(placed: PlacedCase) -> None:
    """Hold a case to its numbers, and the lines of its statements to their totals."""
    outcome = run_case(placed, plans().get)
    assert outcome.holds, [f"{one.where}: {sentence(one)}" for one in outcome.problems]
    for result in outcome.results:
        for one in result.components:
            assert sum(line.amount for line in one.lines) == one.own
            assert one.earned == one.own + sum(each.amount for each in one.differences)
