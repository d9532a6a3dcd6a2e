"""Batches: every change of the store, in order, and which of them are in force.

A batch is in force unless a batch in force undoes it. Undos point backwards, so reading from the newest decides.
"""

from __future__ import annotations

import getpass
import json
from dataclasses import dataclass
from typing import Any

from salescli.core.records.staged import Source
from salescli.errors import UsageError, problem
from salescli.store.connection import Store
from salescli.store.schema import utc_now

CONTENT_KINDS = ("import", "edit")


@dataclass(frozen=True, slots=True)
class Batch:
    """One change: what kind, when (UTC), by whom, and the batch it undoes."""

    id: int
    kind: str
    at: str
    by: str
    title: str
    undoes: int | None
    summary: dict[str, Any]


def begin_batch(store: Store, kind: str, title: str, *, undoes: int | None = None, by: str = "") -> int:
    """Open a batch inside the running transaction and return its number."""
    cursor = store.db.execute(
        "INSERT INTO batch (kind, at, by, title, undoes) VALUES (?, ?, ?, ?, ?)",
        (kind, utc_now(), by or user_name(), title, undoes),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def summarise_batch(store: Store, batch: int, summary: dict[str, Any]) -> None:
    """Keep what a batch did, for the log; done once, inside its transaction."""
    store.db.execute("UPDATE batch SET summary = ? WHERE id = ?", (json.dumps(summary, ensure_ascii=False), batch))


def add_to_summary(store: Store, batch: int, name: str, value: Any) -> None:
    """Keep what became of a batch after it was written."""
    with store.transaction(f"noting {name} of batch {batch}"):
        summarise_batch(store, batch, {**fetch_batch(store, batch).summary, name: value})


def save_source(store: Store, batch: int, type_name: str, source: Source) -> int:
    """Record where rows of a batch come from."""
    cursor = store.db.execute(
        "INSERT INTO source (batch, type, file, sha256, sheet, feed, letters) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (batch, type_name, source.file, source.sha256, source.sheet, source.feed, json.dumps(dict(source.letters))),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def in_force(store: Store, upto: int | None = None) -> set[int]:
    """Return the batches in force, as known at `upto`."""
    limit = upto if upto is not None else 1 << 62
    undone: set[int | None] = set()
    live: set[int] = set()
    rows = store.db.execute("SELECT id, undoes FROM batch WHERE id <= ? ORDER BY id DESC", (limit,))
    for batch, undoes in rows:
        if batch not in undone:
            live.add(batch)
            undone.add(undoes)
    return live


def fetch_batches(store: Store) -> list[Batch]:
    """Return all batches, newest first."""
    rows = store.db.execute("SELECT id, kind, at, by, title, undoes, summary FROM batch ORDER BY id DESC")
    return [
        Batch(number, kind, at, by, title, undoes, json.loads(said))
        for number, kind, at, by, title, undoes, said in rows
    ]


def fetch_batch(store: Store, number: int) -> Batch:
    """Return one batch.

    Raises:
        UsageError: there is none of that number.
    """
    for batch in fetch_batches(store):
        if batch.id == number:
            return batch
    raise UsageError(problem("no-such-batch", batch=number))


def latest_batch(store: Store) -> int:
    """Return the newest batch number, 0 for an empty store."""
    return int(store.db.execute("SELECT coalesce(max(id), 0) FROM batch").fetchone()[0])


def parse_known(store: Store, text: str) -> int:
    """Read `--known`: a batch number, or a UTC or local moment, meaning the last batch up to it."""
    if text.isdigit():
        number = int(text)
        if number > latest_batch(store):
            raise UsageError(problem("no-such-batch", batch=number))
        return number
    try:
        from datetime import UTC, datetime

        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(problem("bad-known", text=text)) from None
    if len(text) == 10:
        moment = moment.replace(hour=23, minute=59, second=59)
    limit = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return int(store.db.execute("SELECT coalesce(max(id), 0) FROM batch WHERE at <= ?", (limit,)).fetchone()[0])


def user_name() -> str:
    """Return the name of whoever runs the program, for the log."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
