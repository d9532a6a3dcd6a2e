"""Look through an .ods beside its reader: error cells, formulas without a value, shown currencies, hidden rows, range.

Runs in the child process only. Entities are not declared in an honest file: a document type refuses it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from salescli.importers.opening.number_formats import Shown
from salescli.importers.opening.sheet_scan import Extent, Refused, SheetScan, column_letters

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_REPEATS = 10_000  # of a bad cell that are listed


def scan_ods(data: bytes) -> list[SheetScan]:
    """Return what the sheets' cells say, in the order of the sheets.

    Raises:
        Refused: entities are declared, or a sheet spans more cells than may be read.
    """
    look = _Look()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.text
    parser.StartDoctypeDeclHandler = look.refuse
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as part:
        parser.ParseFile(part)
    return look.scans


class _Look:
    """The place in the document, and what was found there."""

    def __init__(self) -> None:
        self.scans: list[SheetScan] = []
        self.depth = self.row = self.column = self.repeated = 0
        self.formula: tuple[int, str] | None = None  # width of the cell, kind of its value
        self.said = ""
        self.extent = Extent()

    def refuse(self, *_: object) -> None:
        raise Refused("xml-entities", part="content.xml")

    def start(self, name: str, values: Mapping[str, str]) -> None:
        if name == f"{_TABLE}table":
            self.depth += 1
            if self.depth == 1:
                self.scans.append(SheetScan(values.get(f"{_TABLE}name", "")))
                self.extent, self.row, self.repeated = Extent(), 0, 0
        elif self.depth != 1:
            return
        elif name == f"{_TABLE}table-row":
            self.row += self.repeated or 0
            self.repeated, self.column = _count(values, "number-rows-repeated"), 0
            if values.get(f"{_TABLE}visibility", "visible") != "visible" and self.repeated < _MOST_REPEATS:
                self.scans[-1].hidden.extend(range(self.row + 1, self.row + self.repeated + 1))
        elif name in _CELLS:
            self._cell(values)

    def _cell(self, values: Mapping[str, str]) -> None:
        width, kind = _count(values, "number-columns-repeated"), values.get(f"{_OFFICE}value-type", "")
        first, self.column = self.column + 1, self.column + width
        if kind:
            self.extent.add(self.row + 1, first)
            self.extent.add(self.row + self.repeated, self.column)
        if kind == "percentage" and width < _MOST_REPEATS:
            for column in range(first, first + width):
                self.scans[-1].note_style(column, self.row + 1, None, self.repeated)
        elif kind == "currency" and max(width, self.repeated) < _MOST_REPEATS:
            code = values.get(f"{_OFFICE}currency", "")
            for column in range(first, first + width) if code else ():
                self.scans[-1].note_style(column, self.row + 1, Shown(code, code), self.repeated)
        if f"{_TABLE}formula" in values:
            self.formula, self.said = (width, values.get(f"{_CALC}value-type", kind)), ""

    def text(self, said: str) -> None:
        if self.formula is not None and len(self.said) < 40:
            self.said += said

    def end(self, name: str) -> None:
        if name == f"{_TABLE}table":
            self.depth -= 1
            if not self.depth:
                self.extent.check(self.scans[-1].name)
        elif self.formula is not None and self.depth == 1 and name in _CELLS:
            (width, kind), said, scan = self.formula, self.said.strip(), self.scans[-1]
            self.formula = None
            # Older programs write an error as the number 0 with the error as its text.
            is_error = kind == "error" or said.startswith(("#", "Err:"))
            if is_error or not kind:
                for row in range(self.row + 1, self.row + min(self.repeated, _MOST_REPEATS) + 1):
                    for column in range(self.column - min(width, _MOST_REPEATS) + 1, self.column + 1):
                        place = f"{column_letters(column)}{row}"
                        if is_error:
                            scan.errors[place] = said or "#N/A"
                        else:
                            scan.unvalued.append(place)


def _count(values: Mapping[str, str], name: str) -> int:
    try:
        return max(int(values.get(f"{_TABLE}{name}", "1")), 1)
    except ValueError:
        return 1
