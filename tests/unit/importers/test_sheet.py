"""One sheet from cells to staged rows: what is skipped, compared, converted, rejected and said."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from salescli.core.records.profile import FileProfile, Profile
from salescli.messages import sentence
from tests.unit.importers.files import DEALS, RECEIPTS, csv_text, names, read, read_one, xlsx

AUTO = {"auto_key": True}
BOOK = [
    ["华辰科技 2026 年 3 月回款明细"],
    ["单位:元"],
    list(RECEIPTS),
    ["2026-03-02", "上海港通", 120000, "王芳", None],
    ["2026年3月3日", "宁波远洋", "１２５，０００．５０", "赵磊", "-"],
    ["小计", None, 245000.5, None, None],
    list(RECEIPTS),
    [None, " ", None, None, None],
    [date(2026, 3, 5), "宁波远洋", 125.43999999999998, "赵磊", "x"],
    ["合计", None, 245125.94, None, "共3笔"],
    ["制表人:李娜", None, None, None, "审核:张敏"],
]


def staged(path: Path, content: bytes | str, **options: Any) -> dict[str, list[Any]]:
    found = read_one(path, content, **options)
    assert found.staged is not None, names([*found.blocking, *found.decisions])
    return found.staged.columns


@pytest.mark.parametrize("kind", ["xlsx", "gbk"])
def test_a_receipts_workbook_as_people_have_it(tmp_path: Path, kind: str) -> None:
    if kind == "xlsx":
        content, name = xlsx(BOOK), "三月回款.xlsx"
    else:
        rows = [["" if cell is None else cell for cell in row] for row in BOOK]
        rows[8][2] = "125.44"  # text is never freed of noise
        content, name = csv_text(rows).encode("gb18030"), "三月回款.csv"
    found = read_one(tmp_path / name, content, **AUTO)
    report = found.report
    assert (report.type, report.header_row, report.title_rows) == ("receipt", 3, 2)
    assert (report.rows_below_header, report.staged, len(report.rejected)) == (8, 3, 0)
    assert (report.blank_rows, report.totals_rows, report.repeated_rows, report.footnote_rows) == (1, 2, 1, 1)
    assert report.is_accounted
    assert [(each.row, each.agrees) for each in report.totals] == [(6, True), (10, True)]
    assert found.problems == []
    assert found.staged is not None
    assert found.staged.rows == [4, 5, 9]
    assert found.staged.columns["amount"] == [1_200_000_000, 1_250_005_000, 1_254_400]
    assert found.staged.columns["date"] == ["2026-03-02", "2026-03-03", "2026-03-05"]
    assert found.staged.columns["note"] == [None, None, "x"]
    assert report.control[0].by_month == (("2026-03", 2_451_259_400),)
    assert found.staged.source.feed == "回款"
    assert found.staged.source.cell(5, "amount") == "C5"


def test_unit_multiplies_money_and_is_said(tmp_path: Path) -> None:
    rows = [
        ["单位:万元"],
        ["日期", "客户", "金额", "税率", "不含税金额(元)"],
        ["2026-03-02", "甲", 12.5, "6%", 117924.5283],
    ]
    found = read_one(tmp_path / "回款.xlsx", xlsx(rows), **AUTO)
    assert found.staged is not None
    columns = found.staged.columns
    assert (columns["amount"], columns["net_stated"]) == ([1_250_000_000], [1_179_245_283])
    said = [sentence(each, "en") for each in found.notes if each.name == "unit-applied"]
    assert said == ["`金额` is read in units of 10,000"]


def test_totals_count_what_was_read_of_rejected_rows_too(tmp_path: Path) -> None:
    rows = [RECEIPTS, ["2026-03-02", "甲", 5, "王", None], [None, "乙", 7, "王", None], ["合计", None, 12, None, None]]
    found = read_one(tmp_path / "回款.xlsx", xlsx(rows), **AUTO)
    assert (found.report.staged, names(found.row_problems), found.problems) == (1, ["cell-blank"], [])


def test_totals_above_the_rows(tmp_path: Path) -> None:
    rows = [
        RECEIPTS,
        ["总计", None, 12, None, None],
        ["2026-03-02", "甲", 5, "王", None],
        ["2026-03-03", "乙", 7, "王", None],
    ]
    assert [each.agrees for each in read_one(tmp_path / "回款.xlsx", xlsx(rows), **AUTO).report.totals] == [True]


def test_a_difference_names_both_figures(tmp_path: Path) -> None:
    rows = [RECEIPTS, ["2026-03-02", "甲", 5, "王", None], ["合计", None, "12.00", None, None]]
    found = read_one(tmp_path / "回款.xlsx", xlsx(rows), **AUTO)
    values = found.problems[0].values
    assert (values["stated"], values["read"], values["difference"]) == ("12.00", "5.00", "+7.00")
    assert found.report.staged == 1


@pytest.mark.parametrize("name", ["Total", "合计通信", "总计科技有限公司"])
def test_a_customer_is_no_totals_row(tmp_path: Path, name: str) -> None:
    rows = [RECEIPTS, ["2026-03-02", name, 5, "王", None]]
    assert read_one(tmp_path / "回款.xlsx", xlsx(rows), **AUTO).report.staged == 1


def test_row_after_the_totals_with_a_figure_is_a_record(tmp_path: Path) -> None:
    rows = [
        RECEIPTS,
        ["2026-03-02", "甲", 5, "王", None],
        ["合计", None, 5, None, None],
        ["2026-03-09", "乙", 7, "王", None],
    ]
    assert read_one(tmp_path / "回款.xlsx", xlsx(rows), **AUTO).report.staged == 2


def test_numbers_that_are_names_stay_text(tmp_path: Path) -> None:
    rows = [["工号", "姓名", "手机"], ["0071", "王芳", "013800138000"], [72.0, "赵磊", 13800138001.0]]
    columns = staged(tmp_path / "花名册.xlsx", xlsx(rows))
    assert columns["number"] == ["0071", "72"]
    assert columns["phone"] == ["013800138000", "13800138001"]


def test_long_numbers_that_the_spreadsheet_has_cut(tmp_path: Path) -> None:
    rows = [["工号", "姓名", "手机"], [1234567890123456.0, "王芳", "6.93E+12"]]
    found = read_one(tmp_path / "花名册.xlsx", xlsx(rows))
    assert names(found.row_problems) == ["damaged-number", "damaged-number"]


def test_date_order_is_stated_or_asked(tmp_path: Path) -> None:
    text = csv_text([DEALS, ["D-1", "x", "甲", "王", 1, "20-10-16"], ["D-2", "x", "甲", "王", 1, "2016-10-21"]])
    found = read_one(tmp_path / "商机.csv", text)
    assert names(found.decisions) == ["date-order-proposed"]
    assert found.staged is None
    assert staged(tmp_path / "商机.csv", text, date_order="dmy")["created"] == ["2016-10-20", "2016-10-21"]
    assert staged(tmp_path / "商机.csv", text, date_order="ymd")["created"] == ["2020-10-16", "2016-10-21"]


def test_percentages_are_stated_or_asked(tmp_path: Path) -> None:
    header = (*DEALS, "赢率")
    rows = [header, ["D-1", "x", "甲", "王", 1, "2026-01-01", 50], ["D-2", "x", "甲", "王", 1, "2026-01-01", "25%"]]
    assert staged(tmp_path / "a.xlsx", xlsx(rows))["probability"] == ["0.5", "0.25"]
    rows[1][6] = 0.5
    assert names(read_one(tmp_path / "a.xlsx", xlsx(rows)).decisions) == ["percent-unproved"]
    assert staged(tmp_path / "a.xlsx", xlsx(rows), percent="percent")["probability"] == ["0.005", "0.25"]
    rows[1][6] = 50
    rows[0] = (*DEALS, "赢率(%)")
    assert staged(tmp_path / "a.xlsx", xlsx(rows))["probability"] == ["0.5", "0.25"]


def test_percent_format_of_the_workbook_is_proof(tmp_path: Path) -> None:
    def style(all_cells: bool) -> Any:
        def apply(book: Any) -> None:
            for cell in ("G2", "G3") if all_cells else ("G2",):
                book["Sheet1"][cell].number_format = "0.0%"

        return apply

    rows = [
        (*DEALS, "赢率"),
        *(["D-" + key, "x", "甲", "王", 1, "2026-01-01", value] for key, value in (("1", 0.5), ("2", 0.25))),
    ]
    assert staged(tmp_path / "a.xlsx", xlsx(rows, style(True)))["probability"] == ["0.5", "0.25"]
    assert names(read_one(tmp_path / "a.xlsx", xlsx(rows, style(False))).decisions) == ["percent-unproved"]


def test_moments_and_choices(tmp_path: Path) -> None:
    rows = [
        ["合同编号", "客户", "签订日期", "合同类型"],
        ["HT-1", "甲", datetime.fromisoformat("2026-01-01 09:30"), "续签"],
        ["HT-2", "甲", "2026/1/2", "NEW"],
    ]
    columns = staged(tmp_path / "合同.xlsx", xlsx(rows))
    assert (columns["signed"], columns["kind"]) == (["2026-01-01", "2026-01-02"], ["renewal", "new"])


def test_merged_cells_speak_for_their_rows_but_amounts_do_not(tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book["Sheet1"].merge_cells("B2:B3")
        book["Sheet1"].merge_cells("C2:C3")

    rows = [RECEIPTS, ["2026-03-02", "甲", 5, "王", None], ["2026-03-03", None, None, "王", None]]
    found = read_one(tmp_path / "回款.xlsx", xlsx(rows, merge), **AUTO)
    assert names(found.row_problems) == ["cell-blank"]
    assert found.report.rejected[0].cells[1:3] == ("甲", None)


def test_aliases_and_values_of_a_profile(tmp_path: Path) -> None:
    entry = FileProfile(
        "pipe*.csv",
        type="deal",
        columns={"no": "number", "who": "owner"},
        ignore=("junk",),
        values={"stage": {"赢": "Won"}},
        constants={"channel": "直销"},
        null_tokens=("?",),
        currency="USD",
    )
    profile = Profile("crm", (entry,), {"product": {"GTXPro": "GTX Pro"}})
    text = csv_text(
        [
            ["no", "who", "product", "stage", "amount", "junk"],
            ["1", "?", "GTXPro", "赢", "5", "x"],
            ["2", "-", "GTX Pro", "Lost", "6", ""],
        ]
    )
    found = read_one(tmp_path / "pipeline-3.csv", text, profile=profile)
    assert found.staged is not None
    columns = found.staged.columns
    assert columns["product"] == ["GTX Pro", "GTX Pro"]
    assert (columns["stage"], columns["owner"]) == (["Won", "Lost"], [None, "-"])
    assert (columns["channel"], columns["currency"]) == (["直销"] * 2, ["USD"] * 2)
    assert found.staged.source.feed == "crm"
    assert found.notes == []


def test_rejected_rows_of_a_profiled_file_fit_the_profile() -> None:
    entry = FileProfile("sales_pipeline*.csv")
    assert entry.fits("Sales_Pipeline-3.csv", "")
    assert entry.fits("sales_pipeline-3.rejects.xlsx", "Sheet1")
    assert not entry.fits("accounts.rejects.xlsx", "")


def test_totals_by_currency(tmp_path: Path) -> None:
    rows = [["日期", "客户", "金额", "币种"], ["2026-03-02", "甲", 5, "CNY"], ["2026-04-02", "乙", 7, "USD"]]
    control = read_one(tmp_path / "回款.xlsx", xlsx(rows), **AUTO).report.control
    assert [(each.currency, each.total_e4, each.by_month) for each in control] == [
        ("CNY", 50_000, (("2026-03", 50_000),)),
        ("USD", 70_000, (("2026-04", 70_000),)),
    ]


def test_several_sheets_and_types_in_one_workbook(tmp_path: Path) -> None:
    sheets = {
        "回款": [RECEIPTS, ["2026-03-02", "甲", 5, "王", None]],
        "花名册": [["工号", "姓名"], ["1", "王"]],
        "透视": [["甲", "乙"], [1, 2]],
    }
    found = read(tmp_path / "三月.xlsx", xlsx(sheets), **AUTO)
    assert [each.type.name for each in found.staged] == ["receipt", "person"]
    assert (found.blocking, "sheet-not-recognised" in names(found.notes)) == ([], True)


def test_extra_columns_of_rejected_rows_are_not_read(tmp_path: Path) -> None:
    rows = [(*RECEIPTS, "_row", "_column", "_error", "_hint"), ["2026-03-02", "甲", 5, "王", None, 7, "C", "e", "h"]]
    found = read_one(tmp_path / "回款.rejects.xlsx", xlsx(rows), **AUTO)
    assert (found.report.unmapped, found.report.staged) == ((), 1)


def test_stated_columns_hold_where_they_are(tmp_path: Path) -> None:
    """--map speaks of the sheets that have the column; a field or column that is nowhere is an error."""
    sheets = {
        "回款": [RECEIPTS, ["2026-03-02", "甲", 5, "王", None]],
        "花名册": [["工号", "姓名", "小组"], ["1", "王", "一组"]],
    }
    found = read(tmp_path / "三月.xlsx", xlsx(sheets), maps={"小组": "team"}, **AUTO)
    assert found.blocking == []
    assert found.staged[1].columns["team"] == ["一组"]
    for maps, name in (({"小组": "taem"}, "unknown-field"), ({"大组": "payer"}, "no-such-column")):
        assert names(read(tmp_path / "三月.xlsx", xlsx(sheets), maps=maps, **AUTO).blocking) == [name]


def test_stated_type_speaks_of_the_sheets_that_hold_it(tmp_path: Path) -> None:
    sheets = {"明细": [RECEIPTS, ["2026-03-02", "甲", 5, "王", None]], "透视": [["甲", "乙"], [1, 2]]}
    found = read(tmp_path / "三月.xlsx", xlsx(sheets), as_type="receipt", **AUTO)
    assert (found.blocking, len(found.staged)) == ([], 1)
    sheets["透视"] = [["客户", "金额", "销售"], ["甲", 7, "王"]]
    found = read(tmp_path / "三月.xlsx", xlsx(sheets), as_type="receipt", **AUTO)
    assert names(found.blocking) == ["column-missing"], "rows that may be money are not passed over"
