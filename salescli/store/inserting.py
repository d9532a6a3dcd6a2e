"""New records, written by column in one statement."""

from __future__ import annotations

import json
from typing import Any

from salescli.store.block import Block


def insert_new(block: Block, new: list[int], entities: list[int | None]) -> None:
    """Write all new records in one statement, by column."""
    masks = [0] * len(block.rows)
    for name in block.given:
        bit = 1 << block.access.bits[name]
        masks = [mask if value is None else mask | bit for mask, value in zip(masks, block.columns[name], strict=True)]
    filled = _filled(block)
    extras = _extras(block)
    stored = zip(*(filled[each.name] for each in block.access.columns), extras, strict=True)
    head = zip(entities, masks, block.rows, strict=True)
    wanted = [False] * len(block.rows)
    for index in new:
        wanted[index] = True
    rows = (
        (entity, block.batch, mask, 0, block.source_id, row, *values)
        for keep, (entity, mask, row), values in zip(wanted, head, stored, strict=True)
        if keep
    )
    block.store.db.executemany(block.access.insert, rows)
    block.result.new += len(new)


def _filled(block: Block) -> dict[str, list[Any]]:
    """Return every stored column of the block: given, defaulted, derived."""
    blank: list[Any] = [None] * len(block.rows)
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
