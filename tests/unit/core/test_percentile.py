"""Percentiles: linear interpolation, compared with the one of the standard library and with known figures."""

from __future__ import annotations

import statistics
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.percentile import compute_percentile


@given(st.lists(st.integers(-(10**15), 10**15), min_size=2, max_size=40), st.integers(1, 99))
def test_it_is_the_inclusive_quantile_of_the_standard_library(values: list[int], percent: int) -> None:
    cuts = statistics.quantiles([Fraction(value) for value in values], n=100, method="inclusive")
    assert compute_percentile(Counter(values).items(), percent) == cuts[percent - 1]


@given(st.lists(st.integers(), min_size=1, max_size=20))
def test_its_ends_are_the_least_and_the_greatest(values: list[int]) -> None:
    found = [compute_percentile(Counter(values).items(), percent) for percent in (0, 50, 100)]
    assert found == [min(values), statistics.median([Fraction(value) for value in values]), max(values)]


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([1, 2, 3, 4], 30, Fraction(19, 10)), ([15, 20, 35, 40, 50], 40, Fraction(29)), ([7], 95, Fraction(7))],
)
def test_figures_of_excel(values: list[int], percent: int, expected: Fraction) -> None:
    assert compute_percentile(Counter(values).items(), percent) == expected


def test_of_nothing_there_is_none() -> None:
    assert compute_percentile([], 50) is None
    assert compute_percentile([(5, 0)], 50) is None
