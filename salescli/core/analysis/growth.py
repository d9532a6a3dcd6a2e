"""Where a figure stands against an earlier one: new, growing, steady, falling, ended."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

Phase = Literal["new", "growing", "steady", "falling", "ended"]


def classify_growth(now: Fraction | None, before: Fraction | None, least: Fraction) -> Phase | None:
    """Return the phase; a change counts from `least` of the earlier figure on. None where either is unknown.

    An earlier figure of zero or less is no base to grow from: above it something is new.

    >>> classify_growth(Fraction(90), Fraction(100), Fraction(1, 10))
    'falling'
    """
    if now is None or before is None:
        return None
    if before <= 0:
        return "new" if now > 0 else None
    if now <= 0:
        return "ended"
    change = (now - before) / before
    return "growing" if change >= least else "falling" if change <= -least else "steady"
