"""The company's year where some months stand: the others have what is left of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from salescli.core.quotas.grid import round_years


class KeptTooLarge(Exception):
    """The months that stand leave less than nothing to the others (or something, and there is no other)."""

    def __init__(self, over: int) -> None:
        super().__init__()
        self.over = over


def keep_months(
    months: Sequence[int], kept: Mapping[int, int], weights: Sequence[Fraction], unit: int
) -> tuple[int, ...]:
    """Put the months that stand into a year's months, and share what is left among the others by their weights.

    Where what stands is in sum what the year gives those months anyway, the others stay as they are to the last unit.
    Other months without any weight share equally.

    Raises:
        KeptTooLarge: nothing can be left for the others.

    >>> keep_months([100, 100, 100], {0: 70}, [Fraction(1, 3)] * 3, 5)
    (70, 115, 115)
    """
    open_months = [at for at in range(len(months)) if at not in kept]
    left = sum(months) - sum(kept.values())
    if left < 0 or (left and not open_months):
        raise KeptTooLarge(abs(left))
    if left == sum(months[at] for at in open_months):
        parts: Sequence[int] = [months[at] for at in open_months]
    else:
        there = sum((weights[at] for at in open_months), Fraction(0))
        even = Fraction(1, len(open_months) or 1)
        parts = round_years([left * (weights[at] / there if there else even) for at in open_months], unit).parts
    return tuple(kept[at] if at in kept else parts[open_months.index(at)] for at in range(len(months)))
