"""Water-filling against independent answers: every pattern of binding limits tried, and least squares over integers."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.quotas.fill import LimitsImpossible, compute_shares

LIMIT = st.none() | st.integers(0, 12).map(Fraction)
PART = st.tuples(st.integers(0, 5).map(Fraction), LIMIT, LIMIT)
PARTS = st.lists(PART, min_size=1, max_size=5)


def sides(parts):
    """Weights, floors and ceilings of parts, none of which has a floor above its ceiling."""
    weights, floors, ceilings = [], [], []
    for weight, low, high in parts:
        crossed = low is not None and high is not None and low > high
        weights.append(weight)
        floors.append(high if crossed else low)
        ceilings.append(low if crossed else high)
    return weights, floors, ceilings


def by_patterns(whole, weights, floors, ceilings):
    """Try every pattern (at the floor, free, at the ceiling): the shares are those at which one level fits all.

    A free part gets level × weight and lies within its limits; one at its floor would get no more than that, one at
    its ceiling no less. A part without weight stays at its floor, or at nothing.
    """
    found = set()
    for pattern in product(("floor", "free", "ceiling"), repeat=len(weights)):
        held = [
            {"floor": low, "ceiling": high, "free": None}[where]
            for where, low, high in zip(pattern, floors, ceilings, strict=True)
        ]
        if any(where != "free" and limit is None for where, limit in zip(pattern, held, strict=True)):
            continue
        free = sum((w for w, limit in zip(weights, held, strict=True) if limit is None), Fraction(0))
        left = whole - sum((limit for limit in held if limit is not None), Fraction(0))
        for level in {left / free} if free else _levels(weights, held) if left == 0 else ():
            shares = [level * w if limit is None else limit for w, limit in zip(weights, held, strict=True)]
            if level >= 0 and all(map(_fits, [level] * len(shares), weights, floors, ceilings, shares)):
                found.add(tuple(shares))
    return found


def _levels(weights, held):
    """Levels at which nothing is free: any that lies between what the held parts would get."""
    return {limit / weight for weight, limit in zip(weights, held, strict=True) if weight and limit is not None} | {
        Fraction(0)
    }


def _fits(level, weight, low, high, share):
    """A part stands where the level puts it, cut to its limits; without weight the floor, or nothing, is all it has."""
    if weight == 0:
        return share == (low or 0)
    wanted = level * weight
    if low is not None and wanted < low:
        wanted = low
    if high is not None and wanted > high:
        wanted = high
    return share == wanted


@given(st.integers(0, 40).map(Fraction), PARTS)
def test_shares_are_those_of_the_one_pattern_that_fits(whole, parts):
    weights, floors, ceilings = sides(parts)
    if not any(weights):
        with pytest.raises(ValueError, match="more than zero"):
            compute_shares(whole, weights, floors, ceilings)
        return
    expected = by_patterns(whole, weights, floors, ceilings)
    try:
        shares = compute_shares(whole, weights, floors, ceilings)
    except LimitsImpossible as impossible:
        assert not expected
        check_binding(impossible, whole, weights, floors, ceilings)
        return
    assert expected == {tuple(shares)}
    assert sum(shares, Fraction(0)) == whole


def check_binding(impossible, whole, weights, floors, ceilings):
    """What binds is what adds up to more (or less) than the whole, all of it and nothing else."""
    if impossible.side == "floor":
        names = [index for index, low in enumerate(floors) if low]
        assert impossible.total == sum((floors[index] for index in names), Fraction(0)) > whole
    else:
        most = [
            high if weight else (low or Fraction(0))
            for weight, low, high in zip(weights, floors, ceilings, strict=True)
        ]
        names = [index for index, weight in enumerate(weights) if weight]
        assert impossible.total == sum(most, Fraction(0)) < whole
        assert all(ceilings[index] is not None for index in names)
    assert impossible.binding == tuple(names)


@given(st.integers(0, 14), st.lists(PART, min_size=1, max_size=3))
def test_no_whole_shares_are_nearer_to_the_weights(whole, parts):
    """Σ share² ÷ weight is least where shares follow the weights: no whole shares within the limits do better."""
    weights, floors, ceilings = sides([(weight + 1, low, high) for weight, low, high in parts])
    allowed = [
        [amount for amount in range(whole + 1) if (low is None or amount >= low) and (high is None or amount <= high)]
        for low, high in zip(floors, ceilings, strict=True)
    ]
    costs = [cost(each, weights) for each in product(*allowed) if sum(each) == whole]
    try:
        shares = compute_shares(Fraction(whole), weights, floors, ceilings)
    except LimitsImpossible:
        assert not costs  # limits are whole: where no whole shares fit, none do
        return
    assert costs
    assert cost(shares, weights) <= min(costs)


def cost(shares, weights):
    return sum((Fraction(share) ** 2 / weight for share, weight in zip(shares, weights, strict=True)), Fraction(0))


def shares_of(whole, weights, floors=(), ceilings=()):
    as_limits = ([None if limit is None else Fraction(limit) for limit in each] for each in (floors, ceilings))
    return compute_shares(Fraction(whole), [Fraction(weight) for weight in weights], *as_limits)


def test_equal_floors_and_ceilings_leave_no_choice():
    assert shares_of(60, [1, 5, 1], [20, 20, 20], [20, 20, 20]) == [20, 20, 20]
    for whole, side in ((59, "floor"), (61, "ceiling")):
        with pytest.raises(LimitsImpossible) as caught:
            shares_of(whole, [1, 5, 1], [20, 20, 20], [20, 20, 20])
        assert (caught.value.side, caught.value.total, caught.value.binding) == (side, 60, (0, 1, 2))


def test_whoever_has_no_weight_gets_the_floor_and_no_more():
    assert shares_of(30, [0, 1, 1], [10, None, None]) == [10, 10, 10]
    assert shares_of(30, [0, 1, 1], [None, None, None], [50, None, None]) == [0, 15, 15]
    with pytest.raises(LimitsImpossible) as caught:
        shares_of(30, [0, 1], [None, None], [50, 20])
    assert (caught.value.side, caught.value.total, caught.value.binding) == ("ceiling", 20, (1,))
    with pytest.raises(LimitsImpossible) as caught:
        shares_of(30, [0, 1], [40, None])
    assert (caught.value.side, caught.value.binding) == ("floor", (0,))


def test_only_what_binds_is_named():
    with pytest.raises(LimitsImpossible) as floors:
        shares_of(30, [1, 1, 1, 1], [20, None, 15, 0])
    assert (floors.value.side, floors.value.total, floors.value.binding) == ("floor", 35, (0, 2))
    with pytest.raises(LimitsImpossible) as ceilings:
        shares_of(30, [1, 1, 0], [None, None, None], [10, 12, 40])
    assert (ceilings.value.total, ceilings.value.binding) == (22, (0, 1))
