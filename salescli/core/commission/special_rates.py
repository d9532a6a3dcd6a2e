"""Special rates (特批): credits of one person that are paid at a rate of their own instead of the plan's table.

A plan takes special rates only where a component says `special_rates`, with what the credits do to the position. A
person's credits are then laid out by day: first what the table pays on, then what it does not, each at its own rate.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from salescli.core.commission.facts import Stretch
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import Part, Path, Step
from salescli.core.commission.take_back import is_refund
from salescli.core.commission.terms import SpecialRate
from salescli.core.scales import MICRO, to_micro
from salescli.core.shape_faults import Fault
from salescli.core.shapes import Shape
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.core.commission.components.base import ComponentShape, Formula, Task

KEY = "special_rates"
NEW_AT = "new-at-rate-reached"
TAKERS = ("rate", "tiered")
ZERO = Fraction(0)


class SpecialRates(Shape):
    """YAML of what a component does with special rates: whether their credits move the position."""

    called = Title("特批费率", "special_rates")
    position: Literal["counts", "left-out"]


def check_special_rates(component: ComponentShape, path: Path) -> Iterator[Fault]:
    """Yield a fault where a component cannot take special rates, or not in the way that it says."""
    said = component.special_rates
    if said is None:
        return
    place = (*path, KEY)
    if component.type not in TAKERS:
        yield Fault("special-rates-without-rate", place, {"type": component.type})
        return
    place = (*place, "position")
    if getattr(component, "is_by_value", False) and said.position == "counts":
        yield Fault("special-rates-paid-twice", place, {"apply": getattr(component, "apply", "")})
    if said.position == "left-out" and component.window == "each-transaction":
        yield Fault("special-rates-without-position", place, {})
    elif said.position == "left-out" and getattr(component, "has_two_measures", False):
        yield Fault("special-rates-of-another-measure", place, {})


def rate_of(component: ComponentShape, line: CreditLine) -> Fraction | None:
    """Return the special rate of a line, None where the plan's table pays it."""
    taken = component.special_rates is not None and line.special is not None
    return Fraction(line.special.rate) if taken and line.special is not None else None


def stretches_of(component: ComponentShape, task: Task) -> list[Stretch]:
    """Return the credits as a component prices them: by day, special ones apart, where there is any; else as folded.

    What is new at the rate reached is all of a stretch at the rate at its end: there the folded stretches stay.
    """
    folded = task.facts.stretches.get(task.name, [])
    said = component.special_rates
    lines = task.facts.lines.get(task.name, [])
    if said is None or all(line.special is None for line in lines):
        return folded
    other = len(component.metrics) > 1  # moves the position, by sums of its own
    found = [one._replace(pay=0, units=0) for one in folded if one.quota] if other else []
    starts = sorted({one.start for one in folded}) if getattr(component, "apply", "") == NEW_AT else []
    found += _laid_out(lines, component, task, starts, moves=not other)
    return sorted(found, key=lambda one: one.start)


def _laid_out(
    lines: Sequence[CreditLine], component: ComponentShape, task: Task, starts: Sequence[date], *, moves: bool
) -> Iterator[Stretch]:
    """Yield stretches of a day, the special ones last; or those that begin on `starts`, where they come first."""
    timeline, said = task.facts.timeline, component.special_rates
    counts = said is not None and said.position == "counts"
    sums: dict[tuple[Any, ...], list[int]] = {}
    heads: dict[tuple[Any, ...], Stretch] = {}
    for line in lines:
        run = timeline.index(line.date)
        if run is None or not timeline.start <= line.date < timeline.end:
            continue
        start = starts[max(0, bisect_right(starts, line.date) - 1)] if starts else line.date
        back, priced = component.takes_back and is_refund(line), line.priced or start
        order = () if line.special is None else line.special.order
        key = (start, bool(order) != bool(starts), order, back, line.rate_key, line.below, priced)
        if key not in heads:
            heads[key] = Stretch(start, run, 0, 0, 0, line.rate_key, line.below, priced, back, line.special)
        held = sums.setdefault(key, [0, 0, 0])
        held[0] += to_micro(line.quota_credit) if moves and (counts or line.special is None) else 0
        held[1] += to_micro(line.pay_credit)
        held[2] += to_micro(line.units) if line.special is None else 0
    for key in sorted(sums):
        quota, pay, units = sums[key]
        yield heads[key]._replace(quota=quota, pay=pay, units=units)


def special_pay(stretch: Stretch) -> Fraction:
    """Return what a stretch of special credits earns; of a difference of rates, above that of the levels below."""
    if stretch.special is None or stretch.is_refund:
        return ZERO
    return Fraction(stretch.pay, MICRO) * rate_above(Fraction(stretch.special.rate), stretch.below)


def rate_above(rate: Fraction, below: Fraction) -> Fraction:
    """Return what is left of a rate above that of the levels below."""
    return max(ZERO, rate - below) if below or rate < 0 else rate


def special_step(
    special: SpecialRate, credit: Fraction, pay: Fraction, below: Fraction, path: Path, way: tuple[int, int] = (0, 0)
) -> Step:
    """Return the step of credits that are paid at a special rate: with who approved it, until when, and why."""
    parts: list[tuple[str, Part]] = [("credit", credit), ("rate", Fraction(special.rate))]
    if way[0] != way[1]:
        parts += [("from", Fraction(way[0], MICRO)), ("to", Fraction(way[1], MICRO))]
    if below:
        parts.append(("below", below))
    said = ("component", "customer", "contract", "approved_by", "through", "reason")
    parts += [(name, value) for name in said if (value := getattr(special, name))]
    return Step("special-rate", pay, tuple(parts), (*path, KEY), special.source)


def special_steps(stretch: Stretch | None, path: Path, way: tuple[int, int]) -> list[Step]:
    """Return the step of a stretch that is paid at a special rate; `way` is how it moves the position."""
    if stretch is None or stretch.special is None or stretch.is_refund:
        return []
    credit = Fraction(stretch.pay, MICRO)
    return [special_step(stretch.special, credit, special_pay(stretch), stretch.below, path, way)]


class Weights:
    """Weighs lines where some are paid at special rates: those by their own pay, the others share what is left."""

    def __init__(self, component: ComponentShape, task: Task, formula: Formula, stretches: Sequence[Stretch]) -> None:
        """Keep what each run pays at special rates, and the credits of the others."""
        self.component, self.task, self.formula = component, task, formula
        self.special: dict[int, Fraction] = {}
        self.credit: dict[int, Fraction] = {}
        for one in stretches:
            if one.special is not None:
                self.special[one.run] = self.special.get(one.run, ZERO) + special_pay(one)
            elif not one.is_refund:
                self.credit[one.run] = self.credit.get(one.run, ZERO) + Fraction(one.pay, MICRO)

    def weigh(self, line: CreditLine) -> Fraction:
        """Weigh a line: what it earns, or its part of what the table pays in its run."""
        rate = rate_of(self.component, line)
        if rate is not None:
            return Fraction(line.pay_credit) * rate_above(rate, line.below)
        run = self.task.facts.timeline.index(line.date)
        if run is None or not self.credit.get(run):
            return ZERO
        rest = self.formula.amounts[run] - self.special.get(run, ZERO)
        return Fraction(line.pay_credit) * rest / self.credit[run]
