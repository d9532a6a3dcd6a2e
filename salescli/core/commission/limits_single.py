"""A limit `over: each-transaction`: what one transaction pays in all is capped, so that one large deal does not.

A run's amount is spread over its transactions as on the statement; a refund belongs to the transaction that it undoes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.inputs import CreditLine
from salescli.core.commission.limits import Limit
from salescli.core.commission.result import Note, Path, Step
from salescli.core.commission.timeline import Timeline
from salescli.core.commission.values import in_force
from salescli.core.money import round_half_away

Spread = Callable[[str, Sequence[int]], Iterable[tuple[CreditLine, int]]]
"""(component, amounts by run) → what each line has of them."""


@dataclass(slots=True)
class TransactionLimitTask:
    """One such limit for one payee."""

    limit: Limit
    path: Path
    timeline: Timeline
    terms_on: Callable[[date], Mapping[str, Decimal]]
    unit: Decimal
    spread: Spread
    steps: list[Step] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def apply(self, run: int, amounts: dict[str, list[int]]) -> None:
        """Cap each transaction as it stands at `run`, in place. Amounts are counts of the rounding unit."""
        self.steps, self.notes = [], []
        paid: dict[str, int] = {}
        last: dict[str, tuple[str, date]] = {}
        for name in self.limit.of:
            for line, amount in self.spread(name, amounts.get(name, [])):
                if not line.key:
                    continue
                key = line.undoes or line.key
                paid[key] = paid.get(key, 0) + amount
                last[key] = (name, max(line.date, last[key][1]) if key in last else line.date)
        for key, amount in sorted(paid.items()):
            name, day = last[key]
            self._cut(run, key, amount, day, amounts[name])

    def _cut(self, run: int, key: str, paid: int, day: date, amounts: list[int]) -> None:
        text = in_force(self.limit.at_most, day)
        exact = text.resolve(self.terms_on(day))
        index = self.timeline.index(day)
        if exact is None or index is None:
            self.notes = [Note("no-term", (("text", text.text),), (*self.path, "at_most"))]
            return
        cap = int(Fraction(round_half_away(exact, self.unit)) / Fraction(self.unit))
        if paid <= cap:
            return
        amounts[index] -= paid - cap
        if index == run:
            parts = (
                ("to_date", paid * self.unit),
                ("cap", cap * self.unit),
                ("cut", (paid - cap) * self.unit),
                ("key", key),
                ("excess", self.limit.excess),
                ("of", ", ".join(self.limit.of)),
            )
            self.steps.append(Step("limit", cap * self.unit, parts, (*self.path, "at_most")))
