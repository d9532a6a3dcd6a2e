"""Workbooks as rows, through the reader library: in this process after the pre-scan, else in a child process."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from salescli.errors import Problem, Where, problem
from salescli.importers.opening.sheet_scan import Refused, SheetScan

_CHILD = "import sys; sys.path[:] = {path!r}; from salescli.importers.opening.child import main; main()"
_PATIENCE = 600


class RawSheet(NamedTuple):
    """A sheet as the reader gives it: rows, the place of the first cell (from 0), and whether it is hidden.

    `merged` are the merged ranges, ((first row, first column), (last row, last column)) from 0.
    """

    name: str
    rows: list[list[Any]]
    start: tuple[int, int]
    is_hidden: bool
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    scan: SheetScan | None = None


class Unreadable(Exception):
    """The reader library refused the file."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name, self.reason = name, reason


def read_sheets(data: bytes, wanted: str = "", scans: Sequence[SheetScan] = ()) -> list[RawSheet]:
    """Read all worksheets of a workbook; a hidden one only where `wanted` names it.

    `scans` are what was seen of the sheets beforehand, in their order.

    Raises:
        Unreadable: the library cannot read it.
    """
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            metas = list(book.sheets_metadata)
            return [
                _read_sheet(book, meta, wanted, _scan_of(meta.name, index, len(metas), scans))
                for index, meta in enumerate(metas)
                if _is_sheet(meta)
            ]
    except calamine.PasswordError as error:
        raise Unreadable("encrypted-workbook", str(error)) from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable("damaged-file", str(error)) from error
    except BaseException as error:  # a panic of the library arrives as a BaseException of its own
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("damaged-file", "the reader library failed") from error


def _is_sheet(meta: Any) -> bool:
    return str(meta.typ).endswith("WorkSheet")


def _scan_of(name: str, index: int, count: int, scans: Sequence[SheetScan]) -> SheetScan | None:
    """Find what was seen of a sheet: by its name, else by its place."""
    named = next((scan for scan in scans if scan.name == name), None)
    return named or (scans[index] if len(scans) >= count else None)


def _read_sheet(book: Any, meta: Any, wanted: str, scan: SheetScan | None) -> RawSheet:
    is_hidden = not str(meta.visible).endswith("Visible") or "Hidden" in str(meta.visible)
    if is_hidden and meta.name != wanted:
        return RawSheet(meta.name, [], (0, 0), True)
    sheet = book.get_sheet_by_name(meta.name)
    # A million blank rows between two filled ones are one and the same list.
    blank = [""] * sheet.width
    start = sheet.start or (0, 0)
    rows = [blank if row == blank else row for row in islice(sheet.iter_rows(), start[0], None)]
    try:
        merged = tuple(sheet.merged_cell_ranges or ())
    except Exception:
        merged = ()  # only .xlsx and .xls tell them
    return RawSheet(meta.name, rows, start, is_hidden, merged, scan)


def read_in_child(data: bytes, content: str, where: Where, wanted: str = "") -> list[RawSheet] | Problem:
    """Read a workbook in a process of its own, which may die of it."""
    with tempfile.TemporaryDirectory(prefix="salescli-") as folder:
        path = Path(folder) / "workbook"
        path.write_bytes(data)
        # Isolated, so that no module of the folder the person stands in is run; the paths are this process's own.
        command = [sys.executable, "-I", "-c", _CHILD.format(path=[part for part in sys.path if part])]
        try:
            words = [*command, str(path), content, wanted]
            done = subprocess.run(words, capture_output=True, timeout=_PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return problem("cannot-read", where, path=where.file, reason=type(error).__name__)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        if "MemoryError" in said or done.returncode < 0 or "memory allocation" in said:
            return problem("too-large-to-read", where)
        name = "encrypted-workbook" if "password" in said.lower() else "damaged-file"
        return problem(name, where)
    found: list[RawSheet] | Refused = pickle.loads(done.stdout)  # written by our own child
    return Problem(found.name, where, found.values) if isinstance(found, Refused) else found
