"""Periods and the fiscal calendar. Inside core a period is half-open: `start` counts, `end` does not.

Labels tell the reading: `FY2026`, `FY2026-Q1` are fiscal; `2026`, `2026-Q1`, `2026-03`, `2026-W10` are calendar. With a
fiscal year that starts in January the two coincide. Nothing here reads a clock: `today` is a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from salescli.errors import UsageError, problem

Grain = Literal["day", "week", "month", "quarter", "half", "year", "range"]
WindowGrain = Literal["month", "quarter", "year"]
WINDOW_GRAINS: dict[str, WindowGrain] = {"month": "month", "quarter": "quarter", "year": "year"}  # a word as its grain
ONE_DAY = timedelta(days=1)
BEGINNING = date(1, 1, 1)
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days `[start, end)` with the label people use for it."""

    start: date
    end: date
    label: str = ""
    grain: Grain = "range"

    @property
    def last_day(self) -> date:
        """The last day that counts."""
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def overlap(self, other: Period) -> int:
        """Return the number of days that both have."""
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days)

    def covers(self, other: Period) -> bool:
        """Tell whether every day of `other` is in this period."""
        return self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        return self.label or f"{self.start}..{self.last_day}"


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """Where the fiscal year starts, and whether it is named by the calendar year it starts or ends in."""

    start_month: int = 1
    named: Literal["start", "end"] = "start"

    @property
    def is_calendar(self) -> bool:
        """Tell whether fiscal and calendar years coincide."""
        return self.start_month == 1

    def year(self, name: int) -> Period:
        """Return the fiscal year called `name`.

        >>> FiscalCalendar(4, "start").year(2026).start
        datetime.date(2026, 4, 1)
        """
        first = name - 1 if self.named == "end" and not self.is_calendar else name
        start = date(first, self.start_month, 1)
        return Period(start, date(first + 1, self.start_month, 1), self._label(name), "year")

    def quarter(self, name: int, number: int) -> Period:
        """Return quarter 1 to 4 of the fiscal year called `name`."""
        start = add_months(self.year(name).start, 3 * (number - 1))
        return Period(start, add_months(start, 3), f"{self._label(name)}-Q{number}", "quarter")

    def year_name(self, day: date) -> int:
        """Return the name of the fiscal year that a day is in."""
        starts_in = day.year if day.month >= self.start_month else day.year - 1
        return starts_in + (1 if self.named == "end" and not self.is_calendar else 0)

    def window(self, grain: WindowGrain, day: date) -> Period:
        """Return the month, fiscal quarter or fiscal year that holds a day."""
        if grain == "month":
            return month_of(day)
        name = self.year_name(day)
        if grain == "year":
            return self.year(name)
        passed = months_between(self.year(name).start, day)
        return self.quarter(name, passed // 3 + 1)

    def _label(self, name: int) -> str:
        return str(name) if self.is_calendar else f"FY{name}"


def add_months(day: date, count: int) -> date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def months_between(start: date, day: date) -> int:
    """Return how many month beginnings lie after `start` up to `day` (both in the same month: 0)."""
    return (day.year - start.year) * 12 + day.month - start.month


def month_of(day: date) -> Period:
    """Return the calendar month of a day."""
    start = day.replace(day=1)
    return Period(start, add_months(start, 1), start.isoformat()[:7], "month")


def months_in(period: Period) -> Iterator[Period]:
    """Yield the calendar months that a period touches, in order."""
    month = month_of(period.start)
    while month.start < period.end:
        yield month
        month = month_of(month.end)


def windows_in(period: Period | None, grain: WindowGrain, calendar: FiscalCalendar) -> list[Period]:
    """Return the months, fiscal quarters or fiscal years that a period touches; of no period, those of 1970 to 2099."""
    day, end = (period.start, period.end) if period else (date(1970, 1, 1), date(2100, 1, 1))
    found = []
    while day < end:
        window = calendar.window(grain, day)
        found.append(window)
        day = window.end
    return found


def week_of(year: int, week: int) -> Period:
    """Return an ISO week."""
    start = date.fromisocalendar(year, week, 1)
    return Period(start, start + timedelta(days=7), f"{year}-W{week:02d}", "week")


_RELATIVE: dict[str, tuple[Literal["day", "month", "quarter", "year"], int]] = {
    "today": ("day", 0),
    "yesterday": ("day", -1),
    "this-month": ("month", 0),
    "last-month": ("month", -1),
    "this-quarter": ("quarter", 0),
    "last-quarter": ("quarter", -1),
    "this-year": ("year", 0),
    "last-year": ("year", -1),
}
_YEAR = re.compile(r"(\d{4})$")
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])$")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})$")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})$")
_FISCAL = re.compile(r"[Ff][Yy](\d{4})(?:-?[Qq]([1-4]))?$")


def parse_period(text: str, calendar: FiscalCalendar, today: date | None = None) -> Period:
    """Read a period as people write it.

    Raises:
        UsageError: `bad-period`, or `ambiguous-period` where a bare year or quarter has two readings.

    >>> parse_period("2026-Q1", FiscalCalendar()).last_day
    datetime.date(2026, 3, 31)
    """
    text = text.strip()
    try:
        found = _parse_relative(text, calendar, today) or _parse_range(text) or _parse_named(text, calendar)
    except ValueError:
        found = None
    if found is None:
        raise UsageError(problem("bad-period", text=text))
    return found


def _parse_relative(text: str, calendar: FiscalCalendar, today: date | None) -> Period | None:
    if today is None:
        return None
    if text == "ytd":
        return Period(calendar.window("year", today).start, today + ONE_DAY, "ytd")
    if text not in _RELATIVE:
        return None
    grain, step = _RELATIVE[text]
    if grain == "day":
        day = today + step * ONE_DAY
        return Period(day, day + ONE_DAY, day.isoformat(), "day")
    current = calendar.window(grain, today)
    return current if step == 0 else calendar.window(grain, current.start - ONE_DAY)


def _parse_range(text: str) -> Period | None:
    first, dots, last = text.partition("..")
    if dots:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat(last.strip()) + ONE_DAY
        return Period(start, end, f"{first.strip()}..{last.strip()}") if start < end else None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        day = date.fromisoformat(text)
        return Period(day, day + ONE_DAY, text, "day")
    return None


def _parse_named(text: str, calendar: FiscalCalendar) -> Period | None:
    if match := _FISCAL.match(text):
        name, quarter = int(match[1]), match[2]
        return calendar.quarter(name, int(quarter)) if quarter else calendar.year(name)
    if match := _MONTH.match(text):
        return month_of(date(int(match[1]), int(match[2]), 1))
    if match := _WEEK.match(text):
        return week_of(int(match[1]), int(match[2]))
    plain = FiscalCalendar()
    if match := _QUARTER.match(text):
        return _calendar_reading(
            text, plain.quarter(int(match[1]), int(match[2])), calendar, int(match[1]), int(match[2])
        )
    if match := _YEAR.match(text):
        return _calendar_reading(text, plain.year(int(match[1])), calendar, int(match[1]), None)
    return None


def _calendar_reading(text: str, period: Period, calendar: FiscalCalendar, year: int, quarter: int | None) -> Period:
    """A bare year or quarter is only good where it cannot also be a fiscal one."""
    if calendar.is_calendar:
        return period
    fiscal = calendar.quarter(year, quarter) if quarter else calendar.year(year)
    raise UsageError(
        problem(
            "ambiguous-period",
            text=text,
            month=calendar.start_month,
            calendar=f"{period.start}..{period.last_day}",
            fiscal=f"{fiscal.start}..{fiscal.last_day}",
            fiscal_label=fiscal.label,
        )
    )
