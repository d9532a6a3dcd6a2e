"""The rate that holds on a day, exact conversion, and rounding that keeps lines adding up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.conversion import (
    DaySum,
    FxRate,
    Held,
    RateBook,
    convert_each,
    convert_exactly,
    round_groups,
)
from salescli.core.money import apportion, units_half_away


def rate(base: str, quote: str, day: str, value: str) -> FxRate:
    return FxRate(base, quote, day, Decimal(value))


BOOK = RateBook(
    [
        rate("EUR", "USD", "2026-04-01", "1.25"),
        rate("EUR", "USD", "2026-05-01", "1.6"),
        rate("USD", "EUR", "2026-06-01", "0.5"),
        rate("GBP", "USD", "2026-05-01", "2"),
        rate("CHF", "GBP", "2026-04-15", "0.5"),
        rate("JPY", "USD", "2026-04-01", "0"),
    ],
    home="USD",
)


@pytest.mark.parametrize(
    ("currency", "into", "day", "factor"),
    [
        ("EUR", "EUR", "2020-01-01", Fraction(1)),
        ("EUR", "USD", "2026-04-01", Fraction(5, 4)),
        ("EUR", "USD", "2026-04-30", Fraction(5, 4)),
        ("EUR", "USD", "2026-05-01", Fraction(8, 5)),
        ("EUR", "USD", "2026-06-02", Fraction(2)),  # the newer record holds, though it is written the other way
        ("USD", "EUR", "2026-05-31", Fraction(5, 8)),
        ("GBP", "EUR", "2026-05-02", Fraction(5, 4)),  # through dollars
        ("EUR", "GBP", "2026-05-02", Fraction(4, 5)),
        ("CHF", "USD", "2026-05-02", Fraction(1)),  # through pounds
    ],
)
def test_the_latest_rate_on_or_before_a_day_holds(currency: str, into: str, day: str, factor: Fraction) -> None:
    held = BOOK.find(currency, into, day)
    assert held is not None
    assert held.factor == factor


@pytest.mark.parametrize(
    ("currency", "into", "day"),
    [
        ("EUR", "USD", "2026-03-31"),  # ahead of the first
        ("CHF", "EUR", "2026-06-02"),  # would take two currencies between
        ("JPY", "USD", "2026-06-02"),  # zero is no rate
        ("SEK", "USD", "2026-06-02"),
    ],
)
def test_what_has_no_rate_is_never_one_to_one(currency: str, into: str, day: str) -> None:
    assert BOOK.find(currency, into, day) is None


def test_a_cross_rate_goes_through_the_base_currency_first_then_the_newest() -> None:
    both = [rate("A", "H", "2026-01-01", "2"), rate("H", "B", "2026-01-01", "3")]
    newer = [rate("A", "X", "2026-02-01", "5"), rate("X", "B", "2026-02-01", "7")]
    older = [rate("A", "W", "2026-01-15", "11"), rate("W", "B", "2026-03-01", "13")]
    home, free = RateBook([*both, *newer, *older], "H"), RateBook([*both, *newer, *older])
    assert _found(home, "2026-03-01").factor == 6
    assert _found(free, "2026-03-01").factor == 35
    assert _found(free, "2026-03-01").oldest == "2026-02-01"


def _found(book: RateBook, day: str) -> Held:
    held = book.find("A", "B", day)
    assert held is not None
    return held


def test_sums_are_converted_at_the_rate_of_their_day_and_rounded_once() -> None:
    sums = [
        DaySum(("a",), "EUR", "2026-04-02", 10_000, 1),  # 1.00 EUR = 1.25 USD
        DaySum(("a",), "EUR", "2026-05-02", 10_000, 1),  # 1.00 EUR = 1.60 USD
        DaySum(("b",), "USD", "2026-05-02", 50, 1),  # 0.005 USD
        DaySum(("c",), "USD", "2026-05-02", 50, 1),
        DaySum(("c",), "SEK", "2026-05-02", 10_000, 1),  # no rate: left out, said by whoever looked
    ]
    exact = convert_exactly(sums, lambda currency, day: BOOK.find(currency, "USD", day))
    assert exact == {("a",): 28_500, ("b",): 50, ("c",): 50}
    assert round_groups(exact, "USD") == {("a",): 28_500, ("b",): 100, ("c",): 0}
    each = convert_each(sums, lambda currency, day: BOOK.find(currency, "USD", day), "USD")
    assert [one.value for one in each] == [12_500, 16_000, 100, 100]
    assert {one.currency for one in each} == {"USD"}


def test_a_currency_without_decimals_is_rounded_to_whole_units() -> None:
    assert round_groups({("a",): Fraction(12_345)}, "JPY") == {("a",): 10_000}


@given(st.lists(st.fractions(-1_000, 1_000, max_denominator=97), max_size=30))
def test_rounded_values_add_up_and_are_next_to_the_exact_ones(values: list[Fraction]) -> None:
    parts = apportion(values)
    assert sum(parts) == units_half_away(sum(values, Fraction(0)), Fraction(1))
    assert all(abs(part - value) < 1 for part, value in zip(parts, values, strict=True))


@given(st.fractions(-1_000, 1_000, max_denominator=97))
def test_one_value_alone_is_rounded_half_away(value: Fraction) -> None:
    assert apportion([value]) == [units_half_away(value, Fraction(1))]
