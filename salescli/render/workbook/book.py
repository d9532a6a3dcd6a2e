"""A Book as the bytes of a workbook: a page is a sheet with its title, what it is based on, its tables and charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from salescli.core.book import BAD_SIGNS, GOOD_SIGNS, Book, KeyFigures, Page
from salescli.core.table import Block, Column, Facts, Prose, Report, Table, Trace, Value
from salescli.core.title import Language, Title
from salescli.render.options import RenderOptions
from salescli.render.sheets import Cell, facts_cells, trace_cells, value_cell
from salescli.render.values import is_number, spark
from salescli.render.wording import worded
from salescli.render.words import DATE, LINE, SOURCE, VALUE, column_title, currencies_of, unit_words
from salescli.render.workbook.archive import SheetNames, build_archive
from salescli.render.workbook.grids import Band, CellGrid, GapBand, TextBand
from salescli.render.workbook.sheet import PrintedEdges, SheetPlan
from salescli.render.workbook.tables import TableGrid

WIDEST, WIDEST_LINE = 46, 88  # longer texts take several lines on a page; sentences have more room
CONTENTS = Title("目录", "Contents")


def sign_here(signer: Title, language: Language) -> str:
    """Return a line to sign on."""
    return f"{signer.text(language)} ______________________        {DATE.text(language)} ______________"


def render_book(book: Book, options: RenderOptions) -> bytes:
    """Return the bytes of an .xlsx file."""
    language, names = options.language, SheetNames()
    tabs = [names.unique(page.tab.text(language)) for page in book.pages]
    edges = PrintedEdges(book.company, book.title.text(language), book.footer.text(language))
    plans = []
    for place, (page, name) in enumerate(zip(book.pages, tabs, strict=True)):
        contents = _contents(book, tabs, language) if place == 0 and book.contents else []
        plans.append(_plan(page, name, contents, edges, options))
    return build_archive(plans, f"{book.company} {book.title.text(language)}".strip())


def _plan(page: Page, name: str, contents: Sequence[Band], edges: PrintedEdges, options: RenderOptions) -> SheetPlan:
    report = worded(page.report, options.language)
    bands = [*_bands(page, report, options), *contents]
    if page.sums:
        from salescli.render.workbook.sums import keep_sums

        keep_sums(bands, report.blocks)
    return SheetPlan(
        name,
        bands,
        is_filtered=any(isinstance(block, Table) and len(block.rows) > 1 for block in report.blocks[:1]),
        charts=page.charts,
        coloured=page.coloured,
        edges=edges,
        is_page=True,
        is_landscape=page.wide,
        is_cover=bool(contents),
        is_hidden=page.hidden,
        open_columns=page.open_columns,
        language=options.language,
        widest=WIDEST + 6 if report.blocks and isinstance(report.blocks[0], Table) else WIDEST_LINE,
    )


def _bands(page: Page, report: Report, options: RenderOptions) -> Iterator[Band]:
    language = options.language
    yield TextBand(report.title.text(language), "title")
    based_on = [line.text(language) for line in report.footer]
    unit = unit_words(report, "yuan", language, options.currency)
    said = " · ".join([*based_on, *([unit] if unit else [])])
    if said:
        yield TextBand(said, "subtitle")
    yield GapBand()
    for figures in page.figures:
        yield from _figures(figures, language)
        yield GapBand()
    for place, block in enumerate(report.blocks):
        if place:
            yield GapBand()
        if block.title is not None and (len(report.blocks) > 1 or page.figures):
            yield TextBand(block.title.text(language), "section")
        yield from _block(block, currencies_of(report), options)
    for signer in report.signed_by:
        yield GapBand(2)
        yield TextBand(sign_here(signer, language))


def _block(block: Block, currencies: set[str], options: RenderOptions) -> Iterator[Band]:
    language = options.language
    if isinstance(block, Table):
        headings = [column_title(column, currencies, language) for column in block.columns] or [""]
        yield TableGrid(_printable(block, language), headings, options, wraps=True, widest=WIDEST)
    elif isinstance(block, Facts):
        pairs = facts_cells(block, currencies, options)
        yield CellGrid((), [[name, value._replace(spills=isinstance(value.value, str))] for name, value in pairs])
    elif isinstance(block, Prose):
        for number, (text, source) in enumerate(block.lines, 1):
            mark = f"{number}. " if block.numbered else "· "
            yield TextBand(f"{mark}{text}{f'  {source}' if source else ''}")
    elif isinstance(block, Trace):
        words = [title.text(language) for title in (LINE, VALUE, SOURCE)]
        cells = [
            [text._replace(wrap=True), value, source._replace(wrap=True, indent=1)]
            for text, value, source in trace_cells(block, options)
        ]
        yield CellGrid(words, cells, right=frozenset({1}), indented=frozenset({2}))


def _printable(table: Table, language: Language) -> Table:
    """Return a table as a page shows it: flags and sparklines drawn, blanks in words, amounts with two decimals."""
    drawn = {place for place, column in enumerate(table.columns) if column.kind in ("flag", "spark")}
    blanks = [column.blank.text(language) if column.blank else None for column in table.columns]

    def row_of(row: tuple[Value, ...]) -> tuple[Value, ...]:
        cells = (_drawn(value) if place in drawn else value for place, value in enumerate(row))
        return tuple(blank if value is None else value for value, blank in zip(cells, blanks, strict=True))

    columns = (replace(each, kind="text") if place in drawn else each for place, each in enumerate(table.columns))
    rows, total = table.rows, table.total
    if drawn or any(blanks):
        rows, total = tuple(map(row_of, rows)), row_of(total) if total else None
    return replace(table, columns=tuple(map(_two_decimals, columns)), rows=rows, total=total)


def _two_decimals(column: Column) -> Column:
    return replace(column, decimals=2) if column.kind == "money" and column.decimals is None else column


def _drawn(value: Value) -> Value:
    if isinstance(value, bool):
        return "✓" if value else ""
    return spark(value) if isinstance(value, tuple) and not isinstance(value, Title) else value


def _figures(figures: KeyFigures, language: Language) -> Iterator[Band]:
    if figures.title is not None:
        yield TextBand(figures.title.text(language), "section")
    rows = [
        [Cell(line.name.text(language)), *(_figure(*one, language) for one in line.values)] for line in figures.lines
    ]
    headings = [title.text(language) for title in figures.headings]
    first = figures.lines[0].values if figures.lines else ()
    right = frozenset(place for place, (column, _) in enumerate(first, 1) if is_number(column))
    words = frozenset(place for place, (column, _) in enumerate(first, 1) if not is_number(column))
    yield CellGrid(headings, rows, right, words)


def _figure(column: Column, value: Value, language: Language) -> Cell:
    if isinstance(value, Title):
        said = value.text(language)
        return Cell(
            said, indent=1, role="good" if said[:1] in GOOD_SIGNS else "bad" if said[:1] in BAD_SIGNS else "body"
        )
    return value_cell(value, _two_decimals(column))


def _contents(book: Book, tabs: Sequence[str], language: Language) -> list[Band]:
    """Return the contents: a link to each sheet, and a line for what there is nothing of."""
    pages = {page.tab: (name, page) for page, name in zip(book.pages, tabs, strict=True)}
    rows = []
    for line in book.contents:
        if not line.tabs:
            rows.append([Cell(line.section.text(language)), Cell(line.said.text(language), spills=True)])
        for tab in line.tabs:
            name, page = pages[tab]
            said = [page.report.title.text(language), line.said.text(language) if tab == line.tabs[0] else ""]
            rows.append([Cell(name, link=name), Cell(" · ".join(part for part in said if part), spills=True)])
    return [TextBand(CONTENTS.text(language), "section"), CellGrid((), rows)]
