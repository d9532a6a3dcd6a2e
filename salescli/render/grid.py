"""The layout of a table in terminal cells: how wide each column is, and how its heading and cells fit.

Knows nothing of reports: texts go in, lines come out. Every line of one grid is equally wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salescli.render.ansi import Style, paint
from salescli.render.cells import cell_width, cut, pad, wrap

GAP = 2
COMFORTABLE = 16  # text columns shrink to this before headings wrap …
NARROWEST = 8  # … and to this, no further, after
WRAPPED = (32, 24, 16)  # the same for texts that go on below: a line of them is to be read
MOST_NAMING = 3  # columns that are repeated where a table continues below
Rows = Sequence[Sequence[str]]


class GridColumn(NamedTuple):
    """One column of texts: which side it leans to, whether it may be cut and where or goes on below, and its colour."""

    heading: str
    align: str = "left"
    may_cut: bool = False
    keep: str = "start"
    style: Style = ""
    wraps: bool = False


class Look(NamedTuple):
    """How lines are drawn: the width there is (None: unlimited), colour, and the mark of a cut."""

    width: int | None
    colour: bool
    mark: str = "…"
    rule: str = "─"


def layout(columns: Sequence[GridColumn], rows: Rows, total: Sequence[str] | None, look: Look) -> list[str]:
    """Return the lines of a table: heading, rows, and the total under a thin rule.

    Only where the terminal is too narrow, the widest text columns are cut and headings wrap; where that is not
    enough, the table continues below with its first columns repeated: as many as tell its rows apart.
    """
    body = [*rows, total] if total else list(rows)
    lines: list[str] = []
    for band in _bands(columns, body, look.width):
        picked: Sequence[GridColumn] = [columns[index] for index in band]
        cells = [[row[index] for index in band] for row in body]
        widths = _fit(_wanted(picked, cells), _floors(picked, cells), look.width)
        picked = _told_apart(picked, cells, widths, look)
        lines += [""] if lines else []
        lines += [paint(line, "dim", look.colour) for line in _heading(picked, widths)]
        lines += [line for row in cells[: len(rows)] for line in _lines(picked, row, widths, look)]
        if total and any(cells[-1][1:] or cells[-1]):
            if look.width is not None:
                lines.append(paint((" " * GAP).join(look.rule * width for width in widths), "dim", look.colour))
            lines += _lines(picked, cells[-1], widths, look, "bold")
    return lines


def is_whole(columns: Sequence[GridColumn], body: Rows, width: int) -> bool:
    """Whether a table fits with wrapped headings and no text cut or going on below."""
    words = (_longest_word(column.heading) for column in columns)
    return sum(map(max, _bodies(columns, body), words)) + GAP * (len(columns) - 1) <= width


def is_comfortable(columns: Sequence[GridColumn], body: Rows, width: int) -> bool:
    """Whether a table fits with wrapped headings, before texts are cut to what can hardly be told apart."""
    return sum(_floors(columns, body)[1]) + GAP * (len(columns) - 1) <= width


def _bands(columns: Sequence[GridColumn], body: Rows, width: int | None) -> list[list[int]]:
    """Which columns stand together: all where they can be made to fit, else as many as fit, the first ones in each."""
    steps = _floors(columns, body)
    if width is None or sum(steps[-1]) + GAP * (len(columns) - 1) <= width:
        return [list(range(len(columns)))]
    named = _naming(body, steps[1], width)
    roomy, tight = _parted(steps[1], width, named), _parted(steps[-1], width, named)
    return roomy if len(roomy) == len(tight) else tight  # where it goes on below anyway, there is room for texts


def _naming(body: Rows, widths: Sequence[int], width: int) -> int:
    """How many columns it takes to tell the rows apart, none of them nameless; one, where none can."""
    for count in range(1, min(MOST_NAMING, len(widths) - 1) + 1):
        if sum(widths[:count]) + GAP * count > width // 2:
            break
        told = {tuple(row[:count]) for row in body}
        if len(told) == len(body) and all(any(cell for cell in row) for row in told):
            return count
    return 1


def _parted(smallest: Sequence[int], width: int, named: int) -> list[list[int]]:
    first = list(range(named))
    room = sum(smallest[:named]) + GAP * (named - 1)
    bands, used = [[*first]], room
    for index in range(named, len(smallest)):
        if used + GAP + smallest[index] > width and len(bands[-1]) > named:
            bands.append([*first])
            used = room
        bands[-1].append(index)
        used += GAP + smallest[index]
    return bands


def _bodies(columns: Sequence[GridColumn], body: Rows) -> list[int]:
    return [max((cell_width(row[index]) for row in body), default=0) for index in range(len(columns))]


def _wanted(columns: Sequence[GridColumn], body: Rows) -> list[int]:
    sizes = zip(_bodies(columns, body), columns, strict=True)
    return [max(size, cell_width(column.heading)) for size, column in sizes]


def _floors(columns: Sequence[GridColumn], body: Rows) -> list[list[int]]:
    """How far columns may shrink, step by step: long texts, then headings, then texts again."""
    wanted, bodies = _wanted(columns, body), _bodies(columns, body)
    words = [_longest_word(column.heading) for column in columns]
    steps: list[list[int]] = [[], [], []]
    for column, full, size, word in zip(columns, wanted, bodies, words, strict=True):
        heading = cell_width(column.heading)
        if column.wraps:
            for step, least in zip(steps, WRAPPED, strict=True):
                step.append(min(full, max(least, word)))
            continue
        steps[0].append(min(full, max(COMFORTABLE, heading)) if column.may_cut else full)
        steps[1].append(min(full, max(COMFORTABLE, word)) if column.may_cut else max(size, word))
        steps[2].append(min(full, max(NARROWEST, word)) if column.may_cut else max(size, word))
    return steps


def _fit(wanted: list[int], steps: list[list[int]], width: int | None) -> list[int]:
    if width is None:
        return wanted
    room = width - GAP * (len(wanted) - 1)
    widths = [max(min(size, width), floor) for size, floor in zip(wanted, steps[0], strict=True)]
    for floors in steps:
        widths = _shrink(widths, floors, room)
    return widths


def _shrink(widths: Sequence[int], floors: Sequence[int], room: int) -> list[int]:
    """Take one cell at a time from the widest column that is above its floor, until all fit or none can give."""
    sizes = list(widths)
    excess = sum(sizes) - room
    while excess > 0:
        index = max(range(len(sizes)), key=lambda i: (sizes[i] > floors[i], sizes[i]))
        if sizes[index] <= floors[index]:
            break
        sizes[index] -= 1
        excess -= 1
    return sizes


def _longest_word(heading: str) -> int:
    """The narrowest a heading can be wrapped to; Chinese ones keep at least two characters together."""
    parts = heading.split() if heading.isascii() else wrap(heading, 4)
    return max(map(cell_width, parts), default=0)


def _heading(columns: Sequence[GridColumn], widths: Sequence[int]) -> list[str]:
    """The heading's lines, its texts standing on the last one."""
    wrapped = [
        wrap(column.heading, width) if cell_width(column.heading) > width else [column.heading]
        for column, width in zip(columns, widths, strict=True)
    ]
    height = max((len(lines) for lines in wrapped), default=0)
    rows = [[""] * (height - len(lines)) + lines for lines in wrapped]
    return [
        (" " * GAP).join(pad(rows[index][number], widths[index], column.align) for index, column in enumerate(columns))
        for number in range(height)
    ]


def _told_apart(columns: Sequence[GridColumn], body: Rows, widths: Sequence[int], look: Look) -> Sequence[GridColumn]:
    """Let names of rows, or said in several rows, lose their middle where two would look the same without ends."""
    if look.width is None:
        return columns
    found = []
    for index, (column, width) in enumerate(zip(columns, widths, strict=True)):
        said = [row[index] for row in body if row[index]]
        texts = set(said)
        is_cut = column.may_cut and not column.wraps and any(cell_width(text) > width for text in texts)
        if is_cut and column.keep == "start" and (index == 0 or len(texts) < len(said)):
            told = {keep: len({cut(text, width, look.mark, keep) for text in texts}) for keep in ("start", "both")}
            column = column._replace(keep="both") if told["both"] > told["start"] else column
        found.append(column)
    return found


def _lines(
    columns: Sequence[GridColumn], row: Sequence[str], widths: Sequence[int], look: Look, style: Style = ""
) -> list[str]:
    """Return the lines of a row: one, or more where a text goes on below."""
    parts = [_fitted(column, text, width, look) for column, text, width in zip(columns, row, widths, strict=True)]
    return [
        (" " * GAP).join(
            paint(
                pad(part[number] if number < len(part) else "", width, column.align), style or column.style, look.colour
            )
            for column, part, width in zip(columns, parts, widths, strict=True)
        )
        for number in range(max((len(part) for part in parts), default=1))
    ]


def _fitted(column: GridColumn, text: str, width: int, look: Look) -> list[str]:
    if look.width is None or not (column.may_cut or column.wraps):
        return [text]
    if column.wraps:
        return wrap(text, width) if cell_width(text) > width else [text]
    return [cut(text, width, look.mark, column.keep)]
