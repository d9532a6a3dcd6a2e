"""One sheet as planned: its bands from top to bottom, what stays visible, what is filtered, printed and coloured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from salescli.core.book import BAD_SIGNS, GOOD_SIGNS
from salescli.core.table import Chart
from salescli.core.title import Language
from salescli.render.pictures.figure import drawn_keys, pictured_rows
from salescli.render.workbook.charts import ROWS, Points, add_chart
from salescli.render.workbook.grids import Band, CellGrid, TextBand, column_letter
from salescli.render.workbook.looks import BAD_FILL, BAD_INK, GOOD_FILL, GOOD_INK, OPEN_FILL, Styles
from salescli.render.workbook.tables import TableGrid
from salescli.render.workbook.widths import WIDEST, within_bounds

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

OPEN_TEXT, OPEN_NUMBER = 32, 16
ONE_PAGE, WITH_CHARTS = 46, 66  # rows that are still readable when they are made to fit on one page


@dataclass(frozen=True)
class PrintedEdges:
    """What stands at the edges of each printed page."""

    head_left: str = ""
    head_right: str = ""
    foot_left: str = ""


@dataclass
class SheetPlan:
    """Everything about one sheet but its place in the workbook."""

    name: str
    bands: Sequence[Band]
    is_filtered: bool = True
    charts: Sequence[Chart] = ()
    coloured: Sequence[str] = ()  # keys of columns of the first table
    edges: PrintedEdges | None = None
    is_page: bool = False  # drawn to be printed: no grid lines, long texts in several lines
    is_landscape: bool = True
    is_cover: bool = False
    language: Language = "en"
    widest: int = WIDEST
    is_hidden: bool = False
    open_columns: Sequence[tuple[str, Sequence[str]]] = ()  # keys of columns to be filled in, with what fits
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts, row = [], 1
        for band in self.bands:
            self.starts.append(row)
            row += band.height

    @property
    def last_row(self) -> int:
        """The last row that holds anything."""
        return max(self.starts[-1] + self.bands[-1].height - 1 if self.bands else 1, 1)

    @property
    def main(self) -> tuple[int, TableGrid | CellGrid] | None:
        """The first grid with headings, and the row of these."""
        for start, band in zip(self.starts, self.bands, strict=True):
            if isinstance(band, TableGrid) or (isinstance(band, CellGrid) and band.headings):
                return start, band
        return None

    @property
    def table(self) -> tuple[int, TableGrid] | None:
        """The first grid where it is a table with rows, and the row of its headings."""
        main = self.main
        return (main[0], main[1]) if main and isinstance(main[1], TableGrid) and main[1].count else None

    @cached_property
    def widths(self) -> list[int]:
        """The width of each column: what the widest band asks for."""
        found: list[int] = []
        for band in self.bands:
            mine = band.widths()
            found += [0] * (len(mine) - len(found))
            found = [max(pair) for pair in zip(found, [*mine, *[0] * (len(found) - len(mine))], strict=True)]
        return within_bounds(found, self.widest)

    def rows(self, styles: Styles) -> Iterator[str]:
        """Yield the rows as XML."""
        for start, band in zip(self.starts, self.bands, strict=True):
            yield from band.rows(start, styles, self.widths)

    def furnish(self, worksheet: Worksheet) -> None:
        """Give an empty sheet everything but its rows."""
        widths = self.widths
        for place, width in enumerate(widths, 1):
            worksheet.column_dimensions[column_letter(place)].width = width
        for start, band in zip(self.starts, self.bands, strict=True):
            if isinstance(band, TextBand) and (span := band.span or len(widths)) > 1:
                worksheet.merged_cells.add(f"A{start}:{column_letter(span)}{start}")
        self._freeze(worksheet)
        self._colour(worksheet)
        if self.open_columns:
            self._leave_open(worksheet)
        if self.is_hidden:
            worksheet.sheet_state = "hidden"
        self._draw(worksheet, sum(widths))
        self._set_up_print(worksheet)

    def _freeze(self, worksheet: Worksheet) -> None:
        main = self.main
        if main is None:
            return
        row, grid = main
        if not self.is_page or self.is_filtered:
            worksheet.freeze_panes = f"A{row + 1}"
            worksheet.print_title_rows = f"{row}:{row}"
        if self.is_filtered and isinstance(grid, TableGrid) and grid.count:
            # without the total, which must not be sorted in
            worksheet.auto_filter.ref = f"A{row}:{column_letter(len(grid.headings))}{row + grid.count}"

    def _colour(self, worksheet: Worksheet) -> None:
        from openpyxl.formatting.rule import DataBarRule, FormulaRule
        from openpyxl.styles import Font, PatternFill

        found = self.table
        if found is None:
            return
        row, grid = found
        first, last = row + 1, row + grid.count + bool(grid.table.total)
        for place, column in enumerate(grid.table.columns, 1):
            letter = column_letter(place)
            if column.kind == "bar":
                rule = DataBarRule("num", 0, "num", 1, color="3B6EA5")
                worksheet.conditional_formatting.add(f"{letter}{first}:{letter}{row + grid.count}", rule)
            if column.key in self.coloured:
                for signs, ink, fill in ((GOOD_SIGNS, GOOD_INK, GOOD_FILL), (BAD_SIGNS, BAD_INK, BAD_FILL)):
                    said = ",".join(f'LEFT(${letter}{first},1)="{sign}"' for sign in signs)
                    looks = FormulaRule(
                        formula=[f"OR({said})"], font=Font(color=ink), fill=PatternFill(bgColor=fill, fill_type="solid")
                    )
                    worksheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", looks)

    def _leave_open(self, worksheet: Worksheet) -> None:
        """Shade the columns that somebody is to fill in, and offer the words that fit."""
        from openpyxl.formatting.rule import FormulaRule
        from openpyxl.styles import PatternFill
        from openpyxl.worksheet.datavalidation import DataValidation

        found = self.table
        if found is None:
            return
        row, grid = found
        for key, words in self.open_columns:
            letter = column_letter(grid.place_of(key))
            cells = f"{letter}{row + 1}:{letter}{row + grid.count}"
            shade = PatternFill(bgColor=OPEN_FILL, fill_type="solid")
            if not words:  # for sentences or amounts, which are wider than their heading
                width = OPEN_TEXT if grid.table.columns[grid.place_of(key) - 1].kind == "text" else OPEN_NUMBER
                worksheet.column_dimensions[letter].width = max(width, self.widths[grid.place_of(key) - 1])
            worksheet.conditional_formatting.add(cells, FormulaRule(formula=["TRUE"], fill=shade))
            if words:
                offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
                worksheet.add_data_validation(offered)
                offered.add(cells)

    def links_xml(self) -> str:
        """Return the links from cells to other sheets; openpyxl would only write those of its own cells."""
        found = []
        for start, band in zip(self.starts, self.bands, strict=True):
            if isinstance(band, CellGrid):
                for number, row in enumerate(band.cells, start + bool(band.headings)):
                    for place, cell in enumerate(row, 1):
                        if cell.link:
                            target = escape("'" + cell.link.replace("'", "''") + "'!A1", {'"': "&quot;"})
                            found.append(f'<hyperlink ref="{column_letter(place)}{number}" location="{target}"/>')
        return f"<hyperlinks>{''.join(found)}</hyperlinks>" if found else ""

    def _draw(self, worksheet: Worksheet, width: int) -> None:
        from openpyxl.worksheet.pagebreak import Break

        found = self.table
        if found is None:
            return
        row, grid = found
        places = {column.key: place for place, column in enumerate(grid.table.columns, 1)}
        rates = frozenset(column.key for column in grid.table.columns if column.kind in ("rate", "ratio", "bar"))
        points = Points(row, row + grid.count, places, rates)
        below = self.last_row + 2
        charts = [replace(one, series=keys) for one in self.charts if (keys := drawn_keys(grid.table, one))]
        if charts and below + ROWS > WITH_CHARTS:
            worksheet.row_breaks.append(Break(id=below - 1))
        for chart in charts:
            marks = _marks(grid, points.places.get(chart.marks))
            last = row + len(pictured_rows(grid.table, chart))
            add_chart(worksheet, chart, replace(points, last=last, marks=marks), below, width, self.language)
            below += ROWS

    def _set_up_print(self, worksheet: Worksheet) -> None:
        worksheet.page_setup.orientation = "landscape" if self.is_landscape else "portrait"
        worksheet.page_setup.paperSize = 9  # A4
        worksheet.page_setup.fitToWidth = 1
        most = WITH_CHARTS if self.charts or self.is_cover else ONE_PAGE  # a chart is never torn in two
        is_one = (self.is_page or bool(self.charts)) and self.last_row + ROWS * len(self.charts) <= most
        worksheet.page_setup.fitToHeight = 1 if is_one else 0
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
        if self.is_page:
            worksheet.sheet_view.showGridLines = False
            worksheet.print_options.horizontalCentered = True
            worksheet.page_margins.left = worksheet.page_margins.right = 0.5
        if self.edges is not None:
            worksheet.oddHeader.left.text = _printed(self.edges.head_left)
            worksheet.oddHeader.right.text = _printed(self.edges.head_right)
            worksheet.oddFooter.left.text = _printed(self.edges.foot_left)
            worksheet.oddFooter.right.text = "&P / &N"
            for part in (worksheet.oddHeader.left, worksheet.oddHeader.right, worksheet.oddFooter.left):
                part.size = 9
            worksheet.oddFooter.right.size = 9


def _marks(grid: TableGrid, place: int | None) -> tuple[tuple[int, str], ...]:
    """What a column says of the points of a chart, by row."""
    words = grid.columns[place - 1] if place else ()
    return tuple((row, word) for row, word in enumerate(words) if isinstance(word, str) and word)


def _printed(text: str) -> str:
    """Return a text for the edge of a page, where `&` begins a code."""
    return text.replace("&", "&&")
