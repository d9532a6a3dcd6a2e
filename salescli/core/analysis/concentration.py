"""How much of a whole rests on few: Herfindahl index, Gini coefficient, shares of the largest (D-34). All exact.

Shares are of positive values only: a whole that contains refunds has no shares that mean anything. Whoever calls says
what was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.money import Exact

TOPS = (1, 5, 10, 20)  # per cent of the holders
MOST = Fraction(4, 5)  # how many make up this much
FEW_HOLDERS = 10  # among fewer, "the top 10 %" is a single one, and one more or less changes every figure


@dataclass(frozen=True, slots=True)
class Top:
    """The largest holders, so many per cent of all (rounded up to whole ones), and what they hold together."""

    percent: int
    holders: int
    value: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Concentration:
    """The figures of one whole; `hhi` lies in [1/holders, 1], `gini` in [0, 1)."""

    holders: int
    whole: Fraction
    hhi: Fraction
    gini: Fraction
    tops: tuple[Top, ...]
    holders_of_most: int

    @property
    def equivalent(self) -> Fraction:
        """Return how many holders of equal size would have the same index."""
        return 1 / self.hhi

    @property
    def is_few(self) -> bool:
        """Tell whether there are too few holders for the figures to say much."""
        return self.holders < FEW_HOLDERS


def compute_concentration(values: Iterable[Exact]) -> Concentration | None:
    """Return the concentration of values; those that are not positive do not count. None where none is positive.

    HHI = Σ share². Gini = Σ (2i − n − 1) xᵢ ÷ (n Σ x) over the values in ascending order.

    >>> found = compute_concentration([3, 1])
    >>> found.hhi, found.gini, found.holders_of_most
    (Fraction(5, 8), Fraction(1, 4), 2)
    """
    ordered = sorted((Fraction(value) for value in values if value > 0), reverse=True)
    if not ordered:
        return None
    count, whole = len(ordered), sum(ordered, Fraction(0))
    squares = sum((value * value for value in ordered), Fraction(0))
    spread = sum(((count - 1 - 2 * place) * value for place, value in enumerate(ordered)), Fraction(0))
    return Concentration(
        count,
        whole,
        squares / (whole * whole),
        spread / (count * whole),
        tuple(_top(ordered, whole, percent) for percent in TOPS),
        count_for_share(ordered, MOST),
    )


def count_for_share(ordered: Sequence[Fraction], part: Fraction) -> int:
    """Return how many of the largest make up a part of the whole; the values stand in descending order.

    >>> count_for_share([Fraction(5), Fraction(3), Fraction(2)], Fraction(4, 5))
    2
    """
    wanted, held = part * sum(ordered, Fraction(0)), Fraction(0)
    for place, value in enumerate(ordered, 1):
        held += value
        if held >= wanted:
            return place
    return len(ordered)


def _top(ordered: Sequence[Fraction], whole: Fraction, percent: int) -> Top:
    holders = -(-len(ordered) * percent // 100)
    value = sum(ordered[:holders], Fraction(0))
    return Top(percent, holders, value, value / whole)
