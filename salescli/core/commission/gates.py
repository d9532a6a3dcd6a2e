"""`needs`: gates that let a component's earnings through, hold them, or lose them. Shape and arithmetic.

A gate governs *spans*: the shorter of its own window and the component's. It reads its metric on its own window
so far, at each run or at the span's end; the reading at the span's end decides. A gate works on increments:
each run's increment of the formula is held, through or lost, so that what is posted later still belongs to the
run in which it was earned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import ClassVar, Literal

from salescli.core.commission.result import Note, Path, Step
from salescli.core.commission.timeline import Span
from salescli.core.commission.values import Measure, in_force
from salescli.core.money import to_decimal
from salescli.core.periods import FOREVER
from salescli.core.shapes import Count, Dated, Name, Shape
from salescli.core.title import Title

Over = Literal["month", "quarter", "year"]
ZERO = Fraction(0)


class Gate(Shape):
    """One entry of `needs`. Its four answers are required: each changes what is paid."""

    called = Title("门槛", "a gate (needs)")
    wrong_keys: ClassVar[Mapping[str, str]] = {
        "window": "over",
        "threshold": "at_least",
        "minimum": "at_least",
        "if_failed": "if_missed",
    }

    metric: Name
    of: Literal["own", "team", "company"]
    over: Over
    at_least: Dated[Measure]
    looked_at: Literal["each-run", "window-end"]
    meanwhile: Literal["hold", "pay"]
    if_missed: Literal["lost", "lost-unpaid", "keep-held", "lowest-tier"]
    if_undefined: Literal["pass", "fail"]
    quota: Literal["full-window", "to-date"] | None = None
    level: Name = "base"
    min_sample: Count | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class GateReading:
    """A metric as a gate sees it; `value` None is undefined."""

    value: Fraction | None
    numerator: Fraction = ZERO
    denominator: Fraction = ZERO
    sample: int | None = None
    source: str = ""


ReadingAt = Callable[[Span, int], "GateReading | None"]
"""(span, run) → the reading on the gate's window so far at the end of that run; None where none was given."""


@dataclass(slots=True)
class GateState:
    """A gate while it walks over the runs of one component.

    `let(run, amounts, due, stopped)` takes every run's increment as it stands before this gate and returns them as
    they stand after it. `lowest` gives the increment of a run at the first tier's rate. `gone` are the runs whose
    increments were out of all gates and factors at the run before: what another one holds is not paid. Increments in
    `final` (from an opening sheet, of more than one span) were decided upon when they were paid.
    """

    gate: Gate
    path: Path
    spans: Sequence[Span]
    reading_at: ReadingAt
    lowest: Callable[[int], Fraction]
    final: frozenset[int] = frozenset()
    gone: set[int] = field(default_factory=set)
    released: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    lowered: set[int] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    apart: dict[int, Fraction] = field(default_factory=dict)
    """Runs of which an opening sheet says that something is held → what of their increment had gone out before."""
    is_traced: bool = False
    end: date = FOREVER
    notes: list[Note] = field(default_factory=list)

    def let(self, run: int, amounts: list[Fraction], due: Sequence[Fraction], stopped: set[int]) -> list[Fraction]:
        """Return the increments up to `run` that are through at `run`.

        Args:
            run: the run that looks.
            amounts: the increments as the gates before this one let them through.
            due: the increments before all gates.
            stopped: the runs whose increments an earlier gate did not let through; those stopped here are added.
        """
        self.steps, self.notes = [], []
        span = self._span_of(run)
        if span is not None:
            self._look(span, run, amounts, due)
        return self.through(amounts, stopped)

    def _span_of(self, run: int) -> Span | None:
        return next((one for one in self.spans if one.first <= run <= one.last), None)

    def through(self, amounts: Sequence[Fraction], stopped: set[int]) -> list[Fraction]:
        """Return what is through of the runs' increments: the lowest tier pays nothing that an earlier gate stopped."""
        found = []
        for index, amount in enumerate(amounts):
            if index in self.lost or index not in self.released:
                amount = self.apart.get(index, ZERO)
                stopped.add(index)
            elif index in self.lowered and index not in stopped:
                amount = self.lowest(index) + self.apart.get(index, ZERO)
            found.append(amount)
        return found

    def _look(self, span: Span, run: int, amounts: list[Fraction], due: Sequence[Fraction]) -> None:
        ends = run == span.last and span.is_whole
        if self.gate.looked_at == "each-run" or ends:
            self._decide(span, run, ends, amounts, due)
        elif self.gate.meanwhile == "pay":
            self.released.update(range(span.first, run + 1))
        else:
            self._step("not-due", run, span, None, amounts)
            self._release_negative(span, run, due)

    def _decide(self, span: Span, run: int, ends: bool, amounts: list[Fraction], due: Sequence[Fraction]) -> None:
        reading = self.reading_at(span, run)
        passed = self._passes(reading, span, run)
        inside = [index for index in range(span.first, run + 1) if index not in self.final]
        if passed:
            self.released.update(inside)
            if ends and self.gate.if_missed == "keep-held":
                self.released.update(range(run + 1))
        elif not ends:
            if self.gate.meanwhile == "pay":
                self.released.update(inside)
        elif self.gate.if_missed == "lost":
            self.lost.update(inside)
        elif self.gate.if_missed == "lowest-tier":
            self.released.update(inside)
            self.lowered.update(inside)
        else:  # paid parts stay: what was let through and waits at another gate or a factor is not paid
            self.released.difference_update(index for index in inside if index not in self.gone)
            self._release_negative(span, run, due)
            if self.gate.if_missed == "lost-unpaid":
                self.lost.update(index for index in inside if index not in self.released)
        if ends and span.end >= self.end:
            self._lose_what_is_held(run, amounts)
        self._step("passed" if passed else "missed" if ends else "below", run, span, reading, amounts)
        if not passed:
            self._release_negative(span, run, due)

    def _lose_what_is_held(self, run: int, amounts: list[Fraction]) -> None:
        """What is still held when the plan (or the person's time on it) ends is lost, and listed."""
        waiting = [index for index in range(run + 1) if index not in self.released | self.lost]
        amount = self._sum(waiting, amounts)
        if amount > 0:
            self.lost.update(waiting)
            lost = to_decimal(amount)  # what is kept of a run is decimal
            self.notes = [Note("held-lost", (("amount", lost), ("metric", self.gate.metric)), self.path)]

    def _release_negative(self, span: Span, run: int, due: Sequence[Fraction]) -> None:
        """Money is held, debts are not: where what is held of a span is below zero, all of it is let through.

        What another gate holds of it counts too: a debt is set off against what waits, wherever that waits.
        """
        waiting = [i for i in range(span.first, run + 1) if i not in self.released and i not in self.lost]
        if self._sum(waiting, due) < 0:
            self.released.update(waiting)

    def _sum(self, runs: Iterable[int], amounts: Sequence[Fraction]) -> Fraction:
        found = sum((amounts[index] for index in runs), ZERO)
        return found - sum((self.apart.get(index, ZERO) for index in runs), ZERO) if self.apart else found

    def _passes(self, reading: GateReading | None, span: Span, run: int) -> bool:
        gate = self.gate
        if reading is None or reading.value is None:
            return gate.if_undefined == "pass"
        if gate.min_sample is not None and (reading.sample or 0) < gate.min_sample:
            return gate.if_undefined == "pass"
        return reading.value >= Fraction(in_force(gate.at_least, span.day_of(run)).number)

    def _step(self, state: str, run: int, span: Span, reading: GateReading | None, amounts: list[Fraction]) -> None:
        if not self.is_traced:
            return
        seen = reading or GateReading(None)
        held = self._sum([i for i in range(span.first, run + 1) if i not in self.released | self.lost], amounts)
        bound = in_force(self.gate.at_least, span.day_of(run))
        parts = (
            ("metric", self.gate.metric),
            ("reading", seen.value),
            ("numerator", seen.numerator),
            ("denominator", seen.denominator),
            ("sample", seen.sample),
            ("at_least", Fraction(bound.number)),
            ("is_rate", int(bound.is_rate)),
            ("over", self.gate.over),
            ("start", span.start),
            ("held", held),
            ("if_missed", self.gate.if_missed),
        )
        self.steps.append(Step("gate", state, parts, (*self.path, "at_least"), seen.source))


def held_at(
    gates: Sequence[GateState], due: Sequence[Fraction], through: Sequence[Fraction], stopped: set[int]
) -> dict[int, Fraction]:
    """Return by run what waits at gates: of what one has let down to the lowest tier, that; of what is lost, nothing.

    Args:
        gates: all of a component.
        due: the increments before them.
        through: the increments after them.
        stopped: the runs whose increments one of them did not let through.
    """
    lost = set().union(*(gate.lost for gate in gates)) if gates else set[int]()
    lowering = {index: gate for gate in reversed(gates) for index in gate.lowered}
    found = {}
    for index in (one for one in range(len(due)) if one not in lost):
        if index not in lowering:
            found[index] = due[index] - through[index]
        elif index in stopped:
            found[index] = lowering[index].lowest(index)
    return {index: amount for index, amount in found.items() if amount}
