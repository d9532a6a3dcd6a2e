"""The layout of an explanation: nested lines, their figures under each other, their sources at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salescli.core.table import Column, Line, Trace
from salescli.render.ansi import paint
from salescli.render.cells import cell_width, cut, pad, wrap
from salescli.render.grid import Look
from salescli.render.options import RenderOptions
from salescli.render.signs import one_line, to_ascii_signs
from salescli.render.values import column_for, is_number, show

STEP = 2
GAP = 3
NARROWEST_SOURCE = 24
NARROWEST_TEXT = 24


class _Shown(NamedTuple):
    indent: int
    text: str
    value: str
    is_figure: bool
    source: str


def trace_lines(trace: Trace, look: Look, options: RenderOptions) -> list[str]:
    """Return the lines of an explanation; on a terminal they keep to its width."""
    shown = _aligned([_shown(line, depth, options) for line, depth in _walk(trace.lines, 0)])
    value_width = max((cell_width(line.value) for line in shown), default=0)
    text_width = max((line.indent + cell_width(line.text) for line in shown if line.value), default=0)
    source_at = max((_end(line, text_width, value_width) for line in shown if line.source), default=0)
    source_width = max((cell_width(line.source) for line in shown), default=0)
    if look.width is not None and source_width and source_at + GAP + source_width > look.width:
        source_width = min(source_width, max(NARROWEST_SOURCE, look.width - source_at - GAP))
        source_at = min(source_at, max(look.width - GAP - source_width, NARROWEST_TEXT))
    text_room = (source_at if source_width else look.width or 0) - (value_width + GAP if value_width else 0)
    if look.width is not None and text_width > text_room:
        text_width = max(text_room, NARROWEST_TEXT)
    place = _Place(text_width, value_width, source_at, source_width)
    return [row for line in shown for row in _rows(line, place, look)]


class _Place(NamedTuple):
    text_width: int
    value_width: int
    source_at: int
    source_width: int


def _walk(lines: Sequence[Line], depth: int) -> Iterator[tuple[Line, int]]:
    for line in lines:
        yield line, depth
        yield from _walk(line.children, depth + 1)


def _column(line: Line) -> Column:
    return line.column or column_for(line.value)


def _shown(line: Line, depth: int, options: RenderOptions) -> _Shown:
    column = _column(line)
    texts = [one_line(text) for text in (line.text.text(options.language), line.source)]
    text, source = (to_ascii_signs(text) for text in texts) if options.ascii else texts
    is_figure = is_number(column) and not isinstance(line.value, str)
    return _Shown(depth * STEP, text, show(line.value, column, options), is_figure, source)


def _aligned(lines: list[_Shown]) -> list[_Shown]:
    """Fill amounts with spaces, so that the points of finer ones stand under those of the others."""
    longest = max((_tail(line) for line in lines), default=0)
    return [line._replace(value=line.value + " " * (longest - _tail(line))) if _tail(line) else line for line in lines]


def _tail(line: _Shown) -> int:
    return (
        len(line.value.rpartition(".")[2]) + 1 if line.is_figure and "." in line.value and "%" not in line.value else 0
    )


def _end(line: _Shown, text_width: int, value_width: int) -> int:
    return text_width + GAP + value_width if line.value else line.indent + cell_width(line.text)


def _rows(line: _Shown, place: _Place, look: Look) -> Iterator[str]:
    head = " " * line.indent
    room = place.text_width if line.value else (place.source_at if line.source else look.width)
    parts = [line.text]
    if look.width is not None and room:
        parts = wrap(line.text, max(room - line.indent, NARROWEST_TEXT - STEP))
    for index, part in enumerate(parts):
        row = head + part
        if index == len(parts) - 1:  # figure and source stand at the end of the text, as on paper
            if line.value:
                value = pad(line.value, place.value_width, "right" if line.is_figure else "left")
                row = pad(row, place.text_width) + " " * GAP + value
            if line.source:
                source = line.source
                if look.width is not None:
                    source = cut(source, place.source_width, look.mark, "end")
                row = pad(row, place.source_at + GAP) + paint(source, "dim", look.colour)
        yield row
        if index == 0:
            head += " " * STEP
