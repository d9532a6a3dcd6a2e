"""Look through an .xlsx before the reader opens it, by searching its bytes: sizes, range, formulas without a value.

The reader allocates the whole rectangle from the first to the last cell and aborts the process where memory runs
out: five kilobytes with a cell at A1 and one at XFD1048576 are enough. No XML is parsed here; 100,000 × 12 cells
take about a quarter of a second, most of it inflating.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from salescli.errors import Problem, Where, problem
from salescli.importers.opening.cell_styles import Styles, attributes, figures_in, parse_styles
from salescli.importers.opening.sheet_scan import LONGEST_CELL, MOST_CELLS, Extent, Refused, SheetScan, column_number

MOST_BYTES = 2_000_000_000
MOST_RATIO = 200  # of parts above 20 MB; ordinary sheets shrink 5 to 60 times
MOST_PARTS = 5_000
_CHUNK = 1 << 18
_LONGEST_ROW = 32 << 20

_WORKSHEET = re.compile(rb"<(?:\w+:)?worksheet\b")
_LETTERS = re.compile(rb' r="([A-Z]+)\d{1,6}"')
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z]\d{1,6}")')  # one letter, so that a look at every place can be spared
_FAR = re.compile(rb'<c(?! r="[A-Z](?:\d{1,6}|10[0-4]\d{4})")')  # with a million rows and more
_LAST_ROW = 1_049_999  # of which `_FAR` knows
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,4})(\d{1,9})[\"']")
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?: (?![^>]*\br=)[^>]*)?/?>")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b([^>]*\bt\s*=\s*["\']e["\'][^>]*)>(?:\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<'
)
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*\br=[\"'](\d{1,7})[\"']")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]+\d+)[\"']")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")


@dataclass(slots=True)
class Scan:
    """The pre-scan of a workbook: sheets by name, and the problem that refuses it."""

    sheets: dict[str, SheetScan] = field(default_factory=dict)
    refused: Problem | None = None


def scan_workbook(data: bytes, where: Where) -> Scan:
    """Scan the bytes of an .xlsx; what must not be opened is refused with one problem."""
    scan = Scan()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive)
            heads = _heads(archive)
            styles = parse_styles(_text(archive, "xl/styles.xml"))
            for name in archive.namelist():
                if name.lower() == "xl/sharedstrings.xml":
                    for _ in _bounded(_chunks(archive, name), name):
                        pass
            for name, part in _sheet_parts(archive, heads):
                scan.sheets[name] = _scan_sheet(archive, part, name, styles)
            _check_cells(archive, scan)
    except Refused as refusal:
        scan.refused = Problem(refusal.name, where, refusal.values)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        encrypted = "encrypted" in str(error)
        scan.refused = problem("encrypted-workbook" if encrypted else "damaged-file", where)
    except Exception as error:  # zlib.error is no OSError and lives in a C module
        if type(error).__name__ != "error":
            raise
        scan.refused = problem("damaged-file", where)
    return scan


def check_archive(data: bytes, where: Where) -> Problem | None:
    """Return what keeps a zipped workbook of another format from being read: its sizes, or damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive)
    except Refused as refusal:
        return Problem(refusal.name, where, refusal.values)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return problem("damaged-file", where)
    return None


def _check_sizes(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise zipfile.BadZipFile("two parts of one name: which one a reader takes is anybody's guess")
    if len(parts) > MOST_PARTS:
        raise Refused("zip-bomb", size=len(parts))
    for part in parts:
        if part.file_size > MOST_BYTES or (
            part.file_size > 20_000_000 and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        ):
            raise Refused("zip-bomb", size=_megabytes(part.file_size))
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise Refused("zip-bomb", size=_megabytes(sum(part.file_size for part in parts)))


def _check_cells(archive: zipfile.ZipFile, scan: Scan) -> None:
    if any(sheet.has_cells for sheet in scan.sheets.values()):
        return
    is_pivot = any(name.startswith("xl/model/") for name in archive.namelist())
    raise Refused("pivot-without-cells" if is_pivot else "empty-workbook")


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Inflate a part piece by piece; more than it declares is refused by the archive's own reader."""
    declared = archive.getinfo(name).file_size
    done = 0
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            done += len(chunk)
            if done > declared:
                raise Refused("zip-bomb", size=_megabytes(done))
            yield chunk


def _heads(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Read the beginnings of the XML parts; none may declare entities."""
    heads = {}
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels")):
            with archive.open(name) as part:
                heads[name] = part.read(4096)
            if any(mark in heads[name] for mark in _ENTITIES):
                raise Refused("xml-entities", part=name)
    return heads


def _bounded(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Refuse a text without end: no program writes more than 32,767 characters into a cell."""
    long = 0
    for chunk in chunks:
        long = 0 if b"<" in chunk else long + len(chunk)
        if long > LONGEST_CELL:
            raise Refused("cell-too-long", place=name, limit=f"{LONGEST_CELL:,}")
        yield chunk


def _text(archive: zipfile.ZipFile, name: str) -> str:
    if name not in archive.namelist() or archive.getinfo(name).file_size > 50_000_000:
        return ""
    return archive.read(name).decode("utf-8", "replace")


def _sheet_parts(archive: zipfile.ZipFile, heads: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Pair the sheets' names with the parts that hold them; a part nobody names is scanned too."""
    targets = {
        tag.get("Id", ""): "xl/" + tag.get("Target", "").removeprefix("/xl/").removeprefix("/")
        for tag in map(attributes, _RELATION.findall(_text(archive, "xl/_rels/workbook.xml.rels")))
    }
    names = {name.lower(): name for name in archive.namelist()}
    found: dict[str, str] = {}
    for tag in map(attributes, _SHEET.findall(_text(archive, "xl/workbook.xml"))):
        part = targets.get(tag.get("r:id", "") or next((v for k, v in tag.items() if k.endswith(":id")), ""), "")
        name = tag.get("name", "")
        if name in found:
            raise zipfile.BadZipFile("two sheets of one name")
        if part.lower() in names:
            found[name] = names[part.lower()]
    known = {*found.values()}
    others = [name for name, head in heads.items() if name not in known and _WORKSHEET.search(head)]
    return [*found.items(), *((name, name) for name in others)]


def _scan_sheet(archive: zipfile.ZipFile, part: str, name: str, styles: Styles) -> SheetScan:
    found = SheetScan(name)
    columns: set[bytes] = set()
    is_measured = False
    percent, shown = figures_in(styles.percents), figures_in(styles.formats)
    for text in _whole_cells(_bounded(_chunks(archive, part), name)):
        # Every cell opens with `<c` and has a place in A to Z, or all places are looked at.
        is_odd = (
            (_UNUSUAL.search(text) and _FAR.search(text)) is not None
            or (b":" in text and b":c" in text)
            or b"<c" not in text
        )
        letters = _LETTERS.findall(text) if is_odd else [b"Z"]
        columns.update(letters)
        # A cell without a place, or far below: the rectangle is measured exactly.
        if is_odd and len(letters) < len(_CELL.findall(text)):
            is_measured = True
        # One byte is looked for ten times as fast as two; the text of every error begins with #.
        if (b"f" in text and b"<f" in text) or (is_odd and b":f" in text):
            found.unvalued += _unvalued(text)
        if b"#" in text and (b't="e"' in text or (is_odd and b"e'" in text)):
            found.errors.update(_errors(text))
        if b"h" in text and b"hidden=" in text:
            found.hidden.extend(map(int, _HIDDEN.findall(text)))
        if styles.percents:
            found.percents.update(letters.decode() for letters, _, _ in percent.findall(text))
        if styles.formats:
            for letters, row, style in shown.findall(text):
                found.formats.setdefault(letters.decode(), {})[int(row)] = styles.formats[style]
    found.has_cells = bool(columns) or is_measured
    widest = max((column_number(each.decode()) for each in columns), default=0)
    if is_measured or widest > MOST_CELLS // _LAST_ROW:
        _check_range(archive, part, name)
    return found


def _whole_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut the stream between cells, so that no cell is torn in two."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        cut = text.rfind(b"<row")
        cut = max(cut, text.rfind(b":row", max(cut, 0))) if len(text) < _LONGEST_ROW else len(text)
        cut = cut if cut > 0 else max(text.rfind(b"<c "), 0)
        cut = text.rfind(b"<", 0, cut + 1) if text[cut : cut + 1] == b":" else cut
        yield text[:cut]
        rest = text[cut:]
    yield rest


def _unvalued(text: bytes) -> list[str]:
    cells = []
    for match in _FORMULA.finditer(text):
        attributes = match[1]
        if b't="str"' not in attributes and (place := _REFERENCE.search(b" " + attributes)):
            cells.append(place[1].decode())
    return cells


def _errors(text: bytes) -> Iterator[tuple[str, str]]:
    for match in _ERROR.finditer(text):
        if place := _REFERENCE.search(b" " + match[1]):
            yield place[1].decode(), html.unescape(match[2].decode("utf-8", "replace"))


def _check_range(archive: zipfile.ZipFile, part: str, name: str) -> None:
    """Measure the rectangle exactly: rows from first to last cell, by columns from first to last."""
    extent = Extent()
    unplaced = number = 0
    for text in _whole_cells(_chunks(archive, part)):
        number += len(re.findall(rb"<(?:\w+:)?row\b", text))
        bare = 0
        if _UNPLACED.search(text):
            for piece in re.split(rb"<(?:\w+:)?row\b", text):
                found = len(_UNPLACED.findall(piece))
                unplaced, bare = max(unplaced, found), bare + found
        places = _PLACE.findall(text)
        if len(places) + bare < len(_CELL.findall(text)):
            raise zipfile.BadZipFile("cells whose places cannot be read")
        columns = [column_number(letters.decode()) for letters in {letters for letters, _ in places}]
        lines = list(map(int, {digits for _, digits in places}))
        if lines:
            extent.add(min(lines), min(columns))
            extent.add(max(lines), max(columns))
    if unplaced:
        extent.add(1, 1)
        extent.add(max(extent.rows[1], number), max(extent.columns[1], unplaced))
    extent.check(name)


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000:,} MB"
