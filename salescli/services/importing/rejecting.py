"""The rejected rows of an import as workbooks, one for each file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from salescli.errors import Refused
from salescli.importers.opening.book import STDIN
from salescli.importers.result import RejectedRow
from salescli.services.context import Context
from salescli.services.importing.files import ImportOutcome, SheetImport


def write_rejects(context: Context, outcome: ImportOutcome) -> list[Path]:
    """Write a workbook of the rejected rows of each file: beside it, or in the workspace where that cannot be."""
    from salescli.importers.writing.rejects import build_rejects
    from salescli.services.atomic import write_file

    by_file: dict[str, list[SheetImport]] = {}
    for sheet in outcome.sheets:
        if sheet.rejected:
            by_file.setdefault(sheet.reading.report.file, []).append(sheet)
    written: list[Path] = []
    for file, sheets in by_file.items():
        content = build_rejects([(one.reading.report, _remembered(one)) for one in sheets], context.language)
        target = _target(context.workspace.folder if file == STDIN else Path(file).parent, file, written)
        try:
            write_file(target, content)
        except Refused:
            target = _target(context.workspace.folder, file, written)
            write_file(target, content)
        written.append(target)
    return written


def _target(folder: Path, file: str, taken: Collection[Path]) -> Path:
    """Name the workbook of a file; `a.csv` and `a.xlsx` of one import do not write over each other."""
    from salescli.importers.writing.rejects import SUFFIX, rejects_name

    first = name = rejects_name(file)
    number = 1
    while folder / name in taken:
        number += 1
        name = f"{first.removesuffix(SUFFIX)}-{number}{SUFFIX}"
    return folder / name


def _remembered(done: SheetImport) -> list[RejectedRow]:
    """The rejected rows of a sheet; those with a made key remember from where equal ones are counted."""
    from salescli.importers.made_keys import COLUMN, remember_counts

    report, staged, result = done.reading.report, done.reading.staged, done.result
    if not report.made_key or staged is None:
        return done.rejected
    out = result.rejected if result is not None else {}
    accepted = (made for index, made in enumerate(staged.columns[report.made_key]) if index not in out)
    place = report.header.index(COLUMN) if COLUMN in report.header else -1
    return remember_counts(done.rejected, accepted, place)
