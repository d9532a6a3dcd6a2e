"""Draws from one seed that are the same on every Python: only `Random.random()` promises its sequence."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A seeded source of draws."""

    def __init__(self, seed: int) -> None:
        self._next = Random(seed).random

    def below(self, count: int) -> int:
        """Draw a whole number from 0 to `count` - 1."""
        return int(self._next() * count)

    def between(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return low + self.below(high - low + 1)

    def size(self, low: int, high: int) -> int:
        """Draw a size from low to high: small ones are common, each doubling is equally likely."""
        return round(low * (high / low) ** self._next())

    def happens(self, percent: int) -> bool:
        """Tell whether something of this probability happens."""
        return self._next() * 100 < percent

    def pick(self, items: Sequence[T]) -> T:
        """Draw one item."""
        return items[self.below(len(items))]

    def weighted(self, items: dict[T, int]) -> T:
        """Draw one item by its weight."""
        point = self.below(sum(items.values()))
        for item, weight in items.items():
            if point < weight:
                return item
            point -= weight
        raise AssertionError("the point lies below the sum of the weights")
