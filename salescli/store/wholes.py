"""Sets that make a whole: the shares of one contract may not pass 100 %, and a set is taken or rejected as one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salescli.core.money import CONTEXT, MILLION
from salescli.core.records.sets import broken_by
from salescli.store.schema import table_of

if TYPE_CHECKING:
    from salescli.store.block import Block


def check_wholes(block: Block, entities: Sequence[int | None]) -> None:
    """Reject the sets whose shares, with those already stored, pass the whole; note the incomplete."""
    whole = block.kind.whole
    if whole is None or whole.share not in block.columns:
        return
    _reject_broken(block)
    sets: dict[tuple[Any, ...], list[int]] = {}
    columns = [block.columns.get(name, [None] * len(block.rows)) for name in whole.of]
    for index, group in enumerate(zip(*columns, strict=True)):
        if index not in block.result.rejected and _counts(block, index):
            sets.setdefault(group, []).append(index)
    stored = _stored(block, set(entities))
    for group, indexes in sets.items():
        total = stored.get(group, 0) + sum(block.columns[whole.share][index] or 0 for index in indexes)
        if total == MILLION:
            continue
        values = {"record": _label(block, group), "total": f"{CONTEXT.scaleb(Decimal(total), -4).normalize():f} %"}
        for index in indexes if total > MILLION else ():
            block.reject(index, "split-above-100", whole.share, **values)
        if total < MILLION:
            block.result.notes.append(block.problem(indexes[0], "split-below-100", whole.share, "warning", **values))


def _reject_broken(block: Block) -> None:
    """A row that is kept out, such as one of an unknown person, keeps the others of its set out."""
    assert block.kind.whole is not None
    broken = broken_by(block.kind, block.columns, len(block.rows), block.result.rejected.keys())
    for index, (bad, group) in broken.items():
        block.reject(index, "set-rejected", block.kind.whole.share, record=_label(block, group), row=block.rows[bad])


def _counts(block: Block, index: int) -> bool:
    whole = block.kind.whole
    assert whole is not None
    for name, wanted in whole.only.items():
        value = block.columns.get(name, [None] * len(block.rows))[index]
        if (block.kind[name].default if value is None else value) != wanted:
            return False
    return True


def _stored(block: Block, restated: set[int | None]) -> dict[tuple[Any, ...], int]:
    """Sums of the shares already stored, without the records that this block states anew."""
    whole = block.kind.whole
    assert whole is not None
    group = ", ".join(f'"{block.kind[name].column}"' for name in whole.of)
    only = "".join(f' AND "{block.kind[name].column}" = ?' for name in whole.only)
    rows = block.store.db.execute(
        f'SELECT id, "{block.kind[whole.share].column}", {group} FROM "{table_of(block.kind)}" '
        f"WHERE until_batch IS NULL{only}",
        tuple(whole.only.values()),
    )
    sums: dict[tuple[Any, ...], int] = {}
    for entity, share, *key in rows:
        if entity not in restated:
            sums[tuple(key)] = sums.get(tuple(key), 0) + (share or 0)
    return sums


def _label(block: Block, group: tuple[Any, ...]) -> str:
    marks = [entity for entity in group if entity is not None]
    if not marks:
        return "?"
    row = block.store.db.execute("SELECT key FROM entity WHERE id = ?", (marks[0],)).fetchone()
    return str(row[0]) if row else "?"
