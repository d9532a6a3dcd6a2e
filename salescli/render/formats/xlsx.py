"""Reports as workbooks: one sheet per block with typed cells, and a notes sheet (说明).

The same report gives the same bytes: no clock is read, and the archive carries fixed times.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from salescli import __version__
from salescli.core.table import Block, Facts, Line, Prose, Report, Table, Trace
from salescli.render import sheets
from salescli.render.options import RenderOptions
from salescli.render.sheets import Cell, Sheet
from salescli.render.values import column_for
from salescli.render.words import CUT_TEXTS, ITEM, LINE, NOTES, NUMBER, PROGRAM, REPORT, SOURCE, VALUE, currencies_of

if TYPE_CHECKING:
    from openpyxl import Workbook

FIXED_TIME = datetime(2000, 1, 1)  # noqa: DTZ001  the workbook format knows no zones
MOST_ROWS = 1_048_576
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def render_report(report: Report, options: RenderOptions) -> bytes:
    """Return the bytes of an .xlsx file."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    names = SheetNames()
    cut_count = 0
    for block in report.blocks:
        title = block.title or (report.title if len(report.blocks) == 1 else None)
        for sheet in split_rows(build_sheet(block, currencies_of(report), options)):
            name = names.unique(title.text(options.language) if title else block.name)
            cut_count += sheets.write_sheet(workbook.create_sheet(name), sheet)
    notes = notes_sheet(report, options, cut_count)
    sheets.write_sheet(workbook.create_sheet(names.unique(NOTES.text(options.language))), notes)
    return _bytes_of(workbook)


@dataclass
class SheetNames:
    """Gives sheet names that Excel takes: at most 31 characters, no forbidden signs, none twice."""

    used: set[str] = field(default_factory=set)

    def unique(self, wanted: str) -> str:
        """Return `wanted` as a sheet name, numbered where it is taken."""
        printable = "".join(character for character in wanted if character.isprintable())
        base = printable.translate(_FORBIDDEN).strip("' ") or "Sheet"
        name, count = base[:31], 1
        while name.casefold() in self.used or name.casefold() == "history":  # Excel keeps this name for itself
            count += 1
            suffix = f" ({count})"
            name = base[: 31 - len(suffix)] + suffix
        self.used.add(name.casefold())
        return name


def split_rows(sheet: Sheet) -> Iterator[Sheet]:
    """Continue a sheet that is longer than Excel allows on further ones."""
    room = MOST_ROWS - 2  # the heading and the total
    for start in range(0, max(len(sheet.rows), 1), room):
        is_last = start + room >= len(sheet.rows)
        yield Sheet(
            sheet.headings, sheet.rows[start : start + room], sheet.total if is_last else None, sheet.has_filter
        )


def build_sheet(block: Block, currencies: set[str], options: RenderOptions) -> Sheet:
    """Return the cells of one block."""
    language = options.language
    if isinstance(block, Table):
        return sheets.table_sheet(block, currencies, options)
    if isinstance(block, Facts):
        return sheets.facts_sheet(block, currencies, options)
    if isinstance(block, Prose):
        headings = tuple(title.text(language) for title in (NUMBER, LINE, SOURCE))
        rows = [[Cell(n), Cell(text, wrap=True), Cell(source)] for n, (text, source) in enumerate(block.lines, 1)]
        return Sheet(headings, rows)
    headings = tuple(title.text(language) for title in (LINE, VALUE, SOURCE))
    return Sheet(headings, list(_trace_rows(block, options)))


def _trace_rows(trace: Trace, options: RenderOptions) -> Iterator[list[Cell]]:
    def walk(line: Line, depth: int) -> Iterator[list[Cell]]:
        text = Cell(line.text.text(options.language), indent=depth)
        yield [text, sheets.value_cell(line.value, line.column or column_for(line.value)), Cell(line.source)]
        for child in line.children:
            yield from walk(child, depth + 1)

    return (row for line in trace.lines for row in walk(line, 0))


def notes_sheet(report: Report, options: RenderOptions, cut_count: int) -> Sheet:
    """Return what a reader of the file must know: definitions, state of knowledge, program version."""
    language = options.language
    entries = [(REPORT.text(language), report.title.text(language))]
    entries += [("", line.text(language)) for line in report.footer]
    entries += [(name.text(language), value) for name, value in report.notes]
    entries += [(CUT_TEXTS.text(language), str(cut_count))] if cut_count else []
    entries.append((PROGRAM.text(language), f"salescli {__version__}"))
    rows = [[Cell(name), Cell(value, wrap=True)] for name, value in entries]
    return Sheet((ITEM.text(language), VALUE.text(language)), rows)


def _bytes_of(workbook: Workbook) -> bytes:
    """Write the archive twice: openpyxl stamps the clock into it, the copy carries fixed times instead."""
    from openpyxl.writer.excel import ExcelWriter

    workbook.properties.creator = "salescli"
    workbook.properties.created = workbook.properties.modified = FIXED_TIME
    first, second = io.BytesIO(), io.BytesIO()
    # ExcelWriter rather than Workbook.save: the latter sets `modified` to now.
    with zipfile.ZipFile(first, "w") as archive:
        ExcelWriter(workbook, archive).write_data()
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, FIXED_TIME.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on every platform
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(entry))
    return second.getvalue()
