"""Dated fields: values that hold from a day on, kept as records of their own.

A record's own column is the value of the beginning; a `dated-value` record changes it from a day. A *change* adds one;
a *correction* replaces the value that holds now, from its own beginning.
"""

from __future__ import annotations

from typing import Any

from salescli.core.records.internal import DATED_VALUE
from salescli.core.records.model import RecordType
from salescli.store.connection import Store
from salescli.store.entities import create_entities
from salescli.store.schema import table_of
from salescli.store.state import condition
from salescli.store.versions import Access


def put_dated(
    store: Store,
    batch: int,
    entity: int,
    name: str,
    start: str,
    value: Any,
    source: int | None = None,
    row: int | None = None,
) -> None:
    """Give a dated field a value from a day on."""
    access = Access(store, DATED_VALUE)
    key = f"{entity}|{name}|{start}"
    one = create_entities(store, DATED_VALUE, [key])[key]
    image = {"subject": entity, "field": name, "from": start, "value": value}
    access.put(batch, one, access.given_bits(image), image, source, row)


def correct_dated(
    store: Store, batch: int, entity: int, name: str, value: Any, source: int | None = None, row: int | None = None
) -> bool:
    """Replace the latest dated value; return False where there is none and the record's own column is meant."""
    found = _newest(store, entity, name)
    if found is None:
        return False
    access = Access(store, DATED_VALUE)
    image = access.current([found[0]])[found[0]]
    access.put(batch, found[0], access.given_bits(["value"]), {**image, "value": value}, source, row)
    return True


def fetch_change(store: Store, entity: int, name: str) -> tuple[str, int | None]:
    """Return the day of the newest change of a dated field, and the source that said it; ("", None) without any."""
    found = _newest(store, entity, name)
    return ("", None) if found is None else (found[1], found[2])


def end_latest(
    store: Store, batch: int, entity: int, name: str, source: int | None = None, row: int | None = None
) -> None:
    """End the newest change of a dated field: what held before it holds on."""
    found = _newest(store, entity, name)
    if found is not None:
        Access(store, DATED_VALUE).put(batch, found[0], None, None, source, row)


def _newest(store: Store, entity: int, name: str) -> tuple[int, str, int | None] | None:
    row = store.db.execute(
        f'SELECT id, "from", source_id FROM "dated_value" WHERE {condition(None)} AND subject = ? AND field = ? '
        'ORDER BY "from" DESC LIMIT 1',
        (entity, name),
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def fetch_latest(store: Store, kind: RecordType) -> dict[tuple[int, str], Any]:
    """Return the newest dated value of each (record, field) of a type that has any."""
    rows = store.db.execute(
        f"""SELECT d.subject, d.field, d.value FROM "dated_value" AS d JOIN entity AS e ON e.id = d.subject
            WHERE {condition(store.known, "d.")} AND e.type = ? ORDER BY d."from" """,
        (kind.name,),
    )
    return {(subject, name): value for subject, name, value in rows}


def fetch_history(store: Store, entity: int, name: str) -> list[tuple[str, Any]]:
    """Return the values of a dated field as (from, value), oldest first; "" is the beginning."""
    (type_name,) = store.db.execute("SELECT type FROM entity WHERE id = ?", (entity,)).fetchone()
    kind = store.registry[type_name]
    own = store.db.execute(
        f'SELECT "{kind[name].column}" FROM "{table_of(kind)}" WHERE id = ? AND {condition(store.known)}', (entity,)
    ).fetchone()
    rows = store.db.execute(
        f'SELECT "from", value FROM "dated_value" WHERE {condition(store.known)} AND subject = ? AND field = ? '
        'ORDER BY "from"',
        (entity, name),
    )
    return [("", own[0] if own else None), *rows.fetchall()]


def fetch_said(store: Store, entity: int, name: str, live: set[int]) -> list[tuple[int, int | None, Any]]:
    """Return what batches in force said of a dated field, as (batch, source, value)."""
    rows = store.db.execute(
        'SELECT since_batch, source_id, value FROM "dated_value" WHERE subject = ? AND field = ? AND given',
        (entity, name),
    )
    return [row for row in rows if row[0] in live]
