"""One pot, cut to the cent: manager and members by their shares, the members' part by weight or by a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.result import Part
from salescli.core.money import largest_remainder, units_half_away

if TYPE_CHECKING:
    from salescli.core.commission.components.pool import PoolComponent

Fault = tuple[str, tuple[tuple[str, object], ...]]
"""What is wrong with a sheet: the problem's name, and its values."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who shares a pot, and by how much the share is weighed; `values` are what the weight is made of."""

    person: str
    name: str
    weight: Fraction
    values: tuple[tuple[str, Part], ...] = ()
    lacks: str = ""  # what is not known of the member, so that the weight is 0


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What the manager's sheet gives one person: an amount, or a share of the members' part."""

    person: str
    name: str
    amount: Decimal | None
    share: Decimal | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who shares one window's pot. `sheet` is what the manager wrote, None where nothing is written yet."""

    members: tuple[Member, ...]
    sheet: tuple[SheetRow, ...] | None = None
    was_paid: bool = False  # a closed run paid the sheet as it stands: what moves the pot since moves each part
    others: Decimal = Decimal(0)  # credited to the team by people who are no members


@dataclass(frozen=True, slots=True)
class Cut:
    """A pot in rounding units: whose is how much; `rest` stays with the company. `fault` names why nothing is paid.

    `moved` names a sheet that was paid and no longer spends the pot: its parts are moved in proportion.
    """

    manager: int = 0
    members: tuple[tuple[str, int], ...] = ()
    rest: int = 0
    fault: Fault | None = None
    moved: Fault | None = None


def cut_pot(component: PoolComponent, pot: int, unit: Decimal, roster: Roster, *, forfeited: bool = False) -> Cut:
    """Cut a pot: manager and members by their shares, the members' part by weight or by the manager's sheet.

    Largest remainder in both, ties by person; `forfeited`: the manager left before the window's end, and open
    windows are forfeited.
    """
    manager, members = largest_remainder(pot, [component.share_of("manager"), component.share_of("members")])
    by_person: dict[str, int] = {}
    rest = 0
    moved: Fault | None = None
    if component.members_by == "manager-sheet":
        fault = _sheet_fault(members, unit, roster)
        if fault is not None and fault[0] == "pool-sheet-differs" and roster.was_paid:
            moved = ("pool-sheet-moved", fault[1])
        elif fault is not None:
            return Cut(fault=fault)
        by_person = _by_sheet(members, unit, roster.sheet or (), in_proportion=moved is not None)
    else:
        sharing = sorted((one for one in roster.members if one.weight > 0), key=lambda one: one.person)
        parts = largest_remainder(members, [one.weight for one in sharing]) if sharing else []
        by_person = {one.person: part for one, part in zip(sharing, parts, strict=True)}
    if members and not by_person:
        if component.nobody_to_share == "manager":
            manager += members
        else:
            rest += members
    if forfeited:
        manager, rest = 0, rest + manager
    return Cut(manager, tuple(by_person.items()), rest, moved=moved)


def _sheet_fault(members: int, unit: Decimal, roster: Roster) -> Fault | None:
    """Return what is wrong with a sheet: it must spend the members' part to the cent, on members alone."""
    if not members or (roster.sheet is None and not roster.members):  # nobody is there to be written on one
        return None
    part = members * unit
    if roster.sheet is None:
        return "pool-sheet-missing", (("amount", part),)
    known = {one.person for one in roster.members}
    strangers = sorted(one.name or one.person for one in roster.sheet if one.person not in known)
    if strangers:
        return "pool-sheet-stranger", (("people", strangers),)
    if any((one.amount is None) == (one.share is None) for one in roster.sheet):
        return "pool-sheet-mixed", ()
    if against := [] if roster.was_paid else _against(members, roster.sheet):
        return "pool-sheet-negative", (("people", against), ("amount", part))
    amounts = [one for one in roster.sheet if one.amount is not None]
    if amounts and len(amounts) < len(roster.sheet):
        return "pool-sheet-mixed", ()
    if amounts:
        spent = sum((one.amount for one in amounts if one.amount is not None), Decimal(0))
        return None if spent == part else ("pool-sheet-differs", (("spent", spent), ("amount", part)))
    shares = sum((one.share for one in roster.sheet if one.share is not None), Decimal(0))
    return None if shares == 1 else ("pool-sheet-shares", (("share", shares),))


def _against(members: int, sheet: Sequence[SheetRow]) -> list[str]:
    """Return who is given something against the pot: then the others would have more than there is."""
    found = (one for one in sheet if (one.amount or 0) * members < 0 or (one.share is not None and one.share < 0))
    return sorted(one.name or one.person for one in found)


def _by_sheet(members: int, unit: Decimal, sheet: Sequence[SheetRow], *, in_proportion: bool) -> dict[str, int]:
    rows = sorted(sheet, key=lambda one: one.person)
    if not members:
        return {}
    if in_proportion:
        parts = largest_remainder(members, [one.amount or Decimal(0) for one in rows])
        return {one.person: part for one, part in zip(rows, parts, strict=True)}
    if any(one.amount is not None for one in rows):
        return {one.person: units_half_away(Fraction(one.amount or 0), Fraction(unit)) for one in rows}
    parts = largest_remainder(members, [one.share or Decimal(0) for one in rows]) if rows else []
    return {one.person: part for one, part in zip(rows, parts, strict=True)}
