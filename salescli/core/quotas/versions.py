"""Which of several versions of a month's target counts on a day. One rule, for targets, scorecards and commission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from salescli.core.money import total

When = TypeVar("When", str, date)
Version = TypeVar("Version")


def is_effective(since: When, month: When, seen: When) -> bool:
    """Tell whether a version counts for a month on a day: effective by the month and by the day.

    Months as text `YYYY-MM` ("" has always been effective), or days (`month` is then the last day of it).
    """
    return since <= month and since <= seen


def version_in_force(versions: Iterable[tuple[When, Version]], month: When, seen: When) -> Version | None:
    """Return the newest version of a month that is effective; the later of two of one day; None where there is none."""
    newest: tuple[When, Version] | None = None
    for since, version in versions:
        if is_effective(since, month, seen) and (newest is None or newest[0] <= since):
            newest = (since, version)
    return newest[1] if newest else None


def add_versions(lines: Iterable[Sequence[tuple[When, Decimal | None]]]) -> list[tuple[When, Decimal | None]]:
    """Return the versions of a sum: what the lines' versions in force add up to from each day on that one changes.

    A person who moved has a line in each team. A version without an amount is withdrawn; where all are, so is the sum.
    """
    rows = [sorted(line, key=lambda version: version[0]) for line in lines]
    found: list[tuple[When, Decimal | None]] = []
    for day in sorted({since for line in rows for since, _ in line}):
        in_force = (version_in_force(line, day, day) for line in rows)
        amounts = [amount for amount in in_force if amount is not None]
        found.append((day, total(amounts) if amounts else None))
    return found
