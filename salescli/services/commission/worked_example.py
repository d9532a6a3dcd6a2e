"""A worked example of a plan: one run of one of its cases, step by step, with numbers that a reader can recompute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from salescli.core.commission.coverage import Mark, reached_by
from salescli.core.commission.explain import build_payee_trace
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.result import PayeeResult
from salescli.core.table import Block, Line, Prose, Trace
from salescli.core.title import Title
from salescli.policy.plans import PlanFile
from salescli.services.commission.testing import Ran, newest_run, plans_by_name, run_all
from salescli.services.context import Context

MOST_LINES = 6  # of one list inside the example; a kept statement may have a hundred receipts


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """The blocks of the example, what is said below it, and what to type next."""

    blocks: tuple[Block, ...] = ()
    footer: tuple[Title, ...] = ()
    following: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Run:
    ran: Ran
    result: PayeeResult
    inputs: PayeeInputs
    marks: frozenset[Mark]

    @property
    def order(self) -> tuple[int, int, str]:
        """The run that shows most rules first, then the shorter one."""
        return (-len(self.marks), len(self.inputs.lines), self.ran.outcome.name)


def worked_example(context: Context, file: PlanFile, titles: Mapping[str, Title]) -> WorkedExample:
    """Return the run that shows most of a plan's rules, of its cases that hold; else how to keep a first one."""
    runs = _runs(context, file)
    if not runs:
        following = () if not (newest := newest_run(context)) else (_keep(newest),)
        none = Title("还没有用例可作算例", "no case of this plan yet, so no worked example")
        return WorkedExample((), (none,), following)
    best = min(runs, key=lambda one: one.order)
    name, run = best.ran.outcome.name, best.result.run
    shown = [one.component for one in best.result.components if one.earned or one.credit or one.held]
    traces = build_payee_trace(file.require(), best.result, best.inputs, file.place, name, shown or [""], titles)
    head = Prose("example", ((_head(context, best), best.ran.file),), Title("算例", "Worked example"))
    footer = Title(
        f"算例取自用例 {name},{run:%Y-%m};由计算引擎当场算出",
        f"the example is the case {name}, {run:%Y-%m}, computed by the engine as it was read",
    )
    return WorkedExample((head, *(_shortened(trace) for trace in traces)), (footer,))


def _runs(context: Context, file: PlanFile) -> list[_Run]:
    """Every run that a case of this very plan expects something of."""
    plan = file.require()
    found = []
    for ran in run_all(context, plans_by_name(context), []):
        if not ran.outcome.holds or ran.plan != plan:
            continue
        for result, inputs in zip(ran.outcome.results, ran.outcome.inputs, strict=True):
            if result.run in ran.placed.case.expect:
                found.append(_Run(ran, result, inputs, frozenset(reached_by(plan, result))))
    return found


def _head(context: Context, best: _Run) -> str:
    result = best.result
    words = Title(
        f"{best.ran.outcome.name},{result.run:%Y-%m}:应计 {result.earned:,},应发 {result.payable:,} {result.currency}",
        f"{best.ran.outcome.name}, {result.run:%Y-%m}: {result.earned:,} earned, {result.payable:,} {result.currency} "
        "payable",
    )
    return words.text(context.language)


def _shortened(trace: Trace) -> Trace:
    return replace(trace, lines=tuple(_short(line) for line in trace.lines))


def _short(line: Line) -> Line:
    """Keep the beginning of a long list, and say how many follow."""
    children = tuple(_short(child) for child in line.children)
    if len(children) > MOST_LINES:
        left = len(children) - MOST_LINES + 1
        rest = Line(Title(f"… 另有 {left} 行", f"… {left} more"))
        children = (*children[: MOST_LINES - 1], rest)
    return replace(line, children=children)


def _keep(period: str) -> str:
    return f"salescli commission test --keep {period} --person NAME"
