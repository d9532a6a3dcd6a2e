"""An edit by hand: one record, known by its entity, merged by the same rules as a row of a file."""

from __future__ import annotations

from typing import Any

from salescli.core.records.model import RecordType
from salescli.core.records.staged import Source, Staged
from salescli.store.connection import Store
from salescli.store.merge import MergeOptions, MergeResult, merge_staged
from salescli.store.state import condition
from salescli.store.versions import Access
from salescli.store.words import HAND


def stage_cells(kind: RecordType, cells: dict[str, Any], batch: int) -> Staged:
    """Return cells that a person typed as one staged row; every edit is a feed of its own."""
    return Staged(kind, Source("", feed=f"{HAND}{batch}"), [0], {name: [value] for name, value in cells.items()})


def insert_record(store: Store, batch: int, kind: RecordType, cells: dict[str, Any]) -> MergeResult:
    """Add a record, or complete one that was only mentioned so far."""
    return merge_staged(store, batch, stage_cells(kind, cells, batch), MergeOptions(prefer_file=True))


def edit_record(
    store: Store, batch: int, kind: RecordType, entity: int, cells: dict[str, Any], dated: str = ""
) -> MergeResult:
    """Change cells of one record; None clears one."""
    options = MergeOptions(dated=dated, prefer_file=True, blank_clears=frozenset(cells))
    given = dict(cells)
    if kind.whole is not None:  # what makes the whole is checked with the fields that say of what
        image = Access(store, kind).current([entity]).get(entity, {})
        given = {**{name: image.get(name) for name in (*kind.whole.of, *kind.whole.only)}, **given}
    return merge_staged(store, batch, stage_cells(kind, given, batch), options, [entity])


def count_referring(store: Store, kind: RecordType, entity: int) -> dict[str, int]:
    """Return how many present records of each type refer to a record."""
    found: dict[str, int] = {}
    for other in store.registry.types:
        columns = [
            each.column for each in other.references if each.ref == kind.name and each.is_stored and not each.custom
        ]
        if not columns:
            continue
        refers = " OR ".join(f'"{column}" = ?' for column in columns)
        (count,) = store.db.execute(
            f'SELECT count(*) FROM "{other.name.replace("-", "_")}" WHERE {condition(store.known)} AND ({refers})',
            [entity] * len(columns),
        ).fetchone()
        if count:
            found[other.name] = count
    return found


def fetch_dated_on(store: Store, kind: RecordType, on: str) -> dict[tuple[int, str], Any]:
    """Return the value on a day of each (record, field) of a type that ever changed by day."""
    rows = store.db.execute(
        f"""SELECT d.subject, d.field, d.value FROM "dated_value" AS d JOIN entity AS e ON e.id = d.subject
            WHERE {condition(store.known, "d.")} AND e.type = ? AND d."from" <= ? ORDER BY d."from" """,
        (kind.name, on),
    )
    return {(subject, name): value for subject, name, value in rows}


def fetch_seats_on(store: Store, on: str) -> dict[int, dict[str, Any]]:
    """Return the seat of each person on a day: role, team, manager."""
    from salescli.store.frames import prepare

    prepare(store, "seat")
    rows = store.db.execute(
        'SELECT person, role, team, manager, start FROM temp.sitting WHERE start <= ? AND ? < "end"', (on, on)
    )
    return {row[0]: {"role": row[1], "team": row[2], "manager": row[3], "from": row[4]} for row in rows}
