"""The months of a quota added up, in the versions that are effective by a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from salescli.core.periods import add_months
from salescli.core.quotas.versions import version_in_force


class Quotas:
    """The months of one quota in all their versions."""

    def __init__(self, rows: Sequence[tuple[date, date, Decimal | None]]) -> None:
        """Take (month, effective from, amount) rows; a version without an amount takes the month's quota away."""
        self.days = sorted({day for _, day, _ in rows})
        self._months: dict[date, list[tuple[date, Fraction | None]]] = {}
        for month, day, amount in sorted(rows, key=lambda row: row[:2]):
            self._months.setdefault(month, []).append((day, None if amount is None else Fraction(amount)))
        self._cache: dict[tuple[date, date, int], Fraction | None] = {}

    def total(self, start: date, end: date, seen: date) -> Fraction | None:
        """Add up the months of `[start, end)` in the versions effective by a day."""
        version = bisect_right(self.days, seen)
        key = (start, end, version)
        if key not in self._cache:
            self._cache[key] = self._total(start.replace(day=1), end, seen)
        return self._cache[key]

    def _total(self, month: date, end: date, seen: date) -> Fraction | None:
        found = []
        while month < end:
            following = add_months(month, 1)
            amount = version_in_force(self._months.get(month, []), following - timedelta(days=1), seen)
            if amount is not None:
                found.append(amount)
            month = following
        return sum(found, Fraction(0)) if found else None
