"""Values that begin on a day and hold until the next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.dated import Dated, NoValueYet, always

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
RATE = Dated(((JANUARY, 3), (JULY, 5)))


def test_each_value_holds_until_the_next_begins() -> None:
    assert [RATE.on(day) for day in (JANUARY, date(2026, 6, 30), JULY, date(2030, 1, 1))] == [3, 3, 5, 5]
    with pytest.raises(NoValueYet):
        RATE.on(date(2025, 12, 31))


def test_always() -> None:
    assert always(3).on(date.min) == always(3).on(date.max) == 3
    assert always(3).is_constant
    assert not RATE.is_constant


@pytest.mark.parametrize("values", [(), ((JULY, 1), (JANUARY, 2)), ((JULY, 1), (JULY, 2))])
def test_days_must_ascend(values: tuple[tuple[date, int], ...]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        Dated(values)


def test_map_keeps_the_days() -> None:
    assert RATE.map(lambda value: value * 2) == Dated(((JANUARY, 6), (JULY, 10)))
    assert RATE.all() == (3, 5)


def test_segments_cut_where_the_value_changes() -> None:
    assert RATE.segments(date(2026, 6, 1), date(2026, 8, 1)) == (
        (date(2026, 6, 1), JULY, 3),
        (JULY, date(2026, 8, 1), 5),
    )
    assert RATE.segments(JULY, date(2026, 8, 1)) == ((JULY, date(2026, 8, 1), 5),)
    assert RATE.segments(JULY, JULY) == ()


@given(
    starts=st.sets(st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1),
    day=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 900),
)
def test_segments_tile_the_stretch_with_the_values_in_force(starts: set[date], day: date, length: int) -> None:
    dated = Dated(((date.min, 0), *((start, index) for index, start in enumerate(sorted(starts), start=1))))
    end = day + timedelta(length)
    segments = dated.segments(day, end)
    assert sum((right - left).days for left, right, _ in segments) == length
    assert all(dated.on(left) == value == dated.on(right - timedelta(1)) for left, right, value in segments)
