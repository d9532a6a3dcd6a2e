"""Heads needed for a target, worked by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quotas.heads import (
    RampTable,
    Yield,
    compute_attrition,
    compute_average,
    compute_hires,
    expected_loss,
    heads_needed,
    heads_of_team,
    latest_start,
    whole_hires,
)
from tests.unit.quotas.build import member, months

HALF = RampTable({"rep": (Decimal("0"), Decimal("0.5"))})
TEN = Yield(Fraction(10_000))


def test_heads_needed_is_target_by_what_a_head_brings_after_attrition():
    assert heads_needed(Fraction(1_200_000), TEN, 12) == 10
    assert heads_needed(Fraction(1_200_000), Yield(Fraction(10_000), Fraction(1, 10)), 12) == Fraction(100, 9)
    assert heads_needed(Fraction(300_000), TEN, 3) == 10
    assert heads_needed(Fraction(1), Yield(Fraction(0)), 12) is None


def test_attrition_of_part_of_a_year_is_its_part():
    assert expected_loss(Fraction(12, 100), 3) == Fraction(3, 100)


def test_measured_attrition_is_leavers_by_mean_heads_and_year():
    days = 5 * 730 + 44 + 91 + 365 + 548  # five all along, a joiner and three who left
    assert compute_attrition(3, days, 730, 2) == Fraction(3 * 730, 2 * days)
    assert compute_attrition(0, 0, 730, 2) == 0


def test_the_middle_of_an_even_number_is_between_two():
    figures = [Fraction(each) for each in (60, 240, 120, 180)]
    assert compute_average(figures, "median") == 150
    assert compute_average(figures, "mean") == 150
    assert compute_average([*figures, Fraction(900)], "mean") == 300


def test_productive_months_of_a_team():
    july, feb = date(2026, 7, 1), date(2026, 2, 16)
    mine = [
        member("a"),
        member("b", end=date(2026, 4, 1)),
        member("c", start=feb, hired=feb),
        member("S1", start=july, hired=july, is_seat=True),
    ]
    found = heads_of_team("T", mine, months(), date(2026, 4, 5), HALF)
    assert (found.heads, found.vacant) == (2, 1)
    assert found.productive[:4] == (2, 2, Fraction(5, 2), 2)
    assert found.total == 12 + 3 + Fraction(19, 2) + Fraction(9, 2)


def test_hires_by_the_month_they_start_in():
    options = compute_hires(Fraction(162_000), Yield(Fraction(9_000)), HALF.of("rep"), months(), date(2026, 5, 1))
    assert [one.brings for one in options[:3]] == [58_500, 49_500, 40_500]
    assert [one.hires for one in options] == [3, 4, 4, 6, 8, 12, 36, None]
    assert latest_start(options).start.label == "2026-05"


def test_the_latest_start_is_the_last_that_takes_no_more_hires():
    options = compute_hires(Fraction(20_000), TEN, (), months(), date(2026, 10, 15))
    assert [(one.start.label, one.hires) for one in options] == [("2026-11", 1), ("2026-12", 2)]
    options = compute_hires(Fraction(10_000), TEN, (), months(), date(2026, 3, 1))
    assert latest_start(options).start.label == "2026-12"
    assert latest_start(()) is None


def test_without_a_gap_nobody_is_hired():
    options = compute_hires(Fraction(-5), TEN, (), months(), date(2026, 1, 1))
    assert {one.hires for one in options} == {0}


@given(
    gap=st.fractions(min_value=Fraction(1, 100), max_value=10**9, max_denominator=1000),
    brings=st.fractions(min_value=Fraction(1, 100), max_value=10**7, max_denominator=1000),
)
def test_whole_hires_close_the_gap_and_one_fewer_do_not(gap, brings):
    hires = whole_hires(gap, brings)
    assert hires * brings >= gap > (hires - 1) * brings


@given(st.lists(st.integers(0, 100), max_size=6), st.integers(1, 12))
def test_a_later_start_never_brings_more(rates, first):
    ramp = tuple(Decimal(rate) / 100 for rate in sorted(rates))
    options = compute_hires(Fraction(10**6), TEN, ramp, months(), date(2026, first, 1))
    brings = [one.brings for one in options]
    assert brings == sorted(brings, reverse=True)


@pytest.mark.parametrize("role", ["rep", "other"])
def test_a_role_without_a_ramp_is_productive_at_once(role):
    july = date(2026, 7, 1)
    found = heads_of_team("T", [member("a", start=july, hired=july, role=role)], months(), july, HALF)
    assert found.total == (6 if role == "other" else Fraction(9, 2))
