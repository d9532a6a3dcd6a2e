"""Seats as values: who sat where, in which role, from which day to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salescli.store.connection import Store
from salescli.store.frames import prepare


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
