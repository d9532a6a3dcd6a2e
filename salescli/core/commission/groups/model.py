"""What a group gives one person, as data: amounts by run, and how each of them came about.

Group facts are computed first, from everybody's facts, by the functions of this package. The payee function is given
what they came to; it stays pure per payee.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.result import Note, Step

if TYPE_CHECKING:
    from salescli.core.commission.inputs import CreditLine


@dataclass(frozen=True, slots=True)
class GroupAmount:
    """What run `run` adds to what the run `origin` (the end of a window) gives: 0 in all where nothing moves."""

    component: str
    run: date
    origin: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What run `run` adds to what one transaction is paid, where a group decides that too: a budget, first come."""

    component: str
    run: date
    line: CreditLine
    amount: Decimal


@dataclass(frozen=True, slots=True)
class GroupFact:
    """One figure of a group: a pot, a ranking, a budget. `whole` is what a pot comes to by today's facts, else None."""

    component: str
    origin: date
    whole: Decimal | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What all groups give one person under one plan.

    `settled` are the components whose amounts the group decides to the cent: pools, and what a budget pays.
    `notes` are by component.
    """

    amounts: tuple[GroupAmount, ...] = ()
    facts: tuple[GroupFact, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()
    settled: frozenset[str] = frozenset()
    lines: tuple[GroupLine, ...] = ()

    def joined(self, other: Group) -> Group:
        """Return both together: somebody may lead one pool and be a member of another."""
        return Group(
            self.amounts + other.amounts,
            self.facts + other.facts,
            self.notes + other.notes,
            self.settled | other.settled,
            self.lines + other.lines,
        )
