"""Which records are the first of their customer: what a metric `first-ever customer within 12 months` counts.

A customer is new on the day of a record of at least the amount asked, with no record at all in the months before that
day: one who was a customer long ago and comes back is new again. Where the records do not reach back that far the
customer list says since when somebody is one; where it has no date either, nobody can say: the record is undefined,
neither counted nor lost.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from salescli.core.money import E4, allocate
from salescli.core.periods import add_months

Reason = Literal["history", "currency"]
"""Why a record is undefined: the records do not reach back, or its amount is not in the base currency."""


class Seen(NamedTuple):
    """A record, or the part of it that belongs to one contract; `part` is 0 where it is in one piece.

    `who` is the customer, or the group that it is counted with. `amount` is in ten-thousandths of the base currency,
    None where it is in another one. `may_count` is False for what only shows that the customer was there.
    """

    record: int
    part: int
    day: str
    who: Hashable
    amount: int | None
    may_count: bool = True


Row = tuple[int, int, str, Hashable, int | None, bool]


class Unit(NamedTuple):
    """What a piece of a counted record has of one unit, in ten-thousandths; with a reason it is undefined instead."""

    record: int
    part: int
    unit: int
    reason: Reason | None = None


@dataclass(slots=True)
class _Piece:
    """What one record says of one customer: the pieces of a receipt that is spread over contracts are one payment."""

    day: str
    may_count: bool = False
    amount: int | None = 0
    parts: list[tuple[int, int]] = field(default_factory=list)  # part, amount

    def add(self, part: int, amount: int | None, may_count: bool) -> None:
        self.may_count = self.may_count or may_count
        self.amount = None if self.amount is None or amount is None else self.amount + amount
        self.parts.append((part, amount or 0))


def find_first_ever(
    seen: Iterable[Row], *, months: int, at_least: int | None, since: Mapping[Hashable, str], first_day: str
) -> list[Unit]:
    """Return the units of the records that are the first of their customer within `months`, and the undefined ones.

    Args:
        seen: all records of the type, in the order of (day, key); rows of the shape of `Seen`.
        months: how long a customer must not have been there.
        at_least: the amount that a record needs, in ten-thousandths; None: any.
        since: from which day on somebody is known to be a customer, where that is known.
        first_day: the day from which on the store has records of the type.
    """
    found: list[Unit] = []
    decided: set[tuple[Hashable, str]] = set()
    starts: dict[str, str] = {}
    for (record, who), piece in _after_quiet(seen, months, starts).items():
        start = starts[piece.day]
        is_unproved = first_day > start  # the records do not reach back: only the customer list can tell
        is_old = is_unproved and since.get(who, start) < start
        if is_old or (who, piece.day) in decided or not _is_enough(piece, at_least):
            continue
        reason: Reason | None = None
        if at_least is not None and piece.amount is None:
            reason = "currency"
        elif who not in since and is_unproved:
            reason = "history"
        if reason != "currency":
            decided.add((who, piece.day))  # one day has one first record
        found += _units(record, piece, reason)
    return found


def _after_quiet(seen: Iterable[Row], months: int, starts: dict[str, str]) -> dict[tuple[int, Hashable], _Piece]:
    """Return the records whose customer had none in the months before their day; `starts` gets where those begin."""
    pieces: dict[tuple[int, Hashable], _Piece] = {}
    last: dict[Hashable, str] = {}
    before: dict[Hashable, str] = {}
    for record, part, day, who, amount, may_count in seen:
        if who is None:
            continue  # nobody knows whose it is: it stands in the claim list
        latest = last.get(who)
        if latest != day:
            last[who] = day
            if latest is not None:
                before[who] = latest
        start = starts.get(day)
        if start is None:
            start = starts[day] = add_months(date.fromisoformat(day), -months).isoformat()
        if before.get(who, "") >= start:
            continue
        piece = pieces.get((record, who))
        if piece is None:
            piece = pieces[record, who] = _Piece(day)
        piece.add(part, amount, bool(may_count))
    return pieces


def _is_enough(piece: _Piece, at_least: int | None) -> bool:
    return piece.may_count and (at_least is None or piece.amount is None or piece.amount >= at_least)


def _units(record: int, piece: _Piece, reason: Reason | None) -> list[Unit]:
    """One unit, shared over the pieces as the money is, so that it is credited like the record."""
    weights = [amount for _, amount in piece.parts]
    if len(weights) == 1 or not sum(weights):
        weights = [1] + [0] * (len(weights) - 1)
    parts = allocate(E4, weights)
    return [Unit(record, part, unit, reason) for (part, _), unit in zip(piece.parts, parts, strict=True)]
