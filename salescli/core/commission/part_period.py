"""`part_period`: what is scaled where a person is on the plan for part of a window, and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from salescli.core.commission.away import Days, stays_in
from salescli.core.periods import add_months
from salescli.core.quotas.attainment import weekday_works
from salescli.core.shapes import Shape
from salescli.core.title import Title

Count = Literal["calendar-days", "working-days", "months"]
Scaled = Literal["thresholds", "limits", "draw", "fixed-amounts"]


class PartPeriod(Shape):
    """What is scaled for part of a period, and by which days."""

    called = Title("不足整期", "part_period")
    count: Count
    scale: tuple[Scaled, ...]


def scaled_by(what: Scaled, share: Fraction) -> Fraction:
    """Return what something is multiplied by where `share` of its window counts.

    What still comes in where no day counts (after the last one) meets whole thresholds and limits: at nothing of them,
    every tier would begin at zero and every cap would take all. What is given for days there is nothing then.
    """
    return share if share or what in ("fixed-amounts", "draw") else Fraction(1)


def share_of_window(
    count: Count, start: date, end: date, window: tuple[date, date], working: Mapping[date, bool],
    away: Sequence[Days] = (),
) -> Fraction:  # fmt: skip
    """Return how much of a window `[first, after)` the days `[start, end)` are that are not away.

    Months count where the person is there on any day of them; working days are Monday to Friday but for what
    `working` says.

    >>> share_of_window("calendar-days", date(2026, 6, 11), date(2027, 1, 1), (date(2026, 6, 1), date(2026, 7, 1)), {})
    Fraction(2, 3)
    """
    first, after = window
    start, end = max(start, first), min(end, after)
    stays = stays_in(start, end, away)
    if not stays:
        return Fraction(0)
    if count == "calendar-days":
        return Fraction(sum((until - since).days for since, until in stays), (after - first).days)
    if count == "months":
        return Fraction(len({month for stay in stays for month in _months(*stay)}), len(set(_months(first, after))))
    there, whole = sum(_working(*stay, working) for stay in stays), _working(first, after, working)
    return Fraction(there, whole) if whole else Fraction(1)


def _months(start: date, end: date) -> Iterator[date]:
    month = start.replace(day=1)
    while month < end:
        yield month
        month = add_months(month, 1)


def _working(start: date, end: date, working: Mapping[date, bool]) -> int:
    days = (start + timedelta(days=number) for number in range((end - start).days))
    return sum(1 for day in days if working.get(day, weekday_works(day)))
