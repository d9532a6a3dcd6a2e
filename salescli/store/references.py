"""References of staged rows: texts become entities; what is merely named is introduced, until its list comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.model import Field, RecordType
from salescli.store.connection import Store
from salescli.store.entities import create_entities, index_names, is_mastered, resolve
from salescli.store.versions import Access, Image


@dataclass(slots=True)
class Resolution:
    """A reference column resolved: ids by row, texts introduced, and the texts nobody knows or that fit several."""

    ids: list[int | None]
    introduced: list[str] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)  # text -> nearest name
    ambiguous: dict[str, list[str]] = field(default_factory=dict)  # text -> keys it may mean


def resolve_column(
    store: Store,
    batch: int,
    target: RecordType,
    column: Sequence[Any],
    names: dict[str, str],
    source: int,
    live: set[int],
) -> Resolution:
    """Resolve a column of texts; `names` gives the name of a number where the file has both."""
    distinct = dict.fromkeys(column)
    texts = [text for text in distinct if isinstance(text, str)]
    directory = resolve(store, target, texts)
    missing = [text for text in texts if text not in directory.found and text not in directory.ambiguous]
    result = Resolution([])
    if missing and target.introduces and not is_mastered(store, target, live):
        directory.found.update(introduce(store, batch, target, missing, names, source))
        result.introduced = missing
    else:
        index = index_names(store, target) if missing else None
        result.unknown = {text: index.find(text) if index else "" for text in missing}
    for text, ids in directory.ambiguous.items():
        marks = ",".join("?" * len(ids))
        rows = store.db.execute(f"SELECT key FROM entity WHERE id IN ({marks}) ORDER BY key", ids)
        result.ambiguous[text] = [key for (key,) in rows]
    meaning = {text: directory.found.get(text) if isinstance(text, str) else text for text in distinct}
    result.ids = list(map(meaning.__getitem__, column))
    return result


def names_beside(kind: RecordType, each: Field, columns: dict[str, list[Any]]) -> dict[str, str]:
    """Return name by number where a file names what the reference column numbers."""
    beside = next((other.name for other in kind.fields if other.names == each.name and other.name in columns), "")
    if not beside:
        return {}
    return pair_names(columns[each.name], columns[beside])


def pair_names(numbers: Sequence[Any], names: Sequence[Any]) -> dict[str, str]:
    """Return name by number."""
    return {number: name for number, name in zip(numbers, names, strict=True) if number and name}


def adopt_named(store: Store, target: RecordType, column: Sequence[Any], names: Sequence[str | None]) -> list[Any]:
    """Return a column of numbers in which the rows without one are known by name.

    A number that nobody knows yet is that of the one person of this name who has none: both were mentioned.
    """
    number = target.key[0]
    pairs = {text: name for text, name in zip(column, names, strict=True) if isinstance(text, str) and name}
    unknown = pairs.keys() - resolve(store, target, pairs, by_name=False).found.keys()
    meant: dict[str, int] = {}
    if unknown:
        by_name = resolve(store, target, {pairs[text] for text in unknown}).found
        images = Access(store, target).current(list(by_name.values()))
        several = {name for name in by_name if sum(1 for text in unknown if pairs[text] == name) > 1}
        meant = {
            text: one
            for text in unknown
            if pairs[text] not in several
            and (one := by_name.get(pairs[text])) in images
            and images[one].get(number) is None
        }
    return [name if text is None else meant.get(text, text) for text, name in zip(column, names, strict=True)]


def introduce(
    store: Store, batch: int, kind: RecordType, texts: Sequence[str], names: dict[str, str], source: int | None
) -> dict[str, int]:
    """Create records that are only mentioned, with the name or number they are mentioned by."""
    access = Access(store, kind)
    ids = create_entities(store, kind, texts)
    images = {ids[text]: _mentioned(kind, text, names.get(text, "")) for text in texts}
    access.put_all(batch, images, source)
    return ids


def _mentioned(kind: RecordType, text: str, name: str) -> Image:
    number = kind.key[0] if len(kind.key) == 1 else ""
    if number and (not kind.name_field or kind[number].required):
        return {number: text, kind.name_field: name} if kind.name_field and name else {number: text}
    return {number: text, kind.name_field: name} if number and name else {kind.name_field: text}
