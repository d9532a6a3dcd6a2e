"""Forms: sheets that were written to be filled in are read by what they say of themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.records.registry import built_in
from salescli.core.records.staged import FORM
from salescli.importers.form import CHOICES_MARK, MARK, FormPart, form_mark
from salescli.importers.names import Vocabulary, parse_header
from salescli.importers.reading import read_files
from salescli.importers.recognise import match_type
from salescli.importers.result import FilesRead, ReadOptions
from salescli.importers.writing.form_book import FormColumn, FormPage, build_forms
from tests.unit.importers.files import xlsx

REGISTRY = built_in()
PART = FormPart("contract", {"number": "合同编号", "warranty_end": "质保到期日"}, ("warranty_end",))
HEAD = ["合同编号", "_客户", "质保到期日", "_日期"]


def read(tmp_path: Path, rows: list[list[Any]], mark: str | None = None, name: str = "待补.xlsx") -> FilesRead:
    path = tmp_path / name
    path.write_bytes(xlsx({"合同": [["标题"], [form_mark([PART]) if mark is None else mark], *rows]}))
    return read_files([path], ReadOptions(), REGISTRY)


def test_only_rows_with_something_filled_in_are_read(tmp_path: Path) -> None:
    rows = [HEAD, ["C1", "上海港通", "2026-03-01", "x"], ["C2", "宁波", None, "y"], ["C3", None, " ", None]]
    found = read(tmp_path, rows)
    (reading,) = found.sheets
    assert reading.staged is not None
    assert reading.staged.columns == {"number": ["C1"], "warranty_end": ["2026-03-01"]}
    assert reading.staged.rows == [4]
    assert reading.staged.source.feed.startswith(FORM)
    assert (reading.report.rows_below_header, reading.report.skipped) == (3, 2)
    assert reading.report.is_accounted
    assert [(each.name, each.values["count"]) for each in found.notes] == [("rows-not-filled", 2)]
    assert not found.blocking


def test_columns_may_be_moved_and_others_put_between(tmp_path: Path) -> None:
    rows = [["质保到期日", "我的备注", "合同编号"], ["2026-03-01", "看过", "C1"]]
    (reading,) = read(tmp_path, rows).sheets
    assert reading.staged is not None
    assert reading.staged.columns == {"number": ["C1"], "warranty_end": ["2026-03-01"]}
    assert not reading.notes


def test_a_bad_cell_is_told_with_its_address_and_keeps_its_row_whole(tmp_path: Path) -> None:
    found = read(tmp_path, [HEAD, ["C1", "上海港通", "明年", "x"]])
    (reading,) = found.sheets
    assert [(each.name, each.where.cell) for each in found.problems] == [("bad-date", "C4")]
    assert reading.report.rejected[0].cells == ("C1", "上海港通", "明年", "x")
    assert reading.report.mark.startswith(MARK)


def test_a_column_that_is_gone_is_missed(tmp_path: Path) -> None:
    (reading,) = read(tmp_path, [["_客户", "质保到期日"], ["上海港通", "2026-03-01"]]).sheets
    assert reading.staged is None or reading.staged.columns.get("number") is None


@pytest.mark.parametrize(
    "mark",
    [
        MARK,
        MARK + "{",
        MARK + "[1]",
        MARK + "{}",
        MARK + '[{"type":"contract"}]',
        MARK + '[{"type":"contract","columns":{"a":"b"},"fill":["x"],"accept":"","proposed":{},"defaults":{}}]',
        MARK + "[" * 5000,
    ],
)
def test_a_damaged_line_makes_it_a_sheet_like_any_other(tmp_path: Path, mark: str) -> None:
    (reading,) = read(tmp_path, [["合同编号", "质保到期日"], ["C1", "2026-03-01"]], mark).sheets
    assert reading.report.type == "contract"
    assert reading.report.mark == ""


@given(st.text(max_size=60))
def test_no_line_ends_in_an_error(text: str) -> None:
    from salescli.importers.form import read_form
    from salescli.importers.opening.book import Sheet

    sheet = Sheet("s", [[MARK + text], ["a"], ["b"]])
    assert isinstance(read_form(sheet), list)


def test_an_unknown_type_is_an_error_of_the_sheet(tmp_path: Path) -> None:
    mark = form_mark([FormPart("nichts", {"number": "合同编号"}, ("number",))])
    found = read(tmp_path, [["合同编号"], ["C1"]], mark)
    assert [each.name for each in found.blocking] == ["unknown-type"]


def test_proposals_are_taken_where_somebody_says_yes(tmp_path: Path) -> None:
    part = FormPart(
        "allocation",
        {"receipt": "回款编号", "contract": "合同编号", "amount": "认领金额"},
        ("contract", "amount"),
        "采用建议",
        {"contract": "_建议", "amount": "_建议金额"},
        {"amount": "_未认领"},
    )
    head = ["回款编号", "_建议", "_建议金额", "_未认领", "采用建议", "合同编号", "认领金额"]
    rows = [
        head,
        ["R1", "C1", 5, 9, "是", None, None],
        ["R2", "C2", 5, 9, "否", None, None],
        ["R3", "C3", 5, 9, "YES", "C3", None],
        ["R4", None, None, 9, None, "C4", None],
        ["R5", None, None, 9, None, "C5", 4],
    ]
    (reading,) = read(tmp_path, rows, form_mark([part])).sheets
    assert reading.staged is not None
    assert reading.staged.columns == {
        "receipt": ["R1", "R3", "R4", "R5"],
        "contract": ["C1", "C3", "C4", "C5"],
        "amount": [50_000, 50_000, 90_000, 40_000],
    }


def test_what_is_written_is_read_and_the_lists_are_no_records(tmp_path: Path) -> None:
    many = tuple(f"二〇二六年的合同第{number}号" for number in range(40))
    columns = (
        FormColumn("合同编号", "key", "@"),
        FormColumn("_客户"),
        FormColumn("质保到期日", "fill", "yyyy-mm-dd", choices=many),
    )
    page = FormPage("质保", "填一下", columns, (("=1+1", "上海", "2026-03-01"), ("C2", "\x07", None)), (PART,))
    path = tmp_path / "待补.xlsx"
    path.write_bytes(build_forms([page], "zh"))
    found = read_files([path], ReadOptions(), REGISTRY)
    (reading,) = found.sheets
    assert reading.staged is not None
    assert reading.staged.columns == {"number": ["=1+1"], "warranty_end": ["2026-03-01"]}
    import openpyxl

    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["质保", "选项"]
    assert book["选项"]["A1"].value == CHOICES_MARK
    assert [book["选项"].cell(row, 1).value for row in (2, 41)] == [many[0], many[-1]]
    assert [rule.formula1 for rule in book["质保"].data_validations.dataValidation] == ["'选项'!$A$2:$A$41"]


def test_columns_for_people_are_no_fields() -> None:
    vocabulary = Vocabulary(REGISTRY)
    headers = [parse_header(text) for text in ("合同编号", "_客户", "_金额")]
    assert match_type(REGISTRY["contract"], headers, vocabulary).columns == {"number": 0}
