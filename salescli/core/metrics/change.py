"""What has become of a figure since another period: the difference, and the growth where there is a base."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from salescli.core.metrics.trend import compute_change
from salescli.core.money import total
from salescli.core.table import Ratio

Number = Decimal | Ratio | None


def compute_difference(now: Number, before: Number) -> Number:
    """Return now less before: of rates the difference of the rates; None where either is unknown.

    >>> compute_difference(Ratio(3, 4), Ratio(1, 2))
    Ratio(numerator=1, denominator=4)
    """
    if isinstance(now, Decimal) and isinstance(before, Decimal):
        return total((now, before.copy_negate()))
    later, earlier = _exact(now), _exact(before)
    return None if later is None or earlier is None else _ratio(later - earlier)


def compute_growth(now: Number, before: Number) -> Ratio | None:
    """Return the difference on what was before; None where that is nothing or less.

    >>> compute_growth(Decimal(3), Decimal(2)), compute_growth(Decimal(3), Decimal(0))
    (Ratio(numerator=1, denominator=2), None)
    """
    growth = compute_change(_exact(now), _exact(before))
    return None if growth is None else _ratio(growth)


def _exact(value: Number) -> Fraction | None:
    if isinstance(value, Ratio):
        return value.exact()
    return None if value is None else Fraction(value)


def _ratio(exact: Fraction) -> Ratio:
    return Ratio(exact.numerator, exact.denominator)
