"""Pairs in baskets against counting every pair of items in every basket."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.analysis.baskets import count_items, find_pairs, least_together

BASKETS = st.lists(st.frozensets(st.sampled_from("abcdefg"), max_size=5), max_size=30)


@given(BASKETS, st.integers(1, 4))
def test_every_pair_is_counted_as_by_hand(baskets, least):
    found = {(pair.first, pair.second): pair for pair in find_pairs(baskets, count_items(baskets), least)}
    for first, second in combinations("abcdefg", 2):
        together = sum(first in basket and second in basket for basket in baskets)
        if together < least:
            assert (first, second) not in found
            continue
        pair = found.pop((first, second))
        with_first, with_second = (sum(item in basket for basket in baskets) for item in (first, second))
        assert (pair.together, pair.with_first, pair.with_second) == (together, with_first, with_second)
        assert pair.support == Fraction(together, len(baskets))
        assert pair.confidence == Fraction(together, with_first)
        assert pair.confidence_back == Fraction(together, with_second)
        assert pair.lift == pair.confidence / Fraction(with_second, len(baskets))
    assert not found


@given(BASKETS, st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_baskets_does_not_matter(baskets, least, random):
    shuffled = list(baskets)
    random.shuffle(shuffled)
    assert find_pairs(shuffled, count_items(shuffled), least) == find_pairs(baskets, count_items(baskets), least)


@given(BASKETS)
def test_the_highest_lift_stands_first_then_the_support(baskets):
    found = find_pairs(baskets, count_items(baskets), 1)
    order = [(pair.lift, pair.support) for pair in found]
    assert order == sorted(order, reverse=True)


def test_independent_items_have_a_lift_of_one():
    baskets = [{"a", "b"}, {"a"}, {"b"}, set()]
    (pair,) = find_pairs(baskets, count_items(baskets), 1)
    assert pair.lift == 1


def test_an_item_twice_in_a_basket_counts_once():
    assert count_items([["a", "a", "b"]]) == {"a": 1, "b": 1}


def test_support_is_rounded_up_and_one_basket_is_no_pattern():
    assert least_together(1001, Fraction(1, 100)) == 11
    assert least_together(3, Fraction(1, 100)) == 2
    assert least_together(0, Fraction(1, 2)) == 2
