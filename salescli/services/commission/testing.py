"""Run the workspace's cases: exact examples of its plans, and what they reach of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salescli.core.commission.coverage import Mark, reached_by, rules_of
from salescli.core.periods import month_of
from salescli.core.table import Report
from salescli.errors import Problem, UsageError, problem
from salescli.policy.cases import PlacedCase, load_cases
from salescli.policy.layers import WORKSPACE, policy_files
from salescli.policy.plans import PlanFile, load_plan
from salescli.reports.commission.cases import CaseRow, build_cases
from salescli.reports.commission.coverage import CoveredPlan, build_coverage
from salescli.services.case.running import CaseOutcome, run_case
from salescli.services.commission.posted import KIND
from salescli.services.context import Context
from salescli.store.runs import fetch_runs

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan


@dataclass(frozen=True, slots=True)
class Ran:
    """A case that was run: where it is, its plan where it has one, and how it went."""

    placed: PlacedCase
    file: str
    plan: Plan | None
    outcome: CaseOutcome


def run_cases(context: Context, names: Sequence[str] = ()) -> tuple[Report, list[Problem]]:
    """Run the cases of `config/cases`, or those named (by case or by file); return the list and every problem.

    Raises:
        UsageError: a name is no case and no file of cases.
    """
    problems: list[Problem] = []
    ran = list(run_all(context, plans_by_name(context), problems, names))
    rows = [
        CaseRow(one.outcome.name, _called(one), one.file, len(one.outcome.results), len(one.outcome.problems))
        for one in ran
    ]
    report = build_cases(rows, following=() if rows else _how_to_begin(context))
    return report, [*problems, *(each for one in ran for each in one.outcome.problems)]


def run_all(
    context: Context, plans: dict[str, PlanFile], problems: list[Problem], names: Sequence[str] = ()
) -> Iterator[Ran]:
    """Run every case, or those named; files that cannot be read are problems.

    Raises:
        UsageError: a name is no case and no file of cases.
    """
    used: set[str] = set()
    for one in policy_files(context.workspace.config, "cases"):
        shown = context.workspace.relative(one.path)
        file = load_cases(one.path, shown)
        wanted_file = not names or one.name in names
        used |= {one.name} & set(names)
        for placed in file.cases:
            used |= {placed.case.case} & set(names)
            if wanted_file or placed.case.case in names:
                yield _run(placed, shown, plans)
        if wanted_file:
            problems += file.problems
    if unknown := [name for name in names if name not in used]:
        raise UsageError(*(problem("no-such-case", text=name) for name in unknown))


def plans_by_name(context: Context) -> dict[str, PlanFile]:
    """Return the plans of both layers by name; what is wrong with one is said where a case uses it."""
    files = [
        load_plan(one.path, context.workspace.relative(one.path))
        for one in policy_files(context.workspace.config, "plans")
    ]
    return {file.name: file for file in files if file.plan is not None}


def cover_plans(context: Context) -> tuple[Report, list[Problem]]:
    """Return what the cases that hold reach of the workspace's plans, and every problem of the cases."""
    rows, problems = find_coverage(context)
    return build_coverage(rows, context.language, _how_to_begin(context)), problems


def find_coverage(context: Context) -> tuple[list[CoveredPlan], list[Problem]]:
    """Return the same as values: each plan with its rules and those that no case reaches."""
    plans = plans_by_name(context)
    problems: list[Problem] = []
    reached: dict[str, set[Mark]] = {}
    counts: dict[str, int] = {}
    for one in run_all(context, plans, problems):
        problems += one.outcome.problems
        file = plans.get(_called(one))
        if one.outcome.holds and file is not None and one.plan == file.plan:
            counts[file.name] = counts.get(file.name, 0) + 1
            reached.setdefault(file.name, set()).update(_marks(one))
    files = [one for one in policy_files(context.workspace.config, "plans") if one.layer == WORKSPACE]
    own = {context.workspace.relative(one.path) for one in files}
    mine = [file for file in plans.values() if file.document.file in own]
    rows = [_covered(file, reached.get(file.name, set()), counts.get(file.name, 0)) for file in mine]
    return rows, problems


def _covered(file: PlanFile, reached: set[Mark], cases: int) -> CoveredPlan:
    rules = rules_of(file.require())
    missing = tuple((rule.text, file.place(rule.mark.path)) for rule in rules if rule.mark not in reached)
    return CoveredPlan(file.name, file.document.file, cases, len(rules), missing)


def _marks(one: Ran) -> set[Mark]:
    """What a case reaches: by its results, and its refunds by its facts."""
    assert one.plan is not None
    found = {mark for result in one.outcome.results for mark in reached_by(one.plan, result)}
    back = {fact.component for fact in one.placed.case.given.credits if fact.amount < 0}
    return found | {Mark(("components", name, "refunds")) for name in back}


def _run(placed: PlacedCase, shown: str, plans: dict[str, PlanFile]) -> Ran:
    def find(name: str) -> Plan | None:
        return plans[name].plan if name in plans else None

    plan = placed.case.plan
    return Ran(placed, shown, find(plan) if isinstance(plan, str) else plan, run_case(placed, find))


def _called(one: Ran) -> str:
    plan = one.placed.case.plan
    return plan if isinstance(plan, str) else plan.plan


def newest_run(context: Context) -> str:
    """Return the newest month that was run, "" where none was."""
    return max((run.period for run in fetch_runs(context.store, KIND)), default="")


def _how_to_begin(context: Context) -> tuple[str, ...]:
    """Return how to keep a first case: of the newest month that was run, if any was."""
    newest = newest_run(context)
    if not newest:
        return (f"salescli commission run {month_of(context.today).label}",)
    return (f"salescli commission test --keep {newest} --person NAME",)
