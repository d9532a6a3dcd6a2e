"""Scales: slices add up, pay is monotone and continuous, a reversal cancels, batches do not matter."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.scales import MICRO, Band, FinerThanMicro, Scale, from_micro, to_micro

RATES = st.integers(0, 400).map(lambda n: Fraction(n, 1000))
POSITIONS = st.integers(-(10**12), 10**13)


@st.composite
def scales(draw, begins_at_zero=None):
    starts = sorted(draw(st.sets(st.integers(1, 10**6), max_size=5)))
    at_zero = draw(st.booleans()) if begins_at_zero is None else begins_at_zero
    thresholds = [0, *starts] if at_zero or not starts else starts
    parts = draw(st.integers(1, 7))
    return Scale([Band(Fraction(one, parts), draw(RATES), draw(st.booleans())) for one in thresholds])


@given(scales(), POSITIONS, POSITIONS)
def test_slices_add_up_to_the_difference_of_two_positions(scale, before, after):
    assert sum(one.pay for one in scale.slices(before, after)) == scale.between(before, after)
    assert scale.between(before, after) == scale.marginal(after) - scale.marginal(before)
    assert sum(one.end - one.start for one in scale.slices(before, after)) == Fraction(after - before, MICRO)


@given(scales(), POSITIONS, st.integers(0, 10**12))
def test_slice_pay_never_falls_and_never_jumps(scale, position, step):
    gain = scale.between(position, position + step)
    highest = max(band.rate for band in scale.bands)
    assert 0 <= gain <= highest * Fraction(step, MICRO)


@given(scales(), POSITIONS, POSITIONS)
def test_the_way_back_is_the_exact_negative(scale, before, after):
    assert scale.between(before, after) == -scale.between(after, before)


@given(scales(), st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=8), st.randoms())
def test_batching_and_order_do_not_matter(scale, moves, random):
    shuffled = list(moves)
    random.shuffle(shuffled)
    for order in (moves, shuffled, [sum(moves)]):
        position, total = 0, Fraction(0)
        for move in order:
            total += scale.between(position, position + move)
            position += move
        assert total == scale.marginal(sum(moves)) - scale.marginal(0)


@given(scales(begins_at_zero=True), st.integers(-(10**12), 0))
def test_below_zero_the_first_rate_goes_on(scale, position):
    assert scale.marginal(position) == Fraction(position, MICRO) * scale.bands[0].rate
    if position < 0:
        assert scale.rate(position) == scale.bands[0].rate


@given(scales(), POSITIONS)
def test_the_rate_reached_is_that_of_the_last_threshold_not_above_the_position(scale, position):
    here = Fraction(position, MICRO)
    reached = [
        index
        for index, band in enumerate(scale.bands)
        if band.threshold < here or (band.threshold == here and band.inclusive)
    ]
    expected = reached[-1] if reached else (-1 if scale.bands[0].threshold else 0)
    assert scale.band_at(position) == expected


@given(st.decimals(-(10**9), 10**9, places=6))
def test_micro_and_back(number):
    assert from_micro(to_micro(number)) == number


def test_finer_than_micro_is_refused():
    with pytest.raises(FinerThanMicro):
        to_micro(Decimal("0.0000001"))


@pytest.mark.parametrize("thresholds", [[], [0, 0], [5, 3], [-1, 0]])
def test_a_scale_needs_ascending_thresholds(thresholds):
    with pytest.raises(ValueError):
        Scale([Band(Fraction(one), Fraction(0)) for one in thresholds])
