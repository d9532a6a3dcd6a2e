"""`commission diff`: two plans over the same months of real history, and which rule makes each difference."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from salescli.core.commission.diff.compared import Compared, Everybody, RulePart, part_between
from salescli.core.commission.diff.paid import Paid, compute_paid
from salescli.core.commission.diff.trees import find_rules, shift_tree, switch
from salescli.core.commission.groups.derived import has_team_base
from salescli.core.commission.lint.history import History, Past
from salescli.core.commission.lint.shift import shift_plan
from salescli.core.commission.plan import Plan
from salescli.core.commission.timeline import GRAIN
from salescli.core.periods import ONE_DAY, Period, month_of, months_between
from salescli.core.table import Report
from salescli.errors import Problem, Refused, UsageError, problem
from salescli.policy.plans import PlanFile, load_plan
from salescli.reports.commission.diff import build_diff, build_no_diff
from salescli.reports.commission.diff_head import DiffHead, Side
from salescli.services.commission.curving import find_plan
from salescli.services.commission.diff_cliffs import find_cliffs_of
from salescli.services.commission.lint_history import data_of, typical_of
from salescli.services.commission.lint_quotas import with_later_facts
from salescli.services.commission.running import check_month, compute_period, metric_names, read_plans
from salescli.services.commission.stored import choose_run, load_plans
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.store.runs import Run

MOST_YEARS = 30


@dataclass(frozen=True)
class DiffAsked:
    """Which plans: two names or files, or one and the month of a run whose text is the other; over which period."""

    one: str
    other: str = ""
    over: str = ""
    used_in: str = ""
    rows: bool = False


@dataclass(frozen=True)
class Chosen:
    """One of the two plans: its file, or the text that a run kept."""

    file: PlanFile
    run: Run | None = None

    @property
    def shown(self) -> Side:
        """The same for reports."""
        run = self.run
        said = ("", 0, "") if run is None else (run.period, run.id, run.state)
        return Side(self.file.name, self.file.document.file, self.file.require(), self.file.place, *said)


@dataclass(frozen=True)
class _Trial:
    """What every computation of one comparison shares: the months, the facts' year, and the plans beside."""

    context: Context
    runs: Period
    facts: Plan  # the plan whose quotas and terms stand in for those that an earlier year lacks
    years: int
    beside: tuple[PlanFile, ...]
    inputs: dict[str, Past]


def diff_plans(context: Context, asked: DiffAsked) -> tuple[Report, list[Problem]]:
    """Compare two plans over the same months.

    Raises:
        UsageError: a plan is not known, or not two plans (or one and a run) are named.
        ProblemsFound: one of them has errors.
        Refused: they pay in different currencies, or nothing is known of the months.
    """
    one, other = _sides(context, asked)
    left, right = one.file.require(), other.file.require()
    if left.currency != right.currency:
        raise Refused(problem("diff-two-currencies", one=left.currency, other=right.currency))
    if not find_rules(one.file.document.plain, other.file.document.plain):
        return build_no_diff(one.shown, other.shown), []
    over = _over(context, asked, left, right)
    years = (_years_back(left, over), _years_back(right, over))
    trees = [shift_tree(side.file.document.plain, back) for side, back in zip((one, other), years, strict=True)]
    beside = _beside(context, (left, right), max(years))
    later = (left, right)[years[1] >= years[0]]
    trial = _Trial(context, over, later, max(years), beside, {})
    compared, problems = _compare(trial, one, other, trees)
    typical = typical_of(History(right, over.label, (), tuple(trial.inputs.values())))
    cliffs = [find_cliffs_of(side.file, context.calendar, typical) for side in (one, other)]
    known = known_line(context, [context.store.registry["receipt"]])
    head = DiffHead(one.shown, other.shown, over.label, years, (trees[0], trees[1]), known, _command(asked))
    return build_diff(head, compared, (cliffs[0], cliffs[1]), asked.rows, context.language), problems


def _command(asked: DiffAsked) -> str:
    """Return what was typed."""
    words = [asked.one, asked.other, *(("--over", asked.over) if asked.over else ())]
    words += ("--used-in", asked.used_in) if asked.used_in else ()
    return shlex.join(["salescli", "commission", "diff", *(one for one in words if one)])


def _sides(context: Context, asked: DiffAsked) -> tuple[Chosen, Chosen]:
    """Return both plans, the older first: of a run the text that it kept, then today's file."""
    if bool(asked.other) == bool(asked.used_in):
        raise UsageError(problem("diff-two-plans"))
    first = _read(context, asked.one)
    if asked.other:
        return Chosen(first), Chosen(_read(context, asked.other))
    period = context.parse_period(asked.used_in)
    check_month(period)
    run = choose_run(context, period)
    kept = load_plans(context, run).get(first.name)
    if kept is None:
        raise Refused(problem("diff-not-in-run", plan=first.name, period=period.label, run=run.id))
    return Chosen(kept, run), Chosen(first)


def _read(context: Context, text: str) -> PlanFile:
    """Return a plan by its name, or from a file that stands anywhere."""
    path = Path(text)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        file = load_plan(path, text, metric_names(context))
        file.require()
        return file
    return find_plan(context, text)


def _over(context: Context, asked: DiffAsked, left: Plan, right: Plan) -> Period:
    """Return the months that are looked at: those asked for as far as they are over, or the last year of data."""
    today = month_of(context.on + ONE_DAY).start
    if asked.over:
        over = context.parse_period(asked.over)
    elif asked.used_in:
        over = Period(right.start, context.parse_period(asked.used_in).end, asked.used_in)
    else:
        data = data_of(context, right)
        if data is None:
            raise Refused(problem("diff-no-months", period="—"))
        over = context.calendar.window("year", data.end - ONE_DAY)
    start, end = over.start.replace(day=1), min(over.end, today)
    if start >= end or (over.end.day != 1):
        raise Refused(problem("diff-no-months", period=asked.over or asked.used_in or over.label))
    first, last = month_of(start).label, month_of(end - ONE_DAY).label
    return Period(start, end, first if first == last else f"{first}..{last}")


def _years_back(plan: Plan, over: Period) -> int:
    """Return how many years earlier (below zero: later) the plan meets most of the months; the nearest of equal."""
    best = (0, 0)
    for years in sorted(range(-MOST_YEARS, MOST_YEARS + 1), key=abs):
        shifted = shift_plan(plan, years)
        start, end = max(shifted.start, over.start), min(shifted.end, over.end)
        months = months_between(start, end) if start < end else 0
        if months > best[0]:
            best = (months, years)
        if months and start == over.start and end == over.end:
            break
    return best[1]


def _beside(context: Context, plans: Sequence[Plan], years: int) -> tuple[PlanFile, ...]:
    """Return the other plans, where what the levels below earn under them is asked for."""
    if not any(has_team_base(each) for plan in plans for each in plan.components.values()):
        return ()
    names = {plan.plan for plan in plans}
    others = [file for file in read_plans(context) if file.name not in names]
    return tuple(replace(file, plan=shift_plan(file.require(), years)) for file in others)


def _compare(trial: _Trial, one: Chosen, other: Chosen, trees: list[object]) -> tuple[Compared, list[Problem]]:
    """Switch rule after rule from the first plan to the second, and compute everybody after each."""
    first = _plan_of(trial.context, one, trees[0])
    last = _plan_of(trial.context, other, trees[1])
    assert first is not None and last is not None
    left, problems = _everybody(trial, first, with_lines=True)
    right, found = _everybody(trial, last, with_lines=True)
    parts: list[RulePart] = []
    tree, before, waiting = trees[0], left, []
    rules = find_rules(*trees)
    for path in rules:
        tree = switch(tree, trees[1], path)
        waiting.append(path)
        if path == rules[-1]:
            after = right
        else:
            between = _plan_of(trial.context, other, tree)
            if between is None:
                continue
            after = _everybody(trial, between)[0]
        parts.append(part_between(waiting, before, after))
        before, waiting = after, []
    return Compared(left, right, tuple(parts)), [*problems, *(each for each in found if each not in problems)]


def _plan_of(context: Context, side: Chosen, tree: object) -> PlanFile | None:
    """Return a tree as a plan that no run has paid, None where it makes none."""
    file = load_plan(json.dumps(tree, ensure_ascii=False), side.file.document.file, metric_names(context))
    if file.plan is None:
        return None
    plan = file.plan.model_copy(update={"plan": f"{side.file.name}#{file.plan.start.isoformat()}"})
    return replace(file, plan=plan)


def _everybody(trial: _Trial, file: PlanFile, *, with_lines: bool = False) -> tuple[Everybody, list[Problem]]:
    """Compute everybody under a plan over the months."""
    plan = file.require()
    runs = _runs(trial, plan)
    if not runs:
        return {}, []
    month = month_of(runs[-1].last_day)
    done = compute_period(trial.context, month, plans=[file, *trial.beside], with_lines=with_lines)
    found: dict[str, Paid] = {}
    for one in done.computed:
        if one.plan.name != file.name:
            continue
        inputs = with_later_facts(trial.facts, plan, trial.years, one.inputs)
        called = one.payee.name
        found[one.payee.key] = compute_paid(plan, called, inputs, runs, with_lines=with_lines)
        trial.inputs.setdefault(one.payee.key, Past(called, inputs, (), {}, {}))
    return found, done.problems


def _runs(trial: _Trial, plan: Plan) -> list[Period]:
    """Return the runs of a plan that end inside the months."""
    calendar, over = trial.context.calendar, trial.runs
    run = calendar.window(GRAIN[plan.pay], max(plan.start, over.start))
    found = []
    while run.start < plan.end and run.end <= over.end:
        found.append(run)
        run = calendar.window(GRAIN[plan.pay], run.end)
    return found
