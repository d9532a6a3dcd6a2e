"""Days between two stays on one plan: who is on another plan for a while, or on no seat, and comes back.

A person's time on a plan goes from the first day to the day before `end`; what is away inside it are half-open gaps, in
order, that neither touch each other nor either end. Nearly everybody has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

Days = tuple[date, date]
"""`[start, end)`."""


def joined(days: Iterable[Days]) -> list[Days]:
    """Return stretches of days in order, those that touch or overlap as one; what is empty is left out.

    >>> joined([(date(2026, 6, 1), date(2026, 7, 1)), (date(2026, 5, 1), date(2026, 6, 1))])
    [(datetime.date(2026, 5, 1), datetime.date(2026, 7, 1))]
    """
    found: list[Days] = []
    for start, end in sorted(one for one in days if one[0] < one[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def gaps_between(stays: Iterable[Days]) -> tuple[Days, ...]:
    """Return the days between stays that are joined and in order."""
    return tuple((one[1], two[0]) for one, two in pairwise(stays))


def stays_in(start: date, end: date, away: Iterable[Days]) -> tuple[Days, ...]:
    """Return the stretches of `[start, end)` that are not away."""
    found = []
    for first, after in away:
        if start < min(first, end):
            found.append((start, min(first, end)))
        start = max(start, after)
    return (*found, (start, end)) if start < end else tuple(found)


def is_away(away: Iterable[Days], day: date) -> bool:
    """Tell whether a day is in a gap."""
    return any(start <= day < end for start, end in away)


def is_wholly_away(away: Iterable[Days], start: date, end: date) -> bool:
    """Tell whether one gap has all days of `[start, end)`."""
    return any(first <= start and end <= after for first, after in away)


def back_on(away: Iterable[Days], day: date) -> date:
    """Return the day, or where it is away the first one after it that is not."""
    return next((end for start, end in away if start <= day < end), day)


def leaves_at(away: Iterable[Days], start: date, end: date) -> date:
    """Return where `[start, end)` ends for somebody: with the first day of a gap from which nobody comes back in it."""
    return next((max(first, start) for first, after in away if first < end <= after), end)


def leavings(end: date, away: Iterable[Days]) -> tuple[date, ...]:
    """Return the days from which on somebody is not on the plan: the day after the last, and the first of each gap."""
    return (end, *(start for start, _ in away))
