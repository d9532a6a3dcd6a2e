"""What a batch did to records, one by one: which it touched, and each cell before and after."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from salescli.core.records.model import Field, RecordType
from salescli.core.title import Title
from salescli.reports.batches import CellLine, TouchedLine
from salescli.services.context import Context
from salescli.services.knowledge import record_keys, record_labels
from salescli.store.batches import Batch, fetch_batch
from salescli.store.lineage import Touched, fetch_later_words, fetch_sources, fetch_touched, origin_of
from salescli.store.state import fetch_images_of

LOST = ("gone", "ended")
Change = tuple[int, Field, Any, Any]  # a record, a cell of it, what it was, what it became


def changed_cells(ctx: Context, batch: Batch) -> list[CellLine]:
    """Return each cell that differs after a batch, of records that were there before it and still are after it."""
    return [line for kind in ctx.store.registry.types if not kind.internal for line in _cells_of(ctx, kind, batch.id)]


def _cells_of(ctx: Context, kind: RecordType, batch: int) -> list[CellLine]:
    touched = {one.entity: one for one in fetch_touched(ctx.store, kind, batch) if one.what in ("changed", "restated")}
    if not touched:
        return []
    with known_at(ctx, batch - 1):
        before = fetch_images_of(ctx.store, kind, touched)
    with known_at(ctx, batch):
        after = fetch_images_of(ctx.store, kind, before)
        keys = record_keys(ctx, kind, after)
    fields = [each for each in kind.stored if each.derive is None]
    changes = [
        (entity, each, before[entity].get(each.name), image.get(each.name))
        for entity, image in after.items()
        for each in fields
        if before[entity].get(each.name) != image.get(each.name)
    ]
    names = _names_of_references(ctx, batch, changes)
    sources = fetch_sources(ctx.store, {one.source for one in touched.values() if one.source is not None})
    found = []
    for entity, each, was, now in changes:
        one = touched[entity]
        where = origin_of(batch, one.source, one.row, each.name, sources).where
        place = str(where) if where.file else ""
        found.append(
            CellLine(kind.titles, keys[entity], each.title, _shown(each, was, names), _shown(each, now, names), place)
        )
    return found


def _names_of_references(ctx: Context, batch: int, changes: Iterable[Change]) -> dict[str, dict[int, str]]:
    """Return what the records are called that changed cells refer to; what the batch took away, as it was before."""
    ids: dict[str, set[int]] = {}
    for _, each, was, now in changes:
        if each.ref:
            ids.setdefault(each.ref, set()).update(value for value in (was, now) if value is not None)
    names: dict[str, dict[int, str]] = {ref: {} for ref in ids}
    for known in (batch - 1, batch):
        with known_at(ctx, known):
            for ref, wanted in ids.items():
                names[ref] |= record_labels(ctx, ctx.store.registry[ref], sorted(wanted))
    return names


def _shown(each: Field, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    if value is None:
        return ""
    return names[each.ref].get(value, f"#{value}") if each.ref else str(each.kind.to_python(value))


def touched_lines(ctx: Context, batch: Batch) -> list[TouchedLine]:
    """Return every record that a batch touched, and those that an undo left as later batches have them."""
    lines = []
    for kind in ctx.store.registry.types:
        touched = fetch_touched(ctx.store, kind, batch.id)
        kept = batch.summary.get("kept", {}).get(kind.name, ())
        if touched or kept:
            lines += _lines_of(ctx, kind, batch, touched, kept)
    return lines


def _lines_of(
    ctx: Context, kind: RecordType, batch: Batch, touched: list[Touched], kept: Iterable[int]
) -> list[TouchedLine]:
    sources = fetch_sources(ctx.store, {one.source for one in touched if one.source is not None})
    kept = list(kept)
    names, keys = _called(ctx, kind, [*(one.entity for one in touched if one.what not in LOST), *kept])
    with known_at(ctx, batch.id - 1):  # what is gone is called as it was
        lost_names, lost_keys = _called(ctx, kind, [one.entity for one in touched if one.what in LOST])
    names, keys = {**names, **lost_names}, {**keys, **lost_keys}
    words = fetch_later_words(ctx.store, kind, kept, _undone_content(ctx, batch))
    lines = []
    for one in touched:
        if one.entity in words:
            continue
        where = origin_of(batch.id, one.source, one.row, "", sources).where
        label = names.get(one.entity, "")
        lines.append(
            TouchedLine(
                kind.titles,
                keys.get(one.entity, label),
                label,
                one.what,
                field_titles(kind, one.fields),
                str(where) if where.file else "",
            )
        )
    for entity, said in words.items():
        label = names.get(entity, "")
        fields = field_titles(kind, dict.fromkeys(name for _, given in said for name in given))
        later = Title("批次 ", "batch ").text(ctx.language) + ", ".join(str(number) for number, _ in said)
        lines.append(TouchedLine(kind.titles, keys.get(entity, label), label, "kept", fields, later))
    return lines


def _undone_content(ctx: Context, batch: Batch) -> int:
    """Return the import or edit that an undo, or the undo of an undo, is about."""
    while batch.undoes is not None:
        batch = fetch_batch(ctx.store, batch.undoes)
    return batch.id


def _called(ctx: Context, kind: RecordType, ids: list[int]) -> tuple[dict[int, str], dict[int, str]]:
    return record_labels(ctx, kind, ids), record_keys(ctx, kind, ids)


@contextlib.contextmanager
def known_at(ctx: Context, batch: int) -> Iterator[None]:
    """Read the store as it was after a batch."""
    known = ctx.store.known
    ctx.store.at(batch)
    try:
        yield
    finally:
        ctx.store.at(known)


def field_titles(kind: RecordType, fields: Iterable[str]) -> tuple[Title, ...]:
    """Return the titles of fields."""
    return tuple(kind[name].title for name in fields if name in kind)
