"""A line chart on a terminal: figures of the axis at the left, points as signs, their names below."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.render.ansi import paint
from salescli.render.cells import cell_width, pad
from salescli.render.options import RenderOptions
from salescli.render.pictures.canvas import Canvas
from salescli.render.pictures.figure import Axis, Picture, axis_of, tick_texts

SIGNS, ASCII_SIGNS = "●■◆◉", "*#+@"
OTHER, ASCII_OTHER = "○", "o"  # a point of which a word says something that begins with no sign
FLAGS = {"▲": "^", "▼": "v"}
LOW, HIGH = 6, 8  # lines of a chart, on narrow and on wide terminals
WIDEST, NARROWEST = 110, 20  # cells of a chart
CROWDED = 3  # cells between points; closer ones are drawn as a line alone


def sign_of(word: str, ascii_signs: bool) -> str:
    """Return how a point is drawn of which this is said."""
    if word[:1] in FLAGS:
        return FLAGS[word[0]] if ascii_signs else word[0]
    return ASCII_OTHER if ascii_signs else OTHER


def legend(picture: Picture, ascii_signs: bool) -> list[str]:
    """Return what each sign means; nothing where there is nothing to tell apart."""
    signs = ASCII_SIGNS if ascii_signs else SIGNS
    words = dict.fromkeys(word for word in picture.marks if word)
    names = [f"{sign} {one.name}" for sign, one in zip(signs, picture.series, strict=False)]
    names = names if len(names) > 1 else []
    return [*names, *(f"{sign_of(word, ascii_signs)} {word.lstrip(''.join(FLAGS)).strip()}" for word in words)]


def line_chart(picture: Picture, options: RenderOptions, height: int = 0) -> list[str]:
    """Return the lines of a chart that is no wider than the terminal; none where it would say nothing."""
    width = options.width or 0
    height = max(height, LOW) if height else HIGH if width >= 100 else LOW
    axis = axis_of(picture, height // 2)
    labels = tick_texts(axis.ticks, picture.series[0].column, options)
    margin = max(map(cell_width, labels))
    room = min(width - margin - 2, WIDEST)
    if room < NARROWEST:
        return []
    canvas = Canvas(room, height, options.ascii)
    columns = _columns(picture.names, room)
    _draw(canvas, picture, axis, columns, options.ascii)
    beside = {canvas.cell(0, _up(tick, axis, canvas))[0]: label for tick, label in zip(axis.ticks, labels, strict=True)}
    tick_sign, plain_sign = ("+", "|") if options.ascii else ("┤", "│")
    lines = []
    for number, cells in enumerate(canvas.rows()):
        edge = pad(beside.get(number, ""), margin, "right") + " " + (tick_sign if number in beside else plain_sign)
        lines.append(paint(edge, "dim", options.colour) + _coloured(cells, options.colour))
    below = " " * (margin + 2) + _names_below(picture.names, columns, room)
    return [*lines, paint(below.rstrip(), "dim", options.colour)]


def _up(value: Fraction, axis: Axis, canvas: Canvas) -> int:
    """The dot at the height of a figure."""
    return int(axis.share(value) * (canvas.dots_up - 1) + Fraction(1, 2))


def _columns(names: Sequence[str], room: int) -> list[int]:
    """The cell across at which each point stands: far enough from the edges for its name below."""
    edge = min(max(map(cell_width, names)) // 2 + 1, room // 5)
    last = max(len(names) - 1, 1)
    return [edge + (2 * place * (room - 1 - 2 * edge) + last) // (2 * last) for place in range(len(names))]


def _draw(canvas: Canvas, picture: Picture, axis: Axis, columns: Sequence[int], ascii_signs: bool) -> None:
    is_crowded = canvas.width < CROWDED * len(picture.names)
    signs = ASCII_SIGNS if ascii_signs else SIGNS
    across = canvas.dots_across // canvas.width
    points: list[tuple[tuple[int, int], str]] = []
    for sign, one in zip(signs, picture.series, strict=False):
        before: tuple[int, int] | None = None
        for place, value in enumerate(one.values):
            if value is None:
                before = None
                continue
            dot = (columns[place] * across, _up(value, axis, canvas))
            canvas.line(before or dot, dot)
            before = dot
            word = picture.marks[place] if one is picture.series[0] else ""
            if word or not is_crowded:
                points.append((dot, sign_of(word, ascii_signs) if word else sign))
    for dot, sign in points:
        canvas.put(dot, sign)


def _coloured(cells: Sequence[str], colour: bool) -> str:
    return "".join(paint(cell, "yellow", colour) if cell in FLAGS else cell for cell in cells)


def _names_below(names: Sequence[str], columns: Sequence[int], room: int) -> str:
    """The names of points: the newest, and every so manieth before it as have room; each under its point."""
    widest = max(map(cell_width, names))
    stride = next((step for step in range(1, len(names)) if _least(columns, step) >= widest + 2), len(names))
    line = ""
    for place in range((len(names) - 1) % stride, len(names), stride):
        start = columns[place] - cell_width(names[place]) // 2
        line = pad(line, start) + names[place]
    return line if cell_width(line) <= room else ""


def _least(columns: Sequence[int], step: int) -> int:
    return min(later - earlier for earlier, later in zip(columns, columns[step:], strict=False))
