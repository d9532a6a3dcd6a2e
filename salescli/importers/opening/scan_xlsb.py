"""Look through an .xlsb beside its reader: error cells, number formats, hidden rows, range of its cells.

Runs in the child process only.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from struct import unpack_from

from salescli.importers.opening.number_formats import Shown
from salescli.importers.opening.sheet_scan import ERROR_CODES, Extent, SheetScan, column_letters, note_format

_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_LAST_CELL = 11
_FORMAT, _XF, _SHEET, _XFS_BEGIN, _XFS_END = 44, 47, 156, 617, 618


def scan_xlsb(data: bytes) -> list[SheetScan]:
    """Return what the sheets' records say, in the order of the sheets.

    Raises:
        Refused: a sheet spans more cells than may be read.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = _styles(_part(archive, "xl/styles.bin"))
        targets = _targets(archive)
        scans = []
        for kind, body in _records(_part(archive, "xl/workbook.bin")):
            if kind == _SHEET:
                relation, after = _wide_text(body, 8)
                name, _ = _wide_text(body, after)
                scans.append(_scan_records(_part(archive, targets.get(relation, "")), styles, name))
        return scans


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    text = _part(archive, "xl/_rels/workbook.bin.rels").decode("utf-8", "replace")
    found = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\s([^>]*)>", text):
        words = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        target = posixpath.join("/xl", html.unescape(words.get("Target", "")))
        found[words.get("Id", "")] = posixpath.normpath(target)[1:]
    return found


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    (length,) = unpack_from("<I", body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace"), at + 4 + 2 * length


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the records of a part: kind, and body; both numbers before it are of one to four bytes."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end:
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, part[at : at + size]
        at += size


def _scan_records(part: bytes, styles: Mapping[int, Shown | None], name: str) -> SheetScan:
    scan, extent, row = SheetScan(name), Extent(), 0
    for kind, body in _records(part):
        if kind > _LAST_CELL or len(body) < 8:
            continue
        (place,) = unpack_from("<I", body, 0)
        if kind == _ROW:
            row = place + 1
            if len(body) > 11 and body[11] & 0x10:
                scan.hidden.append(row)
            continue
        extent.add(row, place + 1)
        if kind in (_ERROR, _FORMULA_ERROR) and len(body) > 8:
            scan.errors[f"{column_letters(place + 1)}{row}"] = ERROR_CODES.get(body[8], "#N/A")
        elif kind in (_RK, _REAL, _FORMULA_NUMBER):
            style = unpack_from("<I", body, 4)[0] & 0xFFFFFF
            if style in styles:
                scan.note_style(place + 1, row, styles[style])
    extent.check(name)
    return scan


def _styles(part: bytes) -> dict[int, Shown | None]:
    """Return the cell styles whose number format says something: None is a percentage."""
    formats: dict[int, Shown | None] = {9: None, 10: None}
    styles, is_inside = [], False
    for kind, body in _records(part):
        if kind == _FORMAT:
            note_format(formats, unpack_from("<H", body, 0)[0], _wide_text(body, 2)[0])
        elif kind in (_XFS_BEGIN, _XFS_END):
            is_inside = kind == _XFS_BEGIN
        elif kind == _XF and is_inside:
            styles.append(unpack_from("<H", body, 2)[0])
    return {index: formats[shown] for index, shown in enumerate(styles) if shown in formats}
