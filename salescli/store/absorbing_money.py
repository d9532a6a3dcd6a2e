"""The amounts of records that are merged: none goes anywhere without its currency, and two currencies never mix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY
from salescli.core.records.model import RecordType
from salescli.store.versions import Image


class Conflict(NamedTuple):
    """A field in which the records differ: what stays, and what the record that goes had."""

    field: str
    kept: Any
    other: Any
    entity: int


@dataclass(slots=True)
class MergedMoney:
    """The amounts and the currency of a record after others are merged into it, and what they said otherwise."""

    own: Image
    held: Image
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def cells(self) -> Image:
        """The cells that change."""
        return {name: value for name, value in self.held.items() if value != self.own[name]}

    def take(self, entity: int, theirs: Image, prefer: frozenset[str]) -> None:
        """Fill blanks from another record; in another currency all its amounts come together, or none."""
        if not _has_amounts(theirs):
            self.held[CURRENCY.name] = self.held[CURRENCY.name] or theirs[CURRENCY.name]
            return
        mine, other = self.held[CURRENCY.name], theirs[CURRENCY.name]
        is_foreign = bool(mine and other and mine != other)
        is_preferred = is_foreign and not self.cells and not prefer.isdisjoint(theirs)
        if is_preferred or not _has_amounts(self.held):
            self.held = {**theirs, CURRENCY.name: other or mine}
            return
        for name, value in theirs.items():
            have = self.held[name]
            if value is None or value == have:
                continue
            if not is_foreign and (have is None or (name in prefer and have == self.own[name])):
                self.held[name] = value
            else:
                self.conflicts.append(Conflict(name, have, value, entity))


def _has_amounts(image: Image) -> bool:
    return any(value is not None for name, value in image.items() if name != CURRENCY.name)


def merge_money(
    kind: RecordType, keep: int, others: Sequence[int], images: Mapping[int, Image], prefer: frozenset[str]
) -> MergedMoney:
    """Merge the amounts of records with their currency; of a type without both there is nothing to settle."""
    names = [each.name for each in kind.stored if each.is_given and each.kind is kinds.MONEY and not each.dated]
    if not names or CURRENCY.name not in (each.name for each in kind.stored):
        return MergedMoney({}, {})
    own, *theirs = ({name: images[one][name] for name in (*names, CURRENCY.name)} for one in (keep, *others))
    done = MergedMoney(own, dict(own))
    for entity, image in zip(others, theirs, strict=True):
        done.take(entity, image, prefer)
    return done
