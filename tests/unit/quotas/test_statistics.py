"""Chance and fairness against plain computations of their own: enumeration, the textbook's formulas, other code."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import comb, sqrt
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quotas.fairness import PersonQuota, compute_fairness, spearman
from salescli.core.quotas.reach import DRAWS, compute_reach

FIGURES = st.lists(st.integers(0, 9), min_size=3, max_size=15)


def draw_by(seed):
    generator = random.Random(seed)
    return lambda figures, count: generator.choices(figures, k=count)


def test_fewer_than_24_months_say_nothing():
    assert compute_reach([1] * 23, 5, 0, 12, draw_by(1)) is None
    assert compute_reach([1] * 24, 5, 0, 12, draw_by(1)) is not None


def test_the_same_seed_gives_the_same_chance_as_a_loop_of_its_own():
    history = [at * at % 101 for at in range(30)]
    found = compute_reach(history, 700, 100, 12, draw_by("3:P1"))
    generator, hits = random.Random("3:P1"), 0
    for _ in range(DRAWS):
        whole = 100
        for _ in range(12):
            whole += history[int(generator.random() * len(history))]
        hits += whole >= 700
    assert (found.hits, found.draws) == (hits, DRAWS)
    assert 0 < hits < DRAWS


def test_many_draws_come_near_the_exact_chance():
    """Half of the months 1, half 0: at least 8 of 12 is a binomial tail."""
    exact = sum(comb(12, hits) for hits in range(8, 13)) / 2**12
    found = compute_reach([0, 1] * 15, 8, 0, 12, draw_by(5), draws=20_000)
    assert abs(found.hits / found.draws - exact) < 4 * sqrt(exact * (1 - exact) / 20_000)
    months = [3, 5, 10]
    exact = sum(4 + sum(one) >= 25 for one in product(months, repeat=3)) / 27
    found = compute_reach(months * 8, 25, 4, 3, draw_by(6), draws=20_000)
    assert abs(found.hits / found.draws - exact) < 4 * sqrt(exact * (1 - exact) / 20_000)


def test_only_the_newest_36_months_are_drawn_from():
    found = compute_reach([1000] * 24 + [1] * 36, 13, 0, 12, draw_by(1))
    assert (found.hits, found.months, found.verdict) == (0, 36, "too-high")


@pytest.mark.parametrize(
    ("target", "actual", "left", "verdict"),
    [(60, 0, 12, "too-low"), (61, 0, 12, "too-high"), (10, 10, 0, "too-low"), (11, 10, 0, "too-high")],
)
def test_verdicts(target, actual, left, verdict):
    assert compute_reach([5] * 24, target, actual, left, draw_by(1)).verdict == verdict


@pytest.mark.parametrize(("hits", "verdict"), [(199, "too-high"), (200, "fair"), (900, "fair"), (901, "too-low")])
def test_the_bounds_of_verdicts_are_fair(hits, verdict):
    answers = iter([1] * hits + [0] * (DRAWS - hits))
    assert compute_reach([0] * 24, 1, 0, 1, lambda _, count: [next(answers)]).verdict == verdict


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=20))
def test_spearman_is_the_correlation_of_mean_ranks(pairs):
    """Pearson's correlation, in floats, of ranks counted as those smaller plus half of those equal."""

    def ranks(values):
        return [sum(v < value for v in values) + (values.count(value) + 1) / 2 for value in values]

    left, right = ranks([a for a, _ in pairs]), ranks([b for _, b in pairs])
    spread = sqrt(sum((a - mean(left)) ** 2 for a in left) * sum((b - mean(right)) ** 2 for b in right))
    found = spearman([(Fraction(a), Fraction(b)) for a, b in pairs])
    if not spread:
        assert found is None
        return
    plain = sum((a - mean(left)) * (b - mean(right)) for a, b in zip(left, right, strict=True)) / spread
    assert found is not None and abs(float(found) - plain) < 0.0001 + 1e-9


@given(st.permutations(range(6)))
def test_spearman_without_ties_by_the_textbook(order):
    """1 − 6 Σ d² ÷ (n (n² − 1))."""
    exact = 1 - Fraction(6 * sum((a - b) ** 2 for a, b in enumerate(order)), 6 * 35)
    found = spearman([(Fraction(a), Fraction(b)) for a, b in enumerate(order)])
    assert abs(Fraction(found) - exact) < Fraction(1, 10_000)


@given(st.lists(st.integers(1, 500), min_size=12, max_size=20))
def test_gini_is_the_mean_difference_of_pairs(quotas):
    """Σ Σ |x − y| ÷ (2 n² mean)."""
    pairs = sum(abs(a - b) for a in quotas for b in quotas)
    found = compute_fairness([PersonQuota(str(at), "A", Fraction(one)) for at, one in enumerate(quotas)])
    assert found.gini == Fraction(pairs, 2 * len(quotas) * sum(quotas))


def people(count, **values):
    return [PersonQuota(str(at), "AB"[at % 2], Fraction(at + 1), **values) for at in range(count)]


def test_fewer_than_12_people_say_nothing():
    assert compute_fairness(people(11)) is None
    found = compute_fairness(people(12))
    assert (found.people, found.by_history, found.by_potential, found.growth) == (12, None, None, None)
    assert found.per_head == {"A": (Fraction(6), 6), "B": (Fraction(7), 6)}


def test_growth_is_spread_in_quartiles():
    rows = [PersonQuota(str(at), "A", Fraction(1), growth=Fraction(at)) for at in range(13)]
    assert compute_fairness(rows).growth == (0, Fraction(5, 2), 6, Fraction(19, 2), 12)
    history = [PersonQuota(str(at), "A", Fraction(at), Fraction(-at), Fraction(at)) for at in range(12)]
    found = compute_fairness(history)
    assert (found.by_history, found.by_potential) == (-1, 1)
