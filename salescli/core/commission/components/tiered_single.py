"""A tiered component that looks at each transaction by itself: the table meets every transaction from zero.

A refund belongs to the transaction that it undoes, and takes back what the table of its own day pays on it less what
that pays on what is left: under `recompute` its day is the receipt's, so together they are priced as what is left;
under `at-refund-date` a table that changed in between takes back more or less than was paid. A transaction is the
window, so each one's earned-to-date is rounded. The parts of one that is of several contracts share by credit what the
table pays on it whole; those at a special rate are paid that, and move it all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.components.base import ZERO, Formula, Task
from salescli.core.commission.components.tiered_scales import Scales
from salescli.core.commission.components.tiered_window import missing_lines
from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.result import Step
from salescli.core.commission.special_rates import special_step
from salescli.core.commission.take_back import is_refund
from salescli.core.commission.terms import SpecialRate
from salescli.core.commission.timeline import Span
from salescli.core.money import round_half_away
from salescli.core.scales import MICRO, Scale, to_micro
from salescli.core.value_scales import ValueScale

if TYPE_CHECKING:
    from salescli.core.commission.components.tiered import TieredComponent


def compute_singly(component: TieredComponent, task: Task) -> Formula:
    """Price each transaction; its pay belongs to the run of its date."""
    formula = Formula([ZERO] * (task.now + 1), task.spans, [ZERO] * (task.now + 1))
    lines = task.facts.lines.get(task.name, [])
    if not lines and task.facts.stretches.get(task.name):
        formula.notes.append(missing_lines(task))
    steps: list[Step] = []
    shares = _Shares()
    for one in _priced(component, task, lines):
        formula.amounts[one.run] += one.pay
        shares.add(one)
        if formula.lowest is not None:
            formula.lowest[one.run] += one.pay if one.special is not None else _first_rate(one.scale) * one.paid
        if one.run == task.now:
            formula.credit += one.moved
            if one.special is None:
                steps.append(_step(component, task, one))
            else:
                steps.append(special_step(one.special, Fraction(one.line.pay_credit), one.pay, ZERO, task.path))
    formula.after = formula.credit
    formula.weigh = shares.weigh
    formula.steps = lambda: tuple(steps)
    return formula


@dataclass(frozen=True, slots=True)
class _Priced:
    """What one line adds to the pay of its transaction; `special` is the rate that it is paid at, if it has one.

    `paid` is what it adds to the credit that the table pays on; `moved` how far it moves the transaction's tier.
    """

    run: int
    line: CreditLine
    special: SpecialRate | None
    scale: Scale | ValueScale
    moved: Fraction
    after: int
    pay: Fraction
    paid: Fraction = ZERO
    is_of_others: bool = False


@dataclass(slots=True)
class _Transaction:
    """One transaction so far: its size, what of it the table pays on, and what is at a special rate, by contract."""

    reached: int = 0
    paid: int = 0  # as credit factors weigh it
    last: CreditLine | None = None  # of those that the table pays on
    specials: dict[str, SpecialRate | None] = field(default_factory=dict)
    special_paid: dict[str, int] = field(default_factory=dict)


class _Shares:
    """What lines earn: those of one record that are priced alike share by their credit."""

    def __init__(self) -> None:
        self.earned: dict[tuple[object, ...], Fraction] = {}
        self.credits: dict[tuple[object, ...], list[Fraction]] = {}
        self.counted: dict[tuple[object, ...], int] = {}

    def add(self, one: _Priced) -> None:
        """Count what a line earns, or changes of what others earn."""
        key = self._key(one.line)
        self.earned[key] = self.earned.get(key, ZERO) + one.pay
        if one.is_of_others:
            return
        sums = self.credits.setdefault(key, [ZERO, ZERO])
        sums[0] += Fraction(one.line.pay_credit)
        sums[1] += Fraction(one.line.quota_credit)
        self.counted[key] = self.counted.get(key, 0) + 1

    def weigh(self, line: CreditLine) -> Fraction:
        """Weigh a line by what it earns."""
        key = self._key(line)
        earned = self.earned.get(key, ZERO)
        if self.counted.get(key, 1) == 1:
            return earned
        pay, quota = self.credits[key]
        own, whole = (line.pay_credit, pay) if pay else (line.quota_credit, quota)
        return earned * Fraction(own) / whole if whole else earned

    def _key(self, line: CreditLine) -> tuple[object, ...]:
        return line.date, line.key, None if line.special is None else (line.contract, line.special.order)


def _priced(component: TieredComponent, task: Task, lines: list[CreditLine]) -> Iterator[_Priced]:
    """Yield what each line adds, in the order of the lines; of one record those at special rates come first."""
    takes = component.special_rates is not None
    transactions: dict[str, _Transaction] = {}
    scales: dict[Span, Scales] = {}
    for line in sorted(lines, key=lambda one: (one.date, one.key, one.special is None)) if takes else lines:
        run = task.facts.timeline.index(line.date)
        span = next((one for one in task.spans if run is not None and one.start <= line.date < one.end), None)
        if run is None or span is None:
            continue
        if component.takes_back and is_refund(line):
            continue
        state = transactions.setdefault(line.undoes or line.key, _Transaction())
        scale = scales.setdefault(span, Scales(component, task, span)).on(line.priced or line.date, line.date)
        before, paid_before, credit = state.reached, state.paid, to_micro(line.pay_credit)
        after = state.reached = before + to_micro(line.quota_credit)
        moved = Fraction(after - before, MICRO)
        special = state.specials.setdefault(line.contract, line.special) if takes else None
        if special is not None:  # what is left of a contract's part, at the rate of its receipt
            rate, unit, was = Fraction(special.rate), task.round_to, state.special_paid.get(line.contract, 0)
            now = state.special_paid[line.contract] = was + credit
            done, due = (round_half_away(Fraction(one, MICRO) * rate, unit) for one in (was, now))
            pay = Fraction(due) - Fraction(done)
            yield _Priced(run, line, special, scale, moved, after, pay)
            if not state.paid:
                continue
        else:
            state.paid, state.last = state.paid + credit, line
        now_pay, was_pay = (scale, after, state.paid), (scale, before, paid_before)
        pay = _rounded(component, *now_pay, task) - _rounded(component, *was_pay, task)
        if special is None:
            yield _Priced(run, line, None, scale, moved, after, pay, Fraction(credit, MICRO))
        elif pay:  # it moves the whole transaction, and with it what the table pays on the rest
            at = state.last if state.last is not None and task.facts.timeline.index(state.last.date) == run else line
            yield _Priced(run, at, None, scale, ZERO, after, pay, is_of_others=True)


def _first_rate(scale: Scale | ValueScale) -> Fraction:
    return Fraction(scale.marks[0].value if isinstance(scale, ValueScale) else scale.bands[0].rate)


def _rounded(component: TieredComponent, scale: Scale | ValueScale, position: int, paid: int, task: Task) -> Fraction:
    if isinstance(scale, ValueScale):
        exact = scale.value(position) if position else ZERO  # of what has gone back whole nothing is left
    elif component.apply == "slice-by-slice":
        exact = scale.marginal(position) * (Fraction(paid, position) if position else 1)
    else:
        exact = Fraction(paid, MICRO) * scale.rate(position)
    return Fraction(round_half_away(exact, task.round_to))


def _step(component: TieredComponent, task: Task, one: _Priced) -> Step:
    line, scale, after = one.line, one.scale, one.after
    band = scale.band_at(after)
    reached = scale.value(after) if isinstance(scale, ValueScale) else scale.rate(after)
    kind = "worth" if isinstance(scale, ValueScale) else "rate"
    parts = (("key", line.key), ("credit", ZERO if one.is_of_others else Fraction(line.pay_credit)), (kind, reached))
    place = Scales(component, task, task.spans[0]).tier_path(line.priced or line.date, band)
    return Step("transaction", one.pay, parts, place, line.source)
