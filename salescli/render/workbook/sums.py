"""Sums that stay alive: totals of tables, and figures that add up from them, as formulas with what they come to.

A formula is written only where it gives exactly the figure that the report states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from salescli.core.money import total
from salescli.core.table import Block, Facts, Value
from salescli.render.workbook.grids import Band, CellGrid, column_letter
from salescli.render.workbook.tables import TableGrid

_Sums = dict[str, list[tuple[str, Decimal]]]
"""By the key of a column: the addresses of totals, with their values."""


def keep_sums(bands: Sequence[Band], blocks: Sequence[Block]) -> None:
    """Put formulas into the totals of tables and into facts that add up; the grids stand in the order of the blocks."""
    facts = iter([block for block in blocks if isinstance(block, Facts)])
    row, sums = 1, _Sums()
    for band in bands:
        if isinstance(band, TableGrid) and band.table.total and band.count:
            _total(band, row, sums)
        elif isinstance(band, CellGrid) and not band.headings:
            block = next(facts, None)
            if block is not None and block.adding is not None:
                _add_up(band, block, row, sums)
                sums = _Sums()
        row += band.height


def _total(grid: TableGrid, row: int, sums: _Sums) -> None:
    first, last = row + 1, row + grid.count
    for place, (column, stated) in enumerate(zip(grid.table.columns, grid.table.total or (), strict=True)):
        if isinstance(stated, Decimal) and column.kind in ("money", "quantity"):
            letter = column_letter(place + 1)
            sums.setdefault(column.key, []).append((f"{letter}{last + 1}", stated))
            if _sum(grid.columns[place]) == stated:
                grid.formulas[place] = f"SUM({letter}{first}:{letter}{last})"


def _add_up(grid: CellGrid, facts: Facts, row: int, sums: _Sums) -> None:
    adding = facts.adding
    assert adding is not None
    values = {column.key: value for column, value in facts.items}
    places = {column.key: place for place, (column, _) in enumerate(facts.items)}
    addresses = {key: f"B{row + place}" for key, place in places.items()}
    formulas = {}
    parts = sums.get(adding.of, [])
    if parts and adding.first in values and total(value for _, value in parts) == values[adding.first]:
        formulas[adding.first] = "+".join(address for address, _ in parts)
    if places.get(adding.result):
        above = [key for key, place in places.items() if place < places[adding.result]]
        less = [key for key in adding.less if key in places]
        if above and _comes_to(values, above, less, values[adding.result]):
            formulas[adding.result] = f"SUM({addresses[above[0]]}:{addresses[above[-1]]})" + "".join(
                f"-{addresses[key]}" for key in less
            )
    grid.cells = [
        [row[0], row[1]._replace(formula=formulas.get(column.key, "")), *row[2:]]
        for row, (column, _) in zip(grid.cells, facts.items, strict=True)
    ]


def _comes_to(values: Mapping[str, Value], above: Sequence[str], less: Sequence[str], stated: Value) -> bool:
    taken = _sum([values[key] for key in less])
    return isinstance(stated, Decimal) and _sum([values[key] for key in above]) == total([stated, taken])


def _sum(values: Sequence[Value]) -> Decimal:
    return total(value for value in values if isinstance(value, Decimal))
