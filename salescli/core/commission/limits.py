"""`limits`: caps over one or several components, on the window to date. Shape and arithmetic.

A cap works on rounded increments. What is above it is taken from the last component of its list first, at the
window's latest run, so that money above the cap absorbs refunds first; with `excess: next-window` it counts
first in the window that follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from salescli.core.commission.result import Note, Path, Step
from salescli.core.commission.timeline import Span
from salescli.core.commission.values import Money, in_force
from salescli.core.money import round_half_away
from salescli.core.shapes import Dated, Name, OneOrMany, Shape, TitleShape
from salescli.core.title import Title


class Limit(Shape):
    """One entry of `limits`."""

    called = Title("上限", "a limit")
    wrong_keys: ClassVar[Mapping[str, str]] = {"cap": "at_most", "max": "at_most", "components": "of", "window": "over"}

    at_most: Dated[Money]
    of: OneOrMany[Name]
    over: Literal["each-transaction", "month", "quarter", "year"]
    excess: Literal["lost", "next-window"]
    title: TitleShape | None = None


@dataclass(slots=True)
class LimitTask:
    """One limit for one payee: its windows, and the terms that a relative cap needs."""

    limit: Limit
    path: Path
    spans: tuple[Span, ...]
    terms_on: Callable[[date], Mapping[str, Decimal]]
    unit: Decimal
    part_of: Callable[[Span], Fraction] | None = None  # where `part_period` scales limits
    steps: list[Step] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def apply(self, run: int, amounts: dict[str, list[int]]) -> None:
        """Cap the increments as they stand at `run`, in place. Amounts are counts of the rounding unit."""
        self.steps, self.notes = [], []
        waiting: dict[str, int] = {}
        for span in self.spans:
            if span.first > run:
                break
            for name, excess in waiting.items():
                amounts[name][span.first] += excess
            waiting = self._cut(span, run, amounts)

    def _cut(self, span: Span, run: int, amounts: dict[str, list[int]]) -> dict[str, int]:
        last = min(span.last, run)
        day = span.day_of(last)
        text = in_force(self.limit.at_most, day)
        exact = text.resolve(self.terms_on(day))
        if exact is None:
            self.notes = [Note("no-term", (("text", text.text),), (*self.path, "at_most"))]
            return {}
        if self.part_of is not None:
            exact *= self.part_of(span)
        cap = int(Fraction(round_half_away(exact, self.unit)) / Fraction(self.unit))
        sums = {name: sum(amounts[name][span.first : last + 1]) for name in self.limit.of if name in amounts}
        total = sum(sums.values())
        above = max(0, total - cap)
        removed: dict[str, int] = {}
        for name in reversed(list(sums)):
            taken = min(above, max(0, sums[name]))
            above -= taken
            if taken:
                amounts[name][last] -= taken
                removed[name] = taken
        if span.first <= run <= span.last:
            self._step(span, total, cap, sum(removed.values()))
        return removed if self.limit.excess == "next-window" else {}

    def _step(self, span: Span, total: int, cap: int, cut: int) -> None:
        parts = (
            ("to_date", total * self.unit),
            ("cap", cap * self.unit),
            ("cut", cut * self.unit),
            ("start", span.start),
            ("excess", self.limit.excess),
            ("of", ", ".join(self.limit.of)),
        )
        self.steps.append(Step("limit", min(total, cap) * self.unit, parts, (*self.path, "at_most")))


def clamp_window(amounts: list[Fraction], last: int, least: Fraction | None, most: Fraction | None) -> Fraction:
    """Bring a window's total between a component's own `at_least` and `at_most`, at the increment `last`.

    Returns what was added (below zero: taken off).
    """
    total = sum(amounts, Fraction(0))
    wanted = total
    if most is not None:
        wanted = min(wanted, most)
    if least is not None:
        wanted = max(wanted, least)
    amounts[last] += wanted - total
    return wanted - total
