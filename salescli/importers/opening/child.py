"""Read a workbook in a process of its own: run by `workbook.read_in_child`, never imported for its names.

The reader library allocates what a damaged or hostile file asks for and may abort the whole process. Where no
pre-scan can prove a file harmless (.xls, .xlsb, .ods) it is this process that dies, and its parent says so.
"""

from __future__ import annotations

import pickle
import struct
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile as ZipError

if TYPE_CHECKING:
    from salescli.importers.opening.sheet_scan import SheetScan
    from salescli.importers.opening.workbook import RawSheet

MEMORY = 3 << 30
_SCANS = {
    "xls": "salescli.importers.opening.scan_xls:scan_xls",
    "xlsb": "salescli.importers.opening.scan_xlsb:scan_xlsb",
    "ods": "salescli.importers.opening.scan_ods:scan_ods",
}


def main() -> None:
    """Read the path given as the first argument and write the sheets, pickled, to stdout."""
    _limit_memory()
    from salescli.importers.opening.sheet_scan import Refused
    from salescli.importers.opening.workbook import Unreadable, read_sheets

    path, content, wanted = sys.argv[1:4]
    data = Path(path).read_bytes()
    found: list[RawSheet] | Refused
    try:
        sheets = read_sheets(data, wanted, _scan(data, content))
        _check_lengths(sheets)
        found = sheets
    except Refused as refusal:
        found = refusal
    except Unreadable as error:
        found = Refused(error.name)
    sys.stdout.buffer.write(pickle.dumps(found, protocol=5))


def _scan(data: bytes, content: str) -> list[SheetScan]:
    """See what the reader does not give; a file that cannot be looked through so is left to it."""
    module, _, function = _SCANS[content].partition(":")
    try:
        found: list[SheetScan] = getattr(import_module(module), function)(data)
    except (IndexError, KeyError, ValueError, OSError, ZipError, struct.error, ExpatError) as error:
        print(f"not looked through: {error}", file=sys.stderr)
        return []
    return found


def _check_lengths(sheets: list[RawSheet]) -> None:
    from salescli.importers.opening.sheet_scan import LONGEST_CELL, Refused, column_letters

    for sheet in sheets:
        for index, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if cell.__class__ is str and len(cell) > LONGEST_CELL:
                    place = f"{sheet.name}!{column_letters(sheet.start[1] + column + 1)}{sheet.start[0] + index + 1}"
                    raise Refused("cell-too-long", place=place, limit=f"{LONGEST_CELL:,}")


def _limit_memory() -> None:
    """Keep a bomb from taking the machine down; Windows has no such limit to set."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


if __name__ == "__main__":
    main()
