"""Merging staged rows into the store: who each row is about, what is contradictory, what is new or changed.

The caller holds the transaction and the batch.
"""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.records.staged import Staged
from salescli.errors import Problem, Where
from salescli.store.block import Block, CellChange, MergeOptions, MergeResult
from salescli.store.cellwise import CellMerger
from salescli.store.connection import Store
from salescli.store.doubts import note_refunds_above, note_refunds_unlike, note_unlikely_dates
from salescli.store.entities import labels
from salescli.store.forms import check_form
from salescli.store.identity import identify
from salescli.store.inserting import insert_new
from salescli.store.spread import join_results
from salescli.store.unchanged import find_unchanged
from salescli.store.wholes import check_wholes

__all__ = ["CellChange", "MergeOptions", "MergeResult", "merge_staged"]


def merge_staged(
    store: Store,
    batch: int,
    staged: Staged,
    options: MergeOptions | None = None,
    entities: Sequence[int] | None = None,
) -> MergeResult:
    """Merge one block of rows in a batch and return what became of each.

    `entities` says which record each row is about, where that is known already; else the natural keys say it. Of a
    sheet with a column per month each column is merged by itself.
    """
    if staged.blocks:
        parts = [(len(block), merge_staged(store, batch, block, options)) for block in staged.blocks]
        return join_results(staged.type, parts)
    block = Block(store, batch, staged, options or MergeOptions())
    return _merge(block, identify(block, entities))


def _merge(block: Block, entities: list[int | None]) -> MergeResult:
    check_wholes(block, entities)
    check_form(block, entities)
    _check_rules(block)
    note_unlikely_dates(block)
    _write(block, entities)
    note_refunds_above(block, entities)
    note_refunds_unlike(block, entities)
    block.store.forget()
    return block.result


def _check_rules(block: Block) -> None:
    """What a row says against itself is reported, not repaired; what nothing could be made of is kept out."""
    suspects = {index for rule in block.kind.rules for index in rule.suspects(block.columns)}
    for index in sorted(suspects):
        values = {name: column[index] for name, column in block.columns.items()}
        for rule in block.kind.rules:
            if (broken := rule(values)) is None:
                continue
            if broken.refuses:
                block.reject(index, broken.name, broken.field, **broken.values)
            else:
                block.result.notes.append(block.problem(index, broken.name, broken.field, "warning", **broken.values))


def _note_merged(block: Block, entities: list[int | None]) -> None:
    """Say which rows are about records that were merged into others, once per sheet."""
    merged = {index: former for index, former in block.result.other_names.items() if former is not None}
    if not merged:
        return
    index, former = next(iter(merged.items()))
    stays = entities[index]
    names = labels(block.store, block.kind, [former, *([] if stays is None else [stays])])
    values = {"former": names.get(former, ""), "record": names.get(stays or 0, ""), "type": block.kind.titles}
    where = Where(file=block.source.file, sheet=block.source.sheet)
    block.result.notes.append(Problem("merged-into", where, {"count": len(merged), **values}, "note"))


def _write(block: Block, entities: list[int | None]) -> None:
    rejected = block.result.rejected
    rows = [(i, entity) for i, entity in enumerate(entities) if i not in rejected] if rejected else enumerate(entities)
    keep = [(i, entity) for i, entity in rows if entity is not None]
    merger = CellMerger(block)
    present, same = find_unchanged(block, keep, {entity for entity, _ in merger.latest})
    insert_new(block, [i for i, entity in keep if entity not in present], entities)
    if not present:
        return
    block.result.unchanged += len(same)
    have = block.access.current(sorted(present - same))
    for index, entity in keep:
        if entity in have:
            merger.merge_row(index, entity, have[entity])
    merger.ask()
    _note_merged(block, entities)
