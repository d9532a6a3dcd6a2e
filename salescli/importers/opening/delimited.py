"""Text files as rows: encoding, delimiter, quotes. Nothing here knows headers or record types."""

from __future__ import annotations

import codecs
import csv
import io
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salescli.errors import Problem, Where, problem
from salescli.importers.opening.sheet_scan import LONGEST_CELL

_DELIMITERS = ",;\t|"
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_GUARDED = "=@+-\t"
_PIECE = 1 << 20
_SAMPLE = 20_000
LARGE = 20_000_000  # bytes from which repeated texts are kept once
MOST_KNOWN = 300_000  # texts that are remembered for it


class TextRows(NamedTuple):
    """A text file read: its rows (blank cells None, all of one length), encoding and delimiter.

    `widths` are how many cells each row had, where they differ.
    """

    rows: list[list[str | None]]
    encoding: str
    delimiter: str
    widths: Sequence[int] = ()


def find_encoding(data: bytes, encoding: str = "") -> str:
    """Return the encoding: as stated, else by BOM, else strict UTF-8, else GB18030; "" where none fits.

    Text of two bytes a character without a BOM is told by the line breaks in it.
    """
    if encoding:
        return encoding if _decodes(data, encoding) else ""
    names = next(([name] for bom, name in _BOMS if data.startswith(bom)), [])
    if not names and b"\0" in data[:4096]:
        names = [name for name in ("utf-16-le", "utf-16-be") if _is_wide_text(data[:4096], name)]
    return next((name for name in names or ("utf-8", "gb18030") if _decodes(data, name)), "")


def _is_wide_text(head: bytes, name: str) -> bool:
    text = head.decode(name, "replace")
    return "\n" in text and "\ufffd" not in text[:-1] and not any(ord(char) < 9 for char in text)


def _decodes(data: bytes, name: str) -> bool:
    """Decode piece by piece and keep nothing: the text of a large file is several times its size."""
    try:
        b"".decode(name)  # refuses codecs that are none of text
        decoder = codecs.getincrementaldecoder(name)()
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except (ValueError, LookupError, TypeError):
        return False
    return True


def read_delimited(data: bytes, where: Where, encoding: str = "", suffix: str = "") -> TextRows | Problem:
    """Read a delimited text; anything that would lose or merge rows is one problem."""
    name = find_encoding(data, encoding)
    if not name:
        return problem("bad-encoding", where, encoding=encoding or "UTF-8, GB18030")
    if name.startswith(("utf-16", "utf-32")):
        data, coded = data.decode(name).removeprefix("\ufeff").encode("utf-8"), "utf-8"
    else:
        data, coded = data.removesuffix(b"\x1a"), "utf-8-sig" if name == "utf-8" else name
    if b"\0" in data:
        return problem("nul-in-text", where)
    head = _opened(data, coded).read(_SAMPLE)
    declared = head[4] if head[:4].lower() == "sep=" and len(head) > 4 else ""
    delimiter = declared or ("\t" if suffix == ".tsv" else sniff_delimiter(head, len(data) <= _SAMPLE))
    try:
        rows = _parsed(data, coded, delimiter)
    except csv.Error as error:
        if "field larger" in str(error):
            return problem("cell-too-long", where, place="CSV", limit=f"{LONGEST_CELL:,}")
        return problem("bad-quotes", where, reason=str(error))
    if declared:
        rows[0] = []
    widths = array("I", map(len, rows))
    squared = _squared(rows, max(widths, default=0), guarded=b"'" in data)
    return TextRows(squared, name.removesuffix("-sig"), delimiter, widths if len(set(widths)) > 1 else ())


def _opened(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def sniff_delimiter(text: str, is_whole: bool = True) -> str:
    """Return the delimiter that cuts the first lines into the most columns, evenly; a comma where none does.

    >>> sniff_delimiter("a;b;c\\n1,5;2;3\\n")
    ';'
    """
    sample = text if is_whole else text[: text.rfind("\n") + 1] or text
    best, chosen = (1, 0), ","
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row)
        except csv.Error:
            continue
        width, lines = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        score = (lines if width > 1 else 0, width)
        if score > best or (best == (1, 0) and score[0]):
            best, chosen = score, delimiter
    return chosen


def _parsed(data: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    """Parse strictly first: a quote that is never closed would swallow the rest of the file in silence."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        return _rows_of(csv.reader(_opened(data, encoding), delimiter=delimiter, strict=True), len(data))
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise
        return _rows_of(csv.reader(_opened(data, encoding), delimiter=delimiter), len(data))


def _rows_of(reader: Iterator[list[str]], size: int) -> list[list[str]]:
    """Read all rows; in a large file, texts that repeat (names, days, words) are kept once."""
    if size < LARGE:
        return list(reader)
    known: dict[str, str] = {}
    rows: list[list[str]] = []
    for row in reader:
        share = known.setdefault if len(known) < MOST_KNOWN else known.get
        rows.append([share(cell, cell) for cell in row])
    return rows


def _squared(rows: list[list[str]], width: int, guarded: bool) -> list[list[str | None]]:
    """Blank cells as None, every row of one length; the `'` that guards a formula-like text is taken off."""
    short: list[str | None] = [None] * width
    out: list[list[str | None]] = rows  # type: ignore[assignment]  # row by row in place: twice the rows is much
    for index, row in enumerate(rows):
        cells: list[str | None] = [cell or None for cell in row]
        if len(cells) < width:
            cells += short[len(cells) :]
        out[index] = cells
    if guarded:
        for cells in out:
            for index, cell in enumerate(cells):
                if cell and cell[0] == "'" and cell[1:2] and cell[1] in _GUARDED:
                    cells[index] = cell[1:]
    return out
