"""How the shares of a whole shift between two periods."""

from __future__ import annotations

from fractions import Fraction


def compute_share(value: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """Return the share of a whole; None where either is unknown, or the whole is not positive.

    >>> compute_share(Fraction(1), Fraction(4))
    Fraction(1, 4)
    """
    return value / whole if value is not None and whole is not None and whole > 0 else None


def compute_shift(
    now: Fraction | None, whole: Fraction | None, before: Fraction | None, whole_before: Fraction | None
) -> Fraction | None:
    """Return by how much a share has shifted; the shifts of all parts of a whole add up to nothing.

    >>> compute_shift(Fraction(1), Fraction(4), Fraction(1), Fraction(2))
    Fraction(-1, 4)
    """
    share, share_before = compute_share(now, whole), compute_share(before, whole_before)
    return None if share is None or share_before is None else share - share_before
