"""Who is on a plan, from which day to which: by their seats, or by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from salescli.core.commission.away import Days, gaps_between, is_away, joined, stays_in
from salescli.core.periods import FOREVER
from salescli.errors import UsageError, problem
from salescli.store.connection import Store
from salescli.store.entities import labels, nearest_name, resolve
from salescli.store.frames import prepare
from salescli.store.state import condition

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan


@dataclass(frozen=True, slots=True)
class Payee:
    """A person under one plan, on it from `start` to the day before `end`, but for the days that are `away`."""

    entity: int
    key: str
    name: str
    start: date
    end: date
    away: tuple[Days, ...] = ()

    @property
    def stays(self) -> tuple[Days, ...]:
        """The stretches of days on the plan."""
        return stays_in(self.start, self.end, self.away)

    def is_on(self, day: date) -> bool:
        """Tell whether a day is among those on the plan."""
        return self.start <= day < self.end and not is_away(self.away, day)

    def staying(self, stays: Iterable[Days]) -> Payee:
        """Return the same person with other days, of which there is at least one."""
        days = joined(stays)
        return replace(self, start=days[0][0], end=days[-1][1], away=gaps_between(days))


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person sits over `[start, end)`."""

    person: int
    start: date
    end: date
    role: str | None
    team: int | None
    manager: int | None


def fetch_seats(store: Store) -> list[Seat]:
    """Return all seats, by person and day."""
    prepare(store, "seat")
    rows = store.db.execute('SELECT person, start, "end", role, team, manager FROM temp.sitting ORDER BY person, start')
    return [
        Seat(person, date.fromisoformat(start), date.fromisoformat(end), role, team, manager)
        for person, start, end, role, team, manager in rows
    ]


def payees_of(store: Store, plan: Plan, seats: Iterable[Seat]) -> list[Payee]:
    """Return everyone that the plan's `for` means, ordered by key.

    Of a person who leaves the plan and comes back, the days between are away: those on another seat, and on none.
    """
    held: dict[int, list[Days]] = {}
    teams = set(resolve_all(store, "team", plan.for_.team))
    for seat in seats:
        is_role = not plan.for_.role or seat.role in plan.for_.role
        is_team = not teams or seat.team in teams
        if (plan.for_.role or teams) and is_role and is_team and seat.start < plan.end and plan.start < seat.end:
            held.setdefault(seat.person, []).append((max(seat.start, plan.start), seat.end))
    for person in resolve_all(store, "person", plan.for_.people):
        held.setdefault(person, [(plan.start, _day_after_leaving(store, person))])
    keys = dict(store.db.execute("SELECT id, key FROM entity WHERE type = 'person'").fetchall())
    numbers = person_keys(store, held)
    names = labels(store, store.registry["person"], held)
    found = []
    for one, days in held.items():
        stays = joined(days) or days
        key, name = numbers.get(one) or keys[one], names.get(one, "")
        found.append(Payee(one, key, name, stays[0][0], stays[-1][1], gaps_between(stays)))
    return sorted(found, key=lambda payee: payee.key)


def person_keys(store: Store, people: Iterable[int]) -> dict[int, str]:
    """Return the employee number of each person that has one."""
    rows = store.db.execute(
        f"SELECT id, number FROM person WHERE {condition(store.known)} AND number IS NOT NULL"
    ).fetchall()
    wanted = set(people)
    return {entity: number for entity, number in rows if entity in wanted}


def resolve_all(store: Store, type_name: str, texts: Iterable[str]) -> list[int]:
    """Return the records that texts name.

    Raises:
        UsageError: a text names nobody, or fits several.
    """
    texts = list(texts)
    kind = store.registry[type_name]
    directory = resolve(store, kind, texts)
    wrong = []
    for text in texts:
        if text in directory.ambiguous:
            wrong.append(problem("ambiguous-record", text=text, candidates=_keys(store, directory.ambiguous[text])))
        elif directory.get(text) is None:
            near = nearest_name(store, kind, text)
            wrong.append(problem("unknown-record", text=text, type=kind.titles, nearest=near))
    if wrong:
        raise UsageError(*wrong)
    return [directory.found[text] for text in texts]


def _keys(store: Store, ids: Iterable[int]) -> list[str]:
    return [store.db.execute("SELECT key FROM entity WHERE id = ?", (one,)).fetchone()[0] for one in ids]


def _day_after_leaving(store: Store, person: int) -> date:
    row = store.db.execute(
        f'SELECT date("left", \'+1 day\') FROM person WHERE id = ? AND {condition(store.known)} AND "left" IS NOT NULL',
        (person,),
    ).fetchone()
    return date.fromisoformat(row[0]) if row else FOREVER


class Hierarchy:
    """Who is above whom on a day."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        self._by_person: dict[int, list[Seat]] = {}
        for seat in seats:
            self._by_person.setdefault(seat.person, []).append(seat)

    def seat(self, person: int, day: date) -> Seat | None:
        """Return where a person sits on a day."""
        return next((seat for seat in self._by_person.get(person, ()) if seat.start <= day < seat.end), None)

    def above(self, person: int, day: date, *, everyone: bool) -> list[int]:
        """Return the managers above a person on a day, nearest first: the direct one, or all of them."""
        found: list[int] = []
        current: int | None = person
        while current is not None:
            seat = self.seat(current, day)
            current = seat.manager if seat else None
            if current is None or current in found or current == person:
                break
            found.append(current)
            if not everyone:
                break
        return found
