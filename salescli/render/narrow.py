"""Columns that give way where a terminal is too narrow for a table, before its cells are cut beyond recognition."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from salescli.core.table import Column, Table
from salescli.core.title import Title


def leave_out(
    table: Table, fits: Callable[[Table], bool], is_whole: Callable[[Table], bool]
) -> tuple[Table, tuple[Column, ...]]:
    """Return a table without the columns that give way, as few as need be, and those of them that say something.

    A blank column goes before any text beside it is cut (not `is_whole`), the others before the table is uncomfortable.
    """
    if not is_whole(table):
        table = without(table, [index for index in range(len(table.columns)) if is_blank(table, index)])
    silent = [index for index, column in enumerate(table.columns) if column.give_way and not _says(table, index)]
    others = [index for index, column in enumerate(table.columns) if column.give_way == "narrow"]
    gone: list[int] = []
    for index in (*reversed(silent), *(each for each in reversed(others) if each not in silent)):
        if fits(without(table, gone)):
            break
        gone.append(index)
    return without(table, gone), tuple(table.columns[index] for index in sorted(gone) if index not in silent)


def is_blank(table: Table, index: int) -> bool:
    """Tell whether a column says nothing in any row; the first one names the rows and stays."""
    rows = (*table.rows, *([table.total] if table.total else []))
    return index > 0 and table.columns[index].blank is None and all(row[index] in (None, "") for row in rows)


def without(table: Table, gone: Collection[int]) -> Table:
    """Return a table without some of its columns."""
    if not gone:
        return table
    kept = [index for index in range(len(table.columns)) if index not in gone]
    return replace(
        table,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows),
        total=tuple(table.total[index] for index in kept) if table.total else None,
    )


def left_out(columns: Collection[Column]) -> Title:
    """Say which columns a wider terminal shows."""
    zh, en = "、".join(one.title.zh for one in columns), ", ".join(one.title.en for one in columns)
    return Title(f"更宽的终端还显示:{zh}", f"a wider terminal also shows: {en}")


def _says(table: Table, index: int) -> bool:
    return any(row[index] not in (None, "", 0) for row in table.rows)
