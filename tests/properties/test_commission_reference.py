"""The engine agrees with a second, slow one, written from the semantics alone: random plans, random histories."""

import json
from fractions import Fraction

from hypothesis import given, note

from salescli.messages import sentence
from salescli.policy.cases import load_cases
from salescli.services.case.running import run_case
from tests.properties.commission_cases import cases
from tests.reference_engine.engine import run_all


def runs_of(case):
    """What the engine makes of a case, run by run."""
    found = load_cases(json.dumps(case), "case.json")
    assert not found.problems, [sentence(one) for one in found.problems]
    (placed,) = found.cases
    outcome = run_case(placed, lambda name: None)
    assert not outcome.problems, [sentence(one) for one in outcome.problems]
    return outcome.results


def figures(result):
    """The figures of one run that both engines have."""
    found = {f"earned {one.component}": Fraction(one.earned) for one in result.components}
    found |= {"kept": Fraction(result.kept_change), "payable": Fraction(result.payable)}
    found |= {"carried": Fraction(result.carried_out), "listed": Fraction(result.listed)}
    found["owed"] = Fraction(result.balance.owed) if result.balance is not None else Fraction(0)
    return found


def expected(run):
    """The same figures, as the second engine has them."""
    found = {f"earned {name}": amount for name, amount in run.earned.items()}
    found |= {"kept": run.kept, "payable": run.payable, "carried": run.carried, "listed": run.listed}
    return found | {"owed": run.owed}


@given(cases())
def test_both_engines_agree_in_every_run(case):
    note(json.dumps(case, indent=1))
    mine, theirs = runs_of(case), run_all(case)
    assert len(mine) == len(theirs)
    for one, other in zip(mine, theirs, strict=True):
        assert {"run": one.run, **figures(one)} == {"run": other.start, **expected(other)}
