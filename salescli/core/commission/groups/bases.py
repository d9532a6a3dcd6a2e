"""What the levels below earned on a transaction, and what it leaves to the level above."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from salescli.core.commission.inputs import CreditLine, CreditSum, PayeeInputs
from salescli.core.commission.series import Series, added_by, taken_in_all
from salescli.core.commission.statement import spread
from salescli.core.money import CONTEXT, allocate, from_e4, to_e4

if TYPE_CHECKING:
    from salescli.core.commission.walk import ComponentWalk

Base = Literal["less-commission-below", "rate-difference"]
Mark = tuple[str, str, str]
"""One credit through all levels: the transaction's key, its contract, and whose own credit it is."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Below:
    """What the levels below have of one credit: what they earned on it, and the highest of their rates."""

    earned: Decimal = ZERO
    rate: Fraction = Fraction(0)

    def joined(self, other: Below) -> Below:
        """Return what two of the levels have."""
        return Below(CONTEXT.add(self.earned, other.earned), max(self.rate, other.rate))


def mark_of(line: CreditLine) -> Mark:
    """Return what a line is called on all levels."""
    return line.key, line.contract, line.via


def earned_by_mark(series: Series, component: str) -> dict[Mark, Below]:
    """Return what somebody earns on each credit of a component by today's facts, and the rate it is paid at."""
    walk = series.current.components.get(component)
    if walk is None:
        return {}
    unit = series.current.plan.payout.round_to
    found: dict[Mark, Below] = {}
    for line, units in spread(walk, _by_origin(series, component), taken_in_all(series, component)):
        if line.key:
            _add(found, line, Below(units * unit))
    if walk.formula.rate_of is not None:
        for line in walk.task.facts.lines.get(component, []):
            _add(found, line, Below(rate=walk.formula.rate_of(line)))
    return found


def _add(found: dict[Mark, Below], line: CreditLine, below: Below) -> None:
    mark = mark_of(line)
    found[mark] = found[mark].joined(below) if mark in found else below


def _by_origin(series: Series, component: str) -> list[int]:
    """Return what all runs together have added to each origin, each run by its own plan."""
    found = [0] * len(series.timeline.runs)
    for run, plan in enumerate(series.by_run):
        walk: ComponentWalk | None = plan.components.get(component)
        for origin, units in enumerate(added_by(walk, run) if walk is not None else ()):
            found[origin] += units
    return found


def take_below(inputs: PayeeInputs, component: str, base: Base, below: Mapping[Mark, Below]) -> PayeeInputs:
    """Return a payee's inputs with what the levels below leave of a component's credits.

    What they earned is taken off the pay credit; of rates, the highest is kept beside it. The position moves by the
    whole credit either way.
    """
    mine = [line for line in inputs.lines if line.component == component]
    taken = _taken(mine, below) if base == "less-commission-below" else {}
    lines = {id(line): _left(line, base, taken.get(id(line), ZERO), below.get(mark_of(line), Below())) for line in mine}
    sums = [one for one in inputs.credits if one.component == component]
    return replace(
        inputs,
        lines=tuple(lines.get(id(line), line) for line in inputs.lines),
        credits=(
            *(one for one in inputs.credits if one.component != component),
            *_folded(sums, [(line, lines[id(line)]) for line in mine]),
        ),
    )


def _taken(lines: Sequence[CreditLine], below: Mapping[Mark, Below]) -> dict[int, Decimal]:
    """Return what is taken off each line; where several are one credit, each has its part of it."""
    by_mark: dict[Mark, list[CreditLine]] = {}
    for line in lines:
        by_mark.setdefault(mark_of(line), []).append(line)
    found: dict[int, Decimal] = {}
    for mark, group in by_mark.items():
        earned = below[mark].earned if mark in below else ZERO
        weights = [line.pay_credit for line in group]
        if not earned or not sum(weights):
            continue
        parts = allocate(to_e4(earned), weights)
        found.update({id(line): from_e4(part) for line, part in zip(group, parts, strict=True)})
    return found


def _left(line: CreditLine, base: Base, taken: Decimal, below: Below) -> CreditLine:
    if base == "rate-difference":
        return replace(line, below=below.rate)
    return replace(line, pay_credit=CONTEXT.subtract(line.pay_credit, taken), taken_below=taken)


def _folded(sums: Sequence[CreditSum], lines: Iterable[tuple[CreditLine, CreditLine]]) -> list[CreditSum]:
    """Take from each sum what was taken from its lines, and cut it by the rates below."""
    ordered = sorted(sums, key=lambda one: one.start)
    starts: dict[tuple[date, bool, str, date | None], list[date]] = {}
    for one in ordered:
        starts.setdefault((one.month, one.refund, one.rate_key, one.priced), []).append(one.start)
    left = {(one.start, one.refund, one.rate_key, one.priced): one for one in ordered}
    found: dict[tuple[date, bool, str, date | None, Fraction], CreditSum] = {}
    for before, after in lines:
        is_refund = before.kind == "refund" or bool(before.undoes)
        priced = None if before.priced == before.date else before.priced  # as sums say it
        days = starts.get((before.date.replace(day=1), is_refund, before.rate_key, priced), [])
        index = bisect_right(days, before.date)
        if not index:
            continue
        place = (days[index - 1], is_refund, before.rate_key, priced)
        one = left[place]
        left[place] = _less(one, before)
        empty = replace(one, pay_credit=ZERO, quota_credit=ZERO, units=ZERO, below=after.below)
        old = found.get((*place, after.below), empty)
        found[(*place, after.below)] = replace(
            old,
            pay_credit=CONTEXT.add(old.pay_credit, after.pay_credit),
            quota_credit=CONTEXT.add(old.quota_credit, after.quota_credit),
            units=CONTEXT.add(old.units, after.units),
        )
    rest = [one for one in left.values() if one.pay_credit or one.quota_credit or one.units]
    return [*rest, *found.values()]


def _less(one: CreditSum, line: CreditLine) -> CreditSum:
    return replace(
        one,
        pay_credit=CONTEXT.subtract(one.pay_credit, line.pay_credit),
        quota_credit=CONTEXT.subtract(one.quota_credit, line.quota_credit),
        units=CONTEXT.subtract(one.units, line.units),
    )
