"""`matrix`: an amount, or a rate of the window's credits, by two readings at once, paid when the window ends.

The shape is here, its table in `matrix_table.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal, NamedTuple

from salescli.core.commission.block_readers import reader
from salescli.core.commission.components.base import (
    ZERO,
    ComponentShape,
    CreditedShape,
    Formula,
    Task,
    Team,
    dated_path,
    settle_openings,
)
from salescli.core.commission.components.bonus import is_forfeited
from salescli.core.commission.components.matrix_table import Bound, MatrixCell, MatrixLine, MatrixTable, line_of
from salescli.core.commission.gates import GateReading
from salescli.core.commission.refund_rules import RefundRule
from salescli.core.commission.result import Note, Path, Step
from salescli.core.commission.timeline import Span
from salescli.core.commission.values import MoneyText, in_force
from salescli.core.scales import MICRO
from salescli.core.shape_faults import Fault
from salescli.core.shapes import Dated, Name, Shape
from salescli.core.title import Title


class Axis(Shape):
    """What one side of the table reads."""

    called = Title("矩阵的一边", "a side of a matrix")
    metric: Name
    of: Literal["own", "team", "company"]
    quota: Literal["full-window", "to-date"] | None = None
    level: Name = "base"


class AxisRead(NamedTuple):
    """A side with the window over which it is read."""

    metric: str
    of: Literal["own", "team", "company"]
    over: Literal["month", "quarter", "year"]
    quota: Literal["full-window", "to-date"] | None
    level: str


class MatrixComponent(CreditedShape):
    """YAML of a `matrix` component; only one that pays rates pays on credits."""

    called = Title("矩阵组件", "a matrix component")
    wrong_keys: ClassVar = {**CreditedShape.wrong_keys, "row": "rows", "column": "columns", "cells": "table"}

    type: Literal["matrix"]
    pays_on: Name | None = None  # type: ignore[assignment]
    credit: Literal["own", "team", "overlay"] | None = None  # type: ignore[assignment]
    team: Team | None = None
    refunds: RefundRule | None = None  # type: ignore[assignment]
    adds_up_over: Literal["month", "quarter", "year"]
    rows: Axis
    columns: Axis
    if_undefined: Literal["nothing", "lowest"]
    table: Dated[MatrixTable]

    @property
    def is_running_sum(self) -> bool:
        """A matrix is due at its window's end."""
        return False

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metric it pays on, where it pays rates."""
        return () if self.pays_on is None else (self.pays_on,)

    @property
    def reads(self) -> tuple[AxisRead, ...]:
        """Its two sides, over its window."""
        sides = (self.rows, self.columns)
        return tuple(AxisRead(one.metric, one.of, self.adds_up_over, one.quota, one.level) for one in sides)

    @property
    def amounts(self) -> list[MoneyText]:
        """The amounts of its cells."""
        cells = (cell for table in self.table.all() for line in table for cell in line.cells)
        return [cell.money for cell in cells if cell.money is not None]


def check_matrix(component: ComponentShape, path: Path) -> Iterator[Fault]:
    """Yield what is wrong between the table of a matrix and what it pays on."""
    if not isinstance(component, MatrixComponent):
        return
    kinds = {cell.is_rate for table in component.table.all() for line in table for cell in line.cells}
    if kinds == {True, False}:
        yield Fault("matrix-mixes-cells", (*path, "table"), {})
    elif kinds == {True} and component.pays_on is None:
        yield Fault("missing-key", path, {"key": "pays_on"})
    elif kinds == {False} and component.pays_on is not None:
        yield Fault("matrix-amounts-pay-on", (*path, "pays_on"), {"pays_on": component.pays_on})
    if component.takes_back:
        yield Fault("matrix-takes-nothing-back", (*path, "refunds"), {})
    for key in ("credit", "refunds"):
        if component.pays_on is not None and getattr(component, key) is None:
            yield Fault("missing-key", path, {"key": key})
        if component.pays_on is None and getattr(component, key) is not None:
            yield Fault("matrix-amounts-pay-on", (*path, key), {"pays_on": key})


@dataclass(frozen=True, slots=True)
class _Looked:
    """Where a window stands in the table: both readings, the cell that they meet in (None: below the table)."""

    row: GateReading | None
    column: GateReading | None
    cell: MatrixCell | None
    path: Path
    rows: Sequence[Bound]
    columns: Sequence[Bound]


class MatrixType:
    """The registry line of `matrix`."""

    name = "matrix"
    title = Title("双指标矩阵", "Matrix of two measures")
    shape = MatrixComponent

    def compute(self, component: MatrixComponent, task: Task) -> Formula:
        """Enter what the two readings of each window meet in, in its last run."""
        formula = Formula([ZERO] * (task.now + 1), task.spans)
        days = (task.spans[0].start, task.spans[-1].end) if task.spans else task.own_days
        sides = [(one, reader(task.facts, one, days)) for one in component.reads]
        steps: list[Step] = []
        for span in task.spans:
            run = min(span.last, task.now)
            found = _look(component, task, span, [read(one.metric, one.of, span, run) for one, read in sides])
            credit = _credit(task, span)
            amount = _amount(component, task, span, found, credit, formula)
            if span.first <= task.now <= span.last:
                _describe(task, span, formula)
            if not span.is_whole:
                if span.last == task.now:
                    formula.notes.append(Note("not-due", (("due", span.end), ("so_far", amount)), task.path))
            elif is_forfeited(component, task, span):
                formula.notes.append(Note("forfeited-on-leaving", (("amount", amount),), ("leavers", "open_windows")))
            else:
                formula.amounts[span.last] += amount
                if span.last == task.now:
                    steps.append(_step(component, found, credit, amount))
        formula.steps = lambda: tuple(steps)
        implied: dict[int, Fraction] = {}
        return settle_openings(formula, task, implied)


def _look(component: MatrixComponent, task: Task, span: Span, readings: list[GateReading | None]) -> _Looked:
    day = span.day_of(min(span.last, task.now))
    table = in_force(component.table, day)
    place = dated_path((*task.path, "table"), component.table, day)
    lowest = component.if_undefined == "lowest"
    part = task.part("thresholds", component.adds_up_over, span)
    row, column = (one.value if one is not None else None for one in readings)
    rows, columns = [each.bound for each in table], [each.bound for each in table[0].cells]
    line = line_of(rows, row, part, lowest=lowest)
    if line is None:
        return _Looked(readings[0], readings[1], None, place, rows, columns)
    found: MatrixLine = table[line]
    cell = line_of(columns, column, part, lowest=lowest)
    if cell is None:
        return _Looked(readings[0], readings[1], None, (*place, line), rows, columns)
    path = (*place, line, found.key, found.cells[cell].key)
    return _Looked(readings[0], readings[1], found.cells[cell], path, rows, columns)


def _credit(task: Task, span: Span) -> Fraction:
    """Return the window's pay credit so far."""
    stretches = task.facts.stretches.get(task.name, [])
    return Fraction(sum(one.pay for one in stretches if span.first <= one.run <= span.last), MICRO)


def _amount(
    component: MatrixComponent, task: Task, span: Span, found: _Looked, credit: Fraction, formula: Formula
) -> Fraction:
    if found.cell is None:
        return ZERO
    if found.cell.rate is not None:
        return credit * Fraction(found.cell.rate)
    assert found.cell.money is not None
    amount = found.cell.money.resolve(task.facts.terms_on(span.day_of(min(span.last, task.now))))
    if amount is None:
        formula.notes.append(Note("no-term", (("text", found.cell.money.text),), found.path))
        return ZERO
    return amount * task.part("fixed-amounts", component.adds_up_over, span)


def _describe(task: Task, span: Span, formula: Formula) -> None:
    stretches = [one for one in task.facts.stretches.get(task.name, []) if span.first <= one.run <= task.now]
    formula.after = Fraction(sum(one.pay for one in stretches), MICRO)
    formula.credit = Fraction(sum(one.pay for one in stretches if one.run == task.now), MICRO)
    formula.before = formula.after - formula.credit


def _step(component: MatrixComponent, found: _Looked, credit: Fraction, amount: Fraction) -> Step:
    parts = (
        ("rows", component.rows.metric),
        ("row", found.row.value if found.row is not None else None),
        ("row_bound", _next_bound(found.rows, found.row)),
        ("columns", component.columns.metric),
        ("column", found.column.value if found.column is not None else None),
        ("column_bound", _next_bound(found.columns, found.column)),
        ("cell", found.cell.text if found.cell is not None else ""),
        ("credit", credit if component.pays_on is not None else None),
    )
    return Step("matrix", amount, parts, found.path)


def _next_bound(bounds: Sequence[Bound], read: GateReading | None) -> Fraction | None:
    """Return the percentage that a reading has not reached, for its words; None where the side is no percentage."""
    if not bounds[0].is_rate:
        return None
    above = (Fraction(one.threshold) for one in bounds if read is not None and read.value is not None
             and Fraction(one.threshold) > read.value)  # fmt: skip
    return next(above, Fraction(1))
