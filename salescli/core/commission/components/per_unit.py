"""`per-unit`: an amount for each thing counted (a new customer, a unit sold), shared as the plan says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

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
from salescli.core.commission.result import Note, Step
from salescli.core.commission.values import Money, in_force
from salescli.core.scales import MICRO
from salescli.core.shapes import Dated
from salescli.core.title import Title

Sharing = Literal["divide", "each", "largest-share"]


class PerUnitComponent(CreditedShape):
    """YAML of a `per-unit` component."""

    called = Title("计件组件", "a per-unit component")
    type: Literal["per-unit"]
    amount: Dated[Money]
    shared_unit: Sharing
    adds_up_over: Window | None = None


class PerUnitType:
    """The registry line of `per-unit`."""

    name = "per-unit"
    title = Title("按件奖励", "Amount per unit")
    shape = PerUnitComponent

    def compute(self, component: PerUnitComponent, task: Task) -> Formula:
        """Multiply the units by the amount in force."""
        formula = Formula([ZERO] * (task.now + 1), task.spans)
        inside = [
            one
            for one in task.facts.stretches.get(task.name, [])
            if any(span.first <= one.run <= span.last for span in task.spans)
        ]
        for stretch in (one for one in inside if not one.is_refund):
            amount = _amount(component, task, stretch.priced_on)
            if amount is None:
                formula.notes.append(
                    Note("no-term", (("text", in_force(component.amount, stretch.start).text),), task.path)
                )
                continue
            formula.amounts[stretch.run] += Fraction(stretch.units, MICRO) * amount
        window = next((one for one in task.spans if one.first <= task.now <= one.last), None)
        if window is not None:
            counted = [one for one in inside if one.run >= window.first]
            formula.after = Fraction(sum(one.units for one in counted), MICRO)
            formula.credit = Fraction(sum(one.units for one in counted if one.run == task.now), MICRO)
            formula.before = formula.after - formula.credit
        formula.steps = lambda: _steps(component, task, [one for one in inside if one.run == task.now])
        formula.weigh = lambda line: Fraction(line.units)
        implied = {}
        for row in task.openings:
            amount = _amount(component, task, task.facts.timeline.runs[row.run].start)
            implied[row.run] = ZERO if amount is None else Fraction(row.units, MICRO) * amount
        return settle_openings(formula, task, implied)


def unit_of(sharing: Sharing, shares: Sequence[Decimal], seat: int) -> Decimal:
    """Return what one of several people has of one unit.

    `shares` are in the order of the split, `seat` is whose part is asked.

    >>> half = Decimal("0.5")
    >>> [unit_of(how, (half, half), 1) for how in ("divide", "each", "largest-share")]
    [Decimal('0.5'), Decimal('1'), Decimal('0')]
    """
    if sharing == "divide":
        return shares[seat]
    if sharing == "each":
        return Decimal(1)
    return Decimal(1) if shares.index(max(shares)) == seat else Decimal(0)


def _amount(component: PerUnitComponent, task: Task, day: date) -> Fraction | None:
    return in_force(component.amount, day).resolve(task.facts.terms_on(day))


def _steps(component: PerUnitComponent, task: Task, stretches: list[Stretch]) -> tuple[Step, ...]:
    found = []
    for one in (each for each in stretches if not each.is_refund):
        amount = _amount(component, task, one.priced_on) or ZERO
        units = Fraction(one.units, MICRO)
        path = dated_path((*task.path, "amount"), component.amount, one.priced_on)
        parts = (("units", units), ("amount", amount), ("shared_unit", component.shared_unit))
        found.append(Step("per-unit", units * amount, parts, path))
    return tuple(found)
