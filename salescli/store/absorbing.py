"""Merging records: what referred to one refers to another, which takes over its names and fills its own blanks from it.

The record that goes is ended; its keys, number and name become other names of the one that stays, with a mark of whom
they meant. So the next file that still says them means the one that stays, and its own list row does not come back as a
record. Everything is written in one batch, whose undo restores every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from salescli.core.records.internal import ALIAS, DATED_VALUE
from salescli.core.records.model import Field, RecordType
from salescli.core.records.staged import Source
from salescli.store.absorbing_money import Conflict, merge_money
from salescli.store.batches import save_source
from salescli.store.connection import Store
from salescli.store.dated import fetch_history, put_dated
from salescli.store.entities import MERGED, create_entities, other_names, resolve
from salescli.store.versions import Access, Image


class Collision(NamedTuple):
    """Two records that would have one key after the merge."""

    type: str
    entity: int
    other: int


@dataclass(slots=True)
class Absorbed:
    """What a merge did: references moved by type, cells filled, differences, names taken over; what forbids it."""

    moved: dict[str, int] = field(default_factory=dict)
    filled: Image = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    collisions: list[Collision] = field(default_factory=list)
    circular: list[str] = field(default_factory=list)  # fields in which the record that stays refers to one that goes


def absorb(
    store: Store, batch: int, kind: RecordType, keep: int, others: Sequence[int], prefer: frozenset[str] = frozenset()
) -> Absorbed:
    """Merge records into one of them, in a batch; the caller rolls back where something forbids it.

    `prefer` names the fields in which the other record's value is taken.
    """
    done = Absorbed()
    feed = "edit:" if prefer else MERGED
    _fill(store, batch, kind, keep, others, prefer, f"{feed}{batch}", done)
    for other in store.registry.types:
        if other.name not in (ALIAS.name, DATED_VALUE.name):
            _move_references(store, batch, other, kind, keep, frozenset(others), done)
    _move_dated(store, batch, kind, keep, others)
    _take_names(store, batch, kind, keep, others, done)
    access = Access(store, kind)
    for one in others:
        access.put(batch, one, None, None)
    store.forget()
    return done


def _fill(
    store: Store,
    batch: int,
    kind: RecordType,
    keep: int,
    others: Sequence[int],
    prefer: frozenset[str],
    feed: str,
    done: Absorbed,
) -> None:
    """Fill blanks of the record that stays; where both say something, its own word stays unless preferred."""
    access = Access(store, kind)
    images = access.current([keep, *others])
    own = images[keep]
    source = save_source(store, batch, kind.name, Source("", feed=feed))
    money = merge_money(kind, keep, others, images, prefer)
    cells = money.cells
    done.conflicts += money.conflicts
    for each in kind.stored:
        if not each.is_given or each.name in money.own:
            continue
        if each.dated:
            _fill_dated(store, batch, each, keep, others, prefer, source, cells, done)
            continue
        for other in others:
            value, have = images[other][each.name], cells.get(each.name, own[each.name])
            if value is None or value == have or value in others:
                continue
            if have is None or (each.name in prefer and each.name not in cells):
                cells[each.name] = value
            elif each.name not in kind.key and each.name != kind.name_field:
                done.conflicts.append(Conflict(each.name, have, value, other))
    if cells:
        access.put(batch, keep, access.given_bits(cells), access.complete({**own, **cells}), source)
        done.filled.update(cells)


def _fill_dated(
    store: Store,
    batch: int,
    each: Field,
    keep: int,
    others: Sequence[int],
    prefer: frozenset[str],
    source: int,
    cells: Image,
    done: Absorbed,
) -> None:
    """A history by day stays whole: that of the record that stays, else the first other one that has any."""
    mine = fetch_history(store, keep, each.name)
    for other in others:
        theirs = fetch_history(store, other, each.name)
        if all(value is None for _, value in theirs) or theirs == mine:
            continue
        is_blank = all(value is None for _, value in mine)
        if not is_blank and each.name not in prefer:
            done.conflicts.append(Conflict(each.name, mine[-1][1], theirs[-1][1], other))
            continue
        _end_dated(store, batch, [keep], each.name)
        if theirs[0][1] is not None:
            cells[each.name] = theirs[0][1]
        for start, value in theirs[1:]:
            put_dated(store, batch, keep, each.name, start, value, source)
            done.filled.setdefault(each.name, value)
        mine = theirs


def _end_dated(store: Store, batch: int, subjects: Sequence[int], name: str = "") -> None:
    access = Access(store, DATED_VALUE)
    for subject in subjects:
        rows = store.db.execute(
            "SELECT id FROM \"dated_value\" WHERE until_batch IS NULL AND subject = ? AND ? IN (field, '')",
            (subject, name),
        ).fetchall()
        for (entity,) in rows:
            access.put(batch, entity, None, None)


def _move_references(
    store: Store, batch: int, other: RecordType, kind: RecordType, keep: int, gone: frozenset[int], done: Absorbed
) -> None:
    """Let every record of a type that refers to one that goes refer to the one that stays."""
    fields = [each for each in other.references if each.ref == kind.name and each.is_stored]
    if not fields:
        return
    access = Access(store, other)
    source = 0
    keys: dict[str, int] = {}
    for entity, image in _referring(access, fields, gone).items():
        if other.name == kind.name and entity in gone:
            continue
        cells = {each.name: keep for each in fields if image[each.name] in gone}
        if entity == keep:
            done.circular += cells
            continue
        changed = access.complete({**image, **cells})
        done.moved[other.name] = done.moved.get(other.name, 0) + 1
        has_key = len(other.key) > 1 and any(name in cells for name in other.key)
        if has_key and _take_key(access, batch, entity, changed, keys, done):
            access.put(batch, entity, None, None)  # the same is said of the record that stays
            continue
        source = source or save_source(store, batch, other.name, Source("", feed=f"{MERGED}{batch}"))
        access.put(batch, entity, access.given_bits(cells), changed, source)


def _referring(access: Access, fields: Sequence[Field], gone: frozenset[int]) -> dict[int, Image]:
    marks = ",".join("?" * len(gone))
    columns = [f"json_extract(extra, '$.\"{each.name}\"')" if each.custom else f'"{each.column}"' for each in fields]
    clause = " OR ".join(f"{column} IN ({marks})" for column in columns)
    rows = access.store.db.execute(
        f"SELECT id, {access.names} FROM {access.table} WHERE until_batch IS NULL AND ({clause}) ORDER BY id",
        [*gone] * len(fields),
    )
    return {row[0]: access.image(row[1:]) for row in rows}


def _take_key(access: Access, batch: int, entity: int, image: Image, taken: dict[str, int], done: Absorbed) -> bool:
    """A key that names the record that goes is another key now; the record itself stays the one it was.

    Returns:
        True where another record says the same under that key. What pays is never taken for the same: two shares of
        50 % are the whole.
    """
    store, kind = access.store, access.kind
    key = "|".join(_part(kind[name], image.get(name)) for name in kind.key)
    found = resolve(store, kind, [key], by_name=False).get(key)
    if found not in (None, entity):
        present = Access(store, kind).current([found])[found]
        if "|".join(_part(kind[name], present.get(name)) for name in kind.key) != key:
            found = None  # the key meant it once; it has moved on itself
    if (found := taken.setdefault(key, entity) if found is None else found) != entity:
        if not kind.pays and access.current([found]).get(found) == image:
            return True
        done.collisions.append(Collision(kind.name, entity, found))
    else:
        _put_alias(store, batch, kind, key, entity)
    return False


def _part(each: Field, value: Any) -> str:
    """A part of a key as the rows of a file get it."""
    if value is None:
        return "" if each.default is None else str(each.default)
    return f"#{value}" if each.ref else str(value)


def _move_dated(store: Store, batch: int, kind: RecordType, keep: int, others: Sequence[int]) -> None:
    """Values by day that refer to a record that goes refer to the one that stays; its own values by day end."""
    _end_dated(store, batch, others)
    access = Access(store, DATED_VALUE)
    for other in store.registry.types:
        names = [each.name for each in other.dated if each.ref == kind.name and each.is_stored]
        if not names:
            continue
        rows = store.db.execute(
            f"""SELECT d.id FROM "dated_value" AS d JOIN entity AS e ON e.id = d.subject
                WHERE d.until_batch IS NULL AND e.type = ? AND d.field IN ({",".join("?" * len(names))})
                  AND d.value IN ({",".join("?" * len(others))})""",
            (other.name, *names, *others),
        ).fetchall()
        for entity, image in access.current([entity for (entity,) in rows]).items():
            access.put(batch, entity, access.given_bits(["value"]), {**image, "value": keep})


def _take_names(store: Store, batch: int, kind: RecordType, keep: int, others: Sequence[int], done: Absorbed) -> None:
    """Whatever meant a record that goes means the one that stays; a name that a third record has stays doubtful."""
    access = Access(store, ALIAS)
    own = str(store.db.execute("SELECT key FROM entity WHERE id = ?", (keep,)).fetchone()[0])
    images = Access(store, kind).current(others)
    for other in others:
        for alias, image in _aliases_of(store, kind, other).items():
            # all of it is said, so that it still tells whom it meant where the merge before this one is undone
            access.put(batch, alias, access.given_bits([*image]), {**image, "target": keep})
        for text in _texts(store, kind, other, images[other]):
            is_name = text == images[other].get(kind.name_field) and text not in _texts(store, kind, other, {})
            if text != own and not (is_name and _is_elsewhere(store, kind, text, {keep, *others})):
                _put_alias(store, batch, kind, text, keep, other)
                done.names.append(text)


def _aliases_of(store: Store, kind: RecordType, entity: int) -> Mapping[int, Image]:
    rows = store.db.execute(
        'SELECT id FROM "alias" WHERE until_batch IS NULL AND type = ? AND target = ?', (kind.name, entity)
    ).fetchall()
    return Access(store, ALIAS).current([alias for (alias,) in rows])


def _texts(store: Store, kind: RecordType, entity: int, image: Image) -> list[str]:
    """Return the texts that a record answers to: its key, its present number, its name."""
    (key,) = store.db.execute("SELECT key FROM entity WHERE id = ?", (entity,)).fetchone()
    number = image.get(kind.key[0]) if len(kind.key) == 1 else None
    return list(dict.fromkeys(str(text) for text in (key, number, image.get(kind.name_field)) if text))


def _is_elsewhere(store: Store, kind: RecordType, text: str, own: set[int]) -> bool:
    directory = resolve(store, kind, [text])
    meant = {directory.get(text), *directory.ambiguous.get(text, [])} - {None}
    return not meant <= own or bool(other_names(store, kind, text) - own)


def _put_alias(store: Store, batch: int, kind: RecordType, text: str, target: int, merged: int | None = None) -> None:
    key = f"{kind.name}|{text}"
    entity = create_entities(store, ALIAS, [key])[key]
    access = Access(store, ALIAS)
    cells: Image = {"type": kind.name, "alias": text, "target": target}
    if merged is not None:
        cells["merged"] = merged
    have = access.current([entity]).get(entity, {})
    access.put(batch, entity, access.given_bits(cells), access.complete({**have, **cells}))
