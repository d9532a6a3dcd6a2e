"""Money: exact, split without loss, rounded in one way."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.money import (
    FinerThanStored,
    from_e4,
    from_float,
    largest_remainder,
    part,
    round_half_away,
    share,
    to_e4,
)

AMOUNTS = st.integers(-(10**15), 10**15)


@given(AMOUNTS)
def test_stored_amounts_come_back(stored):
    assert to_e4(from_e4(stored)) == stored


def test_finer_amounts_are_refused():
    with pytest.raises(FinerThanStored):
        to_e4(Decimal("1.00001"))


@given(st.integers(-(10**13), 10**13))
def test_a_float_that_means_an_amount_gives_it(stored):
    assert to_e4(from_float(stored / 10_000)) == stored


def test_a_truly_finer_float_keeps_its_digits():
    assert from_float(0.00005) == Decimal("0.00005")
    assert from_float(125.43999999999998) == Decimal("125.44")


@given(st.fractions(-1000, 1000))
def test_rounding_is_symmetric_and_within_half_a_cent(amount):
    rounded = round_half_away(amount)
    assert round_half_away(-amount) == -rounded
    assert abs(Fraction(rounded) - amount) <= Fraction(1, 200)


@given(AMOUNTS, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_a_split_adds_up_and_stays_within_one_unit(whole, weights):
    parts = largest_remainder(whole, weights)
    assert sum(parts) == whole
    for given_part, weight in zip(parts, weights, strict=True):
        assert abs(given_part - Fraction(whole * weight, sum(weights))) < 1
    assert largest_remainder(-whole, weights) == [-p for p in parts]


@given(AMOUNTS, st.lists(st.integers(0, 10**6), max_size=6))
def test_shares_add_up_for_any_cuts(amount, cuts):
    edges = [0, *sorted(cuts), 10**6]
    shares = [share(amount, a, b) for a, b in pairwise(edges)]
    assert sum(shares) == amount
    assert [share(-amount, a, b) for a, b in pairwise(edges)] == [-s for s in shares]
    assert part(amount, 10**6) == amount
