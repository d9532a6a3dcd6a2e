"""Proofs that a store is sound: the file, keys, versions, each record against its history, and references."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from salescli.core.records.model import RecordType
from salescli.errors import Problem, problem
from salescli.store.batches import in_force
from salescli.store.connection import Store
from salescli.store.entities import fetch_keys
from salescli.store.schema import table_of
from salescli.store.versions import Access, Version

FIRST = 20  # of each kind of fault in each type: the rest is counted by the report


@dataclass(frozen=True, slots=True)
class Checked:
    """One proof: what was looked at, how many, and what was found."""

    name: str
    examined: int
    found: int
    problems: tuple[Problem, ...]


def check_store(store: Store, step: Callable[[int, int], None] = lambda done, total: None) -> list[Checked]:
    """Run all proofs over what is known today."""
    kinds = store.registry.types
    checks = [check_file(store), _gather("keys", store, _check_keys), _gather("versions", store, _check_versions)]
    found: list[Problem] = []
    examined = 0
    for place, kind in enumerate(kinds):
        step(place, len(kinds))
        count, differing = _check_history(store, kind)
        examined += count
        found += differing
    checks.append(Checked("history", examined, len(found), tuple(found[:FIRST])))
    checks.append(_gather("references", store, _check_references))
    return checks


def _gather(name: str, store: Store, check: Callable[[Store, RecordType], Iterator[Problem]]) -> Checked:
    examined, found = 0, 0
    shown: list[Problem] = []
    for kind in store.registry.types:
        examined += int(store.db.execute(f'SELECT count(*) FROM "{table_of(kind)}"').fetchone()[0])
        of_kind = list(check(store, kind))
        found += len(of_kind)
        shown += of_kind[:FIRST]
    return Checked(name, examined, found, tuple(shown))


def check_file(store: Store) -> Checked:
    """Let SQLite prove its own file, and the foreign keys in it."""
    said = [row[0] for row in store.db.execute("PRAGMA integrity_check(20)")]
    found = [problem("integrity-failed", said=text) for text in said if text != "ok"]
    for table, row, parent, _ in store.db.execute("PRAGMA foreign_key_check").fetchall()[:FIRST]:
        found.append(problem("integrity-failed", said=f"{table}:{row} -> {parent}"))
    (pages,) = store.db.execute("PRAGMA page_count").fetchone()
    return Checked("file", pages, len(found), tuple(found))


def _check_keys(store: Store, kind: RecordType) -> Iterator[Problem]:
    """A record's entity is of its type, and a number means one record."""
    table = table_of(kind)
    rows = store.db.execute(
        f'SELECT DISTINCT e.id, e.key FROM "{table}" AS t JOIN entity AS e ON e.id = t.id WHERE e.type <> ?',
        (kind.name,),
    )
    for _, key in rows:
        yield problem("entity-of-other-type", type=kind.titles, record=key)
    if len(kind.key) == 1:
        column = kind[kind.key[0]].column
        rows = store.db.execute(
            f'SELECT "{column}", count(*) FROM "{table}" WHERE until_batch IS NULL AND "{column}" IS NOT NULL '
            f'GROUP BY "{column}" HAVING count(*) > 1'
        )
        for key, count in rows:
            yield problem("key-twice", type=kind.titles, key=key, count=count)


def _check_versions(store: Store, kind: RecordType) -> Iterator[Problem]:
    """Exactly one present version of a record, none overlapping, and no bit that is no field."""
    table = table_of(kind)
    two = store.db.execute(f'SELECT id FROM "{table}" WHERE until_batch IS NULL GROUP BY id HAVING count(*) > 1')
    wrong = {entity: "two-present-versions" for (entity,) in two}
    lapped = store.db.execute(
        f"""SELECT DISTINCT id FROM (
                SELECT id, since_batch, until_batch, ended,
                       lag(until_batch, 1, 0) OVER (PARTITION BY id ORDER BY since_batch) AS before
                FROM "{table}")
            WHERE coalesce(before, 1 << 62) > since_batch OR until_batch < since_batch
               OR (until_batch = since_batch AND NOT ended)"""
    )
    wrong.update((entity, "versions-overlap") for (entity,) in lapped if entity not in wrong)
    mask = sum(1 << bit for bit in store.bits(kind).values())
    strange = store.db.execute(f'SELECT DISTINCT id FROM "{table}" WHERE given & ~? <> 0', (mask,))
    wrong.update((entity, "unknown-cells-given") for (entity,) in strange if entity not in wrong)
    keys = fetch_keys(store, kind, wrong)
    for entity, name in wrong.items():
        yield Problem(name, values={"type": kind.titles, "record": keys.get(entity, entity)})


def _check_history(store: Store, kind: RecordType) -> tuple[int, list[Problem]]:
    """The state of every record is what its history under the batches in force adds up to."""
    access, live = Access(store, kind), in_force(store)
    rows = store.db.execute(
        f"SELECT id, until_batch, since_batch, given, ended, source_id, source_row, {access.names} FROM {access.table} "
        "ORDER BY id, since_batch DESC"
    )
    count, differing = 0, {}
    for entity, group in groupby(rows, key=lambda row: row[0]):
        count += 1
        wanted, present = _wanted_and_present(access, list(group), live)
        if wanted != present:
            differing[entity] = _different(kind, wanted, present)
    keys = fetch_keys(store, kind, differing)
    found = []
    for entity, fields in differing.items():
        values = {"type": kind.titles, "record": keys.get(entity, entity), "fields": fields}
        found.append(Problem("state-differs-from-history", values=values))
    return count, found


def _wanted_and_present(access: Access, rows: list[Any], live: set[int]) -> tuple[Any, Any]:
    said = [
        Version(row[2], row[3], bool(row[4]), row[5], row[6], access.image(row[7:])) for row in rows if row[3] or row[4]
    ]
    present = [access.image(row[7:]) for row in rows if row[1] is None]
    return access.fold(said, live), present[0] if present else None


def _different(kind: RecordType, wanted: dict[str, Any] | None, present: dict[str, Any] | None) -> tuple[Any, ...]:
    if wanted is None or present is None:
        return ("*",)
    return tuple(each.title for each in kind.stored if wanted[each.name] != present[each.name])


def _check_references(store: Store, kind: RecordType) -> Iterator[Problem]:
    """References to what was undone or removed dangle: they are listed, and are no fault of the store."""
    for each in kind.references:
        if not each.is_stored or each.custom:
            continue
        target = table_of(each.ref)
        rows = store.db.execute(
            f"""SELECT t.id, t."{each.column}" FROM "{table_of(kind)}" AS t
                WHERE t.until_batch IS NULL AND t."{each.column}" IS NOT NULL AND NOT EXISTS
                    (SELECT 1 FROM "{target}" AS o WHERE o.id = t."{each.column}" AND o.until_batch IS NULL)"""
        ).fetchall()
        keys = fetch_keys(store, kind, (row[0] for row in rows))
        targets = fetch_keys(store, store.registry[each.ref], (row[1] for row in rows))
        for entity, meant in rows:
            values = {"type": kind.titles, "record": keys.get(entity, entity), "field": each.title}
            yield Problem(
                "reference-dangles", values={**values, "target": targets.get(meant, meant)}, severity="warning"
            )
