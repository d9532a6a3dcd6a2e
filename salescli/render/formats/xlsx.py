"""Reports as workbooks: one sheet per block with typed cells, and a notes sheet (说明).

The same report gives the same bytes: no clock is read, and the archive carries fixed times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from salescli import __version__
from salescli.core.table import Block, Facts, Prose, Report, Table
from salescli.render.options import RenderOptions
from salescli.render.sheets import Cell, facts_cells, prose_cells, trace_cells
from salescli.render.words import (
    CUT_TEXTS,
    ITEM,
    LINE,
    NOTES,
    NUMBER,
    PROGRAM,
    REPORT,
    SOURCE,
    VALUE,
    column_title,
    currencies_of,
)
from salescli.render.workbook.archive import SheetNames, build_archive
from salescli.render.workbook.grids import CellGrid
from salescli.render.workbook.sheet import SheetPlan
from salescli.render.workbook.tables import TableGrid

MOST_ROWS = 1_048_576


def render_report(report: Report, options: RenderOptions) -> bytes:
    """Return the bytes of an .xlsx file."""
    names, plans, cut_count = SheetNames(), [], 0
    currencies = currencies_of(report)
    for block in report.blocks:
        title = block.title or (report.title if len(report.blocks) == 1 else None)
        for grid in _grids(block, currencies, options):
            name = names.unique(title.text(options.language) if title else block.name)
            cut_count += grid.cut_count if isinstance(grid, TableGrid) else 0
            charts = grid.table.charts if isinstance(grid, TableGrid) else ()
            plans.append(SheetPlan(name, [grid], charts=charts, language=options.language))
    notes = CellGrid(_words(options, ITEM, VALUE), notes_cells(report, options, cut_count))
    plans.append(SheetPlan(names.unique(NOTES.text(options.language)), [notes], language=options.language))
    return build_archive(plans, report.title.text(options.language))


def _grids(block: Block, currencies: set[str], options: RenderOptions) -> Iterator[TableGrid | CellGrid]:
    if isinstance(block, Table):
        yield from _table_grids(block, currencies, options)
    elif isinstance(block, Facts):
        yield CellGrid(_words(options, ITEM, VALUE), facts_cells(block, currencies, options))
    elif isinstance(block, Prose):
        yield CellGrid(_words(options, NUMBER, LINE, SOURCE), prose_cells(block))
    else:
        yield CellGrid(_words(options, LINE, VALUE, SOURCE), trace_cells(block, options))


def _table_grids(table: Table, currencies: set[str], options: RenderOptions) -> Iterator[TableGrid]:
    """Continue a table that is longer than Excel allows on further sheets."""
    headings = [column_title(column, currencies, options.language) for column in table.columns] or [""]
    room = MOST_ROWS - 2  # the heading and the total
    for start in range(0, max(len(table.rows), 1), room):
        is_last = start + room >= len(table.rows)
        part = replace(table, rows=table.rows[start : start + room], total=table.total if is_last else None)
        yield TableGrid(part, headings, options)


def notes_cells(report: Report, options: RenderOptions, cut_count: int) -> list[list[Cell]]:
    """Return what a reader of the file must know: definitions, state of knowledge, program version."""
    language = options.language
    entries = [(REPORT.text(language), report.title.text(language))]
    entries += [("", line.text(language)) for line in report.footer]
    entries += [(name.text(language), value) for name, value in report.notes]
    entries += [(CUT_TEXTS.text(language), str(cut_count))] if cut_count else []
    entries.append((PROGRAM.text(language), f"salescli {__version__}"))
    return [[Cell(name), Cell(value, wrap=True)] for name, value in entries]


def _words(options: RenderOptions, *titles: object) -> list[str]:
    return [title.text(options.language) for title in titles]  # type: ignore[attr-defined]
