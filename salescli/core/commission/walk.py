"""The recomputation of one plan for one payee: what each run earns by today's facts, run after run.

`E(r)` is everything earned to date as run `r` sees it; the run's own amount is `E(r) − E(r−1)`. Amounts are
kept by the run in which they were earned (their *origin*), as counts of the rounding unit: a window's total is
rounded once, and its origins carry the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, cast

from salescli.core.commission.block_states import factor_state, gate_state
from salescli.core.commission.components.base import ZERO, ComponentShape, CreditedShape, Formula, Part, Task
from salescli.core.commission.components.registry import COMPONENT_TYPES
from salescli.core.commission.factors import FactorState
from salescli.core.commission.facts import Facts
from salescli.core.commission.gates import GateState, held_at
from salescli.core.commission.groups.given import added_steps, given_lines, given_runs
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.limit_tasks import limit_tasks
from salescli.core.commission.limits import LimitTask, cap_moved, clamp_window
from salescli.core.commission.limits_single import TransactionLimitTask
from salescli.core.commission.opened import Opened, enter_opened, keep_held, multiply
from salescli.core.commission.part_period import PartPeriod
from salescli.core.commission.pays_in import parts_state
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import Note, Path, Step
from salescli.core.commission.statement import spread
from salescli.core.commission.take_back import TakeBack, build_take_back
from salescli.core.commission.timeline import Span
from salescli.core.commission.values import MoneyText, in_force
from salescli.core.money import units_half_away
from salescli.core.periods import FOREVER
from salescli.core.shapes import Dated

Clamped = tuple[list[Fraction], list[Fraction]]
"""Increments of a window before and after its bounds: the same ones need no second look."""


@dataclass(slots=True)
class ComponentWalk:
    """One component on its way over the runs. `seen[r]` are the origins' amounts as run `r` sees them."""

    name: str
    component: ComponentShape
    task: Task
    formula: Formula
    gates: list[GateState]
    factors: list[FactorState]
    seen: list[list[int]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    held: Fraction = ZERO
    plain: list[int] = field(default_factory=list)  # the rounded increments at the last run walked, before limits
    exact: list[Fraction] = field(default_factory=list)  # the same, unrounded
    totals: list[tuple[Fraction, int]] = field(default_factory=list)  # each window's running total, and rounded
    bounds: dict[tuple[str, int], Fraction | None] = field(default_factory=dict)  # by the number of the run
    clamped: dict[int, Clamped] = field(default_factory=dict)  # of windows that have ended, by their first run
    back: TakeBack | None = None  # where refunds take back the pay of their receipts
    given: list[list[int]] | None = None  # what each run sees, where a group decides it
    opened: Opened | None = None  # where an opening sheet says that something is held
    given_lines: list[dict[CreditLine, Fraction]] | None = None  # and of each transaction, where it decides that

    def looks_at(self, block: Part) -> bool:
        """Tell whether a block of the component counts here: for the group's figure, or for a person's part of it."""
        decided = self.component.group_decides
        return not decided or (block in decided) == self.task.facts.inputs.for_group

    def own(self, run: int) -> int:
        """Return the own amount of a run."""
        return sum(self.seen[run]) - (sum(self.seen[run - 1]) if run else 0)


@dataclass(slots=True)
class PlanWalk:
    """All components of one plan, and its limits."""

    plan: Plan
    facts: Facts
    components: dict[str, ComponentWalk]
    limits: list[LimitTask | TransactionLimitTask]


def walk_plan(plan: Plan, facts: Facts) -> PlanWalk:
    """Recompute all runs of a timeline under one plan."""
    walks = {name: _component_walk(plan, name, facts) for name in plan.components}

    def spread_of(name: str, amounts: Sequence[int]) -> Iterable[tuple[CreditLine, int]]:
        return spread(walks[name], amounts)

    walk = PlanWalk(plan, facts, walks, limit_tasks(plan, facts, spread_of))
    unit = Fraction(plan.payout.round_to)
    for run in range(len(facts.timeline.runs)):
        amounts = {name: _seen_at(one, run, unit) for name, one in walks.items()}
        for limit in walk.limits:
            limit.apply(run, amounts)
        for name, one in walks.items():
            if one.back is not None:
                one.back.apply(run, amounts[name])
            one.seen.append(amounts[name])
    return walk


def _seen_at(walk: ComponentWalk, run: int, unit: Fraction) -> list[int]:
    found = _amounts_at(walk, run, unit)
    return found if walk.given is None else list(walk.given[run])


def _amounts_at(walk: ComponentWalk, run: int, unit: Fraction) -> list[int]:
    """Return the origins' amounts at one run: gates, factors, bounds, and the rounding of each window."""
    if not (walk.gates or walk.factors or walk.component.at_least or walk.formula.parts):
        walk.plain = walk.plain or _final(walk, unit)
        return walk.plain[: run + 1]
    exact = due = walk.formula.seen_at(run)
    is_last = run == walk.task.now
    stopped: set[int] = set()
    for gate in walk.gates:
        gate.is_traced = is_last
        exact = gate.let(run, exact, due, stopped)
    opened = walk.opened
    if opened is not None and run <= opened.last:
        exact = opened.at_the_opening(exact)
        if run == opened.last:
            keep_held(opened, walk.gates, walk.factors)
    if is_last:
        walk.held = sum(held_at(walk.gates, due, exact, stopped).values(), ZERO)
    for factor in walk.factors:
        factor.is_traced = is_last
    for factor, before, after in multiply(opened, walk.factors, run, exact):
        walk.held += factor.waiting(before) if is_last else ZERO
        exact = after
    if walk.gates:
        _note_gone(walk, run, stopped)
    exact = _bounded(walk, run, exact)
    return _rounded(walk, run, exact, unit)


def _note_gone(walk: ComponentWalk, run: int, stopped: set[int]) -> None:
    """Tell the gates what has gone out of all gates and factors at a run: what the opening sheet holds has not."""
    held = stopped.union(*(factor.unknown_runs(run + 1) for factor in walk.factors))
    if walk.opened is not None and run == walk.opened.last:
        held = set(walk.opened.held)
    gone = set(range(run + 1)) - held
    for gate in walk.gates:
        gate.gone = gone


def _rounded(walk: ComponentWalk, run: int, exact: list[Fraction], unit: Fraction) -> list[int]:
    """Round each window's running total; what is the same as at the run before is not computed again."""
    amounts = [*walk.plain, 0]
    totals, before = walk.totals, walk.exact
    totals.append((ZERO, 0))
    for span in walk.formula.spans:
        last = min(span.last, run)
        changed = next((i for i in range(span.first, last + 1) if i >= len(before) or before[i] is not exact[i]), None)
        if changed is None:
            continue
        total, done = totals[changed - 1] if changed > span.first else (ZERO, 0)
        for index in range(changed, last + 1):
            if exact[index]:
                total += exact[index]
            units = units_half_away(total, unit)
            amounts[index] = units - done
            done = units
            totals[index] = (total, units)
    walk.plain, walk.exact = amounts, exact
    return list(amounts)


def _final(walk: ComponentWalk, unit: Fraction) -> list[int]:
    """Return the rounded increments of all runs where no later run sees them otherwise."""
    exact = _bounded(walk, walk.task.now, walk.formula.amounts)
    found = [0] * len(exact)
    for span in walk.formula.spans:
        total, done = ZERO, 0
        for run in range(span.first, span.last + 1):
            increment = exact[run]
            if increment:
                total = total + increment if total else increment
                units = units_half_away(total, unit)
                found[run], done = units - done, units
    return found


def _bounded(walk: ComponentWalk, run: int, exact: list[Fraction]) -> list[Fraction]:
    component = walk.component
    if (component.at_least is None and component.at_most is None) or not walk.looks_at("bounds"):
        return exact
    result = list(exact)
    for span in walk.formula.spans:
        if span.first > run:
            break
        last = min(span.last, run)
        done = walk.clamped.get(span.first) if run > span.last else None
        if done is not None and all(one is two for one, two in zip(exact[span.first :], done[0], strict=False)):
            result[span.first : last + 1] = done[1]
            continue
        least = _least(walk, span, run)
        mosts = [_bound(walk, "at_most", span, index) for index in range(span.first, last + 1)]
        if (brought := walk.task.brought(span)) is not None:
            earned = Fraction(brought.earned)
            mosts = [None if most is None else max(ZERO, most - earned) for most in mosts]
            least = None if least is None else least - earned
        part = result[span.first : last + 1]
        change = clamp_window(part, mosts, least)
        result[span.first : last + 1] = part
        if run >= span.last:
            walk.clamped[span.first] = (exact[span.first : last + 1], part)
        if run == walk.task.now and span.first < run <= span.last and None not in mosts[-2:]:
            unit, caps = walk.task.round_to, cast("list[Fraction]", mosts[-2:])
            was = sum(exact[span.first : run], ZERO)
            figures = [units_half_away(one, Fraction(unit)) * unit for one in (was, *caps)]
            walk.notes = cap_moved(figures[0], figures[1], figures[2], (*walk.task.path, "at_most"))
        if change and run == walk.task.now and span.first <= run <= span.last:
            name = "at_least" if change > 0 and least is not None else "at_most"
            walk.steps.append(Step("bound", change, (("bound", name),), (*walk.task.path, name)))
    return result


def _least(walk: ComponentWalk, span: Span, run: int) -> Fraction | None:
    """Return a window's floor as a run sees it: what is to be reached counts at the end, a limit of losses at once."""
    least = _bound(walk, "at_least", span, min(span.last, run))
    if least is None or least <= 0 or (span.is_whole and run >= span.last):
        return least
    return None


def _bound(walk: ComponentWalk, name: Literal["at_least", "at_most"], span: Span, index: int) -> Fraction | None:
    """Return a bound as it stands at the end of a run; it is found once."""
    text: Dated[MoneyText] | None = getattr(walk.component, name)
    if text is None:
        return None
    if (name, index) not in walk.bounds:
        day = span.day_of(index)
        exact = in_force(text, day).resolve(walk.task.facts.terms_on(day))
        is_given = name == "at_least" and exact is not None and exact > 0
        part = walk.task.part("limits", walk.component.grain, span, is_given=is_given)
        walk.bounds[name, index] = None if exact is None else exact * part
    return walk.bounds[name, index]


def _component_walk(plan: Plan, name: str, facts: Facts) -> ComponentWalk:
    component: ComponentShape = plan.components[name]
    timeline = facts.timeline
    grain = component.grain
    start = component.start or date.min
    end = component.through + timedelta(days=1) if component.through is not None else FOREVER
    if not component.is_running_sum:
        end = min(end, facts.inputs.end)
    spans = timeline.spans(grain, max(start, plan.start), min(end, plan.end))
    path: Path = ("components", name)
    scaled = plan.part_period if isinstance(plan.part_period, PartPeriod) else None
    own_days = (start, component.through + timedelta(days=1) if component.through is not None else FOREVER)
    facts = facts.within(name, max(start, plan.start, facts.inputs.start), min(own_days[1], plan.end))
    task = Task(name, path, facts, spans, plan.payout.round_to, plan.open_windows, scaled, own_days, plan.end)
    formula = COMPONENT_TYPES[component.type].compute(component, task)
    formula.parts = parts_state(component, task, formula)
    limits = (max(start, plan.start), min(end, plan.end))
    walk = ComponentWalk(name, component, task, formula, [], [], given=given_runs(facts, name, plan.payout.round_to))
    walk.given_lines = given_lines(facts, name)
    if walk.looks_at("needs"):
        walk.gates += [gate_state(plan, task, formula, index, limits) for index in range(len(component.needs))]
    if walk.looks_at("times"):
        walk.factors += [factor_state(plan, task, formula, index, limits) for index in range(len(component.times))]
    if task.openings:
        walk.opened = enter_opened(formula, task, walk.gates, walk.factors)
    if not component.group_decides:
        walk.steps += added_steps(facts, name)
    if component.takes_back:
        walk.back = build_take_back(cast(CreditedShape, component), task, formula)
    return walk


def plan_notes(walk: PlanWalk) -> tuple[Note, ...]:
    """Return the notes of the plan's limits at the last run."""
    return tuple(note for limit in walk.limits for note in limit.notes)
