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
LONGEST_WORD = 20  # a longer text is no value to stand in the column of figures


class _Shown(NamedTuple):
    indent: int
    text: str
    value: str
    is_figure: bool
    source: str


class _Place(NamedTuple):
    text_width: int
    value_width: int
    source_at: int
    source_width: int
    sources_below: bool = False


def trace_lines(trace: Trace, look: Look, options: RenderOptions) -> list[str]:
    """Return the lines of an explanation; on a terminal they keep to its width."""
    shown = _aligned([_shown(line, depth, options) for line, depth in _walk(trace.lines, 0)])
    value_width = max((cell_width(line.value) for line in shown), default=0)
    text_width = max((line.indent + cell_width(line.text) for line in shown if line.value), default=0)
    place = _Place(
        text_width,
        value_width,
        max((_end(line, text_width, value_width) for line in shown if line.source), default=0),
        max((cell_width(line.source) for line in shown), default=0),
    )
    if look.width is not None:
        place = _narrowed(place, look.width, any(line.value and line.source for line in shown))
    return [row for line in shown for row in _rows(line, place, look)]


def _narrowed(place: _Place, width: int, do_share: bool) -> _Place:
    """Make room: sources give way first, down to a floor, then texts wrap; on a small screen sources go below."""
    figures = place.value_width + GAP if place.value_width else 0
    floor = min(place.source_width, NARROWEST_SOURCE)
    if NARROWEST_TEXT + figures + (GAP + floor if floor else 0) > width:
        text_width = max(min(place.text_width, width - figures), STEP)
        return place._replace(text_width=text_width, sources_below=True)
    source_width = min(place.source_width, max(floor, width - place.source_at - GAP))
    source_at = min(place.source_at, width - GAP - source_width)
    text_width = min(place.text_width, (source_at if do_share else width) - figures)
    return place._replace(text_width=text_width, source_at=source_at, source_width=source_width)


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
    value = show(line.value, column, options)
    if isinstance(line.value, str) and cell_width(value) > LONGEST_WORD:
        text, value = f"{text}  {value}".strip(), ""  # a sentence is no figure: it flows with the text
    is_figure = is_number(column) and not isinstance(line.value, str)
    return _Shown(depth * STEP, text, value, is_figure, source)


def _aligned(lines: list[_Shown]) -> list[_Shown]:
    """Fill amounts with spaces, so that the points of finer ones stand under those of the others."""
    longest = max((_tail(line) for line in lines), default=0)
    return [line._replace(value=line.value + " " * (longest - _tail(line))) if _tail(line) else line for line in lines]


def _tail(line: _Shown) -> int:
    has_point = line.is_figure and "." in line.value and "%" not in line.value
    return len(line.value.rpartition(".")[2]) + 1 if has_point else 0


def _end(line: _Shown, text_width: int, value_width: int) -> int:
    return text_width + GAP + value_width if line.value else line.indent + cell_width(line.text)


def _rows(line: _Shown, place: _Place, look: Look) -> Iterator[str]:
    beside = bool(line.source) and not place.sources_below
    parts = [" " * line.indent + line.text]
    if look.width is not None:
        room = place.text_width if line.value else place.source_at if beside else look.width
        wrapped = wrap(line.text, max(room - line.indent - STEP, STEP)) if cell_width(parts[0]) > room else [line.text]
        parts = [" " * (line.indent + (STEP if number else 0)) + part for number, part in enumerate(wrapped)]
    *above, last = parts  # figure and source stand at the end of the text, as on paper
    yield from above
    if line.value:
        value = pad(line.value, place.value_width, "right" if line.is_figure else "left")
        last = pad(last, place.text_width) + " " * GAP + value
    if beside:
        source = line.source if look.width is None else cut(line.source, place.source_width, look.mark, "end")
        last = pad(last, place.source_at + GAP) + paint(source, "dim", look.colour)
    yield last
    if line.source and not beside:
        indent = " " * (line.indent + 2 * STEP)
        source = cut(line.source, (look.width or 0) - len(indent), look.mark, "end")
        yield indent + paint(source, "dim", look.colour)
