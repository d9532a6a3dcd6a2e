"""`refunds`: what a refund takes back. The shape of the rule, and the ages of `by-age`.

Under `original-rate` and `by-age` the table pays nothing on a refund: it moves the position on its own day, and takes
back the pay that its receipt was allocated (`take_back.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeAlias

from salescli.core.periods import add_months
from salescli.core.scalars import TextRefused, parse_rate
from salescli.core.shape_faults import FaultsFound
from salescli.core.shape_marks import Field, PlainValidator, WithJsonSchema
from salescli.core.shapes import AT_KEY, ByKind, Fault, Shape, fault, faults
from salescli.core.title import Title

_AGE = re.compile(r"from\s+([0-9][0-9,_]*)\s+(days?|months?|instalments?)")


@dataclass(frozen=True, slots=True)
class Age:
    """From an age on, which share of the receipt's pay a refund takes back."""

    count: int
    unit: Literal["days", "months"]
    share: Decimal
    index: int

    def is_reached(self, received: date, refunded: date) -> bool:
        """Tell whether a receipt is so old when it is refunded."""
        if self.unit == "days":
            return (refunded - received).days >= self.count
        return add_months(received, self.count) <= refunded


def age_of(ages: Sequence[Age], received: date, refunded: date) -> Age:
    """Return the line of a table of ages that a refund is in; one dated before its receipt is in the first."""
    return next((one for one in reversed(ages) if one.is_reached(received, refunded)), ages[0])


def _age(item: object, index: int) -> Age:
    if not isinstance(item, dict) or len(item) != 1:
        raise fault("not-an-age")
    ((key, text),) = item.items()
    match = _AGE.fullmatch(str(key).strip())
    if match is None:
        raise fault("bad-age", key, AT_KEY, key=key)
    if match[2].startswith("instalment"):
        raise fault("age-by-instalments", key, AT_KEY, key=key)
    if not isinstance(text, str):
        raise fault("not-a-value", key)
    try:
        share = parse_rate(text)
    except TextRefused as refused:
        raise fault(refused.name, key, **refused.values) from None
    if not 0 <= share <= 1:
        raise fault("age-share-out-of-range", key, text=text)
    count = int(match[1].replace(",", "").replace("_", ""))
    return Age(count, "days" if match[2].startswith("day") else "months", share, index)


def _read_ages(value: object) -> tuple[Age, ...]:
    if not isinstance(value, list) or not value:
        raise fault("not-an-age")
    found: list[Fault] = []
    ages: list[Age] = []
    for index, item in enumerate(value):
        try:
            ages.append(_age(item, index))
        except FaultsFound as wrong:
            found += [Fault(one.name, (index, *one.path), one.values) for one in wrong.faults]
    found += [one for pair in pairwise(ages) for one in _order_faults(*pair)]
    if ages and ages[0].index == 0 and ages[0].count:
        found.append(Fault("ages-begin-late", (0,), {"count": ages[0].count}))
    if found:
        raise faults(found)
    return tuple(ages)


def _order_faults(one: Age, two: Age) -> list[Fault]:
    if one.unit != two.unit:
        return [Fault("ages-mix-units", (two.index,), {})]
    return [Fault("ages-not-ascending", (two.index,), {})] if two.count <= one.count else []


_AGES_SCHEMA = WithJsonSchema(
    {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "patternProperties": {r"^from [0-9][0-9,_]* (days?|months?)$": {"type": "string"}},
            "additionalProperties": False,
        },
    }
)
Ages: TypeAlias = Annotated[tuple[Age, ...], PlainValidator(_read_ages), _AGES_SCHEMA]


class RefundsByAge(Shape):
    """`refunds: {by-age: [from 0 days: 100%, from 181 days: 50%]}`."""

    called = Title("退款", "refunds")
    by_age: Ages = Field(alias="by-age")


RefundWord = Literal["recompute", "at-refund-date", "original-rate"]
RefundRule: TypeAlias = Annotated[RefundWord | RefundsByAge, ByKind(text=RefundWord, map=RefundsByAge)]


def takes_back(rule: Any) -> bool:
    """Tell whether a rule takes back the pay of the receipt, instead of paying a negative credit."""
    return rule == "original-rate" or isinstance(rule, RefundsByAge)
