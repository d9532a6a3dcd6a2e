"""Targets in force beside what the policy gives with today's facts: which holders differ, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salescli.core.money import CONTEXT, total
from salescli.core.quotas.reconcile import Held
from salescli.core.quotas.result import Holder, Leaf

Why = Literal["edited", "policy", "facts"]
Line = tuple[str, Holder, str, str]
Place = tuple[Line, str]
"""A line and a month of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One holder at one level: what the policy gives, what is in force, in the months that differ.

    None is no target at all, which is not zero. `records` are those in force in these months.
    """

    level: str
    holder: Holder
    team: str
    key: str
    said: Decimal | None
    in_force: Decimal | None
    months: tuple[str, ...]
    records: tuple[int, ...]
    why: Why

    @property
    def change(self) -> Decimal:
        """In force less what the policy gives."""
        return CONTEXT.subtract(self.in_force or Decimal(0), self.said or Decimal(0))


def find_differences(
    leaves: Iterable[Leaf],
    held: Sequence[Held],
    edited: Collection[int],
    policy_changed: bool,
    ended: Collection[Place] = (),
) -> list[Difference]:
    """Compare a fresh split with the targets in force, holder by holder.

    Args:
        leaves: what the policy gives with today's facts.
        held: the targets in force of the same metric and months.
        edited: records whose amount did not come from an accepted run: imported, or changed by hand.
        policy_changed: whether the policy's text is another one than the accepted run's.
        ended: what the accepted run gave and a file or a hand has taken away since, by line and month.
    """
    said: dict[Line, dict[str, Decimal]] = {}
    for leaf in leaves:
        said.setdefault(_line(leaf), {})[leaf.month] = leaf.amount
    stands: dict[Line, dict[str, Held]] = {}
    for one in held:
        stands.setdefault(_line(one.leaf), {})[one.leaf.month] = one
    found = []
    for line in sorted({*said, *stands}, key=lambda key: (key[0], key[2], key[1] not in ("company", "team"), key[3])):
        mine, theirs = said.get(line, {}), stands.get(line, {})
        months = tuple(
            month
            for month in sorted({*mine, *theirs})
            if (theirs[month].leaf.amount if month in theirs else None) != mine.get(month)
        )
        if months:
            found.append(_difference(line, mine, theirs, months, edited, policy_changed, ended))
    return found


def _difference(
    line: Line,
    mine: dict[str, Decimal],
    theirs: dict[str, Held],
    months: tuple[str, ...],
    edited: Collection[int],
    policy_changed: bool,
    ended: Collection[Place],
) -> Difference:
    records = tuple(theirs[month].record for month in months if month in theirs)
    by_hand = any(record in edited for record in records) or any((line, month) in ended for month in months)
    why: Why = "edited" if by_hand else "policy" if policy_changed else "facts"
    said = [mine[month] for month in months if month in mine]
    stands = [theirs[month].leaf.amount for month in months if month in theirs]
    return Difference(*line, total(said) if said else None, total(stands) if stands else None, months, records, why)


def place_of(leaf: Leaf) -> Place:
    """Return the line and the month of a target."""
    return _line(leaf), leaf.month


def _line(leaf: Leaf) -> Line:
    return leaf.level, leaf.holder, leaf.team, leaf.holder_key
