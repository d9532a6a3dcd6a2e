"""Pages of a book: text stays text, every row is as high as its words, charts stand on the cells of their table."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from salescli.core.book import Book, ContentsLine, FigureLine, KeyFigures, Page
from salescli.core.table import Chart, Column, Facts, Prose, Ratio, Report, Table
from salescli.core.title import Title
from salescli.render.options import RenderOptions
from salescli.render.workbook.book import render_book

NAME, AMOUNT = Column("name", Title("名称", "Name")), Column("amount", Title("金额", "Amount"), "money", "CNY")
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2", "😀🏳️‍🌈", "<b>&amp;</b>", "字" * 32_768, "a\x00\ud800b", " x "]


def page(*blocks: object, tab: str = "页", charts: tuple[Chart, ...] = (), **more: object) -> Page:
    report = Report("r", Title("标题 & 其他", "Title & more"), blocks, (Title("口径", "basis"),))  # type: ignore[arg-type]
    return Page("p", Title(tab, tab), report, charts, **more)  # type: ignore[arg-type]


def opened(*pages: Page, contents: tuple[ContentsLine, ...] = ()) -> Workbook:
    book = Book("b", Title("月报 & 1", "Report & 1"), "A & B", pages, contents)
    return load_workbook(io.BytesIO(render_book(book, RenderOptions("zh"))))


def table(*rows: tuple[object, ...], **more: object) -> Table:
    return Table("t", (NAME, AMOUNT), rows, **more)  # type: ignore[arg-type]


def test_hostile_texts_stay_texts() -> None:
    sheet = opened(page(table(*((text, Decimal(1)) for text in HOSTILE)))).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(5, 5 + len(HOSTILE))]
    assert {cell.data_type for cell in cells} == {"s"}
    shown = [cell.value for cell in cells]
    assert shown[:6] == HOSTILE[:6] and shown[8] == " x "
    assert shown[6] == "字" * 32_766 + "…"
    assert shown[7] == "a\\x00\\ud800b"
    assert [cell.quotePrefix for cell in cells[:5]] == [True, True, True, True, False]


def test_a_hostile_heading_and_title_stay_texts() -> None:
    columns = (Column("c", Title("=1+1", "=1+1")),)
    report = Report("r", Title("=HYPERLINK(1)", "x"), (Table("t", columns, (("a",), ("b",))),))
    sheet = opened(Page("p", Title("页", "p"), report)).worksheets[0]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=HYPERLINK(1)", "s")
    assert sheet["A3"].data_type == "s" and sheet["A3"].value == "=1+1"


def test_the_edges_of_printed_pages_take_an_ampersand() -> None:
    sheet = opened(page(table(("a", Decimal(1))))).worksheets[0]
    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == ("A && B", "月报 && 1")


def test_rows_are_as_high_as_their_words() -> None:
    sheet = opened(page(table(("短", Decimal(1)), ("很长的说明" * 30, Decimal(2))))).worksheets[0]
    assert sheet.row_dimensions[5].height is None
    assert sheet.row_dimensions[6].height >= 15 * 6
    assert sheet["A6"].alignment.wrap_text


@pytest.mark.parametrize("amount", [Decimal("-12345678901.25"), Decimal("0.01"), Decimal("-0.5"), Decimal(10**12)])
def test_numbers_have_room_whatever_row_they_are_in(amount: Decimal) -> None:
    rows = [("x", Decimal(1))] * 3000
    sheet = opened(page(table(*rows, ("y", amount), *rows))).worksheets[0]
    assert sheet.column_dimensions["B"].width >= len(f"{amount:,.2f}") + 1


def test_blocks_stand_under_each_other_and_only_the_first_is_filtered() -> None:
    facts = Facts("f", ((AMOUNT, Decimal("2.5")),), Title("合计数", "Totals"))
    prose = Prose("n", (("第一句", ""), ("第二句", "plan.yaml:3")), Title("须知", "Notes"))
    sheet = opened(page(table(("a", Decimal(1)), ("b", Decimal(2))), facts, prose)).worksheets[0]
    column = [cell.value for cell in sheet["A"]]
    assert column[3:] == ["名称", "a", "b", None, "合计数", "金额", None, "须知", "· 第一句", "· 第二句  plan.yaml:3"]
    assert sheet.auto_filter.ref == "A4:B6"
    assert "A12:B12" in [str(each) for each in sheet.merged_cells.ranges]


def test_a_table_without_rows_says_why() -> None:
    sheet = opened(page(table(empty=Title("还没有", "nothing yet")), charts=(chart(),))).worksheets[0]
    assert sheet["A5"].value == "还没有"
    assert not sheet._charts and not sheet.auto_filter.ref


def chart() -> Chart:
    return Chart("bar", Title("图", "Chart"), "name", ("amount",))


def test_a_chart_refers_to_rows_but_not_to_the_total() -> None:
    total = (None, Decimal(3))
    sheet = opened(page(table(("a", Decimal(1)), ("b", Decimal(2)), total=total), charts=(chart(),))).worksheets[0]
    (drawn,) = sheet._charts
    assert drawn.series[0].val.numRef.f == "'页'!$B$5:$B$6"
    assert sheet["A7"].value == "合计"


def test_contents_link_to_sheets_whose_names_had_to_change() -> None:
    second = page(table(("a", Decimal(1))), tab="达成/团队's")
    lines = (
        ContentsLine(Title("达成", "Attainment"), (second.tab,), Title("", "")),
        ContentsLine(Title("漏斗", "Funnel"), (), Title("未包含:没有商机", "left out: no deals")),
    )
    workbook = opened(page(tab="封面"), second, contents=lines)
    cells = [cell for row in workbook["封面"].iter_rows() for cell in row]
    (link,) = [cell for cell in cells if cell.hyperlink]
    assert (link.value, link.hyperlink.location) == ("达成 团队's", "'达成 团队''s'!A1")
    assert "未包含:没有商机" in [cell.value for cell in cells]


def test_key_figures_keep_the_kind_of_each_value() -> None:
    lines = (
        FigureLine(
            Title("回款", "Receipts"),
            ((AMOUNT, Decimal("1.5")), (Column("w", Title("", "")), Title("✗ 未达成", "✗ missed"))),
        ),
        FigureLine(Title("赢单率", "Win rate"), ((Column("r", Title("", ""), "ratio"), Ratio(1, 4)),)),
    )
    figures = KeyFigures("k", (Title("指标", "Figure"), Title("本期", "Now"), Title("评价", "Standing")), lines)
    sheet = opened(page(figures=(figures,))).worksheets[0]
    assert (sheet["B5"].value, sheet["B5"].number_format) == (1.5, "#,##0.00;[Red]-#,##0.00")
    assert (sheet["B6"].value, sheet["B6"].number_format) == (0.25, "0.0%;[Red]-0.0%")
    assert sheet["C5"].value == "✗ 未达成" and sheet["C5"].font.color.rgb.endswith("A61B1B")
