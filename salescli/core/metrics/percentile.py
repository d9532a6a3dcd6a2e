"""Percentiles of exact figures: linear interpolation between the two nearest (type 7, as Excel's PERCENTILE.INC)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def compute_percentile(values: Iterable[tuple[int, int]], percent: Decimal | int) -> Fraction | None:
    """Return a percentile of figures that come as (figure, how often); None of none.

    Of n figures in order, numbered from 0, it is the one numbered (n − 1) × percent ÷ 100, and between two of them
    what lies in proportion. R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages (1996), type 7.

    >>> compute_percentile([(10, 1), (20, 2), (40, 1)], 50), compute_percentile([(10, 1), (20, 1)], 25)
    (Fraction(20, 1), Fraction(25, 2))
    """
    ordered = sorted((figure, times) for figure, times in values if times > 0)
    count = sum(times for _, times in ordered)
    if not count:
        return None
    place = (count - 1) * Fraction(percent) / 100
    before = place.numerator // place.denominator
    low, high = _at(ordered, before), _at(ordered, min(before + 1, count - 1))
    return low + (high - low) * (place - before)


def _at(ordered: list[tuple[int, int]], place: int) -> int:
    """Return the figure numbered `place`."""
    seen = 0
    for figure, times in ordered:
        seen += times
        if place < seen:
            return figure
    raise AssertionError("a place lies within the figures")
