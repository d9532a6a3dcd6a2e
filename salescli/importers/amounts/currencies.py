"""Currencies that stand with the amounts: `USD 100`, `€100`, `100 元`, a header `Amount (USD)`.

An amount keeps the currency it is written in. Where the row names none, the written one is filled in; where the row
names another, or a sign fits several currencies and not the workspace's, the row is kept out: a foreign amount is never
taken for a domestic one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from salescli.core.records import kinds
from salescli.core.records.model import RecordType
from salescli.errors import problem
from salescli.importers.amounts.currency_names import DOLLARS, currency_code, unit_currency
from salescli.importers.convert import ColumnPlan, Converted, Place
from salescli.importers.names import BRACKETS

_WORDS: Mapping[str, tuple[str, ...]] = {
    "USD": ("USD",), "US$": ("USD",), "美元": ("USD",), "EUR": ("EUR",), "€": ("EUR",), "£": ("GBP",),
    "HK$": ("HKD",), "RMB": ("CNY",), "CNY": ("CNY",), "人民币": ("CNY",), "$": DOLLARS, "¥": ("CNY", "JPY"),
}  # fmt: skip
_CODED = ("currency", "base", "quote")  # of a record with an amount, and of an exchange rate
_SIGN = re.compile("|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True)))


def keep_currencies(
    record_type: RecordType, plans: list[ColumnPlan], columns: Sequence[Sequence[Any]], place: Place,
    converted: Converted, base: str, stated: str = "",
) -> None:  # fmt: skip
    """Fill in the currencies that stand with amounts; reject the rows whose amounts and currency contradict each other.

    `base` is the workspace's currency, "" where it is not known: ambiguous signs then say nothing. `stated` is what
    stands above or beside the table, for amounts and rows that say nothing nearer.
    """
    for plan in plans:
        if plan.field.name in _CODED and not plan.field.ref:
            _name_codes(plan, place, converted)
    if "currency" not in record_type:
        return
    for plan in plans:
        if plan.field.kind is kinds.MONEY and plan.index is not None:
            written = _written(plan, columns[plan.index])
            if written:
                _keep(record_type, plans, plan, written, place, converted, base)
    if stated and stated != base:
        _fill(record_type, plans, stated, converted, len(place.rows))


def _name_codes(plan: ColumnPlan, place: Place, converted: Converted) -> None:
    """A column of currencies holds codes, whatever it calls them; what is no currency keeps its row out."""
    values = converted.columns[plan.field.name]
    codes = {value: currency_code(value) for value in set(values) if value is not None}
    for position, value in enumerate(values):
        if value is not None and not codes[value]:
            converted.reject(position, problem("unknown-currency", place.at(position, plan.letters), text=value))
    converted.columns[plan.field.name] = [None if value is None else codes[value] or value for value in values]


def _fill(record_type: RecordType, plans: list[ColumnPlan], stated: str, converted: Converted, count: int) -> None:
    """Rows that name no currency have the one that is stated for the whole table."""
    said = {inner for plan in plans if plan.field.kind is kinds.MONEY for inner in BRACKETS.findall(plan.header)}
    if any(unit_currency(inner) for inner in said):
        return  # each column says its own
    values = converted.columns.get("currency") or [None] * count
    if "currency" not in converted.columns:
        plans.append(ColumnPlan(record_type["currency"], None, "", ""))
    converted.columns["currency"] = [value or stated for value in values]


def _written(plan: ColumnPlan, cells: Sequence[Any]) -> dict[int, str]:
    """Return the currency word that stands with an amount, by position: the cell's own, else the header's."""
    header = next((code for inner in BRACKETS.findall(plan.header) if (code := unit_currency(inner))), "")
    texts = [cell for cell in cells if cell.__class__ is str] if str in set(map(type, cells)) else []
    if not header and not (texts and _SIGN.search(_wide("".join(texts)))):
        return {}
    found = {}
    for position, cell in enumerate(cells):
        own = _SIGN.search(_wide(cell)) if cell.__class__ is str else None
        if (word := own[0] if own else header) and cell is not None:
            found[position] = word
    return found


def _keep(
    record_type: RecordType, plans: list[ColumnPlan], plan: ColumnPlan, written: Mapping[int, str], place: Place,
    converted: Converted, base: str,
) -> None:  # fmt: skip
    named = converted.columns.get("currency") or [None] * len(place.rows)
    for position, word in written.items():
        if converted.columns[plan.field.name][position] is None:
            continue
        fitting, have = _WORDS.get(word, (word,)), named[position]
        if have is None and (base in fitting or (not base and len(fitting) > 1)):
            continue
        if have is None and len(fitting) == 1:
            named[position] = fitting[0]
        elif str(have or base).upper() not in fitting:
            where = place.at(position, plan.letters)
            converted.reject(position, problem("currency-contradicts", where, text=word, currency=have or base))
    if "currency" not in converted.columns and any(named):
        plans.append(ColumnPlan(record_type["currency"], None, "", ""))
        converted.columns["currency"] = named


def _wide(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().upper()
