"""Productive capacity: days in seat × the ramp factor of the tenure month, month by month.

The calendar month of joining is the first of a ramp; after its last step everybody is fully productive, and so is
whoever joined on a day that nobody knows. One full month of a fully productive person is 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.periods import months_between
from salescli.core.quotas.inputs import MonthInput, covers

FULL = Fraction(1)


def ramp_factor(rates: Sequence[Decimal], hired: date | None, month: date) -> Fraction:
    """Return what share of a full month a person brings in a month, by the tenure month.

    >>> rates = (Decimal("0.25"), Decimal("0.5"))
    >>> [ramp_factor(rates, date(2026, 3, 16), date(2026, month, 1)) for month in (3, 4, 5)]
    [Fraction(1, 4), Fraction(1, 2), Fraction(1, 1)]
    """
    if hired is None:
        return FULL
    passed = months_between(hired.replace(day=1), month)
    return Fraction(rates[passed]) if 0 <= passed < len(rates) else FULL


def compute_capacity(
    months: Sequence[MonthInput], start: date, end: date, hired: date | None, rates: Sequence[Decimal]
) -> tuple[Fraction, ...]:
    """Return the capacity of one seat `[start, end)` in each month: the share of its days × the ramp factor."""
    shares = (Fraction(*month.seat_share(start, end)) for month in months)
    return tuple(share * ramp_factor(rates, hired, month.start) for share, month in zip(shares, months, strict=True))


def compute_presence(months: Sequence[MonthInput], start: date, end: date) -> Fraction:
    """Return how many months a seat `[start, end)` is there for."""
    if covers(months, start, end):
        return Fraction(len(months))
    return sum((Fraction(*month.seat_share(start, end)) for month in months), Fraction(0))
