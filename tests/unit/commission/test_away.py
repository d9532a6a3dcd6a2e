"""Days between two stays on a plan: set arithmetic held against the days one by one."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.away import (
    back_on,
    gaps_between,
    is_away,
    is_wholly_away,
    joined,
    leaves_at,
    stays_in,
)
from salescli.core.commission.draw import months_on_plan
from salescli.core.commission.part_period import share_of_window
from salescli.core.periods import FiscalCalendar, add_months, month_of

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(120)]
places = st.integers(0, len(DAYS) - 1)
stretches = st.lists(st.tuples(places, places), min_size=1, max_size=5).map(
    lambda pairs: [(DAYS[one], DAYS[two]) for one, two in pairs]
)


def days_of(pairs):
    return {day for day in DAYS for start, end in pairs if start <= day < end}


@given(stretches)
def test_stays_and_gaps_are_the_days_themselves(pairs):
    stays = joined(pairs)
    assert days_of(stays) == days_of(pairs)
    assert all(one[1] < two[0] for one, two in pairwise(stays))
    if not stays:
        return
    start, end, away = stays[0][0], stays[-1][1], gaps_between(stays)
    assert list(stays_in(start, end, away)) == stays
    inside = [day for day in DAYS if start <= day < end]
    assert {day for day in inside if not is_away(away, day)} == days_of(pairs)
    for day in inside:
        assert back_on(away, day) == min(each for each in days_of(pairs) if each >= day)


@given(stretches, places, places)
def test_a_window_ends_with_the_last_day_on_the_plan_inside_it(pairs, one, two):
    stays = joined(pairs)
    if not stays or one == two:
        return
    first, after = DAYS[min(one, two)], DAYS[max(one, two)]
    if not stays[0][0] <= first or after > stays[-1][1]:
        return
    away = gaps_between(stays)
    there = [day for day in DAYS if first <= day < after and day in days_of(stays)]
    assert is_wholly_away(away, first, after) == (not there)
    assert leaves_at(away, first, after) == (there[-1] + timedelta(days=1) if there else first)


@given(stretches, st.integers(0, 3))
def test_the_share_of_a_window_is_that_of_its_days(pairs, number):
    stays = joined(pairs)
    if not stays:
        return
    month = month_of(add_months(FIRST, number))
    window, span = (month.start, month.end), (stays[0][0], stays[-1][1])
    away, there = gaps_between(stays), {day for day in days_of(stays) if month.start <= day < month.end}
    whole = (month.end - month.start).days
    assert share_of_window("calendar-days", *span, window, {}, away) == Fraction(len(there), whole)
    assert share_of_window("months", *span, window, {}, away) == bool(there)
    quarter = FiscalCalendar().window("quarter", FIRST)
    months = {day.replace(day=1) for day in days_of(stays) if day < quarter.end}
    assert share_of_window("months", *span, (quarter.start, quarter.end), {}, away) == Fraction(len(months), 3)
    worked = [day for day in there if day.weekday() < 5]
    all_worked = [day for day in DAYS if month.start <= day < month.end and day.weekday() < 5]
    assert share_of_window("working-days", *span, window, {}, away) == Fraction(len(worked), len(all_worked))


@given(stretches)
def test_months_on_the_plan_are_those_with_a_day_on_it(pairs):
    stays = joined(pairs)
    if stays:
        last = stays[-1][1] - timedelta(days=1)
        months = {day.replace(day=1) for day in days_of(stays)}
        assert months_on_plan(stays[0][0], last, gaps_between(stays)) == len(months)
