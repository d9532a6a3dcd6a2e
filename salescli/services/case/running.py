"""Run cases: the same runner serves `commission test` and the project's own tests. Nothing is rounded or forgiven."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.errors import Problem, problem
from salescli.policy.cases import PlacedCase
from salescli.services.case.read_off import read_off

if TYPE_CHECKING:
    from salescli.core.commission.case_expected import Expected
    from salescli.core.commission.case_shapes import Case
    from salescli.core.commission.inputs import PayeeInputs
    from salescli.core.commission.plan import Plan
    from salescli.core.commission.result import ComponentResult, PayeeResult
    from salescli.core.periods import Period

FindPlan = Callable[[str], "Plan | None"]
FIGURES = ("earned", "own", "to_date", "held", "position", "kept")
FIELDS = {"to_date": "earned_to_date", "position": "position_after"}


@dataclass(frozen=True)
class CaseOutcome:
    """How a case went: its problems (none: it holds), and the results of its runs, beside what each was given."""

    name: str
    problems: tuple[Problem, ...]
    results: tuple[PayeeResult, ...]
    inputs: tuple[PayeeInputs, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every expected number was met exactly."""
        return not self.problems


def run_case(placed: PlacedCase, find_plan: FindPlan) -> CaseOutcome:
    """Run a case from its first run to the last that it expects something of, closing each run.

    Args:
        placed: the case and its places.
        find_plan: gives a plan by name, for cases that do not carry theirs.
    """
    from salescli.core.commission.engine import compute_payee
    from salescli.core.commission.posting import with_posted
    from salescli.services.case.exchange import check_rates
    from salescli.services.case.facts import CaseFacts
    from salescli.services.case.groups import CaseGroups

    case = placed.case
    plan, problems = _plan_of(placed, find_plan)
    if plan is None:
        return CaseOutcome(case.case, tuple(problems), ())
    problems += [*_unknown_components(placed, plan), *check_rates(placed, plan)]
    if problems:
        return CaseOutcome(case.case, tuple(problems), ())
    facts, groups = CaseFacts(case, plan), CaseGroups(case, plan)
    posted = facts.inputs_at(facts.first_run())
    results: list[PayeeResult] = []
    given: list[PayeeInputs] = []
    for run in facts.runs():
        known = facts.inputs_at(run)
        inputs = replace(known, posted=posted.posted, posted_kept=posted.posted_kept, posted_runs=posted.posted_runs)
        inputs = groups.settle(inputs, run)
        result = compute_payee(plan, inputs, run)
        results.append(result)
        given.append(inputs)
        posted = with_posted(inputs, result)
        if run.start in case.expect:
            problems += _compare(placed, run, result, groups.results)
    missing = set(case.expect) - {one.run for one in results}
    problems += [
        problem("case-run-not-reached", placed.where("expect", f"{day:%Y-%m}"), run=f"{day:%Y-%m}") for day in missing
    ]
    return CaseOutcome(case.case, tuple(problems), tuple(results), tuple(given))


def _plan_of(placed: PlacedCase, find_plan: FindPlan) -> tuple[Plan | None, list[Problem]]:
    from salescli.core.commission.check import check_plan

    plan = placed.case.plan
    if isinstance(plan, str):
        found = find_plan(plan)
        return found, [] if found is not None else [problem("unknown-plan", placed.where("plan"), text=plan)]
    faults = check_plan(plan)
    problems = [Problem(one.name, placed.where("plan", *one.path), one.values) for one in faults]
    return (None if problems else plan), problems


def _unknown_components(placed: PlacedCase, plan: Plan) -> list[Problem]:
    given = placed.case.given
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("credits", index), one.component) for index, one in enumerate(given.credits)
    ]
    if given.opening is not None:
        named += [(("opening", "rows", index), one.component) for index, one in enumerate(given.opening.rows)]
    return [
        problem(
            "unknown-component", placed.where("given", *path, "component"), text=name, choices=tuple(plan.components)
        )
        for path, name in named
        if name not in plan.components
    ]


def _compare(
    placed: PlacedCase, run: Period, result: PayeeResult, others: Mapping[str, PayeeResult]
) -> Iterator[Problem]:
    expected = placed.case.expect[run.start]
    label = f"{run.start:%Y-%m}"
    for what, name, wanted, found in (*_pairs(expected, result), *_others(expected, others)):
        if found is None:
            yield problem("case-unknown-name", placed.where("expect", label, what, name), text=name, run=label)
        elif found != wanted:
            path = [part for part in (what, *name.split("/")) if part]
            yield problem(
                "case-differs",
                placed.where("expect", label, *path),
                case=placed.case.case,
                run=label,
                what=" ".join(path),
                expected=wanted,
                found=found,
            )


def _pairs(expected: Expected, result: PayeeResult) -> Iterator[tuple[str, str, object, object]]:
    """Yield (what, whose, expected, found) of everything that is expected."""
    by_name = {one.component: one for one in result.components}
    for what in FIGURES:
        for name, wanted in getattr(expected, what).items():
            component = by_name.get(name)
            yield what, name, wanted, None if component is None else getattr(component, FIELDS.get(what, what))
    yield from read_off(expected, by_name)
    for name, periods in expected.differences.items():
        component = by_name.get(name)
        if component is None:
            yield "differences", name, periods, None
        else:
            yield from _differences(name, periods, component)
    for name, wanted_notes in expected.notes.items():
        found = result.notes if name == "plan" else by_name[name].notes if name in by_name else None
        yield "notes", name, list(wanted_notes), None if found is None else [note.name for note in found]
    kept = {one.contract: one.kept_to_date for one in result.kept}
    for contract, wanted in expected.kept_of_contract.items():
        yield "kept_of_contract", contract, wanted, kept.get(contract, Decimal(0))
    if expected.payable is not None:
        yield "payable", "", expected.payable, result.payable
    for what, figure in _balances(result).items():
        if getattr(expected, what) is not None:
            yield what, "", getattr(expected, what), figure


def _others(expected: Expected, others: Mapping[str, PayeeResult]) -> Iterator[tuple[str, str, object, object]]:
    """Yield what is expected to be earned by others: under the same plan, or as members of a pool."""
    for person, figures in expected.others.items():
        components = {one.component: one for one in others[person].components} if person in others else {}
        for name, wanted in figures.items():
            yield "others", f"{person}/{name}", wanted, components[name].earned if name in components else None


def _balances(result: PayeeResult) -> dict[str, Decimal]:
    """What stays below zero, and what draw and deductions came to; 0 where the plan has none."""
    found = {"carried": result.carried_out, "listed": result.listed, "adjusted": result.by_hand}
    for what in ("owed", "topped_up", "recovered", "deducted"):
        found[what] = Decimal(0) if result.balance is None else getattr(result.balance, what)
    return found


def _differences(
    name: str, periods: dict[date, Decimal], component: ComponentResult
) -> Iterator[tuple[str, str, object, object]]:
    found = {one.period: one.amount for one in component.differences}
    for period in sorted(set(periods) | set(found)):
        wanted = periods.get(period, Decimal(0))
        yield "differences", f"{name}/{period:%Y-%m}", wanted, found.get(period, Decimal(0))


def keep_name(case: Case) -> str:
    """Return a file name for a case: its name with what no file system minds."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in case.case).strip("-") + ".yaml"
