"""Where cells come from: the sources of batches, what a batch touched, and which batch gave each cell of a record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from salescli.core.records.model import RecordType
from salescli.core.records.staged import Source
from salescli.errors import Where
from salescli.store.batches import in_force
from salescli.store.connection import Store
from salescli.store.schema import table_of
from salescli.store.state import state_of
from salescli.store.versions import Access, Version

What = Literal["new", "changed", "ended", "gone", "restated"]


@dataclass(frozen=True, slots=True)
class SourceUse:
    """One sheet that a batch read, and how many records it wrote from it."""

    type: str
    source: Source
    rows: int


@dataclass(frozen=True, slots=True)
class Touched:
    """One record that a batch wrote, what became of it, the cells it gave, and the row it was read from."""

    entity: int
    what: What
    fields: tuple[str, ...]
    source: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Which batch gave a cell, and the place it was read from (empty where a person typed it)."""

    batch: int
    where: Where = field(default_factory=Where)


def fetch_sources(store: Store, ids: Iterable[int]) -> dict[int, Source]:
    """Return sources by id."""
    found = {}
    for one in sorted(set(ids)):
        row = store.db.execute("SELECT file, sha256, sheet, feed, letters FROM source WHERE id = ?", (one,)).fetchone()
        if row:
            found[one] = Source(row[0], row[1], row[2], row[3], json.loads(row[4]))
    return found


def fetch_batch_sources(store: Store, batch: int) -> list[SourceUse]:
    """Return the sheets that a batch read, in the order it read them; edits by hand have no file and are left out."""
    rows = store.db.execute(
        "SELECT id, type FROM source WHERE batch = ? AND file <> '' ORDER BY id", (batch,)
    ).fetchall()
    sources = fetch_sources(store, [one for one, _ in rows])
    found = []
    for one, type_name in rows:
        if type_name not in store.registry:
            continue
        table = table_of(type_name)
        (count,) = store.db.execute(
            f'SELECT count(DISTINCT id) FROM "{table}" WHERE since_batch = ? AND source_id = ?', (batch, one)
        ).fetchone()
        found.append(SourceUse(type_name, sources[one], count))
    return found


def fetch_last_batches(store: Store, kind: RecordType) -> dict[int, int]:
    """Return the newest batch that wrote to each record of a type, as known."""
    return dict(store.db.execute(f"SELECT id, since_batch FROM {state_of(store, kind)} ORDER BY id").fetchall())


def fetch_batches_of(store: Store, kind: RecordType, where: str = "1", values: tuple[str, ...] = ()) -> list[int]:
    """Return the batches that wrote, ended or restated records of a type, in order; `where` is SQL of ours."""
    table = table_of(kind)
    rows = store.db.execute(
        f"""SELECT since_batch FROM "{table}" WHERE {where}
            UNION SELECT until_batch FROM "{table}" WHERE until_batch IS NOT NULL AND {where}""",
        (*values, *values),
    )
    return sorted(batch for (batch,) in rows)


def fetch_touched(store: Store, kind: RecordType, batch: int) -> list[Touched]:
    """Return the records of a type that a batch wrote, in the order of its rows."""
    table, names = table_of(kind), {bit: name for name, bit in store.bits(kind).items()}
    rows = store.db.execute(
        f"""SELECT t.id, t.given, t.ended, t.source_id, t.source_row, EXISTS (
                   SELECT 1 FROM "{table}" AS o WHERE o.id = t.id AND o.until_batch = t.since_batch AND NOT o.ended)
            FROM "{table}" AS t WHERE t.since_batch = ? ORDER BY t.source_id, t.source_row, t.id""",
        (batch,),
    ).fetchall()
    written = {row[0] for row in rows}
    found = [_touched(row, names) for row in rows]
    closed = store.db.execute(f'SELECT id FROM "{table}" WHERE until_batch = ? AND NOT ended ORDER BY id', (batch,))
    found += [Touched(entity, "gone", (), None, None) for (entity,) in closed if entity not in written]
    return found


def _touched(row: Sequence[int], names: Mapping[int, str]) -> Touched:
    entity, given, ended, source, place, had = row
    what: What = "ended" if ended else "restated" if not given else "changed" if had else "new"
    fields = tuple(name for bit, name in sorted(names.items()) if given >> bit & 1)
    return Touched(entity, what, fields, source, place)


def fetch_lineage(store: Store, kind: RecordType, entity: int, column: str = "") -> dict[str, Origin]:
    """Return which batch gave each cell of a record, as known, and the cell it was read from.

    `column` names the field whose column of the sheet was read, where it is another (values by day).
    """
    access, live = Access(store, kind), in_force(store, store.known)
    said = [one for one in access.history(entity) if store.known is None or one.batch <= store.known]
    given = {name: version for name in access.bits if (version := _giver(access, said, live, name))}
    sources = fetch_sources(store, [one.source for one in given.values() if one.source is not None])
    return {
        name: origin_of(version.batch, version.source, version.row, column or name, sources)
        for name, version in given.items()
    }


def _giver(access: Access, said: Sequence[Version], live: set[int], name: str) -> Version | None:
    """The newest version in force that gave a cell; of a required one nobody in force gave, the first that had it."""
    bit = access.bits[name]
    for version in said:
        if version.batch not in live:
            continue
        if version.ended:
            break
        if version.given >> bit & 1:
            return version
    if name in access.kind and access.kind[name].required:
        return next((one for one in reversed(said) if not one.ended and one.given >> bit & 1), None)
    return None


def origin_of(batch: int, source: int | None, row: int | None, name: str, sources: Mapping[int, Source]) -> Origin:
    """Return the origin of one cell."""
    read = sources.get(source) if source is not None else None
    if read is None or not read.file:
        return Origin(batch)
    return Origin(batch, Where(file=read.file, sheet=read.sheet, cell=read.cell(row or 0, name)))


def fetch_dated_words(store: Store, entity: int) -> list[tuple[int, str, str]]:
    """Return what batches said of a record's values by day: (batch, field, from), newest first."""
    rows = store.db.execute(
        """SELECT since_batch, field, "from" FROM "dated_value" WHERE subject = ? AND given
           ORDER BY since_batch DESC, field""",
        (entity,),
    ).fetchall()
    return [row for row in rows if store.known is None or row[0] <= store.known]


def fetch_later_words(
    store: Store, kind: RecordType, ids: Iterable[int], after: int
) -> dict[int, list[tuple[int, tuple[str, ...]]]]:
    """Return, of records that batches in force after `after` wrote to, those batches and the cells they gave."""
    access, live = Access(store, kind), in_force(store)
    names = sorted(access.bits.items(), key=lambda pair: pair[1])
    found = {}
    for entity in ids:
        later = [
            (one.batch, tuple(name for name, bit in names if one.given >> bit & 1))
            for one in access.history(entity)
            if one.batch > after and one.batch in live
        ]
        if later:
            found[entity] = later
    return found


def fetch_data_through(store: Store, kind: RecordType, name: str = "", upto: str = "") -> tuple[str, str] | None:
    """Return the first and last day of a type's records, by its crediting date or the field named; None without any.

    With `upto`, days after it do not count: what falls due next year is no sign that data reaches that far.
    """
    column = name or kind.date
    if not column or column not in kind:
        return None
    sql = f'"{kind[column].column}"'
    where = f" WHERE {sql} <= ?" if upto else ""
    select = f"SELECT min({sql}), max({sql}) FROM {state_of(store, kind)}{where}"
    first, last = store.db.execute(select, [f"{upto} 99"] if upto else []).fetchone()
    return None if first is None else (first[:10], last[:10])
