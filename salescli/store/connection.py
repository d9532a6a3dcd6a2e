"""Opening a store: pragmas, refusal of foreign or newer files, transactions, and who holds the lock."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from salescli.core.records.model import RecordType
from salescli.core.records.registry import Registry, built_in
from salescli.errors import Problem, Refused, problem
from salescli.store import schema

BUSY_SECONDS = 5.0
IN_MEMORY = ":memory:"  # a store that lives as long as its connection


@dataclass
class Store:
    """An open store. `known` is the batch whose state is read: None means today's knowledge."""

    db: sqlite3.Connection
    path: Path
    registry: Registry
    is_readonly: bool = False
    known: int | None = None
    _bits: dict[str, dict[str, int]] = field(default_factory=dict)
    _prepared: set[str] = field(default_factory=set)
    _derived: dict[object, object] = field(default_factory=dict)  # values read from what is prepared
    _scanned: dict[object, object] = field(default_factory=dict)  # sums by the batch that they know

    def bits(self, kind: RecordType) -> dict[str, int]:
        """Return the bit of each given field of a type."""
        if kind.name not in self._bits:
            rows = self.db.execute("SELECT field, bit FROM field_bit WHERE type = ?", (kind.name,))
            self._bits[kind.name] = dict(rows.fetchall())
        return self._bits[kind.name]

    def meta(self, key: str, default: str = "") -> str:
        """Return a setting that the store keeps about itself."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting about the store itself."""
        self.db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
        )

    @contextlib.contextmanager
    def transaction(self, purpose: str = "") -> Iterator[None]:
        """Hold the write lock for one change; on any error, Ctrl-C included, nothing of it remains.

        Raises:
            Refused: the store is read-only, or another process holds it.
        """
        if self.is_readonly:
            raise Refused(problem("store-readonly", path=str(self.path)))
        if self.db.in_transaction:
            with self._savepoint():
                yield
            return
        self._begin()
        holder = Path(f"{self.path}.holder") if str(self.path) != IN_MEMORY else Path(os.devnull)
        with contextlib.suppress(OSError):
            holder.write_text(json.dumps({"process": os.getpid(), "doing": purpose}), encoding="utf-8")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            self.forget()
            raise
        finally:
            if str(self.path) != IN_MEMORY:
                with contextlib.suppress(OSError):
                    holder.unlink(missing_ok=True)

    def _begin(self) -> None:
        try:
            self.db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise Refused(problem("store-locked", path=str(self.path), holder=self._holder())) from error
            if "readonly" in str(error) or "read-only" in str(error):
                raise Refused(problem("store-readonly", path=str(self.path))) from error
            raise

    @contextlib.contextmanager
    def _savepoint(self) -> Iterator[None]:
        self.db.execute("SAVEPOINT nested")
        try:
            yield
            self.db.execute("RELEASE nested")
        except BaseException:
            self.db.execute("ROLLBACK TO nested")
            self.db.execute("RELEASE nested")
            self.forget()
            raise

    def _holder(self) -> str:
        try:
            said = json.loads(Path(f"{self.path}.holder").read_text(encoding="utf-8"))
            return f"{said['doing']} ({said['process']})"
        except (OSError, ValueError, KeyError):
            return ""

    def forget(self) -> None:
        """Drop what was derived from the state: temp tables are rebuilt when next asked for."""
        self._forget_frames()
        self._scanned.clear()

    def _forget_frames(self) -> None:
        self._prepared.clear()
        self._derived.clear()

    def at(self, known: int | None) -> Store:
        """Return the same store read at an earlier state of knowledge. Only one of the two may be used at a time."""
        self.known = known
        self._forget_frames()
        return self

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(
    path: Path,
    registry: Registry | None = None,
    *,
    create: bool = False,
    readonly: bool = False,
    base_currency: str = "",
) -> Store:
    """Open a store, creating or migrating it where asked.

    Raises:
        Refused: no store there, not a salescli store, a newer one, or one that cannot be written.
    """
    registry = registry or built_in()
    is_new = not path.exists()
    if is_new and not create:
        raise Refused(problem("no-store", path=str(path)))
    if not readonly and not is_new and not os.access(path, os.W_OK):
        readonly = True
    db = _connect(path, readonly)
    try:
        _check_identity(db, path, is_new)
        store = Store(db, path, registry, is_readonly=readonly)
        if not readonly:
            _prepare(store, is_new, base_currency)
        return store
    except sqlite3.DatabaseError as error:
        db.close()
        raise Refused(_named(error, path)) from error
    except BaseException:
        db.close()
        raise


def _connect(path: Path, readonly: bool) -> sqlite3.Connection:
    in_memory = str(path) == IN_MEMORY
    address = IN_MEMORY if in_memory else f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"
    try:
        db = sqlite3.connect(address, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA cache_size = -65536")
    except sqlite3.DatabaseError as error:
        raise Refused(_named(error, path)) from error
    return db


def _check_identity(db: sqlite3.Connection, path: Path, is_new: bool) -> None:
    (identity,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not is_new and identity != schema.APPLICATION_ID and tables:
        raise Refused(problem("not-a-store", path=str(path)))
    newer = [name for name in schema.applied(db) if name not in {name for name, _ in schema.MIGRATIONS}]
    if newer:
        raise Refused(problem("store-newer", path=str(path), migration=newer[-1]))


def _prepare(store: Store, is_new: bool, base_currency: str) -> None:
    db = store.db
    if is_new:
        with contextlib.suppress(OSError):
            store.path.chmod(0o600)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    db.execute("PRAGMA synchronous = NORMAL")
    waiting = len(schema.MIGRATIONS) - len(schema.applied(db))
    if waiting and not is_new:
        backup(store, store.path.with_name(f"{store.path.name}.before-{schema.MIGRATIONS[-1][0]}"))
    if waiting:
        schema.migrate(db)
    stamp = "|".join(schema.declaration_text(kind) for kind in store.registry.types)
    if is_new or store.meta("declarations") != stamp:
        with store.transaction("declaring record types"):
            schema.ensure_types(db, store.registry)
            store.set_meta("declarations", stamp)
            if is_new:
                store.set_meta("base_currency", base_currency or "CNY")


def backup(store: Store, target: Path) -> None:
    """Copy a store, consistent even while others write to it."""
    try:
        copy = sqlite3.connect(target)
        with contextlib.closing(copy):
            store.db.backup(copy)
    except sqlite3.DatabaseError as error:
        raise Refused(problem("cannot-write", path=str(target), reason=str(error))) from error


def _named(error: sqlite3.DatabaseError, path: Path) -> Problem:
    said = str(error)
    if "locked" in said or "busy" in said:
        return problem("store-locked", path=str(path), holder="")
    if "not a database" in said or "malformed" in said:
        return problem("not-a-store", path=str(path))
    if "unable to open" in said or "readonly" in said:
        return problem("store-readonly", path=str(path))
    return problem("store-failed", path=str(path), reason=said)
