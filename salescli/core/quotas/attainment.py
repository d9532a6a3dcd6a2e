"""Attainment of a target: how far, how fast, what is left (D-4 to D-7). No target is not 0 %."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from salescli.core.money import CENT, CONTEXT, round_half_away
from salescli.core.periods import ONE_DAY, Period
from salescli.core.table import Ratio

PaceBy = Literal["calendar", "working-day", "seasonal"]
IsWorking = Callable[[date], bool]
A_WEEK = 5  # working days without a record at the beginning: that is how sales come, and no missing data


class Elapsed(NamedTuple):
    """Days gone and days in all."""

    done: int
    total: int

    @property
    def left(self) -> int:
        """Days still to come."""
        return self.total - self.done


class MonthTarget(NamedTuple):
    """The target of one month `[start, end)`: what the seasonal curve is made of."""

    start: date
    end: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a period stands: the last day that has data, and what has gone by until then, that day included.

    `begins` is the first day of all data where more than a week of the period lies before it: what lacks is no miss.
    It may be after the period, of which then nothing is known.
    """

    period: Period
    through: date | None
    calendar: Elapsed
    working: Elapsed
    begins: date | None = None

    @property
    def incomplete_through(self) -> date | None:
        """The last day with data where the period is not over by then, else None (D-7)."""
        return self.through if self.through is None or self.through < self.period.last_day else None

    @property
    def is_complete(self) -> bool:
        """Tell whether the data reaches the end of the period."""
        return self.through is not None and self.through >= self.period.last_day

    @property
    def is_unknown(self) -> bool:
        """Tell whether the whole period lies before the first record."""
        return self.begins is not None and self.begins >= self.period.end

    @property
    def has_data(self) -> bool:
        """Tell whether the data reaches into the period at all."""
        return self.through is not None and self.through >= self.period.start


@dataclass(frozen=True, slots=True)
class Attainment:
    """One holder's standing. Without a target everything but `actual` is None.

    `to_go` is never below zero. `required` is to go by remaining working day; None when no working day is left.
    `projected` carries the present rate to the end; None before the first working day is over. Of what does not add up
    `rate` is the figure with its parts, and there is neither pace nor anything to go.
    """

    actual: Decimal
    target: Decimal | None
    attainment: Ratio | None
    variance: Decimal | None
    to_go: Decimal | None
    pace: Ratio | None
    required: Decimal | None
    projected: Decimal | None
    clock: Clock
    rate: Ratio | None = None

    @property
    def variance_rate(self) -> Ratio | None:
        """The variance by the target: −100 % where nothing was sold."""
        return None if self.variance is None or not self.target else Ratio(self.variance, self.target)


def weekday_works(day: date) -> bool:
    """Monday to Friday: what a calendar without records says."""
    return day.weekday() < 5


def compute_clock(
    period: Period, through: date | None, is_working: IsWorking = weekday_works, first: date | None = None
) -> Clock:
    """Return where a period stands when the data reaches `through` (inclusive; None: no data at all).

    `first` is the day of the very first record, where that is known.
    """
    end = period.start if through is None else min(max(through + ONE_DAY, period.start), period.end)
    working = _working_days(period.start, period.end, is_working)
    worked = _working_days(period.start, end, is_working)
    is_late = first is not None and _working_days(period.start, min(first, period.end), is_working) > A_WEEK
    calendar = Elapsed((end - period.start).days, period.days)
    return Clock(period, through, calendar, Elapsed(worked, working), first if is_late else None)


def compute_attainment(
    actual: Decimal,
    target: Decimal | None,
    clock: Clock,
    pace_by: PaceBy = "working-day",
    months: Iterable[MonthTarget] = (),
    is_working: IsWorking = weekday_works,
    unit: Decimal = CENT,
) -> Attainment:
    """Return a holder's standing.

    Args:
        actual: the metric's figure in the period, so far.
        target: the target of the whole period; zero or None is no target.
        clock: where the period stands.
        pace_by: what counts as elapsed: calendar days, working days, or the months of the target itself.
        months: the target by month, for the seasonal pace.
        is_working: which days are worked.
        unit: what computed amounts are rounded to.

    >>> from salescli.core.periods import FiscalCalendar
    >>> clock = compute_clock(FiscalCalendar().year(2026), date(2026, 12, 31))
    >>> compute_attainment(Decimal(10), Decimal(50), clock).variance
    Decimal('-40')
    """
    projected = _projected(actual, clock, unit)
    if not target:
        return Attainment(actual, None, None, None, None, None, None, projected, clock)
    variance = CONTEXT.subtract(actual, target)
    to_go = max(Decimal(0), CONTEXT.minus(variance))
    left = clock.working.left
    required = round_half_away(Fraction(to_go) / left, unit) if left else None
    due = _due(target, clock, pace_by, months, is_working)
    pace = _ratio(actual, due) if due > 0 else None
    return Attainment(actual, target, Ratio(actual, target), variance, to_go, pace, required, projected, clock)


def compute_due(months: Iterable[MonthTarget], through: date | None, is_working: IsWorking = weekday_works) -> Fraction:
    """Return what the months of a target ask for by a day: whole months, and a part month by working days."""
    due = Fraction(0)
    for month in months:
        if through is None or through < month.start:
            continue
        end = min(through + ONE_DAY, month.end)
        total = _working_days(month.start, month.end, is_working)
        worked = _working_days(month.start, end, is_working)
        share = Fraction(worked, total) if total else Fraction((end - month.start).days, (month.end - month.start).days)
        due += Fraction(month.amount) * share
    return due


def prorate(
    months: Iterable[MonthTarget], period: Period, is_working: IsWorking = weekday_works, unit: Decimal = CENT
) -> list[MonthTarget]:
    """Return the targets of months as far as a period covers them: a part of a month by its working days (D-5).

    >>> from salescli.core.periods import parse_period, FiscalCalendar
    >>> march = MonthTarget(date(2026, 3, 1), date(2026, 4, 1), Decimal(220))
    >>> week = parse_period("2026-W10", FiscalCalendar())
    >>> prorate([march], week)[0].amount
    Decimal('50.00')
    """
    found = []
    for month in months:
        start, end = max(month.start, period.start), min(month.end, period.end)
        if (start, end) == (month.start, month.end):
            found.append(month)
        elif start < end:
            worked, days = _working_days(start, end, is_working), _working_days(month.start, month.end, is_working)
            share = Fraction(worked, days) if days else Fraction((end - start).days, (month.end - month.start).days)
            found.append(MonthTarget(start, end, round_half_away(Fraction(month.amount) * share, unit)))
    return found


def _due(target: Decimal, clock: Clock, pace_by: PaceBy, months: Iterable[MonthTarget], works: IsWorking) -> Fraction:
    if pace_by == "seasonal":
        return compute_due(months, clock.through, works)
    elapsed = clock.working if pace_by == "working-day" else clock.calendar
    return Fraction(target) * elapsed.done / elapsed.total if elapsed.total else Fraction(0)


def _projected(actual: Decimal, clock: Clock, unit: Decimal) -> Decimal | None:
    """The present rate to the end: actual + actual ÷ elapsed × remaining working days."""
    if clock.is_complete or not clock.working.left:
        return actual
    if not clock.working.done:
        return None
    return round_half_away(Fraction(actual) * clock.working.total / clock.working.done, unit)


def _ratio(actual: Decimal, due: Fraction) -> Ratio:
    """actual ÷ due with exact parts."""
    return Ratio(CONTEXT.multiply(actual, Decimal(due.denominator)), Decimal(due.numerator))


def _working_days(start: date, end: date, is_working: IsWorking) -> int:
    days = (end - start).days
    return sum(1 for offset in range(days) if is_working(start + offset * ONE_DAY))
