"""Bars, funnels and waterfalls on a terminal: a name, a figure, and a bar of cells for each row."""

from __future__ import annotations

from fractions import Fraction

from salescli.render.ansi import paint
from salescli.render.cells import cell_width, cut, pad
from salescli.render.options import RenderOptions
from salescli.render.pictures.figure import Picture

FILLS, ASCII_FILLS = "█▒░▓", "#=-%"
WIDEST_NAME, WIDEST, NARROWEST = 24, 80, 10
GAP = 2


def bar_legend(picture: Picture, ascii_signs: bool) -> list[str]:
    """Return which bar is which; nothing for one series."""
    fills = ASCII_FILLS if ascii_signs else FILLS
    found = [f"{fill} {one.name}" for fill, one in zip(fills, picture.series, strict=False)]
    return found if len(found) > 1 else []


def bar_chart(picture: Picture, options: RenderOptions) -> list[str]:
    """Return a line for each bar; none where the terminal has no room for one."""
    width = options.width or 0
    mark = "..." if options.ascii else "…"
    names = [cut(name, min(WIDEST_NAME, width // 3), mark) for name in picture.names]
    margin = max(map(cell_width, names))
    figures = max(cell_width(text) for one in picture.series for text in one.texts)
    room = min(width - margin - figures - 2 * GAP, WIDEST)
    if room < NARROWEST:
        return []
    fills = ASCII_FILLS if options.ascii else FILLS
    spans = _spans(picture)
    low, high = min(low for one in spans for low, _ in one), max(high for one in spans for _, high in one)
    lines = []
    for place, name in enumerate(names):
        for number, one in enumerate(picture.series):
            if number and one.values[place] is None:
                continue
            start, end = spans[number][place]
            fill = fills[1] if picture.kind == "waterfall" and (one.values[place] or 0) < 0 else fills[number]
            head = pad("" if number else name, margin)
            figure = pad(one.texts[place], figures, "right")
            bar = _bar(start, end, low, high, room, fill) if one.values[place] is not None else ""
            gap = " " * GAP
            lines.append(
                f"{head}{gap}{figure}{gap}{paint(bar, 'cyan' if number == 0 else '', options.colour)}".rstrip()
            )
    return lines


def _spans(picture: Picture) -> list[list[tuple[Fraction, Fraction]]]:
    """From where to where each bar reaches, the lower end first, by series."""
    if picture.kind == "waterfall":
        return [[(min(span), max(span)) for span in picture.spans()]]
    zero = Fraction(0)
    return [[(min(value or zero, zero), max(value or zero, zero)) for value in one.values] for one in picture.series]


def _bar(start: Fraction, end: Fraction, low: Fraction, high: Fraction, room: int, fill: str) -> str:
    """A bar between two figures: none where they are the same, else at least one cell; full only at the highest."""
    if start == end or low == high:
        return ""
    first, last = (int((at - low) * room / (high - low) + Fraction(1, 2)) for at in (start, end))
    if end < high:
        last = min(last, room - 1)
    first = min(first, room - 1 if end == high else room - 2)
    return " " * first + fill * max(last - first, 1)
