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
from salescli.importers.convert import ColumnPlan, Converted, Place
from salescli.importers.names import BRACKETS

_DOLLARS = ("USD", "HKD", "TWD", "AUD", "CAD", "NZD", "SGD", "MOP")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "USD": ("USD",), "US$": ("USD",), "美元": ("USD",), "EUR": ("EUR",), "€": ("EUR",), "£": ("GBP",),
    "HK$": ("HKD",), "RMB": ("CNY",), "CNY": ("CNY",), "人民币": ("CNY",), "$": _DOLLARS, "¥": ("CNY", "JPY"),
}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True)))


def keep_currencies(
    record_type: RecordType, plans: list[ColumnPlan], columns: Sequence[Sequence[Any]], place: Place,
    converted: Converted, base: str,
) -> None:  # fmt: skip
    """Fill in the currencies that stand with amounts; reject the rows whose amounts and currency contradict each other.

    `base` is the workspace's currency, "" where it is not known: ambiguous signs then say nothing.
    """
    if "currency" not in record_type:
        return
    for plan in plans:
        if plan.field.kind is kinds.MONEY and plan.index is not None:
            written = _written(plan, columns[plan.index])
            if written:
                _keep(record_type, plans, plan, written, place, converted, base)


def _written(plan: ColumnPlan, cells: Sequence[Any]) -> dict[int, str]:
    """Return the currency word that stands with an amount, by position: the cell's own, else the header's."""
    header = next((word for inner in BRACKETS.findall(plan.header) if (word := _wide(inner)) in _WORDS), "")
    if len(_WORDS.get(header, ())) != 1:
        header = ""
    texts = [cell for cell in cells if cell.__class__ is str]
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
        fitting, have = _WORDS[word], named[position]
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
