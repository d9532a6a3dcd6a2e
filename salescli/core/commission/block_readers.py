"""What gates and factors read: metrics on their own windows so far, grades, and the spans that they govern."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.commission.components.base import ComponentShape, Formula, Task
from salescli.core.commission.factors import FactorBlock, GradeFactor
from salescli.core.commission.facts import Facts
from salescli.core.commission.gates import Gate, GateReading
from salescli.core.commission.inputs import Grade, basis_of
from salescli.core.commission.timeline import Span, shorter
from salescli.core.periods import WindowGrain

if TYPE_CHECKING:
    from salescli.core.commission.components.matrix import AxisRead


def governed(component: ComponentShape, over: str) -> WindowGrain:
    """Return what a gate or factor governs: the shorter of its own window and the component's."""
    return shorter(over, component.window)


def reader(
    facts: Facts, block: Gate | FactorBlock | AxisRead, days: tuple[date, date]
) -> Callable[[str, str, Span, int], GateReading | None]:
    """Return what reads a metric on its own window, from where that window begins, up to a run (or the span's end)."""
    starts: dict[int, date] = {}
    over = block.over
    basis = "" if isinstance(block, GradeFactor) else basis_of(block.quota, block.level, over)

    def read(metric: str, of: str, span: Span, run: int) -> GateReading | None:
        if span.first not in starts:
            window = facts.timeline.calendar.window(over, span.start)
            starts[span.first] = max(window.start, facts.timeline.start, days[0])
        last = facts.timeline.runs[min(run, span.last)].last_day
        return facts.reading(metric, of, starts[span.first], last.replace(day=1), basis)

    return read


def grades_of(factor: GradeFactor, facts: Facts, span: Span) -> tuple[Grade, ...]:
    """Return the grades of the period that a span asks for, in the order in which they became known."""
    window = facts.timeline.calendar.window(factor.over, span.whole_start)
    if factor.which.startswith("previous"):
        window = facts.timeline.calendar.window(factor.over, window.start - timedelta(days=1))
    found = [one for one in facts.inputs.grades if one.scorecard == factor.grade_from and one.period == window.start]
    return tuple(sorted(found, key=lambda one: one.known_in))


def final_runs(task: Task, formula: Formula, spans: Sequence[Span]) -> frozenset[int]:
    """Opening rows that cover more than one span of a factor were settled when they were paid."""
    final = set()
    covered = 0
    for row in task.openings:
        window = next((one for one in formula.spans if one.first <= row.run <= one.last), None)
        begins = max(covered, window.first if window is not None else 0)
        span = next((one for one in spans if one.first <= row.run <= one.last), None)
        if span is None or begins < span.first:
            final.add(row.run)
        covered = row.run + 1
    return frozenset(final)
