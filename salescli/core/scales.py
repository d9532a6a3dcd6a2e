"""Scales: what a table of thresholds and rates pays on a position. Exact, and only mathematics.

A scale is a tuple of bands in ascending order. Below its first threshold a scale that begins at zero runs on at
its first rate, so that a refund and its reversal cancel; one that begins higher pays nothing there. Positions
are integers in millionths (`MICRO` to the unit): the arithmetic is on whole numbers, and Fractions are made of
the results.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm

from salescli.core.money import CONTEXT

MICRO = 1_000_000


class FinerThanMicro(ValueError):
    """A position has digits below a millionth of its unit."""


@dataclass(frozen=True, slots=True)
class Band:
    """From a threshold on, a rate. `inclusive`: the threshold itself belongs to this band (`from`, not `above`)."""

    threshold: Fraction
    rate: Fraction
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a stretch of positions that lies in one band; `band` is -1 below the first one."""

    band: int
    start: Fraction
    end: Fraction
    rate: Fraction

    @property
    def pay(self) -> Fraction:
        """What the slice pays; negative where the position went down."""
        return (self.end - self.start) * self.rate


class Scale:
    """A table of bands, ready to price positions.

    >>> scale = Scale([Band(Fraction(0), Fraction(3, 100)), Band(Fraction(500_000), Fraction(5, 100))])
    >>> scale.marginal(to_micro(600_000)), scale.rate(to_micro(500_000))
    (Fraction(20000, 1), Fraction(1, 20))
    """

    __slots__ = ("_cumulative", "_denominator", "_edges", "_numerators", "_widen", "bands")

    def __init__(self, bands: Sequence[Band]) -> None:
        """Prepare the bands.

        Raises:
            ValueError: no band, or thresholds that do not ascend.
        """
        if not bands or any(one.threshold >= two.threshold for one, two in pairwise(bands)):
            raise ValueError("a scale needs at least one band, and ascending thresholds")
        if bands[0].threshold < 0:
            raise ValueError("a scale begins at zero or above")
        self.bands = tuple(bands)
        full = self.bands if bands[0].threshold == 0 else (Band(Fraction(0), Fraction(0)), *self.bands)
        edges = [band.threshold * MICRO for band in full]
        self._widen = lcm(*(edge.denominator for edge in edges))
        self._edges = [int(edge * self._widen) for edge in edges]
        rates = lcm(*(band.rate.denominator for band in full))
        self._numerators = [int(band.rate * rates) for band in full]
        self._denominator = rates * self._widen * MICRO
        self._cumulative = [0]
        for index in range(1, len(full)):
            width = self._edges[index] - self._edges[index - 1]
            self._cumulative.append(self._cumulative[-1] + width * self._numerators[index - 1])

    def marginal(self, position: int) -> Fraction:
        """Return what all slices up to a position pay."""
        return Fraction(self._marginal(position), self._denominator)

    def between(self, before: int, after: int) -> Fraction:
        """Return what the slices between two positions pay: `marginal(after) - marginal(before)`."""
        return Fraction(self._marginal(after) - self._marginal(before), self._denominator)

    def _marginal(self, position: int) -> int:
        wide = position * self._widen
        index = max(0, bisect_right(self._edges, wide) - 1)
        return self._cumulative[index] + (wide - self._edges[index]) * self._numerators[index]

    def rate(self, position: int) -> Fraction:
        """Return the rate of the band that a position is in, comparing exactly."""
        index = self.band_at(position)
        if index >= 0:
            return self.bands[index].rate
        return self.bands[0].rate if self.bands[0].threshold == 0 else Fraction(0)

    def band_at(self, position: int) -> int:
        """Return the index of the band that a position is in; below a first threshold above zero it is -1.

        Below zero the first band goes on.
        """
        wide = position * self._widen
        shift = len(self._edges) - len(self.bands)
        edges = self._edges[shift:]
        index = bisect_left(edges, wide)
        if index < len(edges) and edges[index] == wide and self.bands[index].inclusive:
            return index
        return max(index - 1, -1 if self.bands[0].threshold else 0)

    def slices(self, before: int, after: int) -> tuple[Slice, ...]:
        """Cut the way from one position to another at the thresholds; downwards gives slices with `end < start`."""
        if before == after:
            return ()
        low, high = sorted((Fraction(before, MICRO), Fraction(after, MICRO)))
        cuts = [low, *(band.threshold for band in self.bands if low < band.threshold < high), high]
        found = [self._slice(left, right) for left, right in pairwise(cuts)]
        if after > before:
            return tuple(found)
        return tuple(Slice(one.band, one.end, one.start, one.rate) for one in reversed(found))

    def _slice(self, left: Fraction, right: Fraction) -> Slice:
        index = sum(1 for band in self.bands if band.threshold <= left) - 1
        if index < 0 and self.bands[0].threshold == 0:
            index = 0
        return Slice(index, left, right, self.bands[index].rate if index >= 0 else Fraction(0))

    def next_threshold(self, position: int) -> Fraction | None:
        """Return the first threshold above a position, or None in the last band."""
        here = Fraction(position, MICRO)
        return next((band.threshold for band in self.bands if band.threshold > here), None)


def to_micro(number: Decimal | int) -> int:
    """Return a number as a whole count of millionths.

    Raises:
        FinerThanMicro: it has more than six decimals.
    """
    if isinstance(number, int):
        return number * MICRO
    numerator, denominator = number.as_integer_ratio()
    whole, rest = divmod(numerator * MICRO, denominator)
    if rest:
        raise FinerThanMicro(str(number))
    return whole


def from_micro(number: int) -> Decimal:
    """Return a count of millionths as a number, without zeros at its end.

    >>> from_micro(2_500_000)
    Decimal('2.5')
    """
    whole, rest = divmod(number, MICRO)
    return Decimal(whole) if not rest else Decimal(number).scaleb(-6, CONTEXT).normalize(CONTEXT)
