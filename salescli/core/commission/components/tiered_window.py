"""One window of a tiered component: how the table meets the money, increment by increment.

`slice-by-slice`: a stretch earns S(position after) − S(position before). `all-at-rate-reached`: the same with
S(p) = pay so far × rate at p. `new-at-rate-reached`: the stretch's pay × the rate at the position after it.
Each stretch uses the table and quota in force, and the position never restarts inside a window. Where the whole
window is read again at each run (attainment to date, a quota that changes the `whole-window`), the increment of
a run is the new reading less the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.components.base import ZERO, Formula, Task
from salescli.core.commission.components.tiered_moves import Move, merged, moves_of
from salescli.core.commission.components.tiered_scales import Scales
from salescli.core.commission.facts import OpeningRow, Stretch
from salescli.core.commission.result import Note, Step
from salescli.core.commission.special_rates import special_steps
from salescli.core.commission.timeline import Span
from salescli.core.periods import FOREVER
from salescli.core.scales import MICRO, Scale, to_micro
from salescli.core.value_scales import ValueScale

if TYPE_CHECKING:
    from salescli.core.commission.components.tiered import TieredComponent


class WindowPricer:
    """Prices one window of one payee."""

    def __init__(
        self,
        component: TieredComponent,
        task: Task,
        span: Span,
        stretches: Sequence[Stretch],
        openings: Sequence[OpeningRow],
    ) -> None:
        """Lay the window's stretches along the position."""
        self.component = component
        self.task = task
        self.span = span
        self.scales = Scales(component, task, span)
        self.brought = task.brought(span) if not openings else None
        self.opened = openings[-1].position if openings else 0
        opened_pay = self.opened
        if self.brought is not None:
            self.opened, opened_pay = to_micro(self.brought.position), to_micro(self.brought.pay)
        self.moves = moves_of(stretches, self.opened, opened_pay)

    @property
    def reads_again(self) -> bool:
        """Whether each run reads the whole window again."""
        attainment = self.component.attainment
        if attainment is None or self.component.apply == "new-at-rate-reached":
            return False
        return attainment.quota == "to-date" or self.component.when_quota_changes == "whole-window"

    def price(self, formula: Formula) -> None:
        """Add the window's increments to the formula, and its figures where it holds the last run."""
        if self.reads_again:
            self._price_again(formula)
        else:
            formula.add(self.span.first, self._at_beginning(self.span.first))
            for move in self.moves:
                if not move.is_refund:
                    formula.add(move.run, self._earn(move, self._scale(move)))
                    formula.add(move.run, move.special_pay)
        lowest = formula.lowest
        if lowest is not None:
            for move in (one for one in self.moves if not one.is_refund):
                lowest[move.run] += self._first_rate(move) * Fraction(move.pay_after - move.pay_before, MICRO)
                lowest[move.run] += move.special_pay
        if self.span.first <= self.task.now <= self.span.last:
            self._describe(formula)

    def implied(self, position: int) -> Fraction:
        """Return what a position alone would have earned at the window's beginning (for an opening row)."""
        scale = self.scales.on(self.span.start, self.span.start)
        if isinstance(scale, ValueScale):
            return scale.value(position)
        if self.component.apply == "slice-by-slice":
            return scale.marginal(position)
        return Fraction(position, MICRO) * scale.rate(position)

    def implied_lowest(self, position: int) -> Fraction:
        """Return what a position alone would have earned at the first tier's rate."""
        scale = self.scales.on(self.span.start, self.span.start)
        return Fraction(position, MICRO) * _rate_of_first(scale)

    def rate_on(self, day: date) -> Fraction:
        """Return the rate of the tier that the position has reached with the credits of a day's stretch."""
        mine = [move for move in self.moves if move.start <= day]
        scale = self._scale(mine[-1]) if mine else None
        return scale.rate(mine[-1].after) if isinstance(scale, Scale) else ZERO

    def _price_again(self, formula: Formula) -> None:
        last = min(self.span.last, self.task.now)
        first = self.span.first if not self.task.openings else max(self.span.first, self.task.openings[-1].run + 1)
        done = ZERO
        for run in range(first, last + 1):
            upto = [move for move in self.moves if move.run <= run]
            reading = self.read_at(run, upto)
            formula.amounts[run] += reading - done
            done = reading

    def read_at(self, run: int, moves: Sequence[Move]) -> Fraction:
        """Return what the window so far earns, read with the quota of one run."""
        total = self._at_beginning(run)
        joined = moves if self.component.credit_factors else merged(moves, self.component.tiers.starts())
        for move in joined:
            total += ZERO if move.is_refund else self._earn(move, self._scale_at(run, move)) + move.special_pay
        return total

    def _at_beginning(self, run: int) -> Fraction:
        """What a position of zero is worth, as a run reads it: a table may begin `from 0` with an amount."""
        if not self.component.is_by_value or any(
            self.span.first <= row.run <= self.span.last for row in self.task.openings
        ):
            return ZERO
        scale = self._scale_at(run, Move(self.span.start, run, 0, 0, 0, 0, self.span.start))
        return scale.value(0) if isinstance(scale, ValueScale) else ZERO

    def _scale(self, move: Move) -> Scale | ValueScale:
        return self._scale_at(move.run, move)

    def _scale_at(self, run: int, move: Move) -> Scale | ValueScale:
        attainment = self.component.attainment
        if attainment is None:
            return self.scales.on(move.priced, move.start)
        end = self.span.runs[run].end
        whole = self.component.when_quota_changes == "whole-window"
        seen = end - timedelta(days=1) if whole or attainment.quota == "to-date" else max(move.start, self.span.start)
        return self.scales.on(move.priced, seen, end if attainment.quota == "to-date" else FOREVER)

    def _earn(self, move: Move, scale: Scale | ValueScale) -> Fraction:
        apply = self.component.apply
        if isinstance(scale, ValueScale):
            return scale.between(move.before, move.after)
        if apply == "slice-by-slice" or self.component.is_by_value:  # a quota of 0 has a rate of its own
            earned = scale.between(move.before, move.after)
            moved, paid = move.after - move.before, move.pay_after - move.pay_before
            return earned if moved == paid or not moved else earned * Fraction(paid, moved)
        if apply == "new-at-rate-reached":
            return Fraction(move.pay_after - move.pay_before, MICRO) * scale.rate(move.after)
        now, was = scale.rate(move.after), scale.rate(move.before)
        if now is was:
            return Fraction((move.pay_after - move.pay_before) * now.numerator, MICRO * now.denominator)
        return Fraction(move.pay_after, MICRO) * now - Fraction(move.pay_before, MICRO) * was

    def _first_rate(self, move: Move) -> Fraction:
        return _rate_of_first(self._scale(move))

    def _describe(self, formula: Formula) -> None:
        now = self.task.now
        mine = [move for move in self.moves if move.run == now]
        formula.after = Fraction(self.moves[-1].after if self.moves else self.opened, MICRO)
        formula.before = Fraction(mine[0].before, MICRO) if mine else formula.after
        formula.credit = Fraction(mine[-1].pay_after - mine[0].pay_before, MICRO) if mine else ZERO
        formula.credit += Fraction(sum(one.special.pay for one in mine if one.special is not None), MICRO)
        day = mine[-1].start if mine else max(self.span.start, self.span.runs[now].start)
        last = Move(day, now, int(formula.after * MICRO), int(formula.after * MICRO), 0, 0, day)
        scale = self._scale(last)
        threshold = scale.next_threshold(last.after)
        formula.to_next = None if threshold is None else threshold - formula.after
        formula.notes += self.scales.notes.values()
        if self.brought is not None:
            parts = (("source", self.brought.source), ("position", self.brought.position))
            earned = ("earned", self.brought.earned)
            formula.notes.append(Note("continued", (*parts, earned), (*self.task.path, "continues")))
        formula.steps = lambda: self._steps(mine, last)

    def _steps(self, mine: Sequence[Move], last: Move) -> tuple[Step, ...]:
        found: list[Step] = []
        quota = self._quota_step(last)
        if quota is not None:
            found.append(quota)
        begun = self._at_beginning(self.task.now) if self.task.now == self.span.first else ZERO
        if begun and not self.reads_again:
            parts = (("from", ZERO), ("to", ZERO), ("worth", begun), ("was", ZERO))
            found.append(Step("worth", begun, parts, self.scales.tier_path(self.span.start, 0)))
        for move in mine:
            found += [] if move.is_refund else self._move_steps(move)
            found += special_steps(move.special, self.task.path, (move.before, move.after))
        if self.reads_again:
            found += self._again_steps()
        return tuple(found)

    def _quota_step(self, last: Move) -> Step | None:
        attainment = self.component.attainment
        if attainment is None:
            return None
        end = self.span.runs[last.run].end
        upto = end if attainment.quota == "to-date" else FOREVER
        whole = self.component.when_quota_changes == "whole-window" or attainment.quota == "to-date"
        quota = self.scales.quota(end - timedelta(days=1) if whole else max(last.start, self.span.start), upto)
        position = Fraction(last.after, MICRO)
        parts = (
            ("metric", attainment.attainment_of),
            ("level", attainment.level),
            ("of", attainment.of),
            ("reading", attainment.quota),
            ("position", position),
            ("attainment", position / quota if quota else None),
        )
        return Step("quota", quota, parts, (*self.task.path, "tier_by"))

    def _move_steps(self, move: Move) -> list[Step]:
        scale = self._scale(move)
        if move.special is not None and not self._earn(move, scale):
            return []  # the position moves on, or does not
        if isinstance(scale, ValueScale):
            return [self._value_step(move, scale)]
        if self.component.apply == "slice-by-slice" or self.component.is_by_value:
            moved, paid = move.after - move.before, move.pay_after - move.pay_before
            weight = Fraction(paid, moved) if moved else Fraction(1)
            weighed = (("weight", weight),) if weight != 1 else ()  # credit factors
            return [
                Step(
                    "slice",
                    one.pay * weight,
                    (("from", one.start), ("to", one.end), ("size", one.end - one.start), ("rate", one.rate), *weighed),
                    self.scales.tier_path(move.priced, one.band),
                )
                for one in scale.slices(move.before, move.after)
            ]
        band = scale.band_at(move.after)
        pay = Fraction(move.pay_after - move.pay_before, MICRO)
        whole = Fraction(move.pay_after, MICRO)
        place = self.scales.tier_path(move.priced, band)
        rate = scale.rate(move.after)
        if self.component.apply == "new-at-rate-reached":
            return [Step("new-at", pay * rate, (("credit", pay), ("rate", rate), ("position", whole)), place)]
        before = Fraction(move.pay_before, MICRO) * scale.rate(move.before)
        parts = (("credit", whole), ("rate", rate), ("was", before))
        return [Step("all-at", whole * rate - before, parts, place)]

    def _value_step(self, move: Move, scale: ValueScale) -> Step:
        now, was = scale.value(move.after), scale.value(move.before)
        parts = (
            ("from", Fraction(move.before, MICRO)),
            ("to", Fraction(move.after, MICRO)),
            ("worth", now),
            ("was", was),
        )
        return Step("worth", now - was, parts, self.scales.tier_path(move.priced, scale.band_at(move.after)))

    def _again_steps(self) -> list[Step]:
        now = self.task.now
        upto = [move for move in self.moves if move.run <= now]
        before = [move for move in self.moves if move.run < now]
        reading = self.read_at(now, upto)
        was = self.read_at(now - 1, before) if now > self.span.first else ZERO
        return [Step("read-again", reading - was, (("reading", reading), ("was", was)), (*self.task.path, "tier_by"))]


def missing_lines(task: Task) -> Note:
    """Return the note of a component that needs single transactions and was given sums only."""
    return Note("lines-missing", (("component", task.name),), (*task.path, "adds_up_over"))


def _rate_of_first(scale: Scale | ValueScale) -> Fraction:
    return scale.marks[0].value if isinstance(scale, ValueScale) else scale.bands[0].rate
