"""What is bought together: support, confidence and lift of pairs in baskets. Exact counts, exact quotients.

Only items that are in enough baskets themselves can be in enough together (R. Agrawal, R. Srikant, Fast algorithms for
mining association rules, 1994); the others are dropped before any pair is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

LEAST_TOGETHER = 2  # one basket is no pattern


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items, the baskets that hold both, and each; of all baskets."""

    first: str
    second: str
    together: int
    with_first: int
    with_second: int
    baskets: int

    @property
    def support(self) -> Fraction:
        """Return the share of all baskets that hold both."""
        return Fraction(self.together, self.baskets)

    @property
    def confidence(self) -> Fraction:
        """Return the share of the baskets with the first item that hold the second too."""
        return Fraction(self.together, self.with_first)

    @property
    def confidence_back(self) -> Fraction:
        """Return the share of the baskets with the second item that hold the first too."""
        return Fraction(self.together, self.with_second)

    @property
    def lift(self) -> Fraction:
        """Return how many times as often they are together as two items that have nothing to do with each other."""
        return Fraction(self.together * self.baskets, self.with_first * self.with_second)


def count_items(baskets: Iterable[Collection[str]]) -> Counter[str]:
    """Return in how many baskets each item is; one that is in a basket twice is in it once.

    >>> count_items([{"tea", "cup"}, {"tea"}])["tea"]
    2
    """
    found: Counter[str] = Counter()
    for basket in baskets:
        found.update(set(basket))
    return found


def least_together(baskets: int, support: Fraction) -> int:
    """Return in how many baskets a pair must be for a support, never fewer than two.

    >>> least_together(5000, Fraction(1, 1000)), least_together(10, Fraction(1, 1000))
    (5, 2)
    """
    return max(LEAST_TOGETHER, -(-baskets * support.numerator // support.denominator))


def find_pairs(baskets: Collection[Collection[str]], items: Mapping[str, int], least: int) -> list[Pair]:
    """Return the pairs that are in at least so many baskets: the highest lift first, then support, then names.

    >>> found = find_pairs([{"tea", "cup"}, {"tea", "cup"}, {"pan"}], {"tea": 2, "cup": 2, "pan": 1}, 2)
    >>> [(pair.first, pair.second, pair.together, pair.lift) for pair in found]
    [('cup', 'tea', 2, Fraction(3, 2))]
    """
    frequent = {item for item, count in items.items() if count >= least}
    together: Counter[tuple[str, str]] = Counter()
    for basket in baskets:
        kept = frequent.intersection(basket)
        if len(kept) > 1:
            together.update(combinations(sorted(kept), 2))
    found = [
        Pair(first, second, count, items[first], items[second], len(baskets))
        for (first, second), count in together.items()
        if count >= least
    ]
    return sorted(found, key=lambda pair: (-pair.lift, -pair.together, pair.first, pair.second))
