"""`rate`: one rate on all credits, or one rate per product."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from salescli.core.commission.components.base import (
    ZERO,
    CreditedShape,
    Formula,
    Task,
    Window,
    dated_path,
    settle_openings,
)
from salescli.core.commission.facts import Stretch
from salescli.core.commission.result import Path, Step
from salescli.core.commission.values import in_force
from salescli.core.scales import MICRO
from salescli.core.shapes import ByKind, Dated, Name, OneOrMany, Rate, Shape
from salescli.core.title import Title


class RateTable(Shape):
    """A rate by product: the first of `by` that the table knows wins."""

    called = Title("费率表", "a rate table")
    by: OneOrMany[Name]
    table: Annotated[dict[Name, Rate], Field(min_length=1)]
    otherwise: Rate


RateOrTable: TypeAlias = Annotated[Rate | RateTable, ByKind(text=Rate, map=RateTable)]


class RateComponent(CreditedShape):
    """YAML of a `rate` component."""

    called = Title("固定费率组件", "a rate component")
    type: Literal["rate"]
    rate: Dated[RateOrTable]
    adds_up_over: Window | None = None


class RateType:
    """The registry line of `rate`."""

    name = "rate"
    title = Title("固定费率", "Flat rate")
    shape = RateComponent

    def compute(self, component: RateComponent, task: Task) -> Formula:
        """Multiply each stretch's pay credit by the rate in force."""
        formula = Formula([ZERO] * (task.now + 1), task.spans)
        inside = [one for one in task.facts.stretches.get(task.name, []) if _is_inside(one, task)]
        for stretch in (one for one in inside if not one.is_refund):
            rate, _ = _rate_of(component, task.path, stretch.start, stretch.rate_key)
            formula.amounts[stretch.run] += Fraction(stretch.pay, MICRO) * rate
        window = task.spans[-1] if task.spans and task.spans[-1].last >= task.now else None
        if window is not None:
            of_window = [one for one in inside if one.run >= window.first]
            opened = sum(row.position for row in task.openings[-1:] if row.run >= window.first)
            formula.after = Fraction(opened + sum(one.pay for one in of_window), MICRO)
            formula.credit = Fraction(sum(one.pay for one in of_window if one.run == task.now), MICRO)
            formula.before = formula.after - formula.credit
        implied = {row.run: self._implied(component, task, row.run, row.position) for row in task.openings}
        formula.steps = lambda: _steps(component, task, [one for one in inside if one.run == task.now])
        formula.weigh = lambda line: (
            Fraction(line.pay_credit) * _rate_of(component, task.path, line.date, line.rate_key)[0]
        )
        return settle_openings(formula, task, implied)

    def _implied(self, component: RateComponent, task: Task, run: int, position: int) -> Fraction:
        rate, _ = _rate_of(component, task.path, task.facts.timeline.runs[run].start, "")
        return Fraction(position, MICRO) * rate


def match_rate_key(table: RateTable, dimensions: Mapping[str, str]) -> str:
    """Return the line of a rate table that a credit belongs to: the first of `by` whose value the table knows.

    "" is `otherwise`.
    """
    for dimension in table.by:
        value = dimensions.get(dimension, "")
        if value and value in table.table:
            return value
    return ""


def _is_inside(stretch: Stretch, task: Task) -> bool:
    return any(span.first <= stretch.run <= span.last for span in task.spans)


def _rate_of(component: RateComponent, path: Path, day: date, key: str) -> tuple[Fraction, Path]:
    value = in_force(component.rate, day)
    place = dated_path((*path, "rate"), component.rate, day)
    if not isinstance(value, RateTable):
        return Fraction(value), place
    if key in value.table:
        return Fraction(value.table[key]), (*place, "table", key)
    return Fraction(value.otherwise), (*place, "otherwise")


def _steps(component: RateComponent, task: Task, stretches: list[Stretch]) -> tuple[Step, ...]:
    found = []
    for stretch in (one for one in stretches if not one.is_refund):
        rate, path = _rate_of(component, task.path, stretch.start, stretch.rate_key)
        credit = Fraction(stretch.pay, MICRO)
        parts = (("credit", credit), ("rate", rate), ("key", stretch.rate_key), ("start", stretch.start))
        found.append(Step("at-rate", credit * rate, parts, path))
    return tuple(found)
