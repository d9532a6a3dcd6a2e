"""Seats as values: who sat where, in which role, from which day to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

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
    """Return the seats that touch `[start, end)`, by person and day; asked again, the same ones."""
    prepare(store, "seat")
    key = ("seats", start, end)
    if key not in store._derived:
        store._derived[key] = _read_seats(store, start, end)
    return list(cast("list[Seat]", store._derived[key]))


def _read_seats(store: Store, start: date, end: date) -> list[Seat]:
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
    rows = store.db.execute(
        f"""SELECT person_id, team_id, "from", through, max(through) OVER (PARTITION BY person_id)
            FROM {state_of(store, "assignment")} WHERE "from" < ? ORDER BY person_id, "from", team_id""",
        (end.isoformat(),),
    )
    found: list[tuple[int, int, int, date]] = []
    first = start.isoformat()
    open_ones: list[tuple[int, int, str]] = []  # of the person at hand: person, team, last day
    for person, team, since, through, last in rows:
        if last is None or last < first:
            continue
        open_ones = [one for one in open_ones if one[0] == person and one[2] >= max(since, first)]
        if through is None or through >= first:
            found += [(person, one[1], team, date.fromisoformat(since)) for one in open_ones if one[1] != team]
        if through is not None:
            open_ones.append((person, team, through))
    return found
