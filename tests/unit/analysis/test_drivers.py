"""Effects add up to the change, prefer no order, and are what changing one factor after the other gives on average."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.analysis.drivers import (
    Converted,
    Effects,
    Rated,
    Sold,
    at_mean_rates,
    compute_rate_effects,
    compute_sales_effects,
    round_effects,
    with_exchange,
)

CENT = Fraction(1, 100)
QUANTITIES = st.integers(-3, 60).map(lambda one: Decimal(one) / 2)
VALUES = st.integers(-500_000, 5_000_000).map(lambda one: Decimal(one).scaleb(-2))
SIDES = st.one_of(st.just(Sold(Decimal(0), Decimal(0))), st.builds(Sold, QUANTITIES, VALUES))
GROUPS = st.dictionaries(st.integers(0, 12), st.tuples(SIDES, SIDES), max_size=8)
COUNTS = st.integers(0, 40)
RATES = st.dictionaries(
    st.integers(0, 12), st.tuples(st.builds(Rated, COUNTS, COUNTS), st.builds(Rated, COUNTS, COUNTS)), max_size=8
)


def change_of(pair):
    return Fraction(pair[1].value) - Fraction(pair[0].value)


@given(GROUPS)
def test_effects_add_up_to_each_change(groups):
    found = compute_sales_effects(groups)
    assert found.keys() == groups.keys()
    for key, pair in groups.items():
        assert found[key].change == change_of(pair)
        rounded = round_effects(found[key], CENT)
        assert rounded.change == change_of(pair), "rounding must not lose a cent"
        for exact, shown in zip(parts(found[key]), parts(rounded), strict=True):
            assert abs(exact - shown) < CENT and (shown / CENT).denominator == 1


def parts(effects: Effects) -> tuple[Fraction, ...]:
    return effects.volume, effects.price, effects.mix, effects.other


@given(GROUPS, st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(groups, random):
    shuffled = list(groups.items())
    random.shuffle(shuffled)
    assert compute_sales_effects(dict(shuffled)) == compute_sales_effects(groups)


@given(GROUPS)
def test_effects_are_the_mean_over_all_orders_of_factors(groups):
    """Change volume, mix and price one after the other, in each of the six orders, and take the mean."""
    kept = {key: pair for key, pair in groups.items() if pair[0].quantity > 0 and pair[1].quantity > 0}
    totals = [sum(Fraction(pair[side].quantity) for pair in kept.values()) for side in (0, 1)]
    found = compute_sales_effects(groups)
    for key, pair in kept.items():
        factors = {
            "volume": totals,
            "mix": [Fraction(side.quantity) / whole for side, whole in zip(pair, totals, strict=True)],
            "price": [Fraction(side.value) / Fraction(side.quantity) for side in pair],
        }
        means = dict.fromkeys(factors, Fraction(0))
        for order in permutations(factors):
            now = {name: values[0] for name, values in factors.items()}
            for name in order:
                was = now["volume"] * now["mix"] * now["price"]
                now[name] = factors[name][1]
                means[name] += (now["volume"] * now["mix"] * now["price"] - was) / 6
        assert (found[key].volume, found[key].mix, found[key].price) == (means["volume"], means["mix"], means["price"])


@given(GROUPS)
def test_no_change_has_no_parts_and_the_way_back_is_the_negative(groups):
    still = compute_sales_effects({key: (pair[0], pair[0]) for key, pair in groups.items()})
    assert all(parts(one) == (0, 0, 0, 0) for one in still.values())
    there = compute_sales_effects(groups)
    back = compute_sales_effects({key: (pair[1], pair[0]) for key, pair in groups.items()})
    assert all(parts(there[key]) == tuple(-value for value in parts(back[key])) for key in groups)


def test_new_gone_and_without_price_stand_alone():
    nothing = Sold(0, 0)
    found = compute_sales_effects(
        {
            "kept": (Sold(1, 10), Sold(3, 30)),
            "new": (nothing, Sold(2, 50)),
            "gone": (Sold(4, 70), nothing),
            "fee": (Sold(0, 5), Sold(0, 8)),
            "returned": (Sold(5, 50), Sold(-1, -10)),
        }
    )
    assert {key: (one.kind, one.other) for key, one in found.items()} == {
        "kept": ("kept", 0), "new": ("new", 50), "gone": ("gone", -70), "fee": ("no-price", 3),
        "returned": ("no-price", -60),
    }  # fmt: skip
    assert (found["kept"].volume, found["kept"].price, found["kept"].mix) == (20, 0, 0)


def test_a_shift_to_the_dearer_one_is_mix_alone():
    found = compute_sales_effects({"a": (Sold(10, 10), Sold(5, 5)), "b": (Sold(10, 30), Sold(15, 45))})
    assert sum(one.mix for one in found.values()) == 10
    assert all(one.volume == one.price == 0 for one in found.values())


HELD = st.dictionaries(
    st.sampled_from(["CNY", "USD", "EUR"]), st.builds(Converted, st.integers(1, 900), st.integers(1, 9000))
)


@given(HELD, HELD)
def test_exchange_is_the_mean_of_changing_rates_first_and_last(before, after):
    """Of each currency that stands in both periods; one that stands in a single period has no other rate."""
    at_mean = at_mean_rates(before, after)
    change = sum(one.converted for one in after.values()) - sum(one.converted for one in before.values())
    expected = Fraction(0)
    for currency in before.keys() & after.keys():
        was, now = before[currency], after[currency]
        expected += (now.rate - was.rate) * Fraction(was.own + now.own, 2)
    assert change - (at_mean[1] - at_mean[0]) == expected


@given(HELD, HELD, st.integers(1, 9), st.integers(1, 9))
def test_with_exchange_the_parts_still_add_up(before, after, was, now):
    first, second = at_mean_rates(before, after)
    effects = compute_sales_effects({"a": (Sold(was, first), Sold(now, second))})["a"]
    assert with_exchange(effects, Fraction(7, 2)).change == Fraction(7, 2)
    rounded = round_effects(with_exchange(effects, Fraction(7, 2)), CENT)
    assert rounded.change == Fraction(7, 2) and (rounded.exchange / CENT).denominator == 1


@given(RATES)
def test_within_and_between_add_up_to_the_change_of_the_rate(groups):
    found = compute_rate_effects(groups)
    sums = [
        (sum(pair[side].numerator for pair in groups.values()), sum(pair[side].denominator for pair in groups.values()))
        for side in (0, 1)
    ]
    if not all(below for _, below in sums):
        assert found is None
        return
    before, after = (Fraction(above, below) for above, below in sums)
    assert sum((one.change for one in found.values()), Fraction(0)) == after - before
    for key, (was, now) in groups.items():
        if was.denominator and now.denominator:
            weights = Fraction(was.denominator, sums[0][1]) + Fraction(now.denominator, sums[1][1])
            assert found[key].within == (now.rate - was.rate) * weights / 2


@given(RATES, st.randoms(use_true_random=False))
def test_the_order_of_rates_does_not_matter(groups, random):
    shuffled = list(groups.items())
    random.shuffle(shuffled)
    assert compute_rate_effects(dict(shuffled)) == compute_rate_effects(groups)


def test_weight_alone_moves_a_rate_between():
    found = compute_rate_effects({"a": (Rated(5, 10), Rated(10, 20)), "b": (Rated(1, 10), Rated(1, 10))})
    assert found["a"].within == found["b"].within == 0
    assert found["a"].between + found["b"].between == Fraction(11, 30) - Fraction(6, 20)
