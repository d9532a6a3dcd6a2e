"""Scalars of scorecards: bounds of what is measured (`85%`, `3`, `500,000`), and how figures are written in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, TypeAlias

from salescli.core.money import CONTEXT, Exact, round_off_bounds
from salescli.core.scalars import parse_amount, parse_rate
from salescli.core.shape_marks import WithJsonSchema
from salescli.core.shapes import of_text


@dataclass(frozen=True, slots=True)
class BoundText:
    """A bound of a reading: a share of one where it was written with `%`, else a number."""

    value: Decimal
    is_rate: bool

    @property
    def exact(self) -> Fraction:
        """The bound as arithmetic needs it."""
        return Fraction(self.value)

    def __str__(self) -> str:
        return shown(self.exact, self.is_rate)


def parse_bound(text: str) -> BoundText:
    """Read `85%` as a rate, `3` or `50万` as a number.

    >>> parse_bound("85%"), parse_bound("3")
    (BoundText(value=Decimal('0.85'), is_rate=True), BoundText(value=Decimal('3'), is_rate=False))
    """
    is_rate = text.endswith(("%", "%"))
    return BoundText(parse_rate(text) if is_rate else parse_amount(text), is_rate)


Bound: TypeAlias = Annotated[
    BoundText,
    of_text(parse_bound),
    WithJsonSchema({"type": ["string", "number"], "description": "a bound of the reading: 85%, 3 or 500,000"}),
]


def shown(value: Exact, is_rate: bool, bounds: Iterable[Exact] = ()) -> str:
    """Write a reading as people read it, rounded away from the bounds that it has not reached.

    >>> shown(Fraction(84996, 100000), True, [Fraction(85, 100)]), shown(Fraction(7), False)
    ('84.99 %', '7')
    """
    if not is_rate:
        return plain(round_off_bounds(value, bounds))
    return f"{plain(round_off_bounds(Fraction(value) * 100, [Fraction(bound) * 100 for bound in bounds]))} %"


def score_text(value: Exact, bounds: Iterable[Exact] = ()) -> str:
    """Write a score with two decimals."""
    return f"{round_off_bounds(value, bounds):,.2f}"


def plain(number: Decimal) -> str:
    """Write a number without needless zeros.

    >>> plain(Decimal("12.50")), plain(Decimal("100"))
    ('12.5', '100')
    """
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_text(rate: Decimal) -> str:
    """Write a share exactly: `12.5%`."""
    return f"{CONTEXT.multiply(rate, Decimal(100)).normalize(CONTEXT):f}%"
