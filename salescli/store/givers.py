"""Where the value of a record was read: the row of the file that gave it, and the batch that has edited it since.

The version in force says by itself where it was read, unless an undo has restated it, a person has edited it, or a
later file has changed another cell. Then the value comes from an earlier version in force: the one that gave its cell.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple, TypeVar, cast

from salescli.core.records import kinds
from salescli.core.records.model import RecordType
from salescli.store.batches import in_force
from salescli.store.connection import Store
from salescli.store.schema import table_of
from salescli.store.state import LAST, condition

CHUNK = 5_000
ANY = -1  # the mask of a value that no single cell gives


@dataclass(frozen=True, slots=True)
class Given:
    """The row that a record's value was read from, if any, and the batch that has set it by hand since, if one has."""

    source: int | None
    row: int | None
    edited: int | None = None


class Stated(NamedTuple):
    """What a version says of itself: its batch, the cells that it gave, and where it was read."""

    id: int
    batch: int
    given: int
    ended: int
    source: int | None
    row: int | None


def value_mask(store: Store, kind: RecordType, path: str | None) -> int:
    """Return the bits of the cells that give a value: its own; of a computed one the amount that it follows from."""
    bits = store.bits(kind)
    if path is None or path not in kind:
        return ANY
    if path in bits and kind[path].is_given:
        return 1 << bits[path]
    if "amount" in bits:
        return 1 << bits["amount"]
    return sum(1 << bits[one.name] for one in kind.given if one.kind is kinds.MONEY and one.name in bits) or ANY


Row = TypeVar("Row", bound=NamedTuple)


class Givers:
    """Finds who gave the values of one type's records, as the store knows it; `mask` is of the cells that count."""

    def __init__(self, store: Store, kind: RecordType, mask: int = ANY) -> None:
        self.store, self.kind, self.mask = store, kind, mask
        self._files = {source for (source,) in store.db.execute("SELECT id FROM source WHERE file <> ''")}

    def speaks(self, source: int | None, given: int) -> bool:
        """Tell whether a version was read from a file that gave the value itself."""
        return source in self._files and bool(given & self.mask)

    def find(self, ids: Collection[int]) -> dict[int, Given]:
        """Return where the values of records come from, of those whose version in force does not say it by itself."""
        if not ids:
            return {}
        live = in_force(self.store, self.store.known)
        found = {}
        for entity, rows in groupby(self._versions(sorted(set(ids))), key=lambda one: one.id):
            given = self._of(list(rows), live)
            if given is not None:
                found[entity] = given
        return found

    def _versions(self, ids: list[int]) -> Iterator[Stated]:
        upto = LAST if self.store.known is None else self.store.known
        for start in range(0, len(ids), CHUNK):
            yield from map(
                Stated._make,
                self.store.db.execute(
                    f"""SELECT id, since_batch, given, ended, source_id, source_row FROM "{table_of(self.kind)}"
                        WHERE id IN (SELECT value FROM json_each(?)) AND (given OR ended) AND since_batch <= ?
                        ORDER BY id, since_batch DESC""",
                    (json.dumps(ids[start : start + CHUNK]), upto),
                ).fetchall(),
            )

    def _of(self, said: list[Stated], live: set[int]) -> Given | None:
        """Versions newest first: the first in force that gave the value; where none did, who first had it."""
        standing = [one for one in said if one.batch in live]
        standing = standing[: next((at for at, one in enumerate(standing) if one.ended), None)]
        held_over = [one for one in reversed(said) if not one.ended]
        gave = [one for one in standing if one.given & self.mask] or [one for one in held_over if one.given & self.mask]
        gave = gave or standing or held_over
        if not gave:
            return None
        if gave[0].source in self._files:
            return Given(gave[0].source, gave[0].row)
        read = next((one for one in (*gave[1:], *standing) if one.source in self._files), None)
        return Given(read.source if read else None, read.row if read else None, gave[0].batch)


def with_givers(store: Store, kind: RecordType, rows: Sequence[Row]) -> list[Row]:
    """Return rows with where they were read, those too whose version in force does not say it.

    A row begins with its record, and has a `source` and a `row`.
    """
    givers, read = Givers(store, kind), cast("Sequence[Any]", rows)
    found = givers.find({row[0] for row in read if not givers.speaks(row.source, ANY)})
    if not found:
        return list(rows)
    return [row._replace(source=one.source, row=one.row) if (one := found.get(row[0])) else row for row in read]


def fetch_given(store: Store, kind: RecordType, ids: Iterable[int] | None = None, path: str = "") -> dict[int, Given]:
    """Return where each record of a type, or some of them, was read, as known; `path` names the value that counts."""
    givers = Givers(store, kind, value_mask(store, kind, path or None))
    where, values = "", []
    if ids is not None:
        where, values = " AND id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(set(ids)))]
    rows = store.db.execute(
        f'SELECT id, given, source_id, source_row FROM "{table_of(kind)}" WHERE {condition(store.known)}{where}', values
    ).fetchall()
    found = {entity: Given(source, row) for entity, given, source, row in rows if givers.speaks(source, given)}
    return found | givers.find([entity for entity, *_ in rows if entity not in found])
