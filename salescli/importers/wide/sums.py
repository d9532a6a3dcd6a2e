"""Columns that add up the months beside them, held against what was read; they are no figures of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from salescli.core.money import from_e4
from salescli.core.records import kinds
from salescli.core.records.kinds import Bad, Reading
from salescli.core.records.staged import Staged
from salescli.errors import Problem
from salescli.importers.header import HeaderFound
from salescli.importers.names import parse_header
from salescli.importers.result import RejectedRow
from salescli.importers.wide.layout import Layout, SumColumn

if TYPE_CHECKING:
    from salescli.importers.sheet import Context

Figures = dict[int, dict[str, int]]  # by the number of the row, then by month


def check_sums(
    context: Context, found: HeaderFound, layout: Layout, staged: Staged, rejected: Sequence[RejectedRow]
) -> list[Problem]:
    """Return a problem for each sum that is not that of the figures beside it, with its cell.

    Rows of which a figure could not be read are left out: they come back once they are corrected.
    """
    over, value = staged.type.wide
    figures: Figures = defaultdict(dict)
    for row, label, amount in zip(staged.rows, staged.columns[over], staged.columns[value], strict=True):
        figures[row][label] = amount or 0
    if staged.ends is not None:
        for row in staged.ends.rows:
            figures.setdefault(row, {})
    bad = {each.row for each in rejected}
    wrong: list[Problem] = []
    for each in layout.sums:
        unit = parse_header(each.header).unit or found.unit or context.entry.unit
        for row in sorted(figures.keys() - bad):
            wrong += _check(context, each, row, figures[row], Reading(unit))
    return wrong


def _check(context: Context, column: SumColumn, row: int, figures: dict[str, int], reading: Reading) -> list[Problem]:
    at = row - context.sheet.first_row
    cell = context.sheet.rows[at][column.index]
    stated = kinds.MONEY.parse_cell(None if cell == "" else cell, reading)
    if stated is None or isinstance(stated, Bad):
        return []
    sums = [sum(figures.get(label, 0) for label in labels) for labels in column.choices]
    if stated in sums:
        return []
    values: dict[str, object] = {
        "header": column.header,
        "stated": f"{from_e4(stated):,}",
        "read": f"{from_e4(sums[0]):,}",
        "difference": f"{from_e4(stated - sums[0]):+,}",
    }
    return [Problem("wide-sum-differs", context.cell(at, column.index), values)]
