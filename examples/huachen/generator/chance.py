"""A seeded source of chance that gives the same draws on every Python.

Only `Random.random()` promises one sequence across versions, so everything else is built on it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def happens(self, share: float) -> bool:
        """Tell whether something of this probability happens."""
        return self._random.random() < share

    def between(self, low: int, high: int) -> int:
        """Draw a whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def skewed(self, low: int, high: int) -> int:
        """Draw a whole number from low to high where each doubling is equally likely, as contract sizes are."""
        return int(low * (high / low) ** self._random.random())

    def pick(self, items: Sequence[T]) -> T:
        """Draw one item."""
        return items[int(self._random.random() * len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """Draw one item by weight."""
        point = self._random.random() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            point -= weight
            if point < 0:
                return item
        return items[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in a drawn order."""
        rest = list(items)
        return [rest.pop(int(self._random.random() * len(rest))) for _ in range(len(rest))]
