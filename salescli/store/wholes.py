"""Sets that make a whole: the shares of one contract may not pass 100 %, and a set is taken or rejected as one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salescli.core.money import CONTEXT, MILLION
from salescli.store.schema import table_of

if TYPE_CHECKING:
    from salescli.store.merge import Merger


def check_wholes(merger: Merger, entities: Sequence[int | None]) -> None:
    """Reject the sets of a staged block whose shares, with those already stored, pass the whole; note the incomplete."""
    whole = merger.kind.whole
    if whole is None or whole.share not in merger.columns:
        return
    sets: dict[tuple[Any, ...], list[int]] = {}
    columns = [merger.columns.get(name, [None] * len(merger.rows)) for name in whole.of]
    for index, group in enumerate(zip(*columns, strict=True)):
        if index not in merger.result.rejected and _counts(merger, index):
            sets.setdefault(group, []).append(index)
    stored = _stored(merger, set(entities))
    for group, indexes in sets.items():
        total = stored.get(group, 0) + sum(merger.columns[whole.share][index] or 0 for index in indexes)
        if total == MILLION:
            continue
        values = {"record": _label(merger, group), "total": f"{CONTEXT.scaleb(Decimal(total), -4).normalize():f} %"}
        for index in indexes if total > MILLION else ():
            merger.reject(index, "split-above-100", whole.share, **values)
        if total < MILLION:
            merger.result.notes.append(merger.problem(indexes[0], "split-below-100", whole.share, "warning", **values))


def _counts(merger: Merger, index: int) -> bool:
    whole = merger.kind.whole
    assert whole is not None
    for name, wanted in whole.only.items():
        value = merger.columns.get(name, [None] * len(merger.rows))[index]
        if (merger.kind[name].default if value is None else value) != wanted:
            return False
    return True


def _stored(merger: Merger, restated: set[int | None]) -> dict[tuple[Any, ...], int]:
    """Sums of the shares already stored, without the records that this block states anew."""
    whole = merger.kind.whole
    assert whole is not None
    group = ", ".join(f'"{merger.kind[name].column}"' for name in whole.of)
    only = "".join(f' AND "{merger.kind[name].column}" = ?' for name in whole.only)
    rows = merger.store.db.execute(
        f'SELECT id, "{merger.kind[whole.share].column}", {group} FROM "{table_of(merger.kind)}" WHERE until_batch IS NULL{only}',
        tuple(whole.only.values()),
    )
    sums: dict[tuple[Any, ...], int] = {}
    for entity, share, *key in rows:
        if entity not in restated:
            sums[tuple(key)] = sums.get(tuple(key), 0) + (share or 0)
    return sums


def _label(merger: Merger, group: tuple[Any, ...]) -> str:
    marks = [entity for entity in group if entity is not None]
    if not marks:
        return "?"
    row = merger.store.db.execute("SELECT key FROM entity WHERE id = ?", (marks[0],)).fetchone()
    return str(row[0]) if row else "?"
