"""A revision beside the targets that it changes: before and after, and who joined, left or moved. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salescli.core.money import CONTEXT, total
from salescli.core.quotas.result import Holder, Leaf

Place = tuple[str, str, Holder, str]
"""Whose line it is: level, team, holder, key."""


@dataclass(frozen=True, slots=True)
class RevisedLine:
    """One holder's target: the months that stand, and the revised months before and after. None: no target."""

    level: str
    team: str
    holder: Holder
    holder_key: str
    held: Decimal | None
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal:
        """What the revision adds."""
        return CONTEXT.subtract(self.after or Decimal(0), self.before or Decimal(0))

    @property
    def year(self) -> Decimal | None:
        """The whole year: what stands and what is revised."""
        known = [amount for amount in (self.held, self.after) if amount is not None]
        return total(known) if known else None


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a person's or seat's months since a month: new in a team, gone from it, or from one to another."""

    kind: Literal["joined", "left", "moved"]
    holder: Holder
    holder_key: str
    from_team: str
    to_team: str
    month: str


def compare_revision(before: Iterable[Leaf], after: Iterable[Leaf], month: str) -> list[RevisedLine]:
    """Lay the targets in force beside the revised ones, which begin with a month; by level, team, holder and key."""
    sums: dict[Place, tuple[list[Decimal], list[Decimal], list[Decimal]]] = {}
    for leaf in before:
        held, old, _ = sums.setdefault(_place(leaf), ([], [], []))
        (held if leaf.month < month else old).append(leaf.amount)
    for leaf in after:
        if leaf.month >= month:
            sums.setdefault(_place(leaf), ([], [], []))[2].append(leaf.amount)
    return [
        RevisedLine(*place, *(total(amounts) if amounts else None for amounts in sums[place])) for place in sorted(sums)
    ]


def is_same(before: Iterable[Leaf], after: Iterable[Leaf], month: str) -> bool:
    """Tell whether every target from a month on is what it was."""
    old, new = (
        {(*_place(leaf), leaf.month): leaf.amount for leaf in leaves if leaf.month >= month}
        for leaves in (before, after)
    )
    return old == new


def find_moves(before: Sequence[Leaf], after: Sequence[Leaf], month: str) -> list[Move]:
    """Say who joined, left or moved, by the months in which they have a target in a team; people before seats."""
    found: list[Move] = []
    old, new = _teams_by_month(before), _teams_by_month(leaf for leaf in after if leaf.month >= month)
    for who in sorted(old.keys() | new.keys()):
        was, becomes = old.get(who, {}), new.get(who, {})
        if gained := sorted(becomes.keys() - was.keys()):
            found.append(Move("joined", *who, "", becomes[gained[0]], gained[0]))
        if lost := sorted(label for label in was.keys() - becomes.keys() if label >= month):
            found.append(Move("left", *who, was[lost[0]], "", lost[0]))
        if moved := sorted(label for label in was.keys() & becomes.keys() if was[label] != becomes[label]):
            found.append(Move("moved", *who, was[moved[0]], becomes[moved[0]], moved[0]))
    return found


def _place(leaf: Leaf) -> Place:
    return (leaf.level, leaf.team, leaf.holder, leaf.holder_key)


def _teams_by_month(leaves: Iterable[Leaf]) -> dict[tuple[Holder, str], dict[str, str]]:
    """The team of each person and seat in each month; in a month of two teams, the later one of the alphabet."""
    found: dict[tuple[Holder, str], dict[str, str]] = {}
    for leaf in sorted(leaves, key=lambda one: one.team):
        if leaf.holder in ("person", "seat"):
            found.setdefault((leaf.holder, leaf.holder_key), {})[leaf.month] = leaf.team
    return found
