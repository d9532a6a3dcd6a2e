"""Text files as rows: encoding, delimiter, quotes. Nothing here knows headers or record types."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import NamedTuple

from salescli.errors import Problem, Where, problem

_DELIMITERS = ",;\t|"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_GUARDED = "=@+-\t"
_LARGEST_CELL = 4_000_000


class TextRows(NamedTuple):
    """A text file read: its rows (blank cells None, all of one length), encoding and delimiter."""

    rows: list[list[str | None]]
    encoding: str
    delimiter: str


def decode(data: bytes, encoding: str = "") -> tuple[str, str] | None:
    """Return text and encoding: as stated, else by BOM, else strict UTF-8, else GB18030; None where none fits."""
    by_bom = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    for name in [encoding] if encoding else [by_bom] if by_bom else ["utf-8", "gb18030"]:
        try:
            return data.decode(name), name.removesuffix("-sig")
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def read_delimited(data: bytes, where: Where, encoding: str = "", suffix: str = "") -> TextRows | Problem:
    """Read a delimited text; anything that would lose or merge rows is one problem."""
    decoded = decode(data, encoding)
    if decoded is None:
        return problem("bad-encoding", where, encoding=encoding or "UTF-8, GB18030")
    text, name = decoded
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        return problem("nul-in-text", where)
    declared = text[4] if text[:4].lower() == "sep=" and len(text) > 4 else ""
    delimiter = declared or ("\t" if suffix == ".tsv" else sniff_delimiter(text))
    try:
        rows = _parsed(text, delimiter)
    except csv.Error as error:
        return problem("bad-quotes", where, reason=str(error))
    if declared:
        rows[0] = []
    return TextRows(_squared(rows, guarded="'" in text), name, delimiter)


def sniff_delimiter(text: str) -> str:
    """Return the delimiter that cuts the first lines into the most columns, evenly; a comma where none does.

    >>> sniff_delimiter("a;b;c\\n1,5;2;3\\n")
    ';'
    """
    sample = text[:20_000]
    if len(text) > len(sample):
        sample = sample[: sample.rfind("\n") + 1] or sample
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


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    """Parse strictly first: a quote that is never closed would swallow the rest of the file in silence."""
    csv.field_size_limit(_LARGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _squared(rows: list[list[str]], guarded: bool) -> list[list[str | None]]:
    """Blank cells as None, every row of one length; the `'` that guards a formula-like text is taken off."""
    width = max(map(len, rows), default=0)
    short: list[str | None] = [None] * width
    out: list[list[str | None]] = []
    for row in rows:
        cells: list[str | None] = [cell or None for cell in row]
        if len(cells) < width:
            cells += short[len(cells) :]
        out.append(cells)
    if guarded:
        for cells in out:
            for index, cell in enumerate(cells):
                if cell and cell[0] == "'" and cell[1:2] and cell[1] in _GUARDED:
                    cells[index] = cell[1:]
    return out
