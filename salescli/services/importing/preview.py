"""The first rows of files as they would be stored: read whole, so that proofs are those of the import; not written."""

from __future__ import annotations

from pathlib import Path

from salescli.core.records.registry import Registry
from salescli.core.table import Report
from salescli.errors import DecisionNeeded, Problem, ProblemsFound
from salescli.importers.reading import read_files
from salescli.importers.result import SheetReading
from salescli.reports.previewing import PreviewRow, PreviewSheet, build_preview_report
from salescli.services.importing.request import Ground, ToRead, as_typed


def preview_files(ground: Ground, to_read: ToRead, count: int) -> tuple[Report, list[Problem]]:
    """Return the first `count` rows of each sheet, and what an import would say of all of them.

    Raises:
        ProblemsFound: a file, sheet or header is bad.
        DecisionNeeded: only a person can decide how it is to be read.
    """
    read = read_files(to_read.paths, to_read.options, ground.registry)
    if read.blocking:
        raise ProblemsFound(*read.blocking)
    if read.decisions:
        raise DecisionNeeded(*read.decisions)
    sheets = tuple(_sheet(each, ground.registry, count) for each in read.sheets if each.staged is not None)
    return build_preview_report(sheets, ground.currency), [*to_read.notes, *read.notes, *read.problems]


def _sheet(reading: SheetReading, registry: Registry, count: int) -> PreviewSheet:
    """Take the first rows in the order of the file, those that would be rejected among them."""
    report, staged = reading.report, reading.staged
    assert staged is not None
    kind = registry[report.type]
    fields = tuple(each for each in kind.given if each.name in staged.columns)
    bad = {one.row: one for one in report.rejected}
    rows = sorted([*((row, index) for index, row in enumerate(staged.rows)), *((row, -1) for row in bad)])[:count]
    shown = tuple(
        PreviewRow(row, (), tuple(bad[row].problems), tuple(bad[row].cells))
        if index < 0
        else PreviewRow(row, tuple(staged.columns[each.name][index] for each in fields))
        for row, index in rows
    )
    return PreviewSheet(
        as_typed(report.file), Path(report.file).name, report.sheet, kind, fields, shown, len(staged) + len(bad)
    )
