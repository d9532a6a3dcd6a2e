"""Attainment, pace, run-rate, projection, and what is said without a target."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.quotas.attainment import MonthTarget, compute_attainment, compute_clock, compute_due

MARCH = parse_period("2026-03", FiscalCalendar())  # 31 days, 22 weekdays
Q1 = parse_period("2026-Q1", FiscalCalendar())


def test_a_finished_period():
    standing = compute_attainment(Decimal(10), Decimal(50), compute_clock(MARCH, date(2026, 4, 2)))
    assert standing.variance == Decimal(-40)
    assert standing.to_go == Decimal(40)
    assert standing.attainment.exact() == Fraction(1, 5)
    assert standing.clock.incomplete_through is None
    assert standing.required is None
    assert standing.projected == Decimal(10)


def test_more_than_the_target_leaves_nothing_to_go():
    standing = compute_attainment(Decimal(60), Decimal(50), compute_clock(MARCH, None))
    assert (standing.variance, standing.to_go) == (Decimal(10), Decimal(0))


def test_year_to_date_is_a_share_of_the_quota():
    clock = compute_clock(FiscalCalendar().year(2026), date(2026, 1, 31))
    standing = compute_attainment(Decimal(75_000), Decimal(1_500_000), clock)
    assert standing.attainment.exact() == Fraction(5, 100)


def test_no_target_is_not_zero_percent():
    for target in (None, Decimal(0)):
        standing = compute_attainment(Decimal(10), target, compute_clock(MARCH, date(2026, 3, 10)))
        assert standing.target is None
        assert standing.attainment is None
        assert standing.variance is None
        assert standing.to_go is None


def test_pace_by_calendar_and_working_days():
    clock = compute_clock(MARCH, date(2026, 3, 13))  # 13 of 31 days, 10 of 22 weekdays
    assert clock.calendar == (13, 31)
    assert clock.working == (10, 22)
    by_day = compute_attainment(Decimal(110), Decimal(220), clock, "calendar")
    by_work = compute_attainment(Decimal(110), Decimal(220), clock, "working-day")
    assert by_day.pace.exact() == Fraction(110 * 31, 220 * 13)
    assert by_work.pace.exact() == Fraction(110, 100)
    assert by_work.required == Decimal("9.17")  # 110 ÷ 12
    assert by_work.projected == Decimal("242.00")  # 110 ÷ 10 × 22
    assert clock.incomplete_through == date(2026, 3, 13)


def test_pace_by_the_months_of_the_target():
    months = [
        MonthTarget(date(2026, 1, 1), date(2026, 2, 1), Decimal(100)),
        MonthTarget(date(2026, 2, 1), date(2026, 3, 1), Decimal(40)),
        MonthTarget(date(2026, 3, 1), date(2026, 4, 1), Decimal(220)),
    ]
    clock = compute_clock(Q1, date(2026, 3, 13))
    assert compute_due(months, clock.through) == Fraction(240)
    assert compute_attainment(Decimal(120), Decimal(360), clock, "seasonal", months).pace.exact() == Fraction(1, 2)


def test_holidays_do_not_count():
    clock = compute_clock(MARCH, date(2026, 3, 13), lambda day: day == date(2026, 3, 2))
    assert clock.working == (1, 1)


def test_nothing_has_gone_by_yet():
    clock = compute_clock(MARCH, date(2026, 2, 1))
    standing = compute_attainment(Decimal(0), Decimal(50), clock)
    assert clock.calendar.done == 0
    assert standing.pace is None
    assert standing.projected is None
    assert not clock.is_complete
