"""Read files: every sheet of every file to a staged block, a report, and problems. No SQL, and nothing is written."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from salescli.core.records.file_names import feed_of_stem
from salescli.core.records.profile import FileProfile
from salescli.core.records.registry import Registry
from salescli.errors import Where, problem
from salescli.importers.columns import check_constants, check_maps
from salescli.importers.form import is_choices, read_parts
from salescli.importers.names import Vocabulary
from salescli.importers.opening.book import Book, open_book
from salescli.importers.result import FilesRead, ReadOptions, SheetReading, SheetReport
from salescli.importers.sheet import read_sheet
from salescli.importers.writing.template import NOTES_SHEETS

_NOTHING_KNOWN = ("sheet-not-recognised", "empty-sheet", "header-too-far")


def read_files(paths: Sequence[Path | str], options: ReadOptions, registry: Registry) -> FilesRead:
    """Read spreadsheets and text files to staged rows; nothing is raised for what a file holds.

    Args:
        paths: files, or `-` for stdin.
        options: what was stated; where nothing was, it is found out and said, or a decision is asked for.
        registry: the record types there are.
    """
    vocabulary = Vocabulary(registry)
    read = FilesRead()
    with no_collection():
        for path in paths:
            _read_file(path, options, vocabulary, read)
    check_maps(read.sheets, options, registry)
    read.file_notes += check_constants(read.sheets, options, registry)
    for each in read.sheets:
        if each.blocking:
            each.staged = None
    return read


@contextmanager
def no_collection() -> Iterator[None]:
    """Millions of cells hold no cycles: looking for some, again and again, would cost a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_file(path: Path | str, options: ReadOptions, vocabulary: Vocabulary, read: FilesRead) -> None:
    name = "" if str(path) == "-" else Path(path).name
    options = options.of_file(path)
    profile = options.profile
    entry = profile.entry_of_file(name) if profile else None
    if entry is not None and entry.skip:
        read.file_notes.append(
            problem("file-skipped", Where(str(path)), severity="note", profile=profile and profile.name)
        )
        return
    if profile is not None and entry is None:
        note = problem("profile-does-not-fit", Where(str(path)), severity="note", profile=profile.name)
        read.file_notes.append(note)
    encoding = options.encoding or (entry.encoding if entry else "")
    wanted = options.sheet or (entry.sheet if entry and _names_one_sheet(options, name) else "")
    book = open_book(path, encoding=encoding, sheet=wanted)
    read.file_problems += book.problems
    read.file_notes += book.notes
    if book.problems:
        return
    readings = [each for index in range(len(book.sheets)) for each in _read(book, index, options, vocabulary, name)]
    found = [each for each in readings if each is not None]
    _finish_file(found, options, read)


def _names_one_sheet(options: ReadOptions, name: str) -> bool:
    """Tell whether all entries for a file speak of one and the same sheet."""
    entries = [each for each in options.profile.files if each.fits(name, each.sheet)] if options.profile else []
    return len({each.sheet for each in entries}) == 1


def _read(
    book: Book, index: int, options: ReadOptions, vocabulary: Vocabulary, name: str
) -> Sequence[SheetReading | None]:
    """A sheet that salescli wrote to be filled in is read part by part, any other as one."""
    if is_choices(book.sheets[index]):
        return []
    parts = read_parts(book, book.sheets[index], options, vocabulary, feed_of_stem(book.stem))
    return parts or [_read_one(book, index, options, vocabulary, name)]


def _read_one(book: Book, index: int, options: ReadOptions, vocabulary: Vocabulary, name: str) -> SheetReading | None:
    sheet = book.sheets[index]
    entry = options.profile.entry(name, sheet.name) if options.profile else None
    if not sheet.rows:
        where = Where(book.file, sheet=sheet.name)
        note = problem("empty-sheet", where, severity="note")
        return SheetReading(SheetReport(book.file, sheet.name), notes=[note])
    if (entry is not None and entry.skip) or (
        sheet.name in NOTES_SHEETS and len(book.sheets) > 1 and not options.sheet
    ):
        return None
    return read_sheet(book, sheet, options, entry or FileProfile(), vocabulary, feed_of(book, options))


def _excuse_other_sheets(found: list[SheetReading]) -> None:
    """`--as` speaks of the sheets that hold such rows; one beside them with hardly a column of it is not meant."""
    for each in found:
        is_foreign = {problem.name for problem in each.blocking} <= {"column-missing", "header-not-found"}
        if each.blocking and is_foreign and len(each.report.mapped) < 2:
            where = Where(each.report.file, sheet=each.report.sheet)
            headers = [text for text in each.report.header if text][:12]
            each.notes = [problem("sheet-not-recognised", where, severity="note", headers=headers)]
            each.blocking, each.decisions, each.problems = [], [], []
            each.report = SheetReport(each.report.file, each.report.sheet)


def _finish_file(found: list[SheetReading], options: ReadOptions, read: FilesRead) -> None:
    """A sheet that is nothing we know is a note beside others, and an error where nothing at all is recognised."""
    is_stated = bool(options.as_type) or any(each.entry.type and not each.entry.sheet for each in found)
    if is_stated and any(not each.blocking for each in found):
        _excuse_other_sheets(found)
    is_known = any(each.report.type for each in found)
    if not is_known and found and not any(each.blocking or each.decisions for each in found):
        for each in found:
            each.blocking += [replace(note, severity="error") for note in each.notes if note.name in _NOTHING_KNOWN]
            each.notes = [note for note in each.notes if note.name not in _NOTHING_KNOWN]
    read.sheets += found


def feed_of(book: Book, options: ReadOptions) -> str:
    """Return what stays the same from month to month: the profile, or the file's name without its dates."""
    return options.profile.source if options.profile else feed_of_stem(book.stem)
