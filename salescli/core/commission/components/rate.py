"""`rate`: one rate on all credits, or one rate per product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from salescli.core.commission.components.base import (
    ZERO,
    ComponentShape,
    CreditedShape,
    Formula,
    Task,
    Window,
    dated_path,
    settle_openings,
)
from salescli.core.commission.components.rate_table import Cell, RateTable
from salescli.core.commission.facts import Stretch
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import Part, Path, Step
from salescli.core.commission.special_rates import rate_above, rate_of, special_pay, special_step, stretches_of
from salescli.core.commission.values import exact_of, in_force
from salescli.core.scales import MICRO
from salescli.core.shape_faults import Fault
from salescli.core.shapes import ByKind, Dated, Rate
from salescli.core.title import Title

RateOrTable: TypeAlias = Annotated[Rate | RateTable, ByKind(text=Rate, map=RateTable)]


class RateComponent(CreditedShape):
    """YAML of a `rate` component."""

    called = Title("固定费率组件", "a rate component")
    type: Literal["rate"]
    rate: Dated[RateOrTable]
    adds_up_over: Window | None = None

    @property
    def tables(self) -> list[RateTable]:
        """Its rate tables: none where there is one rate for everything."""
        return [one for one in self.rate.all() if isinstance(one, RateTable)]

    @property
    def pays_each(self) -> bool:
        """Whether it pays amounts for each sale anywhere."""
        return any(one.has_amounts for one in self.tables)


def check_amounts(component: ComponentShape, path: Path) -> Iterator[Fault]:
    """Yield a fault where sales are paid by amounts that a refund could not take back: it has no number of sales."""
    if not isinstance(component, RateComponent) or component.takes_back:
        return
    for start, value in component.rate.values:
        if isinstance(value, RateTable) and value.has_amounts:
            place = (*path, "rate") if component.rate.is_constant else (*path, "rate", start.isoformat())
            yield Fault("amount-each-needs-original-rate", place, {})


class RateType:
    """The registry line of `rate`."""

    name = "rate"
    title = Title("固定费率", "Flat rate")
    shape = RateComponent

    def compute(self, component: RateComponent, task: Task) -> Formula:
        """Multiply each stretch's pay credit by the rate in force."""
        formula = Formula([ZERO] * (task.now + 1), task.spans)
        inside = [one for one in stretches_of(component, task) if _is_inside(one, task)]
        for stretch in (one for one in inside if not one.is_refund):
            if stretch.special is not None:
                formula.add(stretch.run, special_pay(stretch))
                continue
            formula.add(stretch.run, _pay_stretch(_cell_of(component, stretch.priced_on, stretch.rate_key), stretch))
        window = task.spans[-1] if task.spans and task.spans[-1].last >= task.now else None
        if window is not None:
            of_window = [one for one in inside if one.run >= window.first]
            opened = sum(row.position for row in task.openings[-1:] if row.run >= window.first)
            counted = [one for one in of_window if one.special is None or _counts(component)]
            formula.after = Fraction(opened + sum(one.pay for one in counted), MICRO)
            formula.credit = Fraction(sum(one.pay for one in of_window if one.run == task.now), MICRO)
            formula.before = formula.after - Fraction(sum(one.pay for one in counted if one.run == task.now), MICRO)
        implied = {row.run: self._implied(component, task, row.run, row.position) for row in task.openings}
        formula.steps = lambda: _steps(component, task, [one for one in inside if one.run == task.now])
        formula.weigh = lambda line: _weight(component, line)
        formula.rate_of = lambda line: _rate_of(component, line)
        return settle_openings(formula, task, implied)

    def _implied(self, component: RateComponent, task: Task, run: int, position: int) -> Fraction:
        cell = _cell_of(component, task.facts.timeline.runs[run].start, "")
        return Fraction(position, MICRO) * Fraction(cell.rate)


def _weight(component: RateComponent, line: CreditLine) -> Fraction:
    """Weigh a line by what it pays."""
    special = rate_of(component, line)
    if special is not None:
        return Fraction(line.pay_credit) * rate_above(special, line.below)
    cell = _cell_of(component, line.priced or line.date, line.rate_key)
    return _pay(cell, Fraction(line.pay_credit), Fraction(line.units), line.below)


def _rate_of(component: RateComponent, line: CreditLine) -> Fraction:
    special = rate_of(component, line)
    if special is not None:
        return special
    return Fraction(_cell_of(component, line.priced or line.date, line.rate_key).rate)


def _counts(component: RateComponent) -> bool:
    """Whether credits at special rates are in the position."""
    return component.special_rates is not None and component.special_rates.position == "counts"


def _is_inside(stretch: Stretch, task: Task) -> bool:
    return any(span.first <= stretch.run <= span.last for span in task.spans)


def _cell_of(component: RateComponent, day: date, key: str) -> Cell:
    value = in_force(component.rate, day)
    return value.cell(key) if isinstance(value, RateTable) else Cell(value)


def _place_of(component: RateComponent, path: Path, day: date, key: str) -> Path:
    value = in_force(component.rate, day)
    place = dated_path((*path, "rate"), component.rate, day)
    if not isinstance(value, RateTable):
        return place
    return (*place, "table", key) if key in value.table else (*place, "otherwise")


def _pay(cell: Cell, credit: Fraction, units: Fraction, below: Fraction = ZERO) -> Fraction:
    """Return what a credit pays; `below` is the highest rate of the levels below, which is theirs."""
    return credit * _difference(cell, below) if cell.each is None else units * Fraction(cell.each)


def _pay_stretch(cell: Cell, stretch: Stretch) -> Fraction:
    """Return what a stretch pays: its credit or its units are integers, so that one fraction is made of all."""
    count, rate = (
        (stretch.pay, _difference(cell, stretch.below)) if cell.each is None else (stretch.units, exact_of(cell.each))
    )
    return Fraction(count * rate.numerator, MICRO * rate.denominator)


def _difference(cell: Cell, below: Fraction) -> Fraction:
    return rate_above(exact_of(cell.rate), below)


def _steps(component: RateComponent, task: Task, stretches: list[Stretch]) -> tuple[Step, ...]:
    found = []
    for stretch in (one for one in stretches if not one.is_refund):
        if stretch.special is not None:
            credit, pay = Fraction(stretch.pay, MICRO), special_pay(stretch)
            found.append(special_step(stretch.special, credit, pay, stretch.below, task.path))
            continue
        cell = _cell_of(component, stretch.priced_on, stretch.rate_key)
        path = _place_of(component, task.path, stretch.priced_on, stretch.rate_key)
        credit, units = Fraction(stretch.pay, MICRO), Fraction(stretch.units, MICRO)
        paid: tuple[tuple[str, Part], ...] = (("credit", credit), ("rate", Fraction(cell.rate)))
        if cell.each is not None:
            paid = (("units", units), ("each", cell.each))
        parts = (*paid, ("key", stretch.rate_key), ("start", stretch.start))
        if stretch.below:
            parts = (("credit", credit), ("rate", _difference(cell, stretch.below)), ("own", Fraction(cell.rate)),
                     ("below", stretch.below), *parts[2:])  # fmt: skip
        found.append(Step("at-rate", _pay(cell, credit, units, stretch.below), parts, path))
    return tuple(found)
