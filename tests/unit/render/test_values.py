from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.table import Column, ColumnKind, Ratio, Value
from salescli.core.title import Title
from salescli.render.options import RenderOptions
from salescli.render.values import bar, filled_cells, percent, percent_places, raw_text, show

PLAIN = RenderOptions()
WAN = RenderOptions(unit="ten-thousand")
ASCII = RenderOptions(ascii=True)


def column(kind: ColumnKind, decimals: int | None = None) -> Column:
    return Column("x", Title("列", "Column"), kind, decimals=decimals)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Decimal("1234567.5"), "money", "1,234,567.50"),
        (Decimal("1E+3"), "money", "1,000.00"),
        (Decimal("-0.00"), "money", "0.00"),
        (Decimal("0.1234"), "money", "0.1234"),
        (Decimal("0.1200"), "money", "0.12"),
        (Decimal("-0.00001"), "money", "0.0000"),
        (7, "money", "7.00"),
        (1412, "count", "1,412"),
        (Decimal("12.5000"), "quantity", "12.5"),
        (Decimal("1200"), "quantity", "1,200"),
        (Decimal("0.03"), "rate", "3 %"),
        (Decimal("0.0250"), "rate", "2.5 %"),
        (Ratio(5, 8), "ratio", "62.5 %"),
        (Ratio(3, 0), "ratio", "—"),
        (Ratio(Decimal(100), 3), "money", "33.33"),
        (True, "flag", "✓"),
        (False, "flag", ""),
        (None, "money", ""),
        (2026, "id", "2026"),
        ("no target", "ratio", "no target"),
    ],
)
def test_values_for_people(value: Value, kind: ColumnKind, text: str) -> None:
    assert show(value, column(kind), PLAIN) == text


def test_ascii_forms() -> None:
    assert [show(value, column("flag"), ASCII) for value in (True, False, None)] == ["yes", "no", ""]
    assert show(Ratio(1, 0), column("ratio"), ASCII) == "-"
    assert show("≥ 70 % … ✓ 好", column("text"), ASCII) == ">= 70 % ... yes 好"


def test_unit_divides_money_only() -> None:
    assert show(Decimal("12345678.90"), column("money"), WAN) == "1,234.57"
    assert show(Decimal("12345678.90"), column("quantity"), WAN) == "12,345,678.9"


@pytest.mark.parametrize(
    ("rate", "places", "thresholds", "text"),
    [
        (Fraction(9999, 10000), 1, (), "99.9 %"),
        (Fraction(99999999, 100000000), 0, (), "99 %"),
        (Fraction(10001, 10000), 1, (), "100.1 %"),
        (Fraction(1), 1, (), "100.0 %"),
        (Fraction(69999, 100000), 1, (Fraction(7, 10),), "69.9 %"),
        (Fraction(70001, 100000), 1, (Fraction(7, 10),), "70.1 %"),
        (Fraction(2, 3), 1, (Fraction(2, 3),), "66.7 %"),
        (Fraction(6666, 10000), 1, (Fraction(2, 3),), "66.6 %"),
        (Fraction(70005, 100000), 1, (Fraction(7, 10), Fraction(7001, 10000)), "70.005 %"),
        (Fraction(-524, 1000), 1, (), "-52.4 %"),
    ],
)
def test_rates_round_away_from_thresholds(
    rate: Fraction, places: int, thresholds: tuple[Fraction, ...], text: str
) -> None:
    assert percent(rate, places, thresholds) == text


RATES = st.fractions(min_value=-2, max_value=3, max_denominator=10**6)


@given(RATES, RATES, st.integers(0, 2))
def test_a_printed_rate_stays_on_its_side(rate: Fraction, threshold: Fraction, places: int) -> None:
    printed = Fraction(percent(rate, places, (threshold,)).removesuffix(" %").replace(",", "")) / 100
    for mark in (threshold, Fraction(1)):
        if rate != mark:
            assert (printed < mark, printed > mark) == (rate < mark, rate > mark)
    assert abs(printed - rate) < Fraction(1, 100 * 10**places)


@given(RATES, RATES)
def test_workbook_places_keep_the_side_too(rate: Fraction, threshold: Fraction) -> None:
    places = percent_places(rate, 1, (threshold,))
    shown = Fraction(round(abs(rate) * 100 * 10**places + Fraction(1, 10**30))) * (1 if rate >= 0 else -1)
    shown /= 100 * 10**places
    assert not (rate < threshold < shown or shown < threshold < rate)


def test_bars_are_full_only_when_reached() -> None:
    assert bar(Ratio(999999, 1000000), width=10) == "█████████░"
    assert bar(Ratio(1, 1000000), width=10) == "█░░░░░░░░░"
    assert bar(Ratio(3, 2), ascii_signs=True, width=4) == "####"
    assert bar(Ratio(-1, 2), ascii_signs=True, width=4) == "----"
    assert bar(Ratio(0, 0)) == bar(None) == ""
    assert filled_cells(Ratio(1, 2), 100) == 50


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Decimal("12.5"), "money", "12.50"),
        (Decimal("12.3456000"), "money", "12.3456"),
        (Decimal("1E+2"), "quantity", "100"),
        (Decimal("-0.0"), "rate", "0"),
        (Ratio(2, 3), "ratio", "0.666666666667"),
        (Ratio(1, 0), "ratio", ""),
        (Decimal("123456789012345678901234.5678"), "money", "123456789012345678901234.5678"),
    ],
)
def test_raw_values_are_exact_and_canonical(value: Value, kind: ColumnKind, text: str) -> None:
    assert raw_text(value, column(kind)) == text


def test_the_ambient_decimal_context_is_not_read() -> None:
    with localcontext() as context:
        context.prec = 3
        assert show(Decimal("1234567.895"), column("money", 2), PLAIN) == "1,234,567.90"
        assert raw_text(Decimal("1234567.5"), column("money")) == "1234567.50"
