"""Values that plans write as short texts: `3%`, `1.5 x base_rate`, `300% of target-incentive`, `contract.accepted_on`.

Each is read once into a small frozen value; what it comes to for a person is computed from the person's own terms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Annotated, TypeAlias, TypeVar

from salescli.core.dated import Dated
from salescli.core.scalars import TextRefused, parse_amount, parse_day, parse_factor, parse_rate
from salescli.core.shape_marks import WithJsonSchema
from salescli.core.shapes import of_text

T = TypeVar("T")
TERM_NAMES = ("target-incentive", "base-rate", "performance-base", "draw")
Terms = Mapping[str, Decimal]
_MULTIPLE = re.compile(r"(?:(\S+)\s*[x×*]\s*)?base_rate")
_OF_TERM = re.compile(r"(\S+%)\s+of\s+([a-z-]+)")


@dataclass(frozen=True, slots=True)
class RateText:
    """A rate of a table: a rate by itself, or a multiple of the component's `base_rate`."""

    rate: Decimal | None
    multiple: Decimal | None
    text: str

    def resolve(self, base_rate: Fraction | None) -> Fraction | None:
        """Return the rate; None where it is a multiple of a base rate that the person does not have."""
        if self.rate is not None:
            return exact_of(self.rate)
        return None if base_rate is None or self.multiple is None else Fraction(self.multiple) * base_rate


@dataclass(frozen=True, slots=True)
class BaseRateText:
    """`base_rate:` a rate, a term of the person (`base-rate`), or a term spread over the quota of the window."""

    rate: Decimal | None
    term: str
    over_quota: bool
    text: str


@dataclass(frozen=True, slots=True)
class MoneyText:
    """An amount, or a share of one of the person's own terms (`300% of target-incentive`)."""

    amount: Decimal | None
    share: Decimal | None
    term: str
    text: str

    def resolve(self, terms: Terms) -> Fraction | None:
        """Return the amount; None where the person has no such term."""
        if self.amount is not None:
            return exact_of(self.amount)
        value = terms.get(self.term)
        return None if value is None or self.share is None else Fraction(self.share) * Fraction(value)


@dataclass(frozen=True, slots=True)
class MeasureText:
    """A bound of a metric: a rate (`70%`) or a plain number (`20`, `500,000`)."""

    number: Decimal
    is_rate: bool
    text: str


@dataclass(frozen=True, slots=True)
class UntilText:
    """Until when money is kept: a date field of the contract, or a day."""

    field: str
    day: date | None
    text: str


@dataclass(frozen=True, slots=True)
class ContinuesText:
    """`OLD-PLAN.COMPONENT`: what a component goes on from."""

    plan: str
    component: str
    text: str


@cache
def exact_of(number: Decimal) -> Fraction:
    """Return a number of a plan as a Fraction; it is asked for again for everybody and every run."""
    return Fraction(number)


def in_force(dated: Dated[T], day: date) -> T:
    """Return the value in force on a day; before the first one, that one.

    (A first value that begins after the plan is refused; a plan's first month is asked by the month's first day.)
    """
    values = dated.values
    if len(values) == 1:
        return values[0][1]
    return dated.on(max(day, values[0][0]))


def parse_rate_text(text: str) -> RateText:
    """Read `3%`, `base_rate` or `1.5 x base_rate`.

    >>> parse_rate_text("1.5 x base_rate").multiple
    Decimal('1.5')
    """
    match = _MULTIPLE.fullmatch(text.strip())
    if match:
        return RateText(None, parse_factor(match[1]) if match[1] else Decimal(1), text)
    return RateText(parse_rate(text), None, text)


def parse_base_rate(text: str) -> BaseRateText:
    """Read `10%`, `base-rate`, or `target-incentive / quota`."""
    term, slash, rest = (part.strip() for part in text.partition("/"))
    if slash:
        if term not in TERM_NAMES or rest != "quota":
            raise TextRefused("bad-base-rate", text=text, terms=TERM_NAMES)
        return BaseRateText(None, term, True, text)
    if term in TERM_NAMES:
        return BaseRateText(None, term, False, text)
    return BaseRateText(parse_rate(text), "", False, text)


def parse_money_text(text: str) -> MoneyText:
    """Read `400,000` or `300% of target-incentive`."""
    match = _OF_TERM.fullmatch(text.strip())
    if match is None:
        return MoneyText(parse_amount(text), None, "", text)
    if match[2] not in TERM_NAMES:
        raise TextRefused("unknown-term", text=match[2], terms=TERM_NAMES)
    return MoneyText(None, parse_rate(match[1]), match[2], text)


def parse_measure(text: str) -> MeasureText:
    """Read `70%` as a rate and `20` as a number."""
    if text.endswith(("%", "％")):
        return MeasureText(parse_rate(text), True, text)
    return MeasureText(parse_amount(text), False, text)


def parse_until(text: str) -> UntilText:
    """Read `contract.warranty_end` or a day."""
    if text.startswith("contract."):
        return UntilText(text.removeprefix("contract."), None, text)
    try:
        return UntilText("", parse_day(text), text)
    except TextRefused:
        raise TextRefused("bad-until", text=text) from None


def parse_continues(text: str) -> ContinuesText:
    """Read `account-manager-2025.receipts`."""
    plan, dot, component = text.strip().rpartition(".")
    if not (plan and dot and component):
        raise TextRefused("bad-continues", text=text)
    return ContinuesText(plan, component, text)


def _schema(description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "number"], "description": description})


BaseRate: TypeAlias = Annotated[
    BaseRateText, of_text(parse_base_rate), _schema("a rate, base-rate, or target-incentive / quota")
]
Money: TypeAlias = Annotated[MoneyText, of_text(parse_money_text), _schema("an amount, or 300% of target-incentive")]
Measure: TypeAlias = Annotated[MeasureText, of_text(parse_measure), _schema("70%, or a number")]
Continues: TypeAlias = Annotated[ContinuesText, of_text(parse_continues), _schema("OLD-PLAN.COMPONENT")]
Until: TypeAlias = Annotated[UntilText, of_text(parse_until), _schema("contract.FIELD, or a day")]
