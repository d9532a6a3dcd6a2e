"""A component's gates and factors before the walk: the spans that each governs, and what it reads there."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from salescli.core.commission.block_readers import final_runs, governed, grades_of, reader
from salescli.core.commission.components.base import ZERO, ComponentShape, Formula, Task
from salescli.core.commission.factors import FactorState, Known, MetricFactor, known_grade, known_metric
from salescli.core.commission.gates import GateReading, GateState
from salescli.core.commission.inputs import Grade
from salescli.core.commission.plan import Plan
from salescli.core.commission.timeline import Span


def gate_state(plan: Plan, task: Task, formula: Formula, index: int, days: tuple[date, date]) -> GateState:
    """Lay one gate of a component out on its spans, inside some days."""
    component: ComponentShape = plan.components[task.name]
    gate = component.needs[index]
    facts = task.facts
    spans = facts.timeline.spans(governed(component, gate.over), *days)

    read_on = reader(facts, gate, days)

    def read(span: Span, run: int) -> GateReading | None:
        return read_on(gate.metric, gate.of, span, run)

    lowest = formula.lowest

    def first_rate(run: int) -> Fraction:
        return ZERO if lowest is None else lowest[run]

    state = GateState(gate, (*task.path, "needs", index), spans, read, first_rate)
    state.released.update(formula.paid)
    state.gone = set(formula.paid)
    state.final = final_runs(task, formula, spans)
    state.end = min(days[1], facts.timeline.end)
    return state


def factor_state(plan: Plan, task: Task, formula: Formula, index: int, days: tuple[date, date]) -> FactorState:
    """Lay one factor of a component out on its spans, inside some days."""
    component: ComponentShape = plan.components[task.name]
    factor = component.times[index]
    facts = task.facts
    path = (*task.path, "times", index)
    spans = facts.timeline.spans(governed(component, factor.over), *days)

    read_on = reader(facts, factor, days)
    graded: dict[int, tuple[Grade, ...]] = {}

    def known(span: Span, run: int) -> Known:
        if isinstance(factor, MetricFactor):
            return known_metric(factor, path, read_on(factor.metric, factor.of, span, run), span, run)
        if span.first not in graded:
            graded[span.first] = grades_of(factor, facts, span)
        return known_grade(factor, path, graded[span.first], span, run)

    return FactorState(factor, path, spans, known, final_runs(task, formula, spans))
