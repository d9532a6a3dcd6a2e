"""The import screen: what is shown where it is nonzero, and everything for programs."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.table import Table
from salescli.core.title import Title
from salescli.render import RenderOptions, render
from salescli.reports.import_rows import Counted, skipped_title
from salescli.reports.import_sums import FileSum, build_months, build_totals
from salescli.reports.importing import ImportFacts, SheetFacts, build_import_report

MONTHS = tuple((f"2026-{month:02d}", month * 10_000) for month in range(1, 13))
SUM = FileSum("回款.xlsx", "金额", "", 780_000, 780_000, MONTHS, 0)
COUNTS = Counted(rows=10, taken=6, rejected=1, blank=1, totals=1, repeated=1, title_rows=2, hidden=4)
SHEET = SheetFacts("回款.xlsx", "回款", Title("回款", "Receipt"), 3, COUNTS, 2, 3, 1, sums=(SUM,))
FACTS = ImportFacts(7, is_dry=False, sheets=(SHEET,))


def columns(table: Table) -> list[str]:
    return [column.key for column in table.columns]


def text(facts: ImportFacts, language: str = "en", width: int = 80) -> str:
    return str(render(build_import_report(facts), "text", RenderOptions(language=language, width=width)))  # type: ignore[arg-type]


def test_what_was_left_out_is_said_by_kind() -> None:
    said = skipped_title(COUNTS)
    assert said is not None
    assert said.en == (
        "skipped 2 title rows, 1 totals row, 1 blank row, 1 repeated row; 4 rows hidden (read like the others)"
    )
    assert said.zh == "跳过标题 2 行、合计 1 行、空 1 行、重复 1 行,有 4 行是隐藏的(照常读取)"
    assert skipped_title(Counted(rows=3, taken=3)) is None
    assert said.en in " ".join(text(FACTS).split())


def test_what_many_sheets_left_out_is_one_line() -> None:
    sheets = tuple(replace(SHEET, file=f"{name}.xlsx", counts=Counted(totals=1)) for name in "abc")
    shown = text(ImportFacts(None, is_dry=True, sheets=sheets))
    assert "3 sheets: skipped 3 totals rows" in shown


def test_gone_and_currency_have_a_column_where_there_is_one() -> None:
    sheets = build_import_report(FACTS).blocks[0]
    assert isinstance(sheets, Table) and "gone" not in columns(sheets)
    gone = build_import_report(replace(FACTS, sheets=(replace(SHEET, gone=2),))).blocks[0]
    assert isinstance(gone, Table) and columns(gone)[-3:] == ["gone", "rejected", "skipped"]
    assert "currency" not in columns(build_totals([SUM]))
    assert "currency" in columns(build_totals([SUM, SUM._replace(currency="USD")]))


def test_a_total_that_differs_says_by_how_much() -> None:
    assert "difference" not in columns(build_totals([SUM]))
    table = build_totals([SUM, SUM._replace(stated_e4=790_000, difference_e4=10_000)])
    assert [(str(row[-2]), str(row[-1])) for row in table.rows] == [("True", "None"), ("False", "1.00")]


def test_sums_of_a_workbook_name_their_sheet() -> None:
    sheets = (SHEET, replace(SHEET, sheet="四月"), replace(SHEET, file="另.csv", sheet=""))
    table = build_import_report(replace(FACTS, sheets=sheets)).blocks[1]
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["回款.xlsx!回款", "回款.xlsx!四月", "回款.xlsx"]
    alone = build_import_report(FACTS).blocks[1]
    assert isinstance(alone, Table) and alone.rows[0][0] == "回款.xlsx"


def test_many_months_are_drawn_and_listed_when_asked() -> None:
    few, many = build_months([SUM, SUM]), build_months([SUM, SUM, SUM])
    assert few is not None and len(few.rows) == 24
    assert many is not None and columns(many)[-3:] == ["from", "through", "course"]
    assert many.rows[0][-3:-1] == ("2026-01", "2026-12")
    whole = build_months([SUM, SUM, SUM], is_whole=True)
    assert whole is not None and len(whole.rows) == 36
    assert build_months([SUM._replace(by_month=())]) is None


def test_profiles_and_what_was_remembered_stand_in_the_footer() -> None:
    facts = replace(
        FACTS,
        profiles=(("回款", "config/imports/回款.yaml", 1),),
        remembered=(
            ("config/imports/回款.yaml", (Title("键 日期", "key 日期"), Title("类型 receipt", "type receipt"))),
        ),
    )
    shown = " ".join(text(facts, width=160).split())
    assert "read by profile 回款 (config/imports/回款.yaml)" in shown
    assert "remembered in config/imports/回款.yaml: key 日期; type receipt" in shown
    assert "随程序提供" in text(replace(FACTS, profiles=(("zoho", "", 2),)), "zh", 160)


def test_programs_are_told_everything() -> None:
    data = build_import_report(FACTS).data
    sheet = data["sheets"][0]  # type: ignore[index]
    assert sheet["rows"]["hidden"] == 4
    rows = sheet["rows"]
    skipped = rows["blank"] + rows["totals"] + rows["repeated"] + rows["footnotes"]
    assert rows["new"] + rows["changed"] + rows["unchanged"] + rows["rejected"] + skipped == rows["rows"]
    assert sheet["sums"][0]["months"]["2026-12"] == "12.00"
    assert sheet["sums"][0]["read"] == sheet["sums"][0]["stated"] == "78.00"


def test_cells_that_are_not_shown_are_counted() -> None:
    cell = ("R1", Title("金额", "Amount"), "1", "2", "a.csv!D2")
    shown = text(replace(FACTS, cells=(cell,), cells_left=5))
    assert "Changed cells: 1 of 6 (--all)" in shown


def test_it_fits_80_columns_in_chinese() -> None:
    from unicodedata import east_asian_width

    shown = text(replace(FACTS, sheets=(SHEET, replace(SHEET, file="一个名字很长的回款明细表.xlsx", gone=3))), "zh")
    widths = [sum(1 + (east_asian_width(sign) in "WF") for sign in line) for line in shown.splitlines()]
    assert max(widths) <= 80
