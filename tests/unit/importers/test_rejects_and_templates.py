"""Workbooks that go out and come back: rejected rows, and templates of every type."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from salescli.core.title import Language
from salescli.importers.result import FilesRead
from salescli.importers.writing.rejects import EXTRA, build_rejects, rejects_name
from salescli.importers.writing.template import build_template
from tests.unit.importers.files import RECEIPTS, csv_text, names, read, read_one, registry, xlsx

TYPES = [each for each in registry().types if not each.internal]
BAD = [
    ["单位:万元"],
    list(RECEIPTS),
    ["2026-03-02", "上海港通", "12,5O0", "王芳", "=1+1"],
    ["2026-03-03", "宁波远洋", 5, "0071", None],
    [None, "宁波远洋", 7.25, "0071", None],
]


def rejected(found: FilesRead, language: Language = "zh") -> bytes:
    return build_rejects([(each.report, each.report.rejected) for each in found.sheets], language)


def test_rejected_rows_are_written_with_their_reasons(tmp_path: Path) -> None:
    content = rejected(read(tmp_path / "三月回款.xlsx", xlsx({"回款": BAD}), auto_key=True), "en")
    page = load_workbook(io.BytesIO(content))["回款"]
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert rows[0][0] == "单位:万元"
    assert rows[1] == [*RECEIPTS, *EXTRA, "_key"]
    assert rows[2][:7] == ["2026-03-02", "上海港通", "12,5O0", "王芳", None, 3, "C E"]
    assert rows[2][7].split("; ") == [
        "bad-amount: `12,5O0` is not an amount (a letter O?)",
        "formula-without-value: the formula has no value in the file",
    ]
    assert rows[3][:7] == [None, "宁波远洋", 7.25, "0071", None, 5, "A"]
    assert page["C3"].fill.fgColor.rgb.endswith("FFC7CE")
    assert "letter O" in page["C3"].comment.text
    assert page["B3"].comment is None


def test_corrected_rows_import_as_they_are(tmp_path: Path) -> None:
    first = read(tmp_path / "三月回款.xlsx", xlsx({"回款": BAD}), auto_key=True)
    book = load_workbook(io.BytesIO(rejected(first)))
    book["回款"]["C3"] = 12.5
    book["回款"]["A4"] = "2026-03-04"
    path = tmp_path / rejects_name("三月回款.xlsx")
    book.save(path)
    again = read(path, path.read_bytes(), auto_key=True)
    assert (names(again.problems), names(again.blocking)) == ([], [])
    assert again.staged[0].columns["amount"] == [1_250_000_000, 725_000_000]
    assert again.staged[0].columns["owner"] == ["王芳", "0071"]
    assert again.staged[0].source.feed == first.staged[0].source.feed


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    text = csv_text([RECEIPTS, ["", "=HYPERLINK(1)", "5", "+王", "@x"]])
    page = load_workbook(io.BytesIO(rejected(read(tmp_path / "回款.csv", text, auto_key=True)))).active
    assert [page.cell(2, column).value for column in (2, 4, 5)] == ["=HYPERLINK(1)", "+王", "@x"]
    assert page["B2"].data_type != "f"


def test_control_characters_break_no_workbook(tmp_path: Path) -> None:
    text = csv_text([RECEIPTS, ["", "a\x0bb", "5", "王", ""]])
    page = load_workbook(io.BytesIO(rejected(read(tmp_path / "回款.csv", text, auto_key=True)))).active
    assert page["B2"].value == "a b"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("record_type", TYPES, ids=lambda each: each.name)
def test_template_is_recognised_with_every_column(record_type: Any, language: Language, tmp_path: Path) -> None:
    found = read(tmp_path / "leer.xlsx", build_template(record_type, language))
    report = found.sheets[0].report
    assert report.type == record_type.name
    assert set(report.mapped) == {each.name for each in record_type.given if not each.is_helper}
    assert names(found.blocking) == ["no-rows"]
    assert "sheet-not-recognised" not in names(found.notes)


def test_template_offers_what_may_be_chosen() -> None:
    page = load_workbook(io.BytesIO(build_template(registry()["contract"], "zh")))["合同"]
    offers = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    letters = next(cell.column_letter for cell in page[1] if cell.value == "合同类型")
    assert offers == {f"{letters}2:{letters}1001": '"新签,续签,增购"'}
    number = next(cell for cell in page[1] if cell.value == "合同编号")
    assert page.cell(2, number.column).number_format == "@"
    assert "必填" in number.comment.text


def test_filled_in_template_imports(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(build_template(registry()["contract"], "zh")))
    page = book["合同"]
    values = {"合同编号": "0071", "客户": "甲", "合同类型": "续签", "合同金额": 12.5, "税率": 0.06}
    for cell in page[1]:
        if cell.value in values:
            page.cell(2, cell.column).value = values[cell.value]
    buffer = io.BytesIO()
    book.save(buffer)
    found = read_one(tmp_path / "a.xlsx", buffer.getvalue())
    assert found.staged is not None, names(found.decisions)
    columns = found.staged.columns
    assert (columns["number"], columns["kind"], columns["amount"]) == (["0071"], ["renewal"], [125_000])
    assert columns["tax_rate"] == ["0.06"]
