"""Texts of a policy file to values: amounts, rates, days, counts. Pure, and without pydantic.

Every scalar of a policy arrives as the text that was typed. What it means is decided here, by the type that
its place asks for, and never guessed from its looks: `3` is a factor or a count, never a rate.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from salescli.core.money import CONTEXT, decimal_places

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+(_[0-9]{3,4})+|[0-9]+)(\.[0-9]+)?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_LOOSE_DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_UNITS = {"千": 3, "万": 4, "亿": 8}
_YES = {"yes", "true", "是"}
_NO = {"no", "false", "否"}
MOST_DIGITS = 14
"""Digits before the point that a stored 64-bit count of ten-thousandths holds."""

MOST_CHARACTERS = 30
"""Of a rate or a factor."""


class TextRefused(ValueError):
    """A text is not what its place asks for; carries the name of the problem and the values of its sentence."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.name = name
        self.values = values


def parse_amount(text: str) -> Decimal:
    """Read an amount of money, or a quantity: `500,000`, `500_000`, `50万`, `1.2亿`.

    >>> parse_amount("1.2亿")
    Decimal('120000000')
    """
    refuse_full_width(text)
    digits, shift = (text[:-1].rstrip(), _UNITS[text[-1]]) if text and text[-1] in _UNITS else (text, 0)
    if not _GROUPED.fullmatch(digits):
        raise TextRefused("amount-with-percent" if text.endswith("%") else "bad-amount", text=text)
    number = Decimal(digits.replace(",", "").replace("_", ""))
    if number.adjusted() + shift >= MOST_DIGITS:
        raise TextRefused("amount-too-large", text=text)
    if shift:
        number = number.scaleb(shift, CONTEXT)
        if number.as_tuple().exponent in range(1, 100):
            number = number.quantize(Decimal(1), context=CONTEXT)
    if decimal_places(number.normalize(CONTEXT)) > 4:
        raise TextRefused("finer-than-0.0001", text=text)
    return number


def parse_rate(text: str) -> Decimal:
    """Read a rate, which always carries its sign: `3%` is 0.03.

    >>> parse_rate("12.5%")
    Decimal('0.125')
    """
    refuse_full_width(text)
    digits = text[:-1].rstrip() if text.endswith("%") else ""
    if not _PLAIN.fullmatch(digits):
        if _PLAIN.fullmatch(text):
            raise TextRefused("rate-without-percent", text=text, readings=_rate_readings(text))
        raise TextRefused("bad-rate", text=text)
    _refuse_long(digits, text)
    return Decimal(digits).scaleb(-2, CONTEXT)


def parse_factor(text: str) -> Decimal:
    """Read a plain decimal: `1.2`."""
    refuse_full_width(text)
    if not _PLAIN.fullmatch(text):
        raise TextRefused("bad-factor", text=text)
    _refuse_long(text, text)
    return Decimal(text)


def parse_count(text: str) -> int:
    """Read a whole number, zero or more."""
    refuse_full_width(text)
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise TextRefused("bad-count", text=text)
    return int(text)


def parse_day(text: str) -> date:
    """Read an ISO date."""
    refuse_full_width(text)
    if _ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise TextRefused("no-such-day", text=text) from None
    raise TextRefused("bad-day", text=text, nearest=_iso_reading(text))


def parse_month(text: str) -> date:
    """Read a month, as its first day: `2026-03`."""
    refuse_full_width(text)
    match = _ISO_MONTH.fullmatch(text)
    if match is None or match[1] == "0000":
        raise TextRefused("bad-month", text=text)
    return date(int(match[1]), int(match[2]), 1)


def parse_yes_no(text: str) -> bool:
    """Read `yes` or `no` (`true`, `false`, 是, 否)."""
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise TextRefused("bad-yes-no", text=text)


def parse_currency(text: str) -> str:
    """Read the code of a currency: three capital letters."""
    if len(text) != 3 or not (text.isascii() and text.isalpha() and text.isupper()):
        raise TextRefused("bad-currency-code", text=text)
    return text


def parse_name(text: str) -> str:
    """Read an identifier: any text on one line. `0071` stays `0071`."""
    if not text.strip():
        raise TextRefused("empty-text")
    if "\n" in text:
        raise TextRefused("name-with-line-break", text=text.split("\n")[0])
    return text


def looks_like_day(text: str) -> bool:
    """Say whether a text was meant as a day, well written or not."""
    return bool(_LOOSE_DAY.fullmatch(unicodedata.normalize("NFKC", text)))


def full_width_at(text: str) -> int:
    """Return the index of the first full-width sign, digit or space that has an ASCII form, or -1.

    >>> full_width_at("５%"), full_width_at("from 0： 3%"), full_width_at("回款")
    (0, 6, -1)
    """
    return next((index for index, sign in enumerate(text) if ascii_of(sign) != sign), -1)


def ascii_of(sign: str) -> str:
    """Return the ASCII form of a full-width character, or the character itself."""
    code = ord(sign)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    return " " if code == 0x3000 else sign


def refuse_full_width(text: str) -> None:
    """Raise where a number or a date contains a full-width character."""
    index = full_width_at(text)
    if index >= 0:
        sign = text[index]
        raise TextRefused("full-width-punctuation", sign=sign, ascii=ascii_of(sign), text=text, offset=index)


def _rate_readings(text: str) -> str:
    """`3` was probably 3%, `0.03` probably 3% too; both are shown, none is assumed."""
    number = Decimal(text)
    scaled = number.scaleb(2, CONTEXT).normalize(CONTEXT)
    return f"{text}%" if abs(number) >= 1 else f"{scaled:f}%"


def _refuse_long(digits: str, text: str) -> None:
    if len(digits) > MOST_CHARACTERS:
        raise TextRefused("number-too-long", text=text, limit=MOST_CHARACTERS)


def _iso_reading(text: str) -> str:
    match = _LOOSE_DAY.fullmatch(text)
    if match is None:
        return ""
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return ""
