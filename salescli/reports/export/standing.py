"""How each line stands, in a word behind its figures: the colour of a workbook is never alone."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.table import Column, Ratio, Table, Value
from salescli.core.title import Title

STANDING = "standing"
REACHED, MISSED = Title("✓ 达成", "✓ reached"), Title("✗ 未达成", "✗ missed")
AHEAD, BEHIND = Title("▲ 领先", "▲ ahead"), Title("▼ 落后", "▼ behind")
NO_TARGET = Title("无目标", "no target")


def with_standing(table: Table, is_over: bool) -> Table:
    """Return a table of attainment with a last column that says how each line stands."""
    keys = [column.key for column in table.columns]
    measure = keys.index("attainment" if is_over else "pace")
    target = keys.index("target")

    def row_of(row: tuple[Value, ...]) -> tuple[Value, ...]:
        return (*row, standing_of(row[measure], row[target] is not None, is_over))

    return replace(
        table,
        columns=(*table.columns, Column(STANDING, Title("评价", "Standing"))),
        rows=tuple(map(row_of, table.rows)),
        total=row_of(table.total) if table.total else None,
    )


def standing_of(measured: Value, has_target: bool, is_over: bool) -> Title | None:
    """Return the word: reached or missed when the period is over, ahead or behind before.

    >>> standing_of(Ratio(9, 10), True, False).en
    '▼ behind'
    """
    if not has_target:
        return NO_TARGET
    exact = measured.exact() if isinstance(measured, Ratio) else None
    if exact is None:
        return None
    if is_over:
        return REACHED if exact >= 1 else MISSED
    return AHEAD if exact >= 1 else BEHIND
