"""Scales that say what a position is worth in all: straight lines, fixed amounts, tiers that state their basis.

Beside `core.scales`, whose tables are rates on slices. Exact; positions are integers in millionths. Below its first
line such a table is worth nothing; one that begins at zero runs on below it where a rate does.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from salescli.core.scales import MICRO

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Mark:
    """From a threshold on, an amount or a rate. `inclusive`: the threshold itself belongs to it."""

    threshold: Fraction
    value: Fraction
    inclusive: bool = True
    on_everything: bool = False  # of a rate: on the whole position instead of the slice


@dataclass(frozen=True, slots=True)
class ValueScale:
    """What a position is worth in all; the increments of a window are the differences of it."""

    marks: tuple[Mark, ...]

    def value(self, position: int) -> Fraction:
        """Return what a position is worth."""
        raise NotImplementedError

    def band_at(self, position: int) -> int:
        """Return the index of the line that a position has reached, -1 below the first."""
        here = Fraction(position, MICRO)
        for index in range(len(self.marks) - 1, -1, -1):
            mark = self.marks[index]
            if here > mark.threshold or (mark.inclusive and here == mark.threshold):
                return index
        return -1

    def next_threshold(self, position: int) -> Fraction | None:
        """Return the first threshold above a position, or None beyond the last."""
        here = Fraction(position, MICRO)
        return next((mark.threshold for mark in self.marks if mark.threshold > here), None)


@dataclass(frozen=True, slots=True)
class LineScale(ValueScale):
    """Straight between points; beyond the last it is flat or goes on with the same slope.

    >>> line = LineScale((Mark(Fraction(80), Fraction(0)), Mark(Fraction(100), Fraction(6000))), "flat")
    >>> [int(line.value(percent * MICRO)) for percent in (70, 90, 100, 120)]
    [0, 3000, 6000, 6000]
    """

    beyond: Literal["flat", "same-slope"] = "flat"

    def value(self, position: int) -> Fraction:
        here = Fraction(position, MICRO)
        index = self.band_at(position)
        if index < 0:
            return ZERO
        if index + 1 == len(self.marks):
            if self.beyond == "flat" or len(self.marks) == 1:
                return self.marks[-1].value
            index -= 1
        left, right = self.marks[index], self.marks[index + 1]
        slope = (right.value - left.value) / (right.threshold - left.threshold)
        return left.value + (here - left.threshold) * slope


@dataclass(frozen=True, slots=True)
class AmountScale(ValueScale):
    """The fixed amount of the tier reached, or of all tiers reached together.

    >>> marks = (Mark(Fraction(80), Fraction(1000)), Mark(Fraction(100), Fraction(2500)))
    >>> int(AmountScale(marks).value(100 * MICRO)), int(AmountScale(marks, adds_up=True).value(100 * MICRO))
    (2500, 3500)
    """

    adds_up: bool = False

    def value(self, position: int) -> Fraction:
        index = self.band_at(position)
        if index < 0:
            return ZERO
        return sum((mark.value for mark in self.marks[: index + 1]), ZERO) if self.adds_up else self.marks[index].value


@dataclass(frozen=True, slots=True)
class StatedScale(ValueScale):
    """Rates of which each says its basis: the slice in its tier, or everything.

    A slice adds to what the tier below is worth at the threshold.
    """

    def value(self, position: int) -> Fraction:
        here = Fraction(position, MICRO)
        index = self.band_at(position)
        if index < 0:
            return here * self.marks[0].value if self.marks[0].threshold == 0 and here < 0 else ZERO
        return self._worth(index, here)

    def _worth(self, index: int, here: Fraction) -> Fraction:
        mark = self.marks[index]
        if mark.on_everything:
            return here * mark.value
        below = self._worth(index - 1, mark.threshold) if index else ZERO
        return below + (here - mark.threshold) * mark.value
