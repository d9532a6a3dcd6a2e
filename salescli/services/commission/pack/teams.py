"""Whose people a manager answers for in a month: the hierarchy of its last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from salescli.core.periods import Period
from salescli.services.commission.payees import Hierarchy, fetch_seats, person_keys
from salescli.services.context import Context
from salescli.store.entities import fetch_keys, labels

Depth = Literal["direct-reports", "everyone-below"]


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who leads: the record, the number and the name."""

    entity: int
    key: str
    name: str

    @property
    def number(self) -> str:
        """The person's number, "" where there is only a name."""
        return "" if self.key == self.name else self.key


def find_teams(context: Context, period: Period, people: Iterable[int], depth: Depth) -> dict[int, list[int]]:
    """Return the people of each manager, on the month's last day, or on their own last day in it."""
    seats = fetch_seats(context.store)
    hierarchy = Hierarchy(seats)
    last: dict[int, date] = {}
    for seat in seats:
        last[seat.person] = max(seat.end, last.get(seat.person, date.min))
    found: dict[int, list[int]] = {}
    for person in people:
        day = min(period.last_day, last.get(person, date.max) - timedelta(days=1))
        for manager in hierarchy.above(person, day, everyone=depth == "everyone-below"):
            found.setdefault(manager, []).append(person)
    return found


def leaders_of(context: Context, people: Iterable[int]) -> dict[int, Leader]:
    """Return number and name of people, in the order of their numbers."""
    wanted = list(people)
    store, kind = context.store, context.store.registry["person"]
    keys = {**fetch_keys(store, kind, wanted), **person_keys(store, wanted)}
    names = labels(store, kind, wanted)
    found = [Leader(one, keys.get(one, str(one)), names.get(one, "")) for one in wanted]
    return {one.entity: one for one in sorted(found, key=lambda one: one.key)}
