"""`times`: factors that multiply earnings, by a scorecard's grade or by a metric. Shapes and arithmetic.

A factor governs spans like a gate. Until it is known, earnings go out at `until_known` (or wait); when it
becomes known they are trued up, or it counts for new increments only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, TypeAlias

from salescli.core.commission.gates import ZERO, GateReading, Over
from salescli.core.commission.inputs import Grade
from salescli.core.commission.result import Path, Step
from salescli.core.commission.tiers import FactorTiers, factor_of
from salescli.core.commission.timeline import Span
from salescli.core.commission.values import in_force
from salescli.core.scalars import parse_factor
from salescli.core.shape_marks import Field, WithJsonSchema
from salescli.core.shapes import Dated, Factor, Name, OneOfKeys, Shape, of_text
from salescli.core.title import Title

HOLD = "hold"


def _factor_or_hold(text: str) -> Decimal | str:
    return HOLD if text == HOLD else parse_factor(text)


UntilKnown: TypeAlias = Annotated[
    Decimal | str, of_text(_factor_or_hold), WithJsonSchema({"type": ["string", "number"], "description": "1.0 | hold"})
]
OnceKnown = Literal["true-up", "from-then-on"]


class GradeFactor(Shape):
    """A factor by the grade of a closed scorecard run."""

    called = Title("绩效系数", "a factor by grade (times)")
    wrong_keys: ClassVar[Mapping[str, str]] = {"scorecard": "grade_from", "window": "over"}

    grade_from: Name
    over: Over
    which: Literal["same-quarter", "previous-quarter", "same-month", "previous-month", "same-year", "previous-year"]
    until_known: UntilKnown
    once_known: OnceKnown
    without_grade: Factor
    table: Dated[Annotated[dict[Name, Factor], Field(min_length=1)]]


class MetricFactor(Shape):
    """A factor by a table over a metric."""

    called = Title("指标系数", "a factor by metric (times)")
    wrong_keys: ClassVar[Mapping[str, str]] = {"window": "over"}

    metric: Name
    of: Literal["own", "team", "company"]
    over: Over
    looked_at: Literal["each-run", "window-end"]
    until_known: UntilKnown
    once_known: OnceKnown
    if_undefined: Factor
    table: Dated[FactorTiers]
    quota: Literal["full-window", "to-date"] | None = None
    level: Name = "base"


FactorBlock: TypeAlias = Annotated[
    GradeFactor | MetricFactor, OneOfKeys({"metric": MetricFactor, "grade_from": GradeFactor})
]


@dataclass(frozen=True, slots=True)
class Known:
    """A factor as one run sees it: None while it is not known. `word` is the grade, or empty."""

    value: Fraction | None
    word: str = ""
    reading: GateReading | None = None
    path: Path = ()
    source: str = ""
    remark: str = ""  # without-grade, grade-not-in-table, undefined


UNKNOWN = Known(None)
KnownAt = Callable[[Span, int], Known]


@dataclass(slots=True)
class FactorState:
    """A factor while it walks over the runs of one component.

    `apply(run, amounts)` takes the increments as they stand before it and returns them multiplied, as `run` sees them.
    Increments in `final` (from an opening sheet) were multiplied when they were paid.
    """

    factor: GradeFactor | MetricFactor
    path: Path
    spans: Sequence[Span]
    known_at: KnownAt
    final: frozenset[int] = frozenset()
    before: list[Fraction] = field(default_factory=list)
    after: list[Fraction] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    used: dict[int, tuple[Fraction, bool]] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)  # runs of which one part was multiplied before, and one is held still
    settled: dict[int, Fraction] = field(default_factory=dict)  # the former part
    is_traced: bool = False

    def apply(self, run: int, amounts: list[Fraction]) -> list[Fraction]:
        """Return the increments up to `run` as they are multiplied at `run`."""
        self.steps = []
        if self.settled:
            amounts = [each - self.settled.get(index, ZERO) for index, each in enumerate(amounts)]
        result = list(amounts)
        previous, self.used = self.used, {}
        for number, span in enumerate(self.spans):
            if span.first > run:
                break
            self._multiply(number, span, run, amounts, result, previous.get(number))
        self.before, self.after = list(amounts), result
        if self.settled:
            result = [each + self.settled.get(index, ZERO) for index, each in enumerate(result)]
        return result

    def value_at(self, run: int) -> Fraction:
        """Return what increments of a run are multiplied by in that run; 1 where nothing governs it."""
        span = next((one for one in self.spans if one.first <= run <= one.last), None)
        if span is None:
            return Fraction(1)
        known = self.known_at(span, run).value
        return known if known is not None else self._until()

    def value_in(self, index: int) -> Fraction:
        """Return what the run looked at last multiplies increments of an earlier run by; 1 where nothing governs it."""
        if index in self.final:
            return Fraction(1)
        places = (number for number, span in enumerate(self.spans) if span.first <= index <= span.last)
        return next((self.used[number][0] for number in places if number in self.used), Fraction(1))

    def waiting(self, amounts: Sequence[Fraction]) -> Fraction:
        """Return what of the amounts given last waits until the factor is known; 0 where it goes out meanwhile."""
        return sum((amounts[index] for index in self.unknown_runs(len(amounts))), ZERO)

    def unknown_runs(self, count: int) -> list[int]:
        """Return the runs whose increments wait until the factor is known, of so many."""
        if self.factor.until_known != HOLD:
            return []
        spans = (self.spans[number] for number, (_, is_known) in self.used.items() if not is_known)
        inside = (index for span in spans for index in range(span.first, min(span.last + 1, count)))
        return [index for index in inside if index not in self.final]

    def _multiply(
        self,
        number: int,
        span: Span,
        run: int,
        amounts: list[Fraction],
        result: list[Fraction],
        was: tuple[Fraction, bool] | None,
    ) -> None:
        known = self.known_at(span, run)
        value = known.value if known.value is not None else self._until()
        self.used[number] = (value, known.value is not None)
        inside = range(span.first, min(span.last, run) + 1)
        true_up = self.factor.once_known == "true-up"
        waiting = self.factor.until_known == HOLD and (was is None or not was[1])
        same = len(self.before) if was is not None and was[0] == value and not waiting else 0
        for index in inside:
            if index in self.final:
                continue
            if index < same and self.before[index] is amounts[index]:
                result[index] = self.after[index]
            elif true_up or waiting:
                result[index] = amounts[index] if value == 1 else amounts[index] * value
            else:
                result[index] = _from_then_on(amounts[index], _at(self.before, index), _at(self.after, index), value)
        if self.is_traced and (span.last >= run or (was is not None and was[0] != value)):
            self._step(span, run, known, value, amounts, result, again=true_up or waiting)

    def _until(self) -> Fraction:
        return ZERO if isinstance(self.factor.until_known, str) else Fraction(self.factor.until_known)

    def _step(
        self,
        span: Span,
        run: int,
        known: Known,
        value: Fraction,
        amounts: list[Fraction],
        result: list[Fraction],
        *,
        again: bool,
    ) -> None:
        inside = range(span.first, min(span.last, run) + 1)
        new = amounts[run] if run in inside else ZERO
        earlier = sum((amounts[i] for i in inside if i != run and i not in self.final), ZERO)
        done = sum((_at(self.after, i) for i in inside if i != run), ZERO)
        moved = sum((result[i] for i in inside if i != run), ZERO) - done
        fell = [] if again else [i for i in inside if i != run and _falls(amounts[i], _at(self.before, i))]
        grown = [i for i in inside if i != run and i not in fell]
        released = value * sum((amounts[i] - _at(self.before, i) for i in grown), ZERO)
        trued = moved - released if again else ZERO
        state = "known" if known.value is not None else "until-known"
        reading = known.reading or GateReading(None)
        parts = (
            ("state", state),
            ("word", known.word),
            ("name", self.factor.grade_from if isinstance(self.factor, GradeFactor) else self.factor.metric),
            ("start", span.whole_start),
            ("over", self.factor.over),
            ("reading", reading.value),
            ("numerator", reading.numerator),
            ("denominator", reading.denominator),
            ("amount", new),
            ("result", result[run] if run in inside else ZERO),
            ("earlier", earlier),
            ("earlier_was", done),
            ("released", released),
            ("true_up", trued),
            ("taken_back", sum((result[i] - _at(self.after, i) for i in fell), ZERO)),
            ("remark", known.remark),
        )
        self.steps.append(Step("factor", value, parts, known.path or self.path, known.source))


def _from_then_on(amount: Fraction, before: Fraction, after: Fraction, value: Fraction) -> Fraction:
    """Return what an increment comes to that was multiplied before: what is new has today's value.

    What a gate takes back of it goes back as it was paid, in proportion: of nothing nothing is left.
    """
    if not _falls(amount, before):
        return after + (amount - before) * value
    # where it goes beyond zero all of it goes back, and what lies beyond is new
    return after * (amount / before) if amount / before >= 0 else amount * value


def _falls(amount: Fraction, before: Fraction) -> bool:
    """Tell whether an increment, or a debt, is less than it was."""
    return bool(before) and amount / before < 1


def _at(amounts: Sequence[Fraction], index: int) -> Fraction:
    return amounts[index] if index < len(amounts) else ZERO


def known_grade(factor: GradeFactor, path: Path, grades: Sequence[Grade], span: Span, run: int) -> Known:
    """Return the factor of the grade that governs a span, as a run sees it.

    `grades` are those of the scorecard for the graded period, in the order in which they became known.
    """
    end = span.runs[run].end
    grade = next((one for one in reversed(grades) if one.known_in < end), None)
    if grade is None:
        return UNKNOWN
    table = in_force(factor.table, span.day_of(min(run, span.last)))
    if grade.value in table:
        place = (*path, "table", grade.value)
        return Known(Fraction(table[grade.value]), grade.value, None, place, grade.source)
    remark = "grade-not-in-table" if grade.value else "without-grade"
    return Known(Fraction(factor.without_grade), grade.value, None, (*path, "without_grade"), grade.source, remark)


def known_metric(factor: MetricFactor, path: Path, reading: GateReading | None, span: Span, run: int) -> Known:
    """Return the factor of a metric's reading, as a run sees it."""
    ended = span.is_whole and run >= span.last
    if factor.looked_at == "window-end" and not ended:
        return Known(None, reading=reading)
    if reading is None or reading.value is None:
        return Known(Fraction(factor.if_undefined), "", reading, (*path, "if_undefined"), remark="undefined")
    value, index = factor_of(in_force(factor.table, span.day_of(min(run, span.last))), reading.value)
    return Known(Fraction(value), "", reading, (*path, "table", index), reading.source)
