"""Run the workspace's cases: exact examples of its plans."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.commission.plan import Plan
from salescli.core.table import Report
from salescli.errors import Problem, UsageError, problem
from salescli.policy.cases import load_cases
from salescli.policy.layers import policy_files
from salescli.policy.plans import load_plan
from salescli.reports.commission.cases import CaseRow, build_cases
from salescli.services.case.running import run_case
from salescli.services.context import Context


def run_cases(context: Context, names: Sequence[str] = ()) -> tuple[Report, list[Problem]]:
    """Run the cases of `config/cases`, or those named (by case or by file); return the list and every problem.

    Raises:
        UsageError: a name is no case and no file of cases.
    """
    plans = _plans(context)
    rows: list[CaseRow] = []
    problems: list[Problem] = []
    used: set[str] = set()
    for one in policy_files(context.workspace.config, "cases"):
        shown = context.workspace.relative(one.path)
        file = load_cases(one.path, shown)
        wanted_file = not names or one.name in names
        used |= {one.name} & set(names)
        for placed in file.cases:
            used |= {placed.case.case} & set(names)
            if not wanted_file and placed.case.case not in names:
                continue
            outcome = run_case(placed, plans.get)
            problems += outcome.problems
            plan = placed.case.plan
            called = plan if isinstance(plan, str) else plan.plan
            rows.append(CaseRow(outcome.name, called, shown, len(outcome.results), len(outcome.problems)))
        if wanted_file:
            problems += file.problems
    if unknown := [name for name in names if name not in used]:
        raise UsageError(*(problem("no-such-case", text=name) for name in unknown))
    return build_cases(rows), problems


def _plans(context: Context) -> dict[str, Plan]:
    """Return the plans of both layers by name; what is wrong with one is said where a case uses it."""
    found: dict[str, Plan] = {}
    for one in policy_files(context.workspace.config, "plans"):
        plan = load_plan(one.path, context.workspace.relative(one.path)).plan
        if plan is not None:
            found[plan.plan] = plan
    return found
