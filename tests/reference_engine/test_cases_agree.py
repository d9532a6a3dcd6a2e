"""The second engine meets the expectations of the cases too, wherever it knows every key that they use."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.reference_engine.engine import run_all
from tests.reference_engine.scope import knows
from tests.reference_engine.words import amount, day

TESTS = Path(__file__).parent.parent


def every_case():
    reader = YAML(typ="base")
    read = [reader.load(path.read_text(encoding="utf-8")) for path in sorted(TESTS.glob("c*/plans/*.yaml"))]
    plans = {plan["plan"]: plan for plan in read}
    for path in sorted((*TESTS.glob("cases/*.yaml"), *TESTS.glob("conformance/*.yaml"))):
        document = reader.load(path.read_text(encoding="utf-8"))
        for case in document.get("cases") or [document]:
            if isinstance(case["plan"], str):
                case["plan"] = plans[case["plan"]]
            if knows(case):
                yield pytest.param(case, id=f"{path.stem}: {case['case']}")


@pytest.mark.parametrize("case", list(every_case()))
def test_the_second_engine_meets_the_case(case):
    runs = {one.start: one for one in run_all(case)}
    for text, expected in case["expect"].items():
        found = runs[day(text)]
        wanted = {name: amount(value) for name, value in (expected.get("earned") or {}).items()}
        assert {name: found.earned[name] for name in wanted} == wanted, text
        for key in ("payable", "carried", "owed", "listed"):
            if key in expected:
                assert getattr(found, key) == amount(expected[key]), (text, key)


def test_most_cases_are_within_its_scope():
    assert len(list(every_case())) > 100
