"""The tables: a fixed part with numbered migrations, and one table per record type made from its declaration.

A record table holds row versions. `id` is the entity; a version is in the state between `since_batch` and
`until_batch`; `given` has a bit for each cell that the batch itself supplied (0: restated by an undo); `ended` marks
the version that ends a record and was never in the state (since = until). `source_id` and `source_row` say where it was
read.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import UTC, datetime

from salescli.core.records.model import Field, RecordType
from salescli.core.records.registry import Registry
from salescli.errors import Refused, problem

APPLICATION_ID = 0x5341_4C45  # "SALE"

# Numbered, named and frozen: a migration that has been released never changes. Each is committed with its own record.
MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "0001-batches-records-runs",
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE declaration (
            type TEXT PRIMARY KEY, sha256 TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;
        -- A field keeps its bit for ever, so that `given` of old versions stays readable.
        CREATE TABLE field_bit (
            type TEXT NOT NULL, field TEXT NOT NULL, bit INTEGER NOT NULL, PRIMARY KEY (type, field)
        ) STRICT;
        CREATE TABLE batch (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, title TEXT NOT NULL,
            undoes INTEGER REFERENCES batch, summary TEXT NOT NULL DEFAULT '{}'
        ) STRICT;
        CREATE TABLE source (
            id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batch, type TEXT NOT NULL, file TEXT NOT NULL,
            sha256 TEXT NOT NULL, sheet TEXT NOT NULL, feed TEXT NOT NULL, letters TEXT NOT NULL
        ) STRICT;
        CREATE INDEX source_batch ON source (batch);
        -- A natural key means one entity, once and for ever.
        CREATE TABLE entity (id INTEGER PRIMARY KEY, type TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (type, key)) STRICT;
        CREATE TABLE document (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL) STRICT;
        CREATE TABLE run (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, period TEXT NOT NULL, at TEXT NOT NULL,
            by TEXT NOT NULL, known INTEGER NOT NULL, manifest TEXT NOT NULL, sha256 TEXT NOT NULL
        ) STRICT;
        CREATE INDEX run_period ON run (kind, period);
        CREATE TABLE run_result (
            run INTEGER NOT NULL REFERENCES run, item TEXT NOT NULL, result TEXT NOT NULL, PRIMARY KEY (run, item)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE run_event (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, event TEXT NOT NULL, at TEXT NOT NULL,
            by TEXT NOT NULL, reason TEXT NOT NULL
        ) STRICT;
        CREATE INDEX run_event_run ON run_event (run);
        """,
    ),
)


def migrate(db: sqlite3.Connection) -> list[str]:
    """Bring a store up to date; return the names of the migrations applied. The caller has taken a backup."""
    known = {name for name, _ in MIGRATIONS}
    done = applied(db)
    if newer := [name for name in done if name not in known]:
        raise Refused(problem("store-newer", migration=newer[-1]))
    now = []
    for name, script in MIGRATIONS:
        if name in done:
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            for statement in _statements(script):
                db.execute(statement)
            db.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT")
            db.execute("INSERT INTO migration VALUES (?, ?)", (name, utc_now()))
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        now.append(name)
    return now


def applied(db: sqlite3.Connection) -> list[str]:
    """Return the names of the migrations that a store has."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone():
        return []
    return [name for (name,) in db.execute("SELECT name FROM migration ORDER BY name")]


def ensure_types(db: sqlite3.Connection, registry: Registry) -> None:
    """Create the tables of declarations that the store does not have yet; refuse a declaration that was changed."""
    have = dict(db.execute("SELECT type, sha256 FROM declaration").fetchall())
    for kind in registry.types:
        text = declaration_text(kind)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if kind.name not in have:
            _create(db, kind, text, digest)
        elif have[kind.name] != digest:
            _widen(db, kind, text, digest)


def _create(db: sqlite3.Connection, kind: RecordType, text: str, digest: str) -> None:
    columns = "".join(
        f',\n    "{field.column}" {field.kind.sql if not field.ref else "INTEGER"}' for field in columns_of(kind)
    )
    db.execute(
        f"""CREATE TABLE "{table_of(kind)}" (
            id INTEGER NOT NULL REFERENCES entity, since_batch INTEGER NOT NULL REFERENCES batch,
            until_batch INTEGER REFERENCES batch, given INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0,
            source_id INTEGER REFERENCES source, source_row INTEGER{columns}, extra TEXT,
            PRIMARY KEY (id, since_batch)) STRICT, WITHOUT ROWID"""
    )
    db.execute(f'CREATE INDEX "{table_of(kind)}_since" ON "{table_of(kind)}" (since_batch)')
    _index_person(db, kind)
    _give_bits(db, kind)
    db.execute("INSERT INTO declaration VALUES (?, ?, ?, ?)", (kind.name, digest, text, utc_now()))


def _index_person(db: sqlite3.Connection, kind: RecordType) -> None:
    """Index what happens on a day by whose it is: one person's credits are a thousandth of everybody's."""
    own = {field.name: field.column for field in columns_of(kind) if field.ref == "person"}
    whose = kind.paths.get("person", ("",))[0]
    if kind.date and whose in own:
        db.execute(f'CREATE INDEX IF NOT EXISTS "{table_of(kind)}_person" ON "{table_of(kind)}" ("{own[whose]}")')


def _widen(db: sqlite3.Connection, kind: RecordType, text: str, digest: str) -> None:
    """Accept new columns at the end; anything else about a declaration needs a migration."""
    have = {row[1]: row[2] for row in db.execute(f'PRAGMA table_info("{table_of(kind)}")')}
    for field in columns_of(kind):
        sql_type = "INTEGER" if field.ref else field.kind.sql
        if field.column not in have:
            db.execute(f'ALTER TABLE "{table_of(kind)}" ADD COLUMN "{field.column}" {sql_type}')
        elif have[field.column] != sql_type:
            raise Refused(problem("declaration-changed", type=kind.name, field=field.name))
    _index_person(db, kind)
    _give_bits(db, kind)
    db.execute(
        "UPDATE declaration SET sha256 = ?, text = ?, at = ? WHERE type = ?", (digest, text, utc_now(), kind.name)
    )


def _give_bits(db: sqlite3.Connection, kind: RecordType) -> None:
    have = dict(db.execute("SELECT field, bit FROM field_bit WHERE type = ?", (kind.name,)).fetchall())
    free = 1 + max(have.values(), default=-1)
    for field in kind.stored:
        if field.is_given and field.name not in have:
            db.execute("INSERT INTO field_bit VALUES (?, ?, ?)", (kind.name, field.name, free))
            free += 1


def declaration_text(kind: RecordType) -> str:
    """Return what of a declaration the stored data depends on, as canonical JSON."""
    fields = [
        [field.name, field.kind.name, field.ref, field.dated, field.is_given, field.custom] for field in kind.stored
    ]
    return json.dumps({"type": kind.name, "key": kind.key, "fields": fields}, ensure_ascii=False)


def columns_of(kind: RecordType) -> tuple[Field, ...]:
    """Return the fields that are real columns, in order; custom ones live in `extra`."""
    return tuple(field for field in kind.stored if not field.custom)


def table_of(kind: RecordType | str) -> str:
    """Return the table of a record type."""
    return (kind if isinstance(kind, str) else kind.name).replace("-", "_")


def utc_now() -> str:
    """Return the present moment as the log writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _statements(script: str) -> list[str]:
    """Split a script: `executescript` would commit the open transaction."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements
