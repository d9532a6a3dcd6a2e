"""Charts as Excel draws them: bars, lines, a funnel of bars. They refer to cells and hold no figures of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salescli.core.table import Chart
from salescli.core.title import Language

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEIGHT, WIDEST, NARROWEST = 8.5, 27.0, 20.0  # centimetres
ROWS = 18  # how many ordinary rows a chart covers
_COLOURS = ("3B6EA5", "C9A227", "9AA5B1", "5B8C5A")


@dataclass(frozen=True)
class Points:
    """Where a chart's points stand: the row of the headings, the last row, and the place of each column by key.

    `rates` are the keys of columns whose axis is in per cent; `marks` what is said of points, by their number.
    """

    head: int
    last: int
    places: dict[str, int]
    rates: frozenset[str] = frozenset()
    marks: tuple[tuple[int, str], ...] = ()


def add_chart(worksheet: Worksheet, chart: Chart, points: Points, row: int, width: int, language: Language) -> None:
    """Draw a chart below a table; `width` is the sheet's, in characters."""
    from openpyxl.chart import Reference

    drawn = _line(chart) if chart.kind == "line" else _bars(chart)
    drawn.title = _title(chart.title.text(language))
    drawn.height = HEIGHT
    drawn.width = min(max(width * 0.205, NARROWEST), WIDEST)
    for key in chart.series:
        place = points.places[key]
        drawn.add_data(
            Reference(worksheet, min_col=place, min_row=points.head, max_row=points.last), titles_from_data=True
        )
    place = points.places[chart.category]
    drawn.set_categories(Reference(worksheet, min_col=place, min_row=points.head + 1, max_row=points.last))
    for series, colour in zip(drawn.series, _COLOURS, strict=False):
        _paint(series, colour, is_line=chart.kind == "line")
    if chart.kind == "line":
        drawn.series[0].dPt = [_marked(place, word) for place, word in points.marks]
    drawn.y_axis.numFmt = "0%" if points.rates.issuperset(chart.series) else "#,##0"
    drawn.y_axis.title = chart.axis.text(language) if chart.axis else None
    drawn.x_axis.delete = drawn.y_axis.delete = False  # else some programs leave the axes out
    drawn.legend = None if len(chart.series) == 1 else drawn.legend
    if drawn.legend is not None:
        drawn.legend.position = "b"
    worksheet.add_chart(drawn, f"A{row}")


def _bars(chart: Chart) -> Any:
    from openpyxl.chart import BarChart
    from openpyxl.chart.label import DataLabelList

    drawn = BarChart()
    drawn.type = "bar" if chart.kind == "funnel" else "col"
    drawn.gapWidth = 40 if chart.kind == "funnel" else 80
    drawn.y_axis.scaling.min = 0 if chart.kind == "funnel" else None
    drawn.y_axis.majorGridlines.spPr = _grey()
    drawn.x_axis.tickLblPos = "low"  # else the names stand in bars that go down
    if chart.kind == "funnel":
        drawn.x_axis.scaling.orientation = "maxMin"  # the first stage on top
        drawn.dataLabels = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
        )
    return drawn


def _line(chart: Chart) -> Any:
    from openpyxl.chart import LineChart

    drawn = LineChart()
    drawn.y_axis.majorGridlines.spPr = _grey()
    return drawn


def _paint(series: Any, colour: str, *, is_line: bool) -> None:
    if is_line:
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = 25_000
        series.smooth = False
        series.marker.symbol = "circle"
        series.marker.size = 5
        series.marker.graphicalProperties.solidFill = colour
        series.marker.graphicalProperties.line.solidFill = colour
    else:
        series.invertIfNegative = False  # else Excel leaves bars that go down white
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = colour


def _marked(place: int, word: str) -> Any:
    """Return a point of which something is said: a red triangle, or hollow; the words stand in the table."""
    from openpyxl.chart.marker import DataPoint, Marker
    from openpyxl.chart.shapes import GraphicalProperties

    is_flag = word[:1] in ("▲", "▼")
    marker = Marker("triangle" if is_flag else "circle", size=9 if is_flag else 7)
    marker.graphicalProperties = GraphicalProperties(solidFill="A61B1B" if is_flag else "FFFFFF")
    marker.graphicalProperties.line.solidFill = "A61B1B" if is_flag else _COLOURS[0]
    point = DataPoint(place, marker=marker)
    point.graphicalProperties = GraphicalProperties()
    point.graphicalProperties.line.solidFill = _COLOURS[0]
    point.graphicalProperties.line.width = 25_000
    return point


def _title(text: str) -> Any:
    """Return a title that does not shout: openpyxl's own is half as large again."""
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title as ChartTitle
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

    looks = CharacterProperties(sz=1200, b=True, solidFill="1F4E79")
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=looks), r=[RegularTextRun(rPr=looks, t=text)])
    return ChartTitle(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _grey() -> Any:
    from openpyxl.chart.shapes import GraphicalProperties

    return GraphicalProperties(ln=_thin())


def _thin() -> Any:
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill="D9DEE4", w=6_350)
