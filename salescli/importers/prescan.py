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
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from salescli.errors import Problem, Where, problem

MOST_CELLS = 50_000_000
MOST_BYTES = 2_000_000_000
MOST_RATIO = 300  # of parts above 20 MB; ordinary sheets shrink 5 to 60 times
MOST_PARTS = 5_000
_CHUNK = 1 << 18
_LONGEST_ROW = 32 << 20

_LETTERS = re.compile(rb' r="([A-Z]+)\d{1,6}"')
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z]\d{1,6}")')  # one letter, so that a look at every place can be spared
_CELL_TAGS = (b"<c ", b"<c>", b"<c/>", b":c ", b":c>", b":c/>")
_PLACE = re.compile(rb' r="([A-Z]{1,4})(\d{1,9})"')
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?: (?![^>]*\br=)[^>]*)?/?>")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<'
)
_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')


@dataclass(slots=True)
class SheetScan:
    """What the bytes of one sheet say: formula cells without a value, error cells, percentages per column.

    The reader gives both kinds of bad cell as blanks, which would swallow an amount in silence.
    """

    has_cells: bool = False
    unvalued: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    percents: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Scan:
    """The pre-scan of a workbook: sheets by name, and the problem that refuses it."""

    sheets: dict[str, SheetScan] = field(default_factory=dict)
    refused: Problem | None = None


class _Refuse(Exception):
    def __init__(self, name: str, **values: object) -> None:
        super().__init__(name)
        self.name, self.values = name, values


def scan_workbook(data: bytes, where: Where) -> Scan:
    """Scan the bytes of an .xlsx; what must not be opened is refused with one problem."""
    scan = Scan()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive)
            percents = _percent_styles(archive)
            _inflate(archive, "xl/sharedStrings.xml")
            for name, part in _sheet_parts(archive):
                scan.sheets[name] = _scan_sheet(archive, part, name, percents)
            _check_cells(archive, scan)
    except _Refuse as refusal:
        scan.refused = Problem(refusal.name, where, refusal.values)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        encrypted = "encrypted" in str(error)
        scan.refused = problem("encrypted-workbook" if encrypted else "damaged-file", where)
    except Exception as error:  # zlib.error is no OSError and lives in a C module
        if type(error).__name__ != "error":
            raise
        scan.refused = problem("damaged-file", where)
    return scan


def _check_sizes(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise _Refuse("zip-bomb", size=len(parts))
    for part in parts:
        if part.file_size > MOST_BYTES or (
            part.file_size > 20_000_000 and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        ):
            raise _Refuse("zip-bomb", size=_megabytes(part.file_size))
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise _Refuse("zip-bomb", size=_megabytes(sum(part.file_size for part in parts)))


def _check_cells(archive: zipfile.ZipFile, scan: Scan) -> None:
    if any(sheet.has_cells for sheet in scan.sheets.values()):
        return
    is_pivot = any(name.startswith("xl/model/") for name in archive.namelist())
    raise _Refuse("pivot-without-cells" if is_pivot else "empty-workbook")


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Inflate a part piece by piece; more than it declares is refused by the archive's own reader."""
    declared = archive.getinfo(name).file_size
    done = 0
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            done += len(chunk)
            if done > declared:
                raise _Refuse("zip-bomb", size=_megabytes(done))
            yield chunk


def _inflate(archive: zipfile.ZipFile, name: str) -> None:
    if name in archive.namelist():
        for _ in _chunks(archive, name):
            pass


def _text(archive: zipfile.ZipFile, name: str) -> str:
    if name not in archive.namelist() or archive.getinfo(name).file_size > 50_000_000:
        return ""
    return archive.read(name).decode("utf-8", "replace")


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(first or second) for name, first, second in _ATTRIBUTE.findall(tag)}


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Pair the sheets' names with the parts that hold them; a part nobody names is scanned too."""
    targets = {
        tag.get("Id", ""): "xl/" + tag.get("Target", "").removeprefix("/xl/").removeprefix("/")
        for tag in map(_attributes, _RELATION.findall(_text(archive, "xl/_rels/workbook.xml.rels")))
    }
    names = archive.namelist()
    found = []
    for tag in map(_attributes, _SHEET.findall(_text(archive, "xl/workbook.xml"))):
        part = targets.get(tag.get("r:id", "") or next((v for k, v in tag.items() if k.endswith(":id")), ""), "")
        if part in names:
            found.append((tag.get("name", ""), part))
    known = {part for _, part in found}
    return found + [(name, name) for name in names if name.startswith("xl/worksheets/sheet") and name not in known]


def _scan_sheet(archive: zipfile.ZipFile, part: str, name: str, percents: frozenset[bytes]) -> SheetScan:
    found = SheetScan()
    columns: set[bytes] = set()
    is_measured = False
    styled = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)\d+" s="(?:' + b"|".join(sorted(percents)) + rb')"')
    for text in _whole_cells(_chunks(archive, part)):
        # Every cell opens with `<c` and has a place in A to Z, or all places are looked at.
        is_odd = _UNUSUAL.search(text) is not None or (b":" in text and b":c" in text) or b"<c" not in text
        letters = _LETTERS.findall(text) if is_odd else [b"Z"]
        columns.update(letters)
        # A cell without a place, or beyond row 999,999: the rectangle is measured exactly.
        if is_odd and len(letters) < sum(map(text.count, _CELL_TAGS)):
            is_measured = True
        # One byte is looked for ten times as fast as two; the text of every error begins with #.
        if (b"f" in text and b"<f" in text) or (is_odd and b":f" in text):
            found.unvalued += _unvalued(text)
        if b"#" in text and b't="e"' in text:
            found.errors.update(_errors(text))
        if percents:
            found.percents.update(each.decode() for each in styled.findall(text))
    found.has_cells = bool(columns) or is_measured
    widest = max((column_number(each.decode()) for each in columns), default=0)
    if is_measured or widest > MOST_CELLS // 1_000_000:
        _check_range(archive, part, name)
    return found


def _whole_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut the stream between cells, so that no cell is torn in two."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        cut = max(text.rfind(b"<row"), text.rfind(b":row")) if len(text) < _LONGEST_ROW else len(text)
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
    rows, columns = [1 << 60, 0], [1 << 60, 0]
    unplaced = number = 0
    for text in _whole_cells(_chunks(archive, part)):
        number += len(re.findall(rb"<(?:\w+:)?row\b", text))
        for piece in re.split(rb"<(?:\w+:)?row\b", text):
            unplaced = max(unplaced, len(_UNPLACED.findall(piece)))
        for letters, digits in set(_PLACE.findall(text)):
            column, row = column_number(letters.decode()), int(digits)
            columns = [min(columns[0], column), max(columns[1], column)]
            rows = [min(rows[0], row), max(rows[1], row)]
    if unplaced:
        rows, columns = [1, max(rows[1], number)], [1, max(columns[1], unplaced)]
    cells = (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1)
    if cells > MOST_CELLS:
        last = f"{column_letters(columns[1])}{rows[1]}"
        raise _Refuse("range-too-large", sheet=name, last=last, cells=f"{cells:,}", limit=f"{MOST_CELLS:,}")


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the cell styles whose number format is a percentage: 9, 10, and own formats that contain `%`."""
    text = _text(archive, "xl/styles.xml")
    formats = {"9", "10"}
    for tag in map(_attributes, re.findall(r"<(?:\w+:)?numFmt\s([^>]*)>", text)):
        if "%" in tag.get("formatCode", ""):
            formats.add(tag.get("numFmtId", ""))
    block = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.DOTALL)
    styles = re.findall(r"<(?:\w+:)?xf\s([^>]*)>", block[0]) if block else []
    return frozenset(
        str(index).encode() for index, tag in enumerate(styles) if _attributes(tag).get("numFmtId") in formats
    )


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000:,} MB"
