"""Rules that several record types share: what one record says against itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from salescli.core.money import CONTEXT, from_e4
from salescli.core.records.kinds import MONEY, RATE
from salescli.core.records.model import Field, RuleBreak
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rule that one date does not come before another; which dates, the proof of date layouts looks up.

    `titles` are those of both fields, where the sentence names them. A day is before no moment of the same day.
    """

    first: str
    last: str
    name: str
    titles: tuple[Title, ...] = ()

    def __call__(self, values: Mapping[str, Any]) -> RuleBreak | None:
        """Check one record."""
        begun, ended = values.get(self.first), values.get(self.last)
        if not begun or not ended:
            return None
        shown = 16 if self.titles and len(begun) > 10 and len(ended) > 10 else 10
        if ended[:shown] >= begun[:shown]:
            return None
        said = dict(zip(("first_field", "last_field"), self.titles, strict=False))
        return RuleBreak(self.name, self.last, {"first": begun[:shown], "last": ended[:shown], **said})

    def suspects(self, columns: Mapping[str, Sequence[Any]]) -> list[int]:
        """Return the rows in which the last text is before the first; ISO dates sort as texts."""
        if self.first not in columns or self.last not in columns:
            return []
        pairs = enumerate(zip(columns[self.first], columns[self.last], strict=True))
        return [index for index, (begun, ended) in pairs if begun and ended and ended < begun]


def ordered(first: str, last: str, name: str) -> Ordered:
    """Build the rule that one date does not come before another."""
    return Ordered(first, last, name)


def in_order(first: Field, last: Field) -> Ordered:
    """Build the same rule for two fields of any type, told with their titles."""
    return Ordered(first.name, last.name, "days-out-of-order", (first.title, last.title))


@dataclass(frozen=True, slots=True)
class Bounded:
    """The rule that figures are not below zero, and rates hardly above the whole.

    Below zero refuses the row, or warns where a figure below zero has a meaning; a rate above 100 % always warns.
    """

    fields: tuple[Field, ...]
    refuses: bool = True

    def __call__(self, values: Mapping[str, Any]) -> RuleBreak | None:
        """Check one record."""
        for field in self.fields:
            said = {"field": field.title, "text": _shown(field, values.get(field.name))}
            if _is_outside(values.get(field.name), above=False):
                return RuleBreak("figure-below-zero", field.name, said, self.refuses)
            if field.kind is RATE and _is_outside(values.get(field.name), above=True):
                return RuleBreak("percent-above-whole", field.name, said)
        return None

    def suspects(self, columns: Mapping[str, Sequence[Any]]) -> list[int]:
        """Return the rows in which a figure lies outside."""
        return sorted(
            {
                index
                for field in self.fields
                for index, value in enumerate(columns.get(field.name, ()))
                if _is_outside(value, above=False) or (field.kind is RATE and _is_outside(value, above=True))
            }
        )


def bounded(*fields: Field, refuses: bool = True) -> Bounded:
    """Build the rule that figures are not below zero, and rates not above 100 %."""
    return Bounded(fields, refuses)


def _is_outside(value: Any, *, above: bool) -> bool:
    """Tell whether a stored figure is below zero, or `above` one; rates are stored as texts of fractions."""
    if value is None:
        return False
    if not above and not isinstance(value, str):
        return bool(value < 0)
    return Decimal(value) > 1 if above else Decimal(value) < 0


def _shown(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.kind is RATE:
        return f"{CONTEXT.scaleb(Decimal(value), 2).normalize():f} %"
    return f"{from_e4(value):,}" if field.kind is MONEY else str(value)
