"""A web page named .xls as sheets: what many business systems call an Excel export is one HTML table.

Cell texts are taken exactly as they stand; a number is what is written, not what a browser would make of it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from salescli.errors import Problem, Where, problem
from salescli.importers.opening.delimited import find_encoding
from salescli.importers.opening.sheet_scan import LONGEST_CELL

Merged = tuple[tuple[int, int], tuple[int, int]]

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SILENT = frozenset({"style", "script", "title", "xml"})
_MOST_CELLS = 5_000_000  # a page of so many cells has half a gigabyte
_WIDEST = 1_000
_TALLEST = 1_048_576


class _TooManyCells(Exception):
    """The spans of a page ask for more cells than it may have."""


class Table:
    """The rows of one table, its merged ranges, and the cells that reach down from above."""

    def __init__(self, cells: list[int]) -> None:
        self.rows: list[list[str | None]] = []
        self.merged: list[Merged] = []
        self.cells = cells  # one count for all tables of the page
        self.reaching: dict[int, int] = {}  # column → rows below that a cell of an earlier row takes
        self.text: list[str] | None = None
        self.spans = (1, 1)

    def begin_row(self) -> None:
        """Begin a row; columns that a cell above reaches into are blank."""
        self.end_cell()
        self.rows.append([])

    def begin_cell(self, across: int, down: int) -> None:
        """Begin a cell; the one before ends."""
        self.end_cell()
        if not self.rows:
            self.begin_row()
        self.text, self.spans = [], (across, down)

    def end_cell(self) -> None:
        """Put the cell into its row, behind what reaches down from above."""
        if self.text is None:
            return
        row, (across, down) = self.rows[-1], self.spans
        said = "".join(self.text).strip(" \t\r\n")
        self.text = None
        self._skip_reached(row)
        top, left = len(self.rows) - 1, len(row)
        row += [said or None, *[None] * (across - 1)]
        self._count(across)
        if down > 1:
            for column in range(left, left + across):
                self.reaching[column] = down - 1
        if across > 1 or down > 1:
            self.merged.append(((top, left), (top + down - 1, left + across - 1)))

    def _skip_reached(self, row: list[str | None]) -> None:
        while self.reaching.get(len(row), 0):
            self.reaching[len(row)] -= 1
            row.append(None)
            self._count(1)

    def _count(self, cells: int) -> None:
        self.cells[0] += cells
        if self.cells[0] > _MOST_CELLS:
            raise _TooManyCells

    def end_row(self) -> None:
        """End a row; what is reached behind its last cell is blank too."""
        self.end_cell()
        if self.rows:
            self._skip_reached(self.rows[-1])
            for column in self.reaching:
                if column > len(self.rows[-1]) and self.reaching[column]:
                    self.reaching[column] -= 1


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.open: list[Table] = []
        self.cells = [0]
        self.silent = ""
        self.longest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent = tag
        elif tag == "table":
            self.open.append(Table(self.cells))
            self.tables.append(self.open[-1])
        elif self.open and tag == "tr":
            self.open[-1].end_row()
            self.open[-1].begin_row()
        elif self.open and tag in ("td", "th"):
            words = dict(attrs)
            self.open[-1].begin_cell(_span(words.get("colspan"), _WIDEST), _span(words.get("rowspan"), _TALLEST))
        elif tag in ("br", "p", "div") and self.open and self.open[-1].text:
            self.open[-1].text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        elif tag == "table" and self.open:
            self.open.pop().end_row()
        elif tag in ("td", "th") and self.open:
            self.open[-1].end_cell()
        elif tag == "tr" and self.open:
            self.open[-1].end_row()

    def handle_data(self, data: str) -> None:
        if not self.silent and self.open and self.open[-1].text is not None:
            self.open[-1].text.append(data)
            self.longest = max(self.longest, len(data))


def _span(text: str | None, most: int) -> int:
    return min(max(int(text), 1), most) if text and text.strip().isdecimal() and len(text) < 9 else 1


def read_web_page(data: bytes, where: Where, encoding: str = "") -> tuple[list[Table], str] | Problem:
    """Return the tables of a page that hold something, and its encoding."""
    said = _CHARSET.search(data[:4096])
    name = encoding or (said[1].decode().lower() if said else "")
    # GB2312 is what pages say that hold characters of its successor.
    name = "gb18030" if name in ("gb2312", "gbk") else name
    name = find_encoding(data, name) or find_encoding(data)
    if not name:
        return problem("bad-encoding", where, encoding=encoding or "UTF-8, GB18030")
    page = _Page()
    text = data.decode(name)
    try:
        for at in range(0, len(text), 1 << 16):
            page.feed(text[at : at + (1 << 16)])
        page.close()
        for table in page.open:
            table.end_row()
    except _TooManyCells:
        return problem("too-large-to-read", where)
    if page.longest > LONGEST_CELL:
        return problem("cell-too-long", where, place="HTML", limit=f"{LONGEST_CELL:,}")
    tables = [table for table in page.tables if any(any(row) for row in table.rows)]
    if not tables:
        return problem("web-page", where)
    if sum(len(table.rows) * max(map(len, table.rows)) for table in tables) > _MOST_CELLS:
        return problem("too-large-to-read", where)
    return [_squared(table) for table in tables], name.removesuffix("-sig")


def _squared(table: Table) -> Table:
    width = max(map(len, table.rows))
    for row in table.rows:
        row += [None] * (width - len(row))
    table.merged = [((t, le), (min(b, len(table.rows) - 1), r)) for (t, le), (b, r) in table.merged]
    return table
