"""A value that changes on known days: what a policy says from one day on, until it says something else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T", covariant=True)
S = TypeVar("S")


class NoValueYet(LookupError):
    """A day before the first value was asked."""


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Values with the day each begins on, in ascending order; each holds until the next begins.

    A value that never changes begins on `date.min`.

    >>> rate = Dated(((date(2026, 1, 1), 3), (date(2026, 7, 1), 5)))
    >>> rate.on(date(2026, 6, 30)), rate.on(date(2026, 7, 1))
    (3, 5)
    """

    values: tuple[tuple[date, T], ...]

    def __post_init__(self) -> None:
        days = [day for day, _ in self.values]
        if not days or any(first >= second for first, second in pairwise(days)):
            raise ValueError("dated values need ascending days, and at least one")

    def on(self, day: date) -> T:
        """Return the value in force on a day.

        Raises:
            NoValueYet: the first value begins later.
        """
        index = bisect_right(self.values, day, key=_day_of)
        if index == 0:
            raise NoValueYet(day.isoformat())
        return self.values[index - 1][1]

    def starts(self) -> tuple[date, ...]:
        """Return the days on which a value begins; one `date.min` for a value that never changes."""
        return tuple(day for day, _ in self.values)

    def segments(self, start: date, end: date) -> tuple[tuple[date, date, T], ...]:
        """Cut `[start, end)` where the value changes: (segment start, segment end, value) of each stretch.

        Raises:
            NoValueYet: the first value begins after `start`.
        """
        if start >= end:
            return ()
        cuts = [start, *(day for day in self.starts() if start < day < end), end]
        return tuple((left, right, self.on(left)) for left, right in pairwise(cuts))

    def map(self, change: Callable[[T], S]) -> Dated[S]:
        """Return the same days with each value changed."""
        return Dated(tuple((day, change(value)) for day, value in self.values))

    def all(self) -> Iterable[T]:
        """Return every value, whatever its day."""
        return tuple(value for _, value in self.values)

    @property
    def is_constant(self) -> bool:
        """Say whether there is one value for ever."""
        return len(self.values) == 1 and self.values[0][0] == date.min


def always(value: S) -> Dated[S]:
    """Return a value that never changes.

    >>> always(3).on(date(1999, 1, 1))
    3
    """
    return Dated(((date.min, value),))


def _day_of(pair: tuple[date, object]) -> date:
    return pair[0]
