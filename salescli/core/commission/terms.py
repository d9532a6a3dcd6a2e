"""What was agreed with one person alone: own terms, and rates of their own for some credits (特批).

Each is of a dated record with an approval and a reason, and counts from its first day through its last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """One of the person's own terms (`target-incentive`, `base-rate`, …) from a day through a day."""

    name: str
    value: Decimal
    start: date = date.min
    through: date | None = None  # the last day on which it counts
    approved_by: str = ""
    reason: str = ""
    source: str = ""  # `inbox/薪酬.xlsx!条款!3`

    def holds_on(self, day: date) -> bool:
        """Tell whether it counts on a day."""
        return self.start <= day and (self.through is None or day <= self.through)


def term_on(terms: Iterable[Term], name: str, day: date) -> Term | None:
    """Return the term that counts on a day: of those that hold then, the last to begin.

    A term that has ended gives way to the one before it that still holds; where there is none, to nothing.
    """
    found: Term | None = None
    for one in terms:
        if one.name == name and one.holds_on(day) and (found is None or one.start >= found.start):
            found = one
    return found


@dataclass(frozen=True, slots=True)
class SpecialRate:
    """A rate of the person's own for some credits, instead of the plan's.

    A blank component, customer or contract is any. What is more specific comes first: a contract before a customer
    before a component before everything.
    """

    rate: Decimal
    start: date = date.min
    through: date | None = None
    component: str = ""
    customer: str = ""
    contract: str = ""
    approved_by: str = ""
    reason: str = ""
    source: str = ""

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """How specific it is; the higher one counts."""
        return bool(self.contract), bool(self.customer), bool(self.component)

    @property
    def order(self) -> tuple[object, ...]:
        """What tells special rates apart in sorting."""
        return (self.rate, self.start, self.component, self.customer, self.contract, self.source)

    def holds_on(self, day: date) -> bool:
        """Tell whether it counts on a day."""
        return self.start <= day and (self.through is None or day <= self.through)


def special_rate_of(
    rates: Iterable[SpecialRate], day: date, is_of: Callable[[SpecialRate], bool]
) -> SpecialRate | None:
    """Return the special rate of a credit of a day: of those that are of it, the most specific."""
    found = [one for one in rates if one.holds_on(day) and is_of(one)]
    return max(found, key=lambda one: one.rank, default=None)


def clashes(rates: Iterable[SpecialRate]) -> list[tuple[SpecialRate, SpecialRate]]:
    """Return the pairs that are for the same credits on one day: nothing says which of them counts."""
    by_what: dict[tuple[str, str, str], list[SpecialRate]] = {}
    for one in sorted(rates, key=lambda one: one.start):
        by_what.setdefault((one.component, one.customer, one.contract), []).append(one)
    return [
        (one, other)
        for group in by_what.values()
        for number, one in enumerate(group)
        for other in group[number + 1 :]
        if one.through is None or other.start <= one.through
    ]
