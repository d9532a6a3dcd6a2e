"""Concentration against the formulas of textbooks, spelled out over all pairs and all subsets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.analysis.concentration import TOPS, compute_concentration, count_for_share

AMOUNTS = st.lists(st.integers(-10_000, 10_000_000).map(lambda one: Decimal(one).scaleb(-4)), max_size=40)


def gini_of_pairs(values: list[Fraction]) -> Fraction:
    """The mean absolute difference of all pairs over twice the mean."""
    count = len(values)
    pairs = sum((abs(one - other) for one in values for other in values), Fraction(0))
    return pairs / (2 * count * count) / (sum(values, Fraction(0)) / count)


@given(AMOUNTS)
def test_it_agrees_with_the_formulas(amounts):
    positive = [Fraction(one) for one in amounts if one > 0]
    found = compute_concentration(amounts)
    if not positive:
        assert found is None
        return
    whole = sum(positive, Fraction(0))
    assert found.holders == len(positive) and found.whole == whole
    assert found.hhi == sum(((one / whole) ** 2 for one in positive), Fraction(0))
    assert found.gini == gini_of_pairs(positive)
    assert Fraction(1, len(positive)) <= found.hhi <= 1 and 0 <= found.gini < 1
    assert found.equivalent * found.hhi == 1


@given(AMOUNTS)
def test_tops_hold_what_the_largest_hold(amounts):
    found = compute_concentration(amounts)
    if found is None:
        return
    largest = sorted((Fraction(one) for one in amounts if one > 0), reverse=True)
    assert [top.percent for top in found.tops] == list(TOPS)
    for top in found.tops:
        assert top.holders == ceil(Fraction(len(largest) * top.percent, 100)) >= 1
        assert top.value == sum(largest[: top.holders]) and top.share == top.value / found.whole
    most = found.holders_of_most
    assert sum(largest[:most]) >= found.whole * Fraction(4, 5) > sum(largest[: most - 1])


@given(st.permutations([Decimal("7.5"), Decimal(3), Decimal(3), Decimal("-2"), Decimal(0), Decimal("0.0001")]))
def test_order_does_not_matter(amounts):
    assert compute_concentration(amounts) == compute_concentration(sorted(amounts))


@pytest.mark.parametrize(
    ("values", "hhi", "gini"),
    [([5], 1, 0), ([2, 2, 2, 2], Fraction(1, 4), 0), ([0, -3, 4], 1, 0), ([1, 3], Fraction(5, 8), Fraction(1, 4))],
)
def test_known_cases(values, hhi, gini):
    found = compute_concentration(values)
    assert (found.hhi, found.gini) == (hhi, gini)


def test_one_of_ten_is_no_longer_few():
    assert compute_concentration([1] * 9).is_few and not compute_concentration([1] * 10).is_few


def test_exactly_the_part_is_enough():
    assert count_for_share([Fraction(8), Fraction(2)], Fraction(4, 5)) == 1
