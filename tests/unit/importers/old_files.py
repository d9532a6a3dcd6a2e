"""Small .xls, .xlsb and .ods files, record by record: a cell is a text, a number, `Error`, or `Shown` as percentage."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from struct import pack
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

Sheets = Mapping[str, Sequence[Sequence[Any]]]


class Error(NamedTuple):
    """An error cell; of a formula or as such."""

    text: str
    is_formula: bool = True


class Shown(NamedTuple):
    """A number formatted as a percentage."""

    value: float


class InDollars(NamedTuple):
    """A number with a format that names a currency."""

    value: float


_DOLLARS = "[$USD] #,##0.00"
_CODES = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


def _style(value: Any) -> int:
    return 1 if isinstance(value, Shown) else 2 if isinstance(value, InDollars) else 0


def xls(sheets: Sheets, hidden_rows: Sequence[int] = (), more: bytes = b"") -> bytes:
    """Build an .xls; `hidden_rows` are row numbers, `more` records put before the sheets' list."""

    def record(kind: int, body: bytes) -> bytes:
        return pack("<HH", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return record(0x809, pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    def cell(row: int, column: int, value: Any) -> bytes:
        place = pack("<HHH", row, column, _style(value))
        if isinstance(value, Error):
            code = _CODES[value.text]
            if value.is_formula:
                return record(0x06, place + pack("<BBBBHH", 2, 0, code, 0, 0, 0xFFFF) + pack("<HIH", 0, 0, 0))
            return record(0x205, place + pack("<BB", code, 1))
        if isinstance(value, str):
            return record(0x204, place + pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        number = value.value if isinstance(value, (Shown, InDollars)) else value
        return record(0x203, place + pack("<d", number))

    pages = []
    for rows in sheets.values():
        page = begin(0x10)
        for index, row in enumerate(rows):
            options = 0x0120 if index + 1 in hidden_rows else 0x0100
            page += record(0x208, pack("<HHHHHHHH", index, 0, len(row), 255, 0, 0, options, 15))
            page += b"".join(cell(index, column, value) for column, value in enumerate(row) if value is not None)
        pages.append(page + record(0x0A, b""))
    head = begin(0x05) + record(0x42, pack("<H", 1200)) + more
    head += record(0x41E, pack("<HHB", 164, len(_DOLLARS), 1) + _DOLLARS.encode("utf-16-le"))
    head += b"".join(record(0xE0, pack("<HH", 0, shown) + b"\0" * 16) for shown in (0, 9, 164))
    names = [pack("<BBBB", 0, 0, len(name), 1) + name.encode("utf-16-le") for name in sheets]
    at = len(head) + sum(8 + len(name) for name in names) + 4
    for name, page in zip(names, pages, strict=True):
        head += record(0x85, pack("<I", at) + name)
        at += len(page)
    return _container(head + record(0x0A, b"") + b"".join(pages))


def _container(stream: bytes, name: str = "Workbook") -> bytes:
    size = max(len(stream), 4096)
    count = -(-size // 512)
    tables = -(-(count + 2) // 127)
    table = [0xFFFFFFFD] * tables + [0xFFFFFFFE]
    first = tables + 1
    table += [first + index + 1 for index in range(count - 1)] + [0xFFFFFFFE]
    table += [0xFFFFFFFF] * (tables * 128 - len(table))

    def entry(text: str, kind: int, child: int, start: int, length: int) -> bytes:
        coded = text.encode("utf-16-le")
        return (
            coded.ljust(64, b"\0") + pack("<HBBIII", len(coded) + 2 if text else 0, kind, 1, *[0xFFFFFFFF] * 2, child)
            + b"\0" * 36 + pack("<IQ", start, length)
        )  # fmt: skip

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += b"".join(pack("<I", part if part < tables else 0xFFFFFFFF) for part in range(109))
    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, first, size)
    directory += entry("", 0, 0xFFFFFFFF, 0, 0) * 2
    return header + pack(f"<{len(table)}I", *table) + directory + stream.ljust(count * 512, b"\0")


def xlsb(sheets: Sheets, hidden_rows: Sequence[int] = ()) -> bytes:
    """Build an .xlsb."""

    def number(value: int) -> bytes:
        out = b""
        while True:
            value, low = value >> 7, value & 0x7F
            out += bytes([low | (0x80 if value else 0)])
            if not value:
                return out

    def record(kind: int, body: bytes = b"") -> bytes:
        coded = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return coded + number(len(body)) + body

    def wide(text: str) -> bytes:
        return pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(column: int, value: Any) -> bytes:
        place = pack("<II", column, _style(value))
        if isinstance(value, Error):
            tail = pack("<HIH", 0, 0, 0) + b"\0\0" if value.is_formula else b""
            return record(11 if value.is_formula else 3, place + bytes([_CODES[value.text]]) + tail)
        if isinstance(value, str):
            return record(6, place + wide(value))
        return record(5, place + pack("<d", value.value if isinstance(value, (Shown, InDollars)) else value))

    parts: dict[str, bytes] = {}
    relations, bundles = "", b""
    for index, (name, rows) in enumerate(sheets.items(), 1):
        width = max(map(len, rows), default=1)
        page = record(129) + record(148, pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)) + record(145)
        for at, row in enumerate(rows):
            flags = 0x10 if at + 1 in hidden_rows else 0
            page += record(0, pack("<IIHBBB", at, 0, 300, 0, flags, 0) + pack("<I", 0))
            page += b"".join(cell(column, value) for column, value in enumerate(row) if value is not None)
        parts[f"xl/worksheets/sheet{index}.bin"] = page + record(146) + record(130)
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        relations += f'<Relationship Id="rId{index}" Type="{kind}" Target="worksheets/sheet{index}.bin"/>'
        bundles += record(156, pack("<II", 0, index) + wide(f"rId{index}") + wide(name))
    parts["xl/workbook.bin"] = record(131) + record(143) + bundles + record(144) + record(132)
    styles = record(278) + record(44, pack("<H", 164) + wide(_DOLLARS)) + record(617, pack("<I", 3))
    styles += b"".join(record(47, pack("<HH", 0, shown) + b"\0" * 12) for shown in (0, 9, 164))
    styles += record(618) + record(279)
    parts["xl/styles.bin"] = styles
    open_xml = "http://schemas.openxmlformats.org/package/2006"
    parts["xl/_rels/workbook.bin.rels"] = (
        f'<?xml version="1.0"?><Relationships xmlns="{open_xml}/relationships">{relations}</Relationships>'.encode()
    )
    parts["[Content_Types].xml"] = f'<?xml version="1.0"?><Types xmlns="{open_xml}/content-types"/>'.encode()
    return _zipped(parts)


def ods(sheets: Sheets, hidden_rows: Sequence[int] = (), before: str = "") -> bytes:
    """Build an .ods as LibreOffice writes it; `before` stands in front of the document."""

    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, Error):
            kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
            return f'<table:table-cell table:formula="of:=1/0" {kind}><text:p>{value.text}</text:p></table:table-cell>'
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        kind, figure = ("percentage", value.value) if isinstance(value, Shown) else ("float", value)
        if isinstance(value, InDollars):
            kind, figure = 'currency" office:currency="USD', value.value
        typed = f'office:value-type="{kind}" office:value="{figure}"'
        return f"<table:table-cell {typed}><text:p>{figure}</text:p></table:table-cell>"

    tables = ""
    for name, rows in sheets.items():
        tables += f'<table:table table:name="{name}">'
        for number, row in enumerate(rows, 1):
            hidden = ' table:visibility="collapse"' if number in hidden_rows else ""
            tables += f"<table:table-row{hidden}>{''.join(map(cell, row))}</table:table-row>"
        empty = '<table:table-cell table:number-columns-repeated="16384"/>'
        tables += f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row></table:table>'
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content{names}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return _zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<?xml version="1.0"?>{manifest}'.encode(),
            "content.xml": content.encode(),
        }
    )


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
