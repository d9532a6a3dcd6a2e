"""Rules that several record types share: what one record says against itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
