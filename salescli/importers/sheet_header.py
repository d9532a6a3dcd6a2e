"""Where a sheet's header stands: as a profile says, found by its names, or by the columns that were stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.errors import problem
from salescli.importers.amounts.units import unit_column, with_units
from salescli.importers.body import is_blank_cell
from salescli.importers.header import HeaderFound, far_header, find_header
from salescli.importers.opening.book import Sheet

if TYPE_CHECKING:
    from salescli.importers.sheet import Context


def find_sheet_header(context: Context) -> HeaderFound | None:
    """Return the header of a sheet, where it is stated or found; what is said where none is."""
    entry, sheet = context.entry, context.sheet
    at = entry.header_row - sheet.first_row if entry.header_row else None
    found = find_header(sheet.rows, context.vocabulary, at, merged_indexes(sheet))
    if found is None and context.maps:
        found = _header_by_maps(context)
    if found is None:
        stated = context.options.as_type or entry.type
        far = far_header(sheet.rows, context.vocabulary)
        report = (
            problem("header-too-far", context.where, severity="error" if stated else "note", row=sheet.row_number(far))
            if far is not None
            else problem("header-not-found", context.where)
            if stated
            else problem("sheet-not-recognised", context.where, severity="note", headers=_first_texts(sheet))
        )
        (context.reading.blocking if stated else context.reading.notes).append(report)
        return None
    if (column := unit_column(found, sheet.rows)) is not None and len(column[1]) > 1:
        where = context.cell(found.at, column[0])
        context.reading.blocking.append(problem("units-mixed", where, units=[*column[1].values()]))
    return with_units(found, sheet.rows, sheet.name, context.book.stem)


def merged_indexes(sheet: Sheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the merged ranges by the indexes of the sheet's rows and columns."""
    down, right = sheet.first_row - 1, sheet.first_column - 1
    return [((top - down, left - right), (bottom - down, last - right)) for (top, left), (bottom, last) in sheet.merged]


def _first_texts(sheet: Sheet) -> list[str]:
    """The first row with something in it, shortened: what the user sees at the top."""
    row = next((row for row in sheet.rows if not all(map(is_blank_cell, row))), [])
    return [str(cell)[:20] for cell in row if not is_blank_cell(cell)][:8]


def _header_by_maps(context: Context) -> HeaderFound | None:
    """Where all columns are named by --map or a profile, the header is the row that holds those names."""
    for index, row in enumerate(context.sheet.rows[:20]):
        if sum(1 for cell in row if isinstance(cell, str) and cell in context.maps) >= min(2, len(context.maps)):
            return find_header(context.sheet.rows, context.vocabulary, index, merged_indexes(context.sheet))
    return None
