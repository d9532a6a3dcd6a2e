"""Texts to values: what each type takes, and by which name it refuses the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest

from salescli.core import scalars
from salescli.core.scalars import TextRefused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("500000", "500000"),
        ("500,000", "500000"),
        ("1,234,567.8901", "1234567.8901"),
        ("500_000", "500000"),
        ("50_0000", "500000"),
        ("50万", "500000"),
        ("50 万", "500000"),
        ("1.2亿", "120000000"),
        ("3千", "3000"),
        ("1.23456万", "12345.6"),
        ("-5.50", "-5.50"),
        ("1.50000000", "1.50000000"),
    ],
)
def test_amount(text: str, value: str) -> None:
    assert scalars.parse_amount(text) == Decimal(value)


def test_amount_in_units_has_no_exponent() -> None:
    assert str(scalars.parse_amount("50万")) == "500000"


def test_ambient_context_is_not_read() -> None:
    with localcontext() as context:
        context.prec = 2
        assert scalars.parse_amount("1234.5678万") == Decimal("12345678")
        assert scalars.parse_rate("12.3456%") == Decimal("0.123456")


Parser = Callable[[str], Any]


@pytest.mark.parametrize(
    ("parse", "text", "name"),
    [
        (scalars.parse_amount, "5,00", "bad-amount"),
        (scalars.parse_amount, "5,0000", "bad-amount"),
        (scalars.parse_amount, "12,5O0", "bad-amount"),
        (scalars.parse_amount, "1e5", "bad-amount"),
        (scalars.parse_amount, "NaN", "bad-amount"),
        (scalars.parse_amount, "Infinity", "bad-amount"),
        (scalars.parse_amount, "", "bad-amount"),
        (scalars.parse_amount, "万", "bad-amount"),
        (scalars.parse_amount, "٥٠٠", "bad-amount"),
        (scalars.parse_amount, "5%", "amount-with-percent"),
        (scalars.parse_amount, "５００", "full-width-punctuation"),
        (scalars.parse_amount, "500，000", "full-width-punctuation"),
        (scalars.parse_amount, "0.00001", "finer-than-0.0001"),
        (scalars.parse_amount, "100000000000000", "amount-too-large"),
        (scalars.parse_amount, "9" * 500, "amount-too-large"),
        (scalars.parse_rate, "3", "rate-without-percent"),
        (scalars.parse_rate, "0.03", "rate-without-percent"),
        (scalars.parse_rate, "three%", "bad-rate"),
        (scalars.parse_rate, "3％", "full-width-punctuation"),
        (scalars.parse_rate, "%", "bad-rate"),
        (scalars.parse_rate, "0." + "3" * 60 + "%", "number-too-long"),
        (scalars.parse_factor, "1.2%", "bad-factor"),
        (scalars.parse_factor, "1,2", "bad-factor"),
        (scalars.parse_factor, "1" * 40, "number-too-long"),
        (scalars.parse_count, "-1", "bad-count"),
        (scalars.parse_count, "1.0", "bad-count"),
        (scalars.parse_day, "2026-1-1", "bad-day"),
        (scalars.parse_day, "20260101", "bad-day"),
        (scalars.parse_day, "2026-W01-1", "bad-day"),
        (scalars.parse_day, "2026-02-29", "no-such-day"),
        (scalars.parse_day, "0000-01-01", "no-such-day"),
        (scalars.parse_month, "2026-3", "bad-month"),
        (scalars.parse_month, "0000-03", "bad-month"),
        (scalars.parse_yes_no, "1", "bad-yes-no"),
        (scalars.parse_name, "  ", "empty-text"),
        (scalars.parse_name, "a\nb", "name-with-line-break"),
    ],
)
def test_refused(parse: Parser, text: str, name: str) -> None:
    with pytest.raises(TextRefused) as caught:
        parse(text)
    assert caught.value.name == name


@pytest.mark.parametrize(("text", "reading"), [("3", "3%"), ("0.03", "3%"), ("12.5", "12.5%"), ("0.125", "12.5%")])
def test_reading_offered_for_a_bare_rate(text: str, reading: str) -> None:
    with pytest.raises(TextRefused) as caught:
        scalars.parse_rate(text)
    assert caught.value.values["readings"] == reading


@pytest.mark.parametrize("text", ["2026/1/5", "2026.1.5", "2026年1月5日", "2026-1-5"])
def test_iso_form_offered_for_a_loose_date(text: str) -> None:
    with pytest.raises(TextRefused) as caught:
        scalars.parse_day(text)
    assert caught.value.values["nearest"] == "2026-01-05"


def test_the_rest_of_the_types() -> None:
    assert scalars.parse_rate("-12.5 %") == Decimal("-0.125")
    assert scalars.parse_factor("1.20") == Decimal("1.20")
    assert scalars.parse_count("0012") == 12
    assert scalars.parse_day("2028-02-29") == date(2028, 2, 29)
    assert scalars.parse_month("2026-03") == date(2026, 3, 1)
    assert [scalars.parse_yes_no(text) for text in ("yes", "No", "TRUE", "是", "否")] == [
        True,
        False,
        True,
        True,
        False,
    ]
    assert scalars.parse_name("0071") == "0071"
