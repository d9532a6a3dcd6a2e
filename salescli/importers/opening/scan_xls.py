"""Look through an .xls beside its reader: error cells, number formats, hidden rows, from the records of its stream.

Runs in the child process only; a record that makes no sense ends the look, not the reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from struct import unpack_from

from salescli.importers.opening.number_formats import Shown
from salescli.importers.opening.sheet_scan import ERROR_CODES, Refused, SheetScan, column_letters, note_format

_END = 0xFFFFFFFA  # sector numbers from here on are marks
_FORMULA, _NUMBER, _RK, _MULRK, _BOOLERR = 0x06, 0x203, 0x27E, 0xBD, 0x205
_ROW, _BOUNDSHEET, _FORMAT, _XF, _END_OF_STREAM, _FILE_PASS = 0x208, 0x85, 0x41E, 0xE0, 0x0A, 0x2F
_CELLS = frozenset({_FORMULA, _NUMBER, _RK, _MULRK, _BOOLERR, _ROW})


def scan_xls(data: bytes) -> list[SheetScan]:
    """Return what the sheets' records say, in the order of the sheets.

    Raises:
        Refused: there is a password on it.
    """
    stream = _workbook_stream(data)
    styles = _styles(stream)
    scans = []
    for kind, at, size in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Refused("encrypted-workbook")
        if kind == _BOUNDSHEET:
            (offset,) = unpack_from("<I", stream, at)
            scan = SheetScan(_sheet_name(stream[at + 6 : at + size]))
            _scan_records(stream, offset, styles, scan)
            scans.append(scan)
    return scans


def _sheet_name(body: bytes) -> str:
    if len(body) < 2:
        return ""
    return body[2:].decode("utf-16-le", "replace") if body[1] & 1 else body[2:].decode("latin-1")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Walk the records of one substream: kind, where its body begins, how long it is."""
    last = len(stream) - 4
    while at <= last:
        kind, size = unpack_from("<HH", stream, at)
        yield kind, at + 4, size
        if kind == _END_OF_STREAM:
            return
        at += 4 + size


def _scan_records(stream: bytes, offset: int, styles: Mapping[int, Shown | None], scan: SheetScan) -> None:
    for kind, at, size in _records(stream, offset):
        if kind not in _CELLS or size < 8 or at + size > len(stream):
            continue
        row, column = unpack_from("<HH", stream, at)
        if kind == _ROW:
            if size >= 14 and stream[at + 12] & 0x20:
                scan.hidden.append(row + 1)
            continue
        code = _error_code(stream, kind, at, size)
        if code is not None:
            scan.errors[f"{column_letters(column + 1)}{row + 1}"] = ERROR_CODES.get(code, "#N/A")
        elif styles and kind != _BOOLERR:
            _note_styles(stream, kind, at, size, styles, scan)


def _error_code(stream: bytes, kind: int, at: int, size: int) -> int | None:
    if kind == _BOOLERR:
        return stream[at + 6] if stream[at + 7] == 1 else None
    if kind == _FORMULA and size >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        return stream[at + 8]
    return None


def _note_styles(
    stream: bytes, kind: int, at: int, size: int, styles: Mapping[int, Shown | None], scan: SheetScan
) -> None:
    row, column = unpack_from("<HH", stream, at)
    numbers = [unpack_from("<H", stream, at + 4)[0]]
    if kind == _MULRK:
        numbers = [unpack_from("<H", stream, at + place)[0] for place in range(4, size - 2, 6)]
    elif kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff":
        return
    for offset, style in enumerate(numbers):
        if style in styles:
            scan.note_style(column + offset + 1, row + 1, styles[style])


def _styles(stream: bytes) -> dict[int, Shown | None]:
    """Return the cell styles whose number format says something: None is a percentage."""
    formats: dict[int, Shown | None] = {9: None, 10: None}
    styles = []
    for kind, at, size in _records(stream, 0):
        if kind == _FORMAT and size >= 5:
            code = "%" if b"%" in stream[at : at + size] else _sheet_name(stream[at + 3 : at + size])
            note_format(formats, unpack_from("<H", stream, at)[0], code)
        elif kind == _XF and size >= 4:
            styles.append(unpack_from("<H", stream, at + 2)[0])
    return {index: formats[shown] for index, shown in enumerate(styles) if shown in formats}


def _workbook_stream(data: bytes) -> bytes:
    """Take the workbook's stream out of the old container."""
    sector, small = 1 << unpack_from("<H", data, 30)[0], 1 << unpack_from("<H", data, 32)[0]
    directory, cutoff, small_table = (unpack_from("<I", data, place)[0] for place in (48, 56, 60))
    table = _allocation(data, sector)
    entries = _chain(data, table, directory, sector, 512)
    start = length = root = 0
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + max(unpack_from("<H", entries, at + 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if entries[at + 66] == 5:
            root = unpack_from("<I", entries, at + 116)[0]
        elif name in ("Workbook", "Book") and not length:
            start, length = unpack_from("<II", entries, at + 116)
    if length >= cutoff:
        return _chain(data, table, start, sector, 512)[:length]
    places = _numbers(_chain(data, table, small_table, sector, 512))
    return _chain(_chain(data, table, root, sector, 512), places, start, small, 0)[:length]


def _allocation(data: bytes, sector: int) -> list[int]:
    """Read which sector follows which."""
    parts = [each for each in unpack_from("<109I", data, 76) if each < _END]
    following, count = unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // sector)):
        if following >= _END:
            break
        numbers = _numbers(data[512 + following * sector : 512 + (following + 1) * sector])
        parts += [each for each in numbers[:-1] if each < _END]
        following = numbers[-1] if numbers else _END
    return [number for part in parts for number in _numbers(data[512 + part * sector : 512 + (part + 1) * sector])]


def _numbers(body: bytes) -> list[int]:
    count = len(body) // 4
    return list(unpack_from(f"<{count}I", body))


def _chain(data: bytes, table: list[int], first: int, size: int, header: int) -> bytes:
    parts, at = [], first
    for _ in range(len(table)):
        if at >= len(table):
            break
        parts.append(data[header + at * size : header + (at + 1) * size])
        at = table[at]
    return b"".join(parts)
