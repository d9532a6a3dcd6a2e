"""A metric over time: change against the month before and the year before, moving average, and what stands out.

Months come in order; None is a month of which nothing is known. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FEWEST_MONTHS = 8  # of fewer months nothing is said to stand out
SIGMAS = 3
TO_SIGMA = Fraction("1.4826")  # the MAD of a normal distribution is sigma / 1.4826
Months = Sequence[Fraction | None]


@dataclass(frozen=True, slots=True)
class Band:
    """What is usual: the median of the months, and three robust sigma to either side of it."""

    middle: Fraction
    low: Fraction
    high: Fraction
    months: int

    def is_high(self, value: Fraction) -> bool:
        """Tell whether a month stands out above."""
        return value > self.high

    def is_low(self, value: Fraction) -> bool:
        """Tell whether a month stands out below."""
        return value < self.low


def compute_change(value: Fraction | None, before: Fraction | None) -> Fraction | None:
    """Return the growth on an earlier figure; None where either is unknown or there is no base to grow from.

    >>> compute_change(Fraction(3), Fraction(2)), compute_change(Fraction(3), Fraction(0))
    (Fraction(1, 2), None)
    """
    if value is None or before is None or before <= 0:
        return None
    return (value - before) / before


def compute_average(months: Months, width: int = 3) -> list[Fraction | None]:
    """Return the mean of each month and those before it; None until `width` months in a row are known.

    >>> compute_average([Fraction(1), Fraction(2), Fraction(6)])
    [None, None, Fraction(3, 1)]
    """
    found: list[Fraction | None] = []
    for place in range(len(months)):
        window = [value for value in months[max(place - width + 1, 0) : place + 1] if value is not None]
        found.append(sum(window, Fraction(0)) / width if len(window) == width else None)
    return found


def compute_band(months: Months) -> Band | None:
    """Return what is usual; None of too few months, and where more than half are the same (the MAD is zero).

    The spread is the median absolute deviation, so that the months which stand out do not widen it.
    P. J. Rousseeuw, C. Croux, Alternatives to the median absolute deviation (1993).

    >>> compute_band([Fraction(n) for n in (10, 11, 9, 10, 12, 8, 10, 11, 90)]).high
    Fraction(72239, 5000)
    """
    known = [value for value in months if value is not None]
    if len(known) < FEWEST_MONTHS:
        return None
    middle = compute_median(known)
    deviation = compute_median([abs(value - middle) for value in known])
    if not deviation:
        return None
    reach = SIGMAS * TO_SIGMA * deviation
    return Band(middle, middle - reach, middle + reach, len(known))


def compute_median(values: Sequence[Fraction]) -> Fraction:
    """Return the middle of some figures, of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def compute_ranks(values: Sequence[Decimal | Fraction | None]) -> list[int | None]:
    """Return places from the highest down: the same exact figure shares a place, and the next one is left out.

    >>> compute_ranks([Decimal(5), Decimal(9), Decimal(5), None, Decimal(1)])
    [2, 1, 2, None, 4]
    """
    exact = [None if value is None else Fraction(value) for value in values]
    places: dict[Fraction, int] = {}
    for place, value in enumerate(sorted((value for value in exact if value is not None), reverse=True), 1):
        places.setdefault(value, place)
    return [None if value is None else places[value] for value in exact]
