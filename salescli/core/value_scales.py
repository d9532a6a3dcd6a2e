"""Scales that say what a position is worth in all: straight lines, fixed amounts, tiers that state their basis.

Beside `core.scales`, whose tables are rates on slices. Exact; positions are integers in millionths. Below its first
mark such a table is worth nothing; one that begins at zero runs on below it where a rate does. From each mark to the
next the worth is a straight line, so that the arithmetic is on whole numbers, and Fractions are made of the results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from salescli.core.money import over_one_denominator
from salescli.core.scales import MICRO

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Mark:
    """From a threshold on, an amount or a rate. `inclusive`: the threshold itself belongs to it."""

    threshold: Fraction
    value: Fraction
    inclusive: bool = True
    on_everything: bool = False  # of a rate: on the whole position instead of the slice


class Line(NamedTuple):
    """What the positions from a mark on are worth: `base + position × slope`."""

    base: Fraction
    slope: Fraction = ZERO

    def at(self, position: Fraction) -> Fraction:
        """Return what a position is worth."""
        return self.base + position * self.slope


NOTHING = Line(ZERO)


class ValueScale:
    """What a position is worth in all; the increments of a window are the differences of it."""

    __slots__ = ("_denominator", "_edges", "_lines", "_widen", "marks")

    def __init__(self, marks: Sequence[Mark], lines: Sequence[Line], below: Line = NOTHING) -> None:
        """Prepare a line for each mark, and one for what is below the first."""
        self.marks = tuple(marks)
        self._edges, self._widen = over_one_denominator([mark.threshold * MICRO for mark in marks])
        every = (*lines, below)  # in this order, -1 is what is below
        numbers, self._denominator = over_one_denominator(
            [*(line.base for line in every), *(line.slope / MICRO for line in every)]
        )
        self._lines = list(zip(numbers[: len(every)], numbers[len(every) :], strict=True))

    def value(self, position: int) -> Fraction:
        """Return what a position is worth."""
        return Fraction(self._worth(position), self._denominator)

    def between(self, before: int, after: int) -> Fraction:
        """Return what the way from one position to another is worth: `value(after) - value(before)`."""
        return Fraction(self._worth(after) - self._worth(before), self._denominator)

    def _worth(self, position: int) -> int:
        base, slope = self._lines[self.band_at(position)]
        return base + position * slope

    def band_at(self, position: int) -> int:
        """Return the index of the mark that a position has reached, -1 below the first."""
        wide = position * self._widen
        for index in range(len(self.marks) - 1, -1, -1):
            edge = self._edges[index]
            if wide > edge or (wide == edge and self.marks[index].inclusive):
                return index
        return -1

    def next_threshold(self, position: int) -> Fraction | None:
        """Return the first threshold above a position, or None beyond the last."""
        wide = position * self._widen
        return next((mark.threshold for mark, edge in zip(self.marks, self._edges, strict=True) if edge > wide), None)


def line_scale(marks: Sequence[Mark], beyond: Literal["flat", "same-slope"] = "flat") -> ValueScale:
    """Go straight from point to point; beyond the last it is flat or goes on with the same slope.

    >>> line = line_scale((Mark(Fraction(80), Fraction(0)), Mark(Fraction(100), Fraction(6000))))
    >>> [int(line.value(percent * MICRO)) for percent in (70, 90, 100, 120)]
    [0, 3000, 6000, 6000]
    """
    lines = []
    for left, right in pairwise(marks):
        width = right.threshold - left.threshold
        slope = (right.value - left.value) / width if width else ZERO  # all are zero in a window without a day
        lines.append(Line(left.value - left.threshold * slope, slope))
    lines.append(lines[-1] if lines and beyond == "same-slope" else Line(marks[-1].value))
    return ValueScale(marks, lines)


def amount_scale(marks: Sequence[Mark], *, adds_up: bool = False) -> ValueScale:
    """Give the fixed amount of the tier reached, or of all tiers reached together.

    >>> marks = (Mark(Fraction(80), Fraction(1000)), Mark(Fraction(100), Fraction(2500)))
    >>> int(amount_scale(marks).value(100 * MICRO)), int(amount_scale(marks, adds_up=True).value(100 * MICRO))
    (2500, 3500)
    """
    amounts = [mark.value for mark in marks]
    return ValueScale(marks, [Line(one) for one in (accumulate(amounts) if adds_up else amounts)])


def stated_scale(marks: Sequence[Mark]) -> ValueScale:
    """Pay rates of which each says its basis: the slice in its tier, or everything.

    A slice adds to what the tier below is worth at the threshold.
    """
    lines: list[Line] = []
    for mark in marks:
        below = lines[-1].at(mark.threshold) if lines else ZERO
        base = ZERO if mark.on_everything else below - mark.threshold * mark.value
        lines.append(Line(base, mark.value))
    return ValueScale(marks, lines, lines[0] if marks[0].threshold == 0 else NOTHING)
