"""Currencies by what people call them: 美元, RMB, `人民币(CNY)`; in a column, and above or beside a table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

NAMES: Mapping[str, str] = {
    "人民币": "CNY", "人民币元": "CNY", "元": "CNY", "RMB": "CNY", "美元": "USD", "美金": "USD", "US$": "USD",
    "欧元": "EUR", "€": "EUR", "英镑": "GBP", "£": "GBP", "港币": "HKD", "港元": "HKD", "港幣": "HKD", "HK$": "HKD",
    "日元": "JPY", "日圆": "JPY", "台币": "TWD", "新台币": "TWD", "澳元": "AUD", "澳币": "AUD", "加元": "CAD",
    "加币": "CAD", "新加坡元": "SGD", "新元": "SGD", "韩元": "KRW", "卢布": "RUB", "瑞士法郎": "CHF", "澳门元": "MOP",
    "泰铢": "THB",
}  # fmt: skip
DOLLARS = ("USD", "HKD", "TWD", "AUD", "CAD", "NZD", "SGD", "MOP")
SIGNS: Mapping[str, tuple[str, ...]] = {  # that a number format may show
    "$": DOLLARS, "¥": ("CNY", "JPY"), "US$": ("USD",), "HK$": ("HKD",), "NT$": ("TWD",), "A$": ("AUD",),
    "C$": ("CAD",), "NZ$": ("NZD",), "S$": ("SGD",), "MOP$": ("MOP",), "R$": ("BRL",), "€": ("EUR",), "£": ("GBP",),
    "₩": ("KRW",), "₽": ("RUB",), "฿": ("THB",), "₹": ("INR",), "₫": ("VND",), "₱": ("PHP",), "₺": ("TRY",),
    "₪": ("ILS",), "USD": ("USD",), "CNY": ("CNY",), "EUR": ("EUR",), "GBP": ("GBP",), "HKD": ("HKD",),
    "JPY": ("JPY",), "TWD": ("TWD",), "SGD": ("SGD",), "AUD": ("AUD",), "CAD": ("CAD",), "NZD": ("NZD",),
    "CHF": ("CHF",), "KRW": ("KRW",), "INR": ("INR",), "THB": ("THB",), "MYR": ("MYR",), "VND": ("VND",),
    "KR": ("SEK", "NOK", "DKK"),
}  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}")
_SCALE = re.compile(r"^(?:IN)?[十百千万亿]*")
_LABELLED = re.compile(r"(?:币种|货币单位|货币|币别|CURRENCY|单位)\s*[:为]?\s*([^\s:,;。)]+)")


def currency_code(text: str) -> str:
    """Return the code of a currency as people write it; "" where it is none.

    >>> currency_code("美元"), currency_code("rmb"), currency_code("人民币 (CNY)"), currency_code("第三方")
    ('USD', 'CNY', 'CNY', '')
    """
    word = _wide(text)
    if word in NAMES:
        return NAMES[word]
    if _CODE.fullmatch(word):
        return word
    codes = {NAMES.get(each, each) for each in re.split(r"[\s()/_,:-]+", word) if each}
    return codes.pop() if len(codes) == 1 and _CODE.fullmatch(min(codes)) else ""


def unit_currency(word: str) -> str:
    """Return the currency in a word of a unit: 万美元; 元 alone is every country's.

    >>> unit_currency("万美元"), unit_currency("美元"), unit_currency("万元"), unit_currency("含税")
    ('USD', 'USD', '', '')
    """
    bare = _SCALE.sub("", _wide(word))
    return "" if bare == "元" or (bare not in NAMES and bare not in NAMES.values()) else currency_code(bare)


def stated_currency(cells: Iterable[Any]) -> str:
    """Return the currency that cells above or beside a table state: `币种:美元`, `单位:万美元`.

    >>> stated_currency(["回款明细", None, "单位：万美元"]), stated_currency(["单位:万元"]), stated_currency(["币种"])
    ('USD', '', '')
    """
    for cell in cells:
        match = _LABELLED.search(_wide(cell)) if isinstance(cell, str) else None
        if match and (code := unit_currency(match[1])):
            return code
    return ""


def _wide(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()
