"""Workbooks of reports, read back and compared part by part."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from salescli import __version__
from salescli.core.table import Column, Ratio, Report, Table
from salescli.core.title import Title
from salescli.render import RenderOptions, render
from salescli.render.formats import xlsx
from tests.unit.render.sample import SAMPLE, TEAMS


def binary(report: Report, options: RenderOptions) -> bytes:
    output = render(report, "xlsx", options)
    assert isinstance(output, bytes)
    return output


def opened(report: Report, options: RenderOptions | None = None) -> Workbook:
    return load_workbook(io.BytesIO(binary(report, options or RenderOptions("zh"))))


def one_table(*rows: tuple[object, ...], kinds: tuple[str, ...] = ("text",), **more: object) -> Report:
    columns = tuple(Column(f"c{n}", Title(f"列{n}", f"C{n}"), kind) for n, kind in enumerate(kinds))  # type: ignore[arg-type]
    return Report("r", Title("报表", "Report"), (Table("t", columns, rows, **more),))  # type: ignore[arg-type]


def test_sheets_and_headings() -> None:
    workbook = opened(SAMPLE)
    assert workbook.sheetnames == ["head", "各团队回款", "未命中", "阶梯回款提成", "条款", "说明"]
    sheet = workbook["各团队回款"]
    assert [cell.value for cell in sheet[1]][:4] == ["团队", "编号", "目标", "实际回款"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L5"  # not the total
    assert sheet.print_title_rows == "$1:$1"
    assert opened(SAMPLE, RenderOptions("en")).sheetnames[-1] == "Notes"


def test_cells_are_typed_and_formatted() -> None:
    sheet = opened(SAMPLE)["各团队回款"]
    row = {column.key: cell for column, cell in zip(TEAMS.columns, sheet[2], strict=True)}
    assert (row["code"].value, row["code"].number_format) == ("0071", "@")
    assert (row["target"].value, row["target"].number_format) == (6000000, "#,##0.00")
    assert (row["actual"].value, row["actual"].number_format) == (4910000.5, "#,##0.0000")
    assert row["attainment"].number_format == "0.0%"
    assert (row["share"].value, row["share"].number_format) == (0.5, "0.0%")
    assert (row["as_of"].value, row["as_of"].number_format) == (datetime(2026, 3, 22), "yyyy-mm-dd")  # noqa: DTZ001
    assert row["checked"].value == datetime(2026, 3, 22, 18, 40)  # noqa: DTZ001
    assert row["closed"].value is True
    assert sheet.cell(6, 1).value == "合计" and sheet.cell(6, 1).font.bold
    assert sheet.cell(6, 3).value == 12000000


def test_a_rate_below_its_threshold_is_not_shown_as_reached() -> None:
    column = Column("a", Title("达成", "A"), "ratio", thresholds=(Fraction(7, 10),))
    rows = ((Ratio(9999, 10000),), (Ratio(69999, 100000),), (Ratio(7, 10),), (Ratio(1, 0),))
    sheet = opened(Report("r", Title("报表", "R"), (Table("t", (column,), rows),))).worksheets[0]
    assert [sheet.cell(row, 1).number_format for row in (2, 3, 4)] == ["0.00%", "0.000%", "0.0%"]
    assert sheet.cell(5, 1).value == "—"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "#N/A", "2026-03-01", "12.50", "TRUE", '=HYPERLINK("x")'])
def test_text_stays_text(text: str) -> None:
    cell = opened(one_table((text,))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix is (text[0] in "=+-@")


def test_control_characters_and_surrogates_are_escaped() -> None:
    cell = opened(one_table(("a\x00\x1b\ud800\uffffb\n华",))).worksheets[0]["A2"]
    assert cell.value == "a\\x00\\x1b\\ud800\\uffffb\n华"


def test_texts_beyond_the_limit_are_cut_and_noted() -> None:
    workbook = opened(one_table(("字" * 32_767,), ("字" * 32_768,), ("😀" * 20_000,)))
    sheet, notes = workbook.worksheets
    assert sheet["A2"].value == "字" * 32_767
    assert sheet["A3"].value == "字" * 32_766 + "…"
    assert sheet["A4"].value == "😀" * 16_383 + "…"
    assert ("超过 32,767 字符而被截断的单元格", "2") in [tuple(cell.value for cell in row) for row in notes.iter_rows()]


def test_amounts_that_excel_would_damage_are_exact_text() -> None:
    sheet = opened(
        one_table((Decimal("123456789012.3456"),), (Decimal("12345678901.2345"),), kinds=("money",))
    ).worksheets[0]
    assert sheet["A2"].value == "123456789012.3456"
    assert Decimal(repr(sheet["A3"].value)) == Decimal("12345678901.2345")


def test_dates_before_the_calendar_of_excel_are_text() -> None:
    sheet = opened(one_table((date(1900, 2, 28),), (date(1900, 3, 1),), kinds=("date",))).worksheets[0]
    assert sheet["A2"].value == "1900-02-28"
    assert sheet["A3"].value == datetime(1900, 3, 1)  # noqa: DTZ001


def test_widths_fit_chinese() -> None:
    sheet = opened(one_table(("上海港通物流有限公司", "ab"), kinds=("text", "text"))).worksheets[0]
    assert sheet.column_dimensions["A"].width >= 20
    assert 6 <= sheet.column_dimensions["B"].width <= 10


def test_notes_name_definitions_and_program() -> None:
    rows = [tuple(cell.value for cell in row) for row in opened(SAMPLE)["说明"].iter_rows()]
    assert ("报表", "王芳 · 2026-03 · 回款") in rows
    assert ("口径", "receipts-net") in rows
    assert ("程序", f"salescli {__version__}") in rows
    assert any("数据截至 2026-03-22" in str(value) for _, value in rows)


def test_unit_never_divides_a_workbook() -> None:
    plain, divided = (opened(SAMPLE, RenderOptions("zh", unit=unit)) for unit in ("", "ten-thousand"))
    assert plain["各团队回款"]["C2"].value == divided["各团队回款"]["C2"].value == 6000000


def test_same_bytes_without_any_clock() -> None:
    data = binary(SAMPLE, RenderOptions("zh"))
    assert data == binary(SAMPLE, RenderOptions("zh"))
    with ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_sheet_names_are_legal_and_distinct() -> None:
    block = replace(TEAMS, title=Title("a/b:c?*[x]\\" + "很长" * 20, "History"))
    report = replace(SAMPLE, blocks=(block, block, replace(block, title=Title("'", "'"))))
    names = opened(report).sheetnames
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len({name.casefold() for name in names}) == 4
    assert opened(report, RenderOptions("en")).sheetnames[0] == "History (2)"


def test_more_rows_than_a_sheet_holds_continue_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    report = one_table(*((n,) for n in range(7)), kinds=("count",), total=(21,))
    workbook = opened(report)
    values = [[cell.value for cell in sheet["A"][1:]] for sheet in workbook.worksheets[:-1]]
    assert values == [[0, 1, 2], [3, 4, 5], [6, 21]]
