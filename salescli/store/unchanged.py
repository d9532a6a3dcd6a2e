"""Rows that say what their records are already: found by whole rows, so that only the others are compared by cell.

The same file again, or a file that grows from month to month, is nearly all of that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from itertools import islice
from typing import NamedTuple

from salescli.store.block import Block
from salescli.store.versions import CHUNK


class Found(NamedTuple):
    """The records that are there, and those of them that their row leaves as they are."""

    present: Set[int]
    same: Set[int]


NOTHING = Found(frozenset(), frozenset())


def find_unchanged(block: Block, keep: Sequence[tuple[int, int]], doubtful: Collection[int]) -> Found:
    """Hold rows, given as (place, record), against the records there are.

    `doubtful` are records whose cells do not tell alone what they are. Where two rows are about one record, or a cell
    is of a field that has no column, no row is known to change nothing.
    """
    if not block.store.db.execute(f"SELECT 1 FROM {block.access.table} LIMIT 1").fetchone():
        return NOTHING
    fields = [block.kind[name] for name in block.given]
    is_plain = not any(each.custom for each in fields) and len({entity for _, entity in keep}) == len(keep)
    names = ", ".join(("id", *(f'"{each.column}"' for each in fields if is_plain)))
    present: set[int] = set()
    same: set[int] = set()
    said = _said(block, keep)
    for start in range(0, len(keep), CHUNK):
        ids = [entity for _, entity in keep[start : start + CHUNK]]
        marks = ",".join("?" * len(ids))
        rows = block.store.db.execute(
            f"SELECT {names} FROM {block.access.table} WHERE id IN ({marks}) AND until_batch IS NULL", ids
        ).fetchall()
        present.update(row[0] for row in rows)
        if is_plain:
            mine = dict(zip(ids, islice(said, len(ids)), strict=True))
            same.update(row[0] for row in rows if mine[row[0]] == row)
    same.difference_update(doubtful, (entity for index, entity in keep if index in block.result.other_names))
    return Found(present, same)


def _said(block: Block, keep: Sequence[tuple[int, int]]) -> Iterator[tuple[object, ...]]:
    """Return what the rows say, as the store would give it."""
    columns = [block.columns[name] for name in block.given]
    if len(keep) < len(block.rows):
        columns = [[column[index] for index, _ in keep] for column in columns]
    return zip([entity for _, entity in keep], *columns, strict=True)
