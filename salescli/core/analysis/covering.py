"""Targets of teams gathered by region: of teams above and below each other only the upper one's counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import total


@dataclass(frozen=True, slots=True)
class Holder:
    """A team with the one above it, its region ("" is none) and its own target (None is none)."""

    key: str
    above: str | None
    region: str
    target: Decimal | None


def gather_targets(holders: Iterable[Holder]) -> dict[str, Decimal]:
    """Return the target of each region: a team below another that has region and target is part of it already."""
    known = {holder.key: holder for holder in holders}
    found: dict[str, list[Decimal]] = {}
    for holder in known.values():
        if holder.region and holder.target is not None and not _is_covered(holder, known):
            found.setdefault(holder.region, []).append(holder.target)
    return {region: total(targets) for region, targets in found.items()}


def _is_covered(holder: Holder, known: dict[str, Holder]) -> bool:
    seen, above = {holder.key}, holder.above
    while above is not None and above in known and above not in seen:
        if known[above].region and known[above].target is not None:
            return True
        seen.add(above)
        above = known[above].above
    return False
