"""Seats as values: who sat where, in which role, from which day to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salescli.store.connection import Store
from salescli.store.frames import prepare
from salescli.store.state import state_of


@dataclass(frozen=True, slots=True)
class Seat:
    """One stretch of days `[start, end)` of a person, by entity ids."""

    person: int
    start: date
    end: date
    role: str
    team: int | None
    manager: int | None


def fetch_seats(store: Store, start: date, end: date) -> list[Seat]:
    """Return the seats that touch `[start, end)`, by person and day."""
    prepare(store, "seat")
    rows = store.db.execute(
        "SELECT person, start, \"end\", coalesce(role, ''), team, manager FROM temp.sitting "
        'WHERE start < ? AND "end" > ? ORDER BY person, start',
        (end.isoformat(), start.isoformat()),
    )
    return [
        Seat(person, date.fromisoformat(first), date.fromisoformat(last), role, team, manager)
        for person, first, last, role, team, manager in rows
    ]


def fetch_contradictions(store: Store, start: date, end: date) -> list[tuple[int, int, int, date]]:
    """Return who is said to sit in two teams at once in `[start, end)`: person, both teams, and the first such day.

    An assignment without an end is over where the next begins: that is a move. One whose end was written is not.
    """
    seats = state_of(store, "assignment")
    rows = store.db.execute(
        f"""SELECT one.person_id, one.team_id, other.team_id, other."from"
            FROM {seats} AS one JOIN {seats} AS other
              ON other.person_id = one.person_id AND other."from" > one."from" AND other."from" <= one.through
            WHERE one.team_id <> other.team_id AND other."from" < ? AND one.through >= ?
              AND coalesce(other.through, ?) >= ?
            ORDER BY one.person_id, other."from", other.team_id""",
        (end.isoformat(), start.isoformat(), start.isoformat(), start.isoformat()),
    )
    return [(person, team, second, date.fromisoformat(day)) for person, team, second, day in rows]
