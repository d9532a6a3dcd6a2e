"""Values that follow from others of the same record, stored with it so that they can be added and compared in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from salescli.core.money import round_half_away
from salescli.core.records.model import Derive


def days_between(first: str, last: str, stated: str = "") -> Derive:
    """Return how a record derives the days from one of its dates to another, whole calendar days.

    Where one of the dates is missing, the number of days that the source `stated`; of dates in the wrong order none.

    >>> days_between("created", "closed")({"created": "2026-02-27", "closed": "2026-03-02"})
    3
    """

    def derive(values: Mapping[str, Any]) -> int | None:
        start, end = values.get(first), values.get(last)
        if start is None or end is None:
            return values.get(stated)
        days = (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days
        return days if days >= 0 else None

    return derive


def quantity_of(name: str) -> Derive:
    """Return how a record derives the ten-thousandths of a number that is stored as it was written.

    >>> quantity_of("score")({"score": "4.5"})
    45000
    """

    def derive(values: Mapping[str, Any]) -> int | None:
        written = values.get(name)
        if written is None:
            return None
        exact = Decimal(written)
        return int(round_half_away(exact.scaleb(4), Decimal(1))) if abs(exact) < Decimal(10) ** 12 else None

    return derive
