"""A rate per product: the most specific line that a table knows wins. `3%` is a rate, `20 each` an amount per sale."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, TypeAlias

from salescli.core.commission.wording import percent, quantity
from salescli.core.scalars import TextRefused, parse_amount, parse_rate
from salescli.core.shape_marks import Field, WithJsonSchema
from salescli.core.shapes import Name, OneOrMany, Shape, of_text
from salescli.core.title import Title

DIMENSIONS = (
    "product",
    "product.number",
    "product.name",
    "product.category",
    "product.line",
    "product.family",
)
"""What a table may be looked up by. `product` is known by its number or its name."""
_EACH = re.compile(r"(.+?)\s+each")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one line of a table pays: a rate of the credit, or an amount for each sale."""

    rate: Decimal
    each: Decimal | None = None

    @property
    def words(self) -> Title:
        """What it pays, for people."""
        if self.each is None:
            return Title(percent(self.rate), percent(self.rate))
        return Title(f"每笔 {quantity(self.each)}", f"{quantity(self.each)} for each sale")


def parse_cell(text: str) -> Cell:
    """Read `3%` or `20 each`; a bare number is refused, as everywhere where a rate is wanted.

    >>> parse_cell("20 each")
    Cell(rate=Decimal('0'), each=Decimal('20'))
    """
    match = _EACH.fullmatch(text.strip())
    return Cell(parse_rate(text)) if match is None else Cell(Decimal(0), parse_amount(match[1]))


def _dimension(text: str) -> str:
    if text not in DIMENSIONS:
        raise TextRefused("unknown-choice", text=text, key="by", choices=DIMENSIONS)
    return text


CellText: TypeAlias = Annotated[
    Cell, of_text(parse_cell), WithJsonSchema({"type": "string", "description": "3%, or 20 each"})
]
Dimension: TypeAlias = Annotated[str, of_text(_dimension), WithJsonSchema({"enum": list(DIMENSIONS)})]


class RateTable(Shape):
    """A rate by product: the first of `by` that the table knows wins."""

    called = Title("费率表", "a rate table")
    by: OneOrMany[Dimension]
    table: Annotated[dict[Name, CellText], Field(min_length=1)]
    otherwise: CellText

    @property
    def has_amounts(self) -> bool:
        """Whether any line pays an amount for each sale."""
        return any(one.each is not None for one in (*self.table.values(), self.otherwise))

    def cell(self, key: str) -> Cell:
        """Return the line of a key; "" is `otherwise`."""
        return self.table.get(key, self.otherwise)


def match_rate_key(table: RateTable, dimensions: Mapping[str, Sequence[str]]) -> str:
    """Return the line of a rate table that a credit belongs to: the first of `by` that the table knows.

    `dimensions` are the names by which each dimension of the credit is known. "" is `otherwise`.
    """
    for dimension in table.by:
        for value in dimensions.get(dimension, ()):
            if value and value in table.table:
                return value
    return ""
