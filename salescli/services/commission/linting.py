"""`commission lint`: what plans say and might not mean, by themselves and over the months that have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salescli.core.commission.curve_facts import Assumed
from salescli.core.commission.lint.history import History, months_paid
from salescli.core.commission.lint.registry import lint_plan
from salescli.core.commission.lint.subject import Finding, Subject
from salescli.core.commission.result import Path
from salescli.core.table import Report
from salescli.errors import Problem, Where
from salescli.policy.plans import PlanFile
from salescli.reports.commission.lint import LintedPlan, build_lint
from salescli.services.commission.curving import find_plan
from salescli.services.commission.doubles import find_unknown_beside
from salescli.services.commission.lint_cases import find_untried
from salescli.services.commission.lint_grades import read_bands
from salescli.services.commission.lint_history import fetch_history, typical_of
from salescli.services.commission.lint_people import find_double_credits, find_planless
from salescli.services.commission.lint_splits import find_open_shares
from salescli.services.commission.running import read_plans
from salescli.services.context import Context


@dataclass(frozen=True)
class Linted:
    """The months that were looked at as a report, and everything that was found."""

    report: Report
    problems: tuple[Problem, ...]


def lint_plans(context: Context, name: str = "") -> Linted:
    """Check one plan, or all of the workspace; people and splits are looked at with all of them.

    Raises:
        UsageError: there is no plan of that name.
        ProblemsFound: a plan has errors, or there is none.
    """
    files = [find_plan(context, name)] if name else read_plans(context)
    problems: list[Problem] = []
    linted = []
    for file in files:
        history = fetch_history(context, file)
        found = [*_placed(file, _lint(context, file, history)), *find_untried(context, [file])]
        months = () if history is None else months_paid(history)
        window = "" if history is None else history.window
        linted.append(LintedPlan(file.require(), window, months, _counts(found)))
        problems += found
    if not name:
        problems += [*find_planless(context, files), *find_double_credits(context, files), *find_unknown_beside(files)]
        problems += find_open_shares(context, files)
    return Linted(build_lint(linted, name, problems, context.language), tuple(problems))


def _lint(context: Context, file: PlanFile, history: History | None) -> list[Finding]:
    def place_of(path: Path) -> tuple[int, int]:
        where = file.where(*path)
        return where.line, where.column

    written, given = read_bands(context, file.require())
    typical = Assumed() if history is None else typical_of(history)
    return lint_plan(Subject(file.require(), context.calendar, place_of, typical, written, given), history)


def _placed(file: PlanFile, found: Sequence[Finding]) -> list[Problem]:
    problems = []
    for one in found:
        where: Where = file.where(*one.path)
        problems.append(Problem(one.name, where, one.values, one.severity))
    return problems


def _counts(problems: Sequence[Problem]) -> tuple[int, int]:
    return (
        sum(1 for one in problems if one.severity == "warning"),
        sum(1 for one in problems if one.severity == "note"),
    )
