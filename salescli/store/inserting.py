"""New records, written by column."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import compress
from typing import Any

from salescli.store.block import Block
from salescli.store.many_rows import insert_rows


def insert_new(block: Block, new: list[int], entities: list[int | None]) -> None:
    """Write all new records at once, by column. A column that no row fills is not bound at all."""
    if not new:
        return
    count = len(block.rows)
    blank: list[Any] = [None] * count
    filled = _filled(block, blank)
    columns: dict[str, Iterable[Any]] = {
        "id": entities,
        "since_batch": [block.batch] * count,
        "given": _masks(block),
        "source_id": [block.source_id] * count,
        "source_row": block.rows,
    }
    columns.update((each.column, filled[each.name]) for each in block.access.columns if filled[each.name] is not blank)
    if any(each.name in block.columns for each in block.access.custom):
        columns["extra"] = _extras(block)
    rows: Iterable[tuple[Any, ...]] = zip(*columns.values(), strict=True)
    if len(new) < count:
        chosen = set(new)
        rows = compress(rows, (index in chosen for index in range(count)))
    insert_rows(block.store.db, block.access.table, list(columns), rows)
    block.result.new += len(new)
    block.result.fresh = new


def _masks(block: Block) -> list[int]:
    """Return the bits of the cells that each row gives; most columns have no blank cell."""
    whole, partly = 0, []
    for name in block.given:
        bit = 1 << block.access.bits[name]
        if None in block.columns[name]:
            partly.append((bit, block.columns[name]))
        else:
            whole |= bit
    masks = [whole] * len(block.rows)
    for bit, column in partly:
        masks = [mask if value is None else mask | bit for mask, value in zip(masks, column, strict=True)]
    return masks


def _filled(block: Block, blank: list[Any]) -> dict[str, list[Any]]:
    """Return every stored column of the block: given, defaulted, derived; `blank` where it has none."""
    filled: dict[str, list[Any]] = {}
    for each in block.kind.stored:
        column = block.columns.get(each.name, blank)
        if each.default is not None:
            value = block.access.base_currency if each.default == "base-currency" else each.default
            column = [value if cell is None else cell for cell in column]
        filled[each.name] = column
    for each in block.kind.derived:
        assert each.derive is not None
        names = list(filled)
        rows = (dict(zip(names, row, strict=True)) for row in zip(*filled.values(), strict=True))
        filled[each.name] = [each.derive(row) for row in rows]
    return filled


def _extras(block: Block) -> list[str | None]:
    customs = [each for each in block.access.custom if each.name in block.columns]
    packed: list[str | None] = [None] * len(block.rows)
    for index, values in enumerate(zip(*(block.columns[each.name] for each in customs), strict=True)):
        found = {each.name: value for each, value in zip(customs, values, strict=True) if value is not None}
        packed[index] = json.dumps(found, ensure_ascii=False) if found else None
    return packed
