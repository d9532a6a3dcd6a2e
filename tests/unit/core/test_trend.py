"""Changes, moving averages, what stands out, and places."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.trend import (
    FEWEST_MONTHS,
    compute_average,
    compute_band,
    compute_change,
    compute_median,
    compute_ranks,
)

FIGURES = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10_000)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [(3, 2, Fraction(1, 2)), (0, 2, -1), (-1, 2, Fraction(-3, 2)), (3, 0, None), (3, -2, None), (None, 2, None)],
)
def test_change_needs_a_base(now: int | None, before: int, change: Fraction | None) -> None:
    assert compute_change(None if now is None else Fraction(now), Fraction(before)) == change


def test_a_gap_ends_the_average() -> None:
    months = [Fraction(1), Fraction(2), None, Fraction(3), Fraction(4), Fraction(8)]
    assert compute_average(months) == [None, None, None, None, None, Fraction(5)]


def test_few_months_say_nothing() -> None:
    assert compute_band([Fraction(n) for n in range(FEWEST_MONTHS - 1)]) is None
    assert compute_band([Fraction(n) for n in range(FEWEST_MONTHS)]) is not None
    assert compute_band([Fraction(5)] * 7 + [Fraction(50)]) is None  # most are the same: no spread to measure with


def test_what_stands_out_does_not_widen_the_band() -> None:
    usual = [Fraction(n) for n in (10, 11, 9, 10, 12, 8, 10, 11, 9, 10)]
    band = compute_band([*usual, Fraction(1_000_000)])
    assert band is not None and band.high < 20 and band.is_high(Fraction(1_000_000)) and not band.is_low(Fraction(9))


@given(st.lists(FIGURES, min_size=FEWEST_MONTHS, max_size=40), FIGURES)
def test_the_band_moves_with_the_figures(values: list[Fraction], step: Fraction) -> None:
    band, moved = compute_band(values), compute_band([value + step for value in values])
    assert (band is None) == (moved is None)
    if band is not None and moved is not None:
        assert (moved.low, moved.high) == (band.low + step, band.high + step)


@given(st.lists(FIGURES, min_size=1))
def test_half_of_the_figures_are_on_either_side(values: list[Fraction]) -> None:
    middle = compute_median(values)
    assert 2 * sum(value <= middle for value in values) >= len(values) <= 2 * sum(value >= middle for value in values)


@given(st.lists(st.one_of(st.none(), FIGURES)))
def test_places(values: list[Fraction | None]) -> None:
    for value, rank in zip(values, compute_ranks(values), strict=True):
        better = sum(1 for other in values if other is not None and value is not None and other > value)
        assert rank == (None if value is None else better + 1)
