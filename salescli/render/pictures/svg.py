"""Charts inside an HTML page: SVG without scripts, whose colours follow the page and never stand alone.

Every picture has a title and a description for those who hear it; points and bars say their figures when pointed at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape

from salescli.core.table import Chart, Table
from salescli.core.title import Title
from salescli.render.cells import cell_width, cut
from salescli.render.options import RenderOptions
from salescli.render.pictures.figure import Picture, axis_of, read_picture, tick_texts
from salescli.render.pictures.lines import FLAGS
from salescli.render.signs import one_line

WIDTH, PLOT = 720, 200  # of a chart, of the plot of a line chart; units of the drawing
CELL = 7  # units that a character of a terminal's width takes at 12 units of height
TOP, BOTTOM, GAP = 20, 26, 8
THICK = 16  # a bar
WIDEST_NAME = 24
STYLE = """.chart { margin: 1rem 0; } .chart figcaption { font-weight: 600; margin-bottom: .3rem; }
.chart svg { max-width: 100%; height: auto; } .chart text { font-size: 12px; fill: #555; }
.chart .grid { stroke: #ddd; } .chart .zero { stroke: #888; } .chart .flag { fill: #a61b1b; font-size: 14px; }
.chart path { fill: none; stroke-width: 2; } .chart .figure { fill: #1b1b1b; }
.chart .s0 { stroke: #3b6ea5; fill: #3b6ea5; } .chart .s1 { stroke: #9a7a10; fill: #c9a227; }
.chart .s2 { stroke: #5a6672; fill: #9aa5b1; } .chart .s3 { stroke: #3f6b3e; fill: #5b8c5a; }
.chart path.s0, .chart path.s1, .chart path.s2, .chart path.s3 { fill: none; } .chart .hollow { fill: #fff; }
.chart path.s1 { stroke-dasharray: 6 4; } .chart path.s2 { stroke-dasharray: 2 3; }
@media print { .chart { break-inside: avoid; } .chart svg * { print-color-adjust: exact; } }
@media screen and (prefers-color-scheme: dark) { .chart text { fill: #b8bec6; } .chart .figure { fill: #e8e8e8; }
  .chart .grid { stroke: #3a3f46; } .chart .flag { fill: #ff8a80; }
  .chart .s0 { stroke: #7fb0e6; fill: #7fb0e6; } .chart .s1 { stroke: #e3c04d; fill: #e3c04d; }
  .chart .hollow { fill: #16181c; } }
"""
_KINDS = {
    "line": Title("折线图", "Line chart"),
    "bar": Title("条形图", "Bar chart"),
    "funnel": Title("漏斗图", "Funnel"),
    "waterfall": Title("瀑布图", "Waterfall"),
}


def svg_charts(table: Table, currencies: set[str], options: RenderOptions) -> Iterator[str]:
    """Yield the charts of a table as figures of a page."""
    for number, chart in enumerate(table.charts):
        picture = read_picture(table, chart, currencies, options)
        if picture is not None:
            yield from _figure(picture, chart, f"chart-{table.name}-{number}", options)


def _figure(picture: Picture, chart: Chart, name: str, options: RenderOptions) -> Iterator[str]:
    is_line = picture.kind == "line"
    height = TOP + PLOT + BOTTOM if is_line else 2 * TOP + len(picture.names) * _row_height(picture)
    ident, title = escape(name), _text(picture.title)
    yield f'<figure class="chart"><figcaption>{title}{_legend(picture, options)}</figcaption>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}" viewBox="0 0 {WIDTH} {height}"'
        f' aria-labelledby="{ident}-title {ident}-text">'
    )
    yield f'<title id="{ident}-title">{title}</title><desc id="{ident}-text">{_description(picture, options)}</desc>'
    yield from _line(picture, options) if is_line else _bars(picture)
    yield "</svg></figure>"


def _text(text: str) -> str:
    return escape(one_line(text))


def _legend(picture: Picture, options: RenderOptions) -> str:
    """Which colour is which series; with one series there is nothing to tell apart."""
    parts = []
    if len(picture.series) > 1:
        for number, one in enumerate(picture.series):
            swatch = f'<svg width="22" height="10" aria-hidden="true">{_swatch(picture, number)}</svg>'
            parts.append(f"{swatch} {_text(one.name)}")
    parts += [_text(word if word[:1] in FLAGS else f"○ {word}") for word in dict.fromkeys(picture.marks) if word]
    return "".join(f' <small style="margin-left:1em">{part}</small>' for part in parts)


def _swatch(picture: Picture, number: int) -> str:
    if picture.kind == "line":
        return f'<path class="s{number}" d="M0 5H22"/>'
    return f'<rect class="s{number}" width="22" height="10"/>'


def _description(picture: Picture, options: RenderOptions) -> str:
    """What the picture shows, in a sentence; the figures stand in the table."""
    names = Title("、", ", ").text(options.language).join(one.name for one in picture.series)
    kind = _KINDS[picture.kind].text(options.language)
    first, last = picture.names[0], picture.names[-1]
    said = Title(
        f"{kind}:{names},从 {first} 到 {last},{len(picture.names)} 项;数字见表格",
        f"{kind}: {names}, from {first} to {last}, {len(picture.names)} points; the figures stand in the table",
    )
    return _text(said.text(options.language))


def _at(number: Fraction | int) -> str:
    """A coordinate, to a tenth of a unit."""
    tenths = int(Fraction(number) * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _line(picture: Picture, options: RenderOptions) -> Iterator[str]:
    axis = axis_of(picture, 6)
    labels = tick_texts(axis.ticks, picture.series[0].column, options)
    left = max(map(cell_width, labels)) * CELL + GAP
    edge = max(map(cell_width, picture.names)) * CELL // 2  # a name has room below the first point and the last
    reach, last = WIDTH - left - 2 * edge, max(len(picture.names) - 1, 1)
    across = [left + edge + Fraction(place * reach, last) for place in range(len(picture.names))]

    def up(value: Fraction) -> Fraction:
        return TOP + PLOT * (1 - axis.share(value))

    for tick, label in zip(axis.ticks, labels, strict=True):
        style = "grid" if tick else "zero"
        yield f'<line class="{style}" x1="{left}" x2="{WIDTH}" y1="{_at(up(tick))}" y2="{_at(up(tick))}"/>'
        yield f'<text x="{left - GAP}" y="{_at(up(tick) + 4)}" text-anchor="end">{_text(label)}</text>'
    for place in _named(picture.names, across):
        name = _text(picture.names[place])
        yield f'<text x="{_at(across[place])}" y="{TOP + PLOT + 18}" text-anchor="middle">{name}</text>'
    for number, one in enumerate(picture.series):
        heights = [None if value is None else up(value) for value in one.values]
        yield f'<path class="s{number}" d="{_path(across, heights)}"/>'
        for place, height in enumerate(heights):
            if height is not None:
                yield _point(picture, number, place, across[place], height)


def _path(across: Sequence[Fraction], heights: Sequence[Fraction | None]) -> str:
    """The line through all points; it is broken where a figure is unknown."""
    parts, is_open = [], False
    for x, height in zip(across, heights, strict=True):
        if height is not None:
            parts.append(f"{'L' if is_open else 'M'}{_at(x)} {_at(height)}")
        is_open = height is not None
    return "".join(parts)


def _point(picture: Picture, number: int, place: int, x: Fraction, y: Fraction) -> str:
    one, word = picture.series[number], picture.marks[place] if number == 0 else ""
    said = _text(f"{picture.names[place]} · {one.name} {one.texts[place]}" + (f" · {word}" if word else ""))
    style = f"s{number} hollow" if word and word[:1] not in FLAGS else f"s{number}"
    circle = f'<circle class="{style}" cx="{_at(x)}" cy="{_at(y)}" r="3.5"><title>{said}</title></circle>'
    if word[:1] not in FLAGS or not word:
        return circle
    above = y - 8 if word[0] == "▲" else y + 18
    above = above if above > TOP else y + 18
    return f'{circle}<text class="flag" x="{_at(x)}" y="{_at(above)}" text-anchor="middle">{word[0]}</text>'


def _named(names: Sequence[str], across: Sequence[Fraction]) -> range:
    """Which points are named: the newest, and every so manieth before it as have room."""
    widest = max(map(cell_width, names)) * CELL + GAP
    apart = (across[-1] - across[0]) / max(len(across) - 1, 1)
    stride = next((step for step in range(1, len(names)) if step * apart >= widest), len(names))
    return range((len(names) - 1) % stride, len(names), stride)


def _row_height(picture: Picture) -> int:
    return THICK * len(picture.series) + GAP


def _bars(picture: Picture) -> Iterator[str]:
    names = [cut(name, WIDEST_NAME) for name in picture.names]
    left = max(map(cell_width, names)) * CELL + GAP
    right = WIDTH - max(cell_width(text) for one in picture.series for text in one.texts) * CELL - GAP
    spans, axis = picture.spans(), axis_of(picture, 2)

    def x_of(value: Fraction) -> Fraction:
        return left + (right - left) * axis.share(value)

    for place, name in enumerate(names):
        y = TOP + place * _row_height(picture)
        middle = y + THICK * len(picture.series) // 2 + 4
        yield f'<text x="{left - GAP}" y="{middle}" text-anchor="end">{_text(name)}</text>'
        for number, one in enumerate(picture.series):
            value, top = one.values[place], y + THICK * number
            if value is None:
                continue
            span = spans[place] if picture.kind == "waterfall" else (Fraction(0), value)
            start, end = (x_of(each) for each in (min(span), max(span)))
            style = 1 if picture.kind == "waterfall" and value < 0 else number
            said = _text(f"{picture.names[place]} · {one.name} {one.texts[place]}")
            yield (
                f'<rect class="s{style}" x="{_at(start)}" y="{top + 1}" width="{_at(end - start)}"'
                f' height="{THICK - 2}"><title>{said}</title></rect>'
            )
            figure = _text(one.texts[place].strip())
            yield f'<text class="figure" x="{_at(end + GAP)}" y="{top + 12}">{figure}</text>'
    bottom = TOP + len(names) * _row_height(picture)
    zero = _at(x_of(Fraction(0)))
    yield f'<line class="zero" x1="{zero}" x2="{zero}" y1="{TOP - 4}" y2="{bottom}"/>'
