"""Open a file, whatever it is, as sheets of rows with their true addresses.

The first row of `Sheet.rows` is row `first_row` of the spreadsheet, its first column is column `first_column`. Cells
are str, float, int, bool, date, datetime or None.
"""

from __future__ import annotations

import hashlib
import stat
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from salescli.errors import Problem, Where, problem
from salescli.importers.opening.content import TEXT_SUFFIXES, content_of
from salescli.importers.opening.delimited import read_delimited
from salescli.importers.opening.number_formats import Shown
from salescli.importers.opening.prescan import check_archive, scan_workbook
from salescli.importers.opening.sheet_scan import SheetScan, column_letters
from salescli.importers.opening.web_table import read_web_page
from salescli.importers.opening.workbook import RawSheet, Unreadable, read_in_child, read_sheets

STDIN = "-"
MOST_TEXT = 250_000_000  # about three million rows; in memory it is sixteen times its size
MOST_BYTES = 1_000_000_000


@dataclass(slots=True)
class Sheet:
    """The cells of one sheet, as columns of a rectangle of rows."""

    name: str
    rows: list[list[Any]]
    first_row: int = 1
    first_column: int = 1
    unvalued: frozenset[str] = frozenset()
    errors: Mapping[str, str] = field(default_factory=dict)
    percents: Mapping[str, int] = field(default_factory=dict)
    formats: Mapping[str, Mapping[int, Shown]] = field(default_factory=dict)  # of figures, by column and row
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    hidden: Sequence[int] = ()
    widths: Sequence[int] = ()  # cells of each row of a text file, where they differ

    def row_number(self, index: int) -> int:
        """Return the spreadsheet's number of a row."""
        return self.first_row + index

    def cells_of(self, row: int) -> tuple[Any, ...]:
        """Return the cells of the row with this number."""
        return tuple(None if cell == "" else cell for cell in self.rows[row - self.first_row])

    def letters(self, index: int) -> str:
        """Return the spreadsheet's letters of a column."""
        return column_letters(self.first_column + index)


@dataclass(slots=True)
class Book:
    """An opened file: its sheets, content hash, encoding (text only), and what was wrong or worth saying."""

    file: str
    sha256: str = ""
    content: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    left_out: int = 0  # sheets that were not read: hidden, or not the one wanted
    seen: dict[str, dict[Any, Any]] = field(default_factory=dict)  # keys by type, from sheet to sheet

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix."""
        return "" if self.file == STDIN else Path(self.file).stem


def open_book(path: Path | str, *, encoding: str = "", sheet: str = "", name: str = "") -> Book:
    """Open a file or `-` (stdin). What keeps it from being read stands in `problems`; nothing is raised.

    Args:
        path: the file.
        encoding: of a text file, where it should not be found out.
        sheet: the only sheet wanted; a hidden one is read only when named so.
        name: how the file is called in addresses; its path as given where empty.
    """
    book = Book(name or str(path))
    where = Where(book.file)
    data = _read_bytes(path, where)
    if isinstance(data, Problem):
        book.problems.append(data)
        return book
    book.sha256 = hashlib.sha256(data).hexdigest()
    suffix = "" if str(path) == STDIN else Path(path).suffix.lower()
    content = content_of(data, suffix, where)
    if isinstance(content, Problem):
        book.problems.append(content)
        return book
    book.content = content
    if content == "text":
        _open_text(book, data, encoding, suffix)
    elif content == "html":
        _open_web_page(book, data, encoding, suffix)
    else:
        _open_workbook(book, data, content, suffix, sheet)
    if not book.problems and not any(each.rows for each in book.sheets):
        book.problems.append(problem("empty-workbook", where))
    return book


def _read_bytes(path: Path | str, where: Where) -> bytes | Problem:
    try:
        if str(path) == STDIN:
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            kind = Path(path).stat().st_mode
            if not (stat.S_ISREG(kind) or stat.S_ISFIFO(kind)):
                return problem("not-a-spreadsheet", where)
            with Path(path).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        return data if len(data) <= MOST_BYTES else problem("too-large-to-read", where)
    except FileNotFoundError:
        return problem("file-not-found", where, path=str(path))
    except (OSError, MemoryError) as error:
        return problem("cannot-read", where, path=str(path), reason=getattr(error, "strerror", "") or str(error))


def _open_text(book: Book, data: bytes, encoding: str, suffix: str) -> None:
    where = Where(book.file)
    if len(data) > MOST_TEXT:
        book.problems.append(problem("too-large-to-read", where))
        return
    read = read_delimited(data, where, encoding, suffix)
    if isinstance(read, Problem):
        book.problems.append(read)
        return
    book.encoding, book.delimiter = read.encoding, read.delimiter
    if read.encoding != "utf-8":
        book.notes.append(problem("encoding-found", where, severity="note", encoding=read.encoding.upper()))
    if suffix not in (*TEXT_SUFFIXES, ""):
        book.notes.append(problem("type-by-content", where, severity="note", suffix=suffix, content="text"))
    book.sheets = [Sheet("", read.rows, widths=read.widths)]


def _open_web_page(book: Book, data: bytes, encoding: str, suffix: str) -> None:
    where = Where(book.file)
    read = read_web_page(data, where, encoding)
    if isinstance(read, Problem):
        book.problems.append(read)
        return
    tables, book.encoding = read
    book.notes.append(
        problem("web-page-read", where, severity="note", count=len(tables), encoding=book.encoding.upper())
    )
    for number, table in enumerate(tables, 1):
        name = "" if len(tables) == 1 else f"table {number}"
        book.sheets.append(Sheet(name, list(table.rows), merged=tuple(table.merged)))


def _open_workbook(book: Book, data: bytes, content: str, suffix: str, wanted: str) -> None:
    where = Where(book.file)
    if suffix and suffix != f".{content}" and not (content == "xlsx" and suffix == ".xlsm"):
        book.notes.append(problem("type-by-content", where, severity="note", suffix=suffix, content=content))
    if content == "xlsx":
        scan = scan_workbook(data, where)
        if scan.refused is not None:
            book.problems.append(scan.refused)
            return
        try:
            raw: list[RawSheet] | Problem = read_sheets(data, wanted, list(scan.sheets.values()))
        except Unreadable as error:
            raw = problem(error.name, where)
    else:
        refused = check_archive(data, where) if content != "xls" else None
        raw = refused or read_in_child(data, content, where, wanted)
    if isinstance(raw, Problem):
        book.problems.append(raw)
        return
    _choose_sheets(book, raw, wanted)


def _choose_sheets(book: Book, raw: list[RawSheet], wanted: str) -> None:
    where = Where(book.file)
    if wanted and wanted not in {each.name for each in raw}:
        names = [each.name for each in raw]
        book.problems.append(problem("no-such-sheet", where, text=wanted, sheets=names))
        return
    for each in raw:
        if wanted and each.name != wanted:
            book.left_out += 1
            continue
        if each.is_hidden and each.name != wanted:
            book.notes.append(problem("hidden-sheet", Where(book.file, sheet=each.name), severity="note"))
            continue
        scan = each.scan or SheetScan()
        first_row, first_column = each.start[0] + 1, each.start[1] + 1
        book.sheets.append(
            Sheet(
                each.name,
                each.rows,
                first_row,
                first_column,
                unvalued=frozenset(scan.unvalued),
                errors=scan.errors,
                percents=scan.percents,
                formats=scan.formats,
                merged=each.merged,
                hidden=scan.hidden,
            )
        )
