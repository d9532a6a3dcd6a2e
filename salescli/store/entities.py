"""Who is who: natural keys, other names, and what a reference in a file means.

A key maps to an entity once and for ever. A reference may be the key, an alias, the present number, or the present
name while it fits one record only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

from salescli.core.records.model import RecordType
from salescli.core.records.staged import FORM
from salescli.store.connection import Store
from salescli.store.many_rows import insert_rows
from salescli.store.schema import table_of
from salescli.store.state import condition

if TYPE_CHECKING:
    from salescli.core.matching.likeness import Likeness
    from salescli.core.matching.nearest import NameIndex

NEAR_ENOUGH = 60  # of a word somebody typed, for a mere hint
COMPANIES = frozenset(("customer",))  # types whose names carry a legal form
MERGED = "merge:"  # how the feed of what a merge of records wrote begins


@dataclass(slots=True)
class Directory:
    """What texts of one type mean: entity ids by text, and the texts that fit several."""

    found: dict[str, int] = field(default_factory=dict)
    ambiguous: dict[str, list[int]] = field(default_factory=dict)

    def get(self, text: str) -> int | None:
        """Return the entity of a text, or None where it is unknown or ambiguous."""
        return self.found.get(text)


def resolve(store: Store, kind: RecordType, texts: Iterable[str], *, by_name: bool = True) -> Directory:
    """Look texts up among the records there are: by key, alias, present number, then a name that fits one record."""
    wanted = {text for text in texts if text}
    directory = Directory()
    if not wanted:
        return directory
    _by_key(store, kind, wanted, directory)
    _by_alias(store, kind, wanted - directory.found.keys(), directory)
    if len(kind.key) == 1:
        _by_column(store, kind, kind.key[0], wanted - directory.found.keys(), directory)
    if kind.name_field and by_name:
        _by_column(
            store, kind, kind.name_field, wanted - directory.found.keys() - directory.ambiguous.keys(), directory
        )
    return directory


def _by_key(store: Store, kind: RecordType, wanted: set[str], directory: Directory) -> None:
    """Keys of records that are in the state: an entity whose record was undone is not referred to anew."""
    present = f'SELECT 1 FROM "{table_of(kind)}" AS t WHERE t.id = e.id AND {condition(store.known, "t.")}'
    if len(wanted) > 2000:  # one scan beats thousands of look-ups
        rows = store.db.execute(f"SELECT key, id FROM entity AS e WHERE type = ? AND EXISTS ({present})", (kind.name,))
        directory.found.update((key, entity) for key, entity in rows if key in wanted)
        return
    for text in wanted:
        row = store.db.execute(
            f"SELECT id FROM entity AS e WHERE type = ? AND key = ? AND EXISTS ({present})", (kind.name, text)
        ).fetchone()
        if row:
            directory.found[text] = row[0]


def _by_alias(store: Store, kind: RecordType, wanted: set[str], directory: Directory) -> None:
    rows = store.db.execute(
        f'SELECT alias, target FROM "alias" AS a WHERE {condition(store.known)} AND type = ? AND {_holds(store, kind)}',
        (kind.name,),
    ).fetchall()
    directory.found.update((alias, target) for alias, target in rows if alias in wanted)


def _holds(store: Store, kind: RecordType) -> str:
    """What a merge gave away of a record that is back, because its own merge was undone, is its own again."""
    present = f'SELECT 1 FROM "{table_of(kind)}" AS t WHERE t.id = a.merged AND {condition(store.known, "t.")}'
    return f"(a.merged IS NULL OR NOT EXISTS ({present}))"


def alias_targets(store: Store, kind: RecordType, texts: Iterable[str]) -> dict[str, int]:
    """Return what other names of records mean: for keys of several parts that a merge of records has moved."""
    rows = store.db.execute(
        f'SELECT alias, target FROM "alias" WHERE {condition(store.known)} AND type = ?', (kind.name,)
    ).fetchall()
    wanted = set(texts) if rows else frozenset()
    return {alias: target for alias, target in rows if alias in wanted}


def other_names(store: Store, kind: RecordType, text: str) -> set[int]:
    """Return the present records that have a text as their name or number."""
    columns = [kind[name].column for name in {kind.name_field, kind.key[0]} if name and not kind[name].ref]
    clause = " OR ".join(f'"{column}" = ?' for column in columns)
    rows = store.db.execute(
        f'SELECT id FROM "{table_of(kind)}" WHERE {condition(store.known)} AND ({clause})', [text] * len(columns)
    )
    return {entity for (entity,) in rows}


def merged_names(store: Store, kind: RecordType) -> dict[str, int | None]:
    """Return every other name in use of a type, with the record that it meant before that was merged."""
    rows = store.db.execute(
        f'SELECT alias, merged FROM "alias" AS a WHERE {condition(store.known)} AND type = ? AND {_holds(store, kind)}',
        (kind.name,),
    )
    return dict(rows.fetchall())


def merged_into(store: Store) -> dict[int, int]:
    """Return, for every record that was merged into another, that other one; not for those that are back."""
    types = store.db.execute(f'SELECT DISTINCT type FROM "alias" WHERE {condition(store.known)} AND merged IS NOT NULL')
    found: dict[int, int] = {}
    for (name,) in types.fetchall():
        former = merged_names(store, store.registry[name])
        wanted = {one for one in former.values() if one is not None}
        rows = store.db.execute(
            f'SELECT merged, target FROM "alias" WHERE {condition(store.known)} AND type = ?', (name,)
        )
        found.update((merged, target) for merged, target in rows if merged in wanted)
    return found


def _by_column(store: Store, kind: RecordType, name: str, wanted: set[str], directory: Directory) -> None:
    if not wanted:
        return
    column = kind[name].column
    rows = store.db.execute(
        f'SELECT "{column}", id FROM "{table_of(kind)}" WHERE {condition(store.known)} AND "{column}" IS NOT NULL'
    )
    hits: dict[str, list[int]] = {}
    for text, entity in rows:
        if text in wanted:
            hits.setdefault(text, []).append(entity)
    for text, entities in hits.items():
        if len(set(entities)) == 1:
            directory.found[text] = entities[0]
        else:
            directory.ambiguous[text] = sorted(set(entities))


def create_entities(store: Store, kind: RecordType, keys: Iterable[str]) -> dict[str, int]:
    """Return the entity of each key, creating those that were never seen."""
    wanted = dict.fromkeys(keys)
    keys = list(wanted)
    found: dict[str, int] = {}
    if len(keys) > 2000:
        rows = store.db.execute("SELECT key, id FROM entity WHERE type = ?", (kind.name,))
        found = {key: entity for key, entity in rows if key in wanted}
    else:
        for key in keys:
            row = store.db.execute("SELECT id FROM entity WHERE type = ? AND key = ?", (kind.name, key)).fetchone()
            if row:
                found[key] = row[0]
    (last,) = store.db.execute("SELECT coalesce(max(id), 0) FROM entity").fetchone()
    fresh = [key for key in keys if key not in found] if found else keys
    ids = range(last + 1, last + 1 + len(fresh))
    insert_rows(store.db, "entity", ("id", "type", "key"), zip(ids, repeat(kind.name), fresh, strict=False))
    found.update(zip(fresh, ids, strict=True))
    return found


def letter_likeness() -> Likeness:
    """Return the measure of how alike two texts are by their letters, in thousandths."""
    from rapidfuzz import fuzz

    return lambda one, other: int(10 * fuzz.ratio(one, other))


def index_names(store: Store, kind: RecordType) -> NameIndex:
    """Return the present names and numbers of a type, to be asked which of them somebody probably meant."""
    from salescli.core.matching.nearest import NameIndex

    return NameIndex(present_names(store, kind), letter_likeness(), are_companies=kind.name in COMPANIES)


def nearest_name(store: Store, kind: RecordType, text: str) -> str:
    """Return the present name or number closest to a text that somebody typed, or "" where none is close."""
    from rapidfuzz import fuzz, process

    if found := index_names(store, kind).find(text):
        return found
    names = present_names(store, kind)
    near = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return str(near[0]) if near else ""


def present_names(store: Store, kind: RecordType) -> list[str]:
    """Return the present names and numbers of the records of a type."""
    names: list[str] = []
    for each in dict.fromkeys(name for name in (kind.name_field, *kind.key[:1]) if name and not kind[name].ref):
        column = kind[each].column
        rows = store.db.execute(
            f'SELECT "{column}" FROM "{table_of(kind)}" WHERE {condition(store.known)} AND "{column}" IS NOT NULL'
        )
        names += [str(name) for (name,) in rows]
    return names


def is_mastered(store: Store, kind: RecordType, live: set[int]) -> bool:
    """Tell whether a list of this type has been imported (and not undone): from then on unknown names are problems."""
    rows = store.db.execute(
        """SELECT DISTINCT s.batch FROM source AS s JOIN batch AS b ON b.id = s.batch
           WHERE s.type = ? AND b.kind = 'import' AND substr(s.feed, 1, ?) <> ?""",
        (kind.name, len(FORM), FORM),
    )
    return any(batch in live for (batch,) in rows)


def labels(store: Store, kind: RecordType, ids: Iterable[int]) -> dict[int, str]:
    """Return what people call records: the present name or number, else the key."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    column = kind[kind.name_field or kind.key[0]].column if (kind.name_field or len(kind.key) == 1) else ""
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        marks = ",".join("?" * len(chunk))
        keys = store.db.execute(f"SELECT id, key FROM entity WHERE type = ? AND id IN ({marks})", (kind.name, *chunk))
        found.update(keys.fetchall())
        if column:
            rows = store.db.execute(
                f'SELECT id, "{column}" FROM "{table_of(kind)}" WHERE id IN ({marks}) AND {condition(store.known)} '
                f'AND "{column}" IS NOT NULL',
                chunk,
            )
            found.update(rows.fetchall())
    return found


def fetch_keys(store: Store, kind: RecordType, ids: Iterable[int]) -> dict[int, str]:
    """Return the keys of records as they can be typed: the present number, else the key they came with."""
    found: dict[int, str] = {}
    wanted = sorted(set(ids))
    column = kind[kind.key[0]].column if len(kind.key) == 1 else ""
    for start in range(0, len(wanted), 500):
        chunk = wanted[start : start + 500]
        marks = ",".join("?" * len(chunk))
        found.update(store.db.execute(f"SELECT id, key FROM entity WHERE id IN ({marks})", chunk).fetchall())
        if column:
            rows = store.db.execute(
                f'SELECT id, "{column}" FROM "{table_of(kind)}" WHERE id IN ({marks}) AND {condition(store.known)} '
                f'AND "{column}" IS NOT NULL',
                chunk,
            )
            found.update(rows.fetchall())
    return found


def fetch_key(store: Store, entity: int) -> str:
    """Return the key that a record came with."""
    return str(store.db.execute("SELECT key FROM entity WHERE id = ?", (entity,)).fetchone()[0])


def fetch_keys_after(store: Store, kind: RecordType, prefix: str) -> list[str]:
    """Return the keys of a type that begin with a text, those too of records that were removed."""
    begins = (kind.name, len(prefix), prefix)
    rows = store.db.execute("SELECT key FROM entity WHERE type = ? AND substr(key, 1, ?) = ?", begins)
    return [str(key) for (key,) in rows.fetchall()]


def fetch_entity(store: Store, kind: RecordType, key: str) -> int | None:
    """Return the record of a natural key, where it is in the state."""
    directory = Directory()
    _by_key(store, kind, {key}, directory)
    if not directory.found and len(kind.key) > 1:
        _by_alias(store, kind, {key}, directory)
    return directory.get(key)


def fetch_aliases(store: Store, kind: RecordType, entity: int) -> list[str]:
    """Return the other names by which a record may be called."""
    rows = store.db.execute(
        f'SELECT alias FROM "alias" WHERE {condition(store.known)} AND type = ? AND target = ? ORDER BY alias',
        (kind.name, entity),
    )
    return [alias for (alias,) in rows]
