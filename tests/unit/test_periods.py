"""Periods as people write them, and the fiscal calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.periods import FiscalCalendar, add_months, month_of, months_in, parse_period
from salescli.errors import UsageError

CALENDAR = FiscalCalendar()
APRIL = FiscalCalendar(4, "start")


@pytest.mark.parametrize(
    ("text", "start", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("FY2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-W10", "2026-03-02", "2026-03-08"),
        ("2026-03-01..2026-03-15", "2026-03-01", "2026-03-15"),
        ("2026-03-09", "2026-03-09", "2026-03-09"),
        ("last-month", "2025-12-01", "2025-12-31"),
        ("ytd", "2026-01-01", "2026-01-20"),
    ],
)
def test_reads_what_people_write(text, start, last):
    period = parse_period(text, CALENDAR, today=date(2026, 1, 20))
    assert (str(period.start), str(period.last_day)) == (start, last)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "26-Q1", "2026-Q5", "tomorrowish", "2026-03-15..2026-03-01", "2026-W60"]
)
def test_refuses_what_is_no_period(text):
    with pytest.raises(UsageError) as caught:
        parse_period(text, CALENDAR, today=date(2026, 1, 20))
    assert caught.value.problems[0].name == "bad-period"


@pytest.mark.parametrize("text", ["2026", "2026-Q1"])
def test_a_bare_year_is_ambiguous_where_the_fiscal_year_differs(text):
    with pytest.raises(UsageError) as caught:
        parse_period(text, APRIL)
    assert caught.value.problems[0].name == "ambiguous-period"
    assert parse_period("FY" + text, APRIL).start == date(2026, 4, 1)


def test_a_fiscal_year_may_be_named_by_its_end():
    assert FiscalCalendar(4, "end").year(2027).start == date(2026, 4, 1)
    assert FiscalCalendar(4, "end").year_name(date(2026, 4, 1)) == 2027
    assert FiscalCalendar(1, "end").year(2026).start == date(2026, 1, 1)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 12), st.sampled_from(["start", "end"]))
def test_every_day_lies_in_its_own_windows_and_they_nest(day, month, named):
    calendar = FiscalCalendar(month, named)
    year, quarter = calendar.window("year", day), calendar.window("quarter", day)
    assert day in year and day in quarter and day in month_of(day)
    assert year.covers(quarter) and len(list(months_in(year))) == 12 and len(list(months_in(quarter))) == 3
    assert parse_period(f"FY{calendar.year_name(day)}", calendar) == year


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-40, 40))
def test_adding_months_moves_by_whole_months(day, count):
    later = add_months(day, count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    assert later.day == day.day or (later.day < day.day and (later.month != month_of(later).end.replace(day=1).month))
