"""Reading the state: views of what was known, whole dumps, and records by key."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from salescli.core.records.model import RecordType
from salescli.store.connection import Store
from salescli.store.schema import table_of
from salescli.store.versions import Access, Image

LAST = 1 << 62
_CHUNK = 500  # ids in one statement


def condition(known: int | None, prefix: str = "") -> str:
    """Return the SQL that picks the versions known at a batch; a number of ours, never user text."""
    if known is None:
        return f"{prefix}until_batch IS NULL"
    return (
        f"{prefix}since_batch <= {int(known)} AND ({prefix}until_batch IS NULL OR {prefix}until_batch > {int(known)})"
    )


def state_of(store: Store, kind: RecordType | str) -> str:
    """Return a subquery of a type's rows as the store's `known` has them."""
    return f'(SELECT * FROM "{table_of(kind)}" WHERE {condition(store.known)})'


def fetch_images(store: Store, kind: RecordType, where: str = "", values: tuple[Any, ...] = ()) -> dict[int, Image]:
    """Return the records of a type by entity; `where` is SQL over its columns (ours), with bound values."""
    access = Access(store, kind)
    clause = f" AND ({where})" if where else ""
    rows = store.db.execute(
        f"SELECT id, {access.names} FROM {access.table} WHERE {condition(store.known)}{clause} ORDER BY id", values
    )
    return {row[0]: access.image(row[1:]) for row in rows}


def fetch_ids(store: Store, kind: RecordType, where: str, values: tuple[Any, ...] = ()) -> list[int]:
    """Return which records of a type fit a condition, which is SQL over its columns (ours), with bound values."""
    rows = store.db.execute(f"SELECT id FROM {state_of(store, kind)} WHERE {where} ORDER BY id", values)
    return [entity for (entity,) in rows]


def fetch_images_of(store: Store, kind: RecordType, ids: Iterable[int]) -> dict[int, Image]:
    """Return those of some records that there are, as known."""
    wanted = sorted(set(ids))
    found: dict[int, Image] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = tuple(wanted[start : start + _CHUNK])
        found |= fetch_images(store, kind, f"id IN ({','.join('?' * len(chunk))})", chunk)
    return found


def fetch_by_key(store: Store, kind: RecordType, keys: Iterable[str]) -> dict[str, Image]:
    """Return the records of natural keys, of those that there are, as known."""
    rows = store.db.execute(
        "SELECT id, key FROM entity WHERE type = ? AND key IN (SELECT value FROM json_each(?))",
        (kind.name, json.dumps(sorted(set(keys)))),
    )
    called = dict(rows.fetchall())
    return {called[entity]: image for entity, image in fetch_images_of(store, kind, called).items()}


def count_records(store: Store, kind: RecordType) -> int:
    """Return how many records of a type there are."""
    return int(store.db.execute(f"SELECT count(*) FROM {state_of(store, kind)}").fetchone()[0])


def dump_state(store: Store, known: int | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the whole state, canonical: equal dumps mean equal states."""
    before, store.known = store.known, known
    try:
        dump = {}
        for kind in store.registry.types:
            rows = fetch_images(store, kind)
            dump[kind.name] = [{"id": entity, **image} for entity, image in sorted(rows.items())]
        return dump
    finally:
        store.known = before
