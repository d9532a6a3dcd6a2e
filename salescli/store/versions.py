"""Row versions: what a record is at any state of knowledge, and how a batch changes or undoes it.

The state of a record is a pure function of the batches in force. Each cell comes from the newest version in force
that gave it; a required cell that nobody in force gave is held over from the first version that had it. The only
UPDATE ever made sets `until_batch`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salescli.core.records.model import Field, RecordType
from salescli.store.batches import begin_batch, in_force
from salescli.store.connection import Store
from salescli.store.schema import columns_of, table_of

Image = dict[str, Any]
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one record: the whole record after its batch, and the bits of the cells this batch gave."""

    batch: int
    given: int
    ended: bool
    source: int | None
    row: int | None
    image: Image


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What an undo did: records per type that went, came back or changed, and those where a later batch decides."""

    batch: int
    target: int
    gone: dict[str, int]
    restated: dict[str, int]
    kept: dict[str, list[int]]


class Access:
    """Reading and writing the version table of one type."""

    def __init__(self, store: Store, kind: RecordType) -> None:
        self.store = store
        self.kind = kind
        self.table = f'"{table_of(kind)}"'
        self.columns = columns_of(kind)
        self.fields = tuple(field.name for field in self.columns)
        self.custom = tuple(field for field in kind.stored if field.custom)
        self.defaulted = tuple(field for field in kind.stored if field.default is not None)
        self.names = ", ".join(f'"{field.column}"' for field in self.columns) + ", extra"
        self.bits = store.bits(kind)
        self.base_currency = store.meta("base_currency")
        marks = ", ".join("?" * (len(self.columns) + 7))
        self.insert = (
            f"INSERT INTO {self.table} (id, since_batch, given, ended, source_id, source_row, {self.names}) "
            f"VALUES ({marks})"
        )

    def image(self, values: Sequence[Any]) -> Image:
        """Turn selected columns (extra last) into an image by field name."""
        found = dict(zip(self.fields, values, strict=False))
        if self.custom:
            extra = json.loads(values[-1]) if values[-1] else {}
            found.update((field.name, extra.get(field.name)) for field in self.custom)
        return found

    def values(self, image: Mapping[str, Any]) -> tuple[Any, ...]:
        """Turn an image into column values, `extra` last."""
        extra = {}
        if self.custom:
            extra = {field.name: image[field.name] for field in self.custom if image.get(field.name) is not None}
        return (
            *map(image.get, self.fields),
            json.dumps(extra, ensure_ascii=False) if extra else None,
        )

    def complete(self, image: Image) -> Image:
        """Fill defaults and derived cells: they follow from the given ones and are never given themselves."""
        for field in self.defaulted:
            if image.get(field.name) is None:
                image[field.name] = self.base_currency if field.default == "base-currency" else field.default
        for field in self.kind.derived:
            assert field.derive is not None
            image[field.name] = field.derive(image)
        return image

    def given_bits(self, names: Iterable[str]) -> int:
        """Return the mask of the cells named."""
        return sum(1 << self.bits[name] for name in names)

    def current(self, ids: Sequence[int]) -> dict[int, Image]:
        """Return the present images of records by entity, for those that exist."""
        found: dict[int, Image] = {}
        for chunk in _chunks(ids):
            marks = ",".join("?" * len(chunk))
            rows = self.store.db.execute(
                f"SELECT id, {self.names} FROM {self.table} WHERE id IN ({marks}) AND until_batch IS NULL", chunk
            )
            found.update((row[0], self.image(row[1:])) for row in rows)
        return found

    def history(self, entity: int) -> list[Version]:
        """Return every version of a record that a batch said, newest first."""
        rows = self.store.db.execute(
            f"SELECT since_batch, given, ended, source_id, source_row, {self.names} FROM {self.table} "
            "WHERE id = ? AND (given OR ended) ORDER BY since_batch DESC",
            (entity,),
        )
        return [Version(row[0], row[1], bool(row[2]), row[3], row[4], self.image(row[5:])) for row in rows]

    def fold(self, said: Sequence[Version], live: set[int]) -> Image | None:
        """Return what versions (newest first) add up to under the batches in force, or None where the record is not."""
        standing = [version for version in said if version.batch in live]
        if not standing or standing[0].ended:
            return None
        since_end = standing[: next((n for n, version in enumerate(standing) if version.ended), None)]
        held_over = [version for version in reversed(said) if not version.ended]
        image: Image = {}
        for field in self.kind.stored:
            if field.is_given:
                image[field.name] = self._cell(field, since_end, held_over)
        return self.complete(image)

    def _cell(self, field: Field, since_end: Sequence[Version], held_over: Sequence[Version]) -> Any:
        bit = self.bits[field.name]
        sources = [*since_end, *held_over] if field.required else since_end
        return next((version.image[field.name] for version in sources if version.given >> bit & 1), None)

    def put(
        self,
        batch: int,
        entity: int,
        given: int | None,
        image: Image | None,
        source: int | None = None,
        row: int | None = None,
    ) -> None:
        """Supersede a record's state: by an image, or by nothing (`image` None). `given` None: the batch ends it."""
        self.supersede(batch, [entity])
        given = self._take_back(batch, entity, given)
        if image is not None or given is None:
            ended = image is None
            self.store.db.execute(
                self.insert, (entity, batch, given or 0, int(ended), source, row, *self.values(image or {}))
            )
            if ended:
                self.store.db.execute(
                    f"UPDATE {self.table} SET until_batch = since_batch WHERE id = ? AND since_batch = ?",
                    (entity, batch),
                )

    def put_all(self, batch: int, cells: Mapping[int, Image], source: int | None = None) -> None:
        """Put records that give these cells and nothing else; those this batch has not touched go in one statement."""
        said = self.store.db.execute(f"SELECT id FROM {self.table} WHERE since_batch = ?", (batch,))
        touched = {entity for (entity,) in said}
        self.supersede(batch, cells.keys() - touched)
        rows: list[tuple[Any, ...]] = []
        for entity, given in cells.items():
            bits, image = self.given_bits(given), self.complete({**given})
            if entity in touched:
                self.put(batch, entity, bits, image, source)
            else:
                rows.append((entity, batch, bits, 0, source, None, *self.values(image)))
        self.store.db.executemany(self.insert, rows)

    def _take_back(self, batch: int, entity: int, given: int | None) -> int | None:
        """A batch has one version of a record: what it said before in this transaction is part of what it says now."""
        key = (entity, batch)
        earlier = self.store.db.execute(
            f"SELECT given FROM {self.table} WHERE id = ? AND since_batch = ?", key
        ).fetchone()
        if earlier is None:
            return given
        self.store.db.execute(f"DELETE FROM {self.table} WHERE id = ? AND since_batch = ?", key)
        return given if given is None else given | int(earlier[0])

    def supersede(self, batch: int, ids: Iterable[int]) -> None:
        """Close the present versions of records."""
        self.store.db.executemany(
            f"UPDATE {self.table} SET until_batch = ? WHERE id = ? AND until_batch IS NULL",
            ((batch, one) for one in ids),
        )


def write_cells(
    store: Store, batch: int, kind: RecordType, changes: Mapping[int, Image | None], source: int | None = None
) -> None:
    """Write {entity: {field: value} | None (end it)} in a batch. Cells not given keep what is in force."""
    access = Access(store, kind)
    have = access.current(list(changes))
    for entity, cells in changes.items():
        if cells is None:
            access.put(batch, entity, None, None, source)
        else:
            image = access.complete({**have.get(entity, {}), **cells})
            access.put(batch, entity, access.given_bits(cells), image, source)
    store.forget()


def undo_batch(store: Store, target: int, title: str = "") -> UndoResult:
    """Take a batch out of force in a new batch, restating only the records that it touched.

    Undoing an undo brings its target back. Records on which a later batch has the last word stay, and are listed.
    """
    batch = begin_batch(store, "undo", title, undoes=target)
    while (inner := store.db.execute("SELECT undoes FROM batch WHERE id = ?", (target,)).fetchone()[0]) is not None:
        target = inner
    live = in_force(store)
    result = UndoResult(batch, target, {}, {}, {})
    for kind in store.registry.types:
        _undo_type(Access(store, kind), batch, target, live, result)
    store.forget()
    return result


def _undo_type(access: Access, batch: int, target: int, live: set[int], result: UndoResult) -> None:
    db, name = access.store.db, access.kind.name
    gone = _undo_simple(access, batch, target, live)
    touched = [
        entity
        for (entity,) in db.execute(
            f"SELECT id FROM {access.table} WHERE since_batch = ? AND (given OR ended) AND id NOT IN "
            "(SELECT id FROM temp.undo_simple)",
            (target,),
        )
    ]
    restated = 0
    have_all = access.current(touched)
    for entity in touched:
        said = access.history(entity)
        have, want = have_all.get(entity), access.fold(said, live)
        if want != have:
            access.put(batch, entity, 0, want)
            gone, restated = gone + (want is None), restated + (want is not None)
        if want and have and any(one.batch > target and one.batch in live for one in said):
            result.kept.setdefault(name, []).append(entity)
    if gone:
        result.gone[name] = gone
    if restated:
        result.restated[name] = restated


def _undo_simple(access: Access, batch: int, target: int, live: set[int]) -> int:
    """Records that only the target ever touched go in one statement: undoing a first import is as fast as making it."""
    db = access.store.db
    db.execute("CREATE TEMP TABLE IF NOT EXISTS undo_simple (id INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM temp.undo_simple")
    if target in live:
        return 0
    db.execute(
        f"""INSERT INTO temp.undo_simple
            SELECT id FROM {access.table} AS t WHERE since_batch = ? AND until_batch IS NULL AND NOT ended
               AND NOT EXISTS (
                   SELECT 1 FROM {access.table} AS o WHERE o.id = t.id AND o.since_batch <> t.since_batch)""",
        (target,),
    )
    cursor = db.execute(
        f"UPDATE {access.table} SET until_batch = ? WHERE until_batch IS NULL "
        "AND id IN (SELECT id FROM temp.undo_simple)",
        (batch,),
    )
    return cursor.rowcount


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
