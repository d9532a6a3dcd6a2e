"""Workbooks other than .xlsx: error cells are errors and no blanks, percentages are proved, hidden rows counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salescli.importers.opening.book import open_book
from tests.unit.importers.files import names, read, read_one
from tests.unit.importers.old_files import Error, Shown, ods, xls, xlsb

HEADER = ["商机编号", "商机名称", "客户", "负责人", "金额", "创建日期", "赢率"]
ROWS = [
    HEADER,
    ["D-1", "一", "甲", "王芳", 100.0, "2026-03-02", Shown(0.5)],
    ["D-2", "二", "甲", "王芳", Error("#DIV/0!"), "2026-03-02", Shown(0.25)],
    ["D-3", "三", "乙", "王芳", Error("#N/A"), "2026-03-03", Shown(0.1)],
    ["D-4", "四", "乙", "王芳", 7.5, "2026-03-03", Shown(0.1)],
]
WRITERS: dict[str, Callable[..., bytes]] = {".xls": xls, ".xlsb": xlsb, ".ods": ods}


@pytest.mark.parametrize("suffix", WRITERS)
def test_error_cells_are_no_blanks(tmp_path: Path, suffix: str) -> None:
    found = read_one(tmp_path / f"商机{suffix}", WRITERS[suffix]({"三月商机": ROWS}, hidden_rows=[3]))
    assert found.report.sheet == "三月商机"
    assert [(each.name, each.where.cell, each.values["text"]) for each in found.row_problems] == [
        ("formula-error", "E3", "#DIV/0!"),
        ("formula-error", "E4", "#N/A"),
    ]
    assert found.staged is not None
    assert found.staged.columns["amount"] == [1_000_000, 75_000]
    assert found.staged.columns["probability"] == ["0.5", "0.1"], "formatted as percentages: fractions"
    assert "hidden-rows-read" in names(found.notes)


@pytest.mark.parametrize("suffix", [".xls", ".xlsb"])
@pytest.mark.parametrize("text", ["#NULL!", "#VALUE!", "#REF!", "#NAME?", "#NUM!"])
def test_every_error_has_its_name(tmp_path: Path, suffix: str, text: str) -> None:
    rows = [["a"], [Error(text)], [Error(text, is_formula=False)], ["x"]]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(WRITERS[suffix]({"S": rows}))
    assert open_book(path).sheets[0].errors == {"A2": text, "A3": text}


@pytest.mark.parametrize("suffix", WRITERS)
def test_sheets_keep_their_own_findings(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(WRITERS[suffix]({"一": [["a", Error("#N/A")]], "二": [["b", 1.0]], "三": [[Error("#N/A"), "c"]]}))
    book = open_book(path)
    assert [(sheet.name, dict(sheet.errors)) for sheet in book.sheets] == [
        ("一", {"B1": "#N/A"}),
        ("二", {}),
        ("三", {"A1": "#N/A"}),
    ]


def test_many_sectors_of_an_xls(tmp_path: Path) -> None:
    """More than one sector of the allocation table, and more than one sheet."""
    rows: list[list[Any]] = [[f"text {index}", float(index)] for index in range(6000)]
    rows[5999][1] = Error("#REF!")
    path = tmp_path / "a.xls"
    path.write_bytes(xls({"甲": rows, "乙": [["x", Error("#NUM!")]]}))
    book = open_book(path)
    assert [dict(sheet.errors) for sheet in book.sheets] == [{"B6000": "#REF!"}, {"B1": "#NUM!"}]
    assert len(book.sheets[0].rows) == 6000


def test_ods_formula_without_a_value_and_old_errors(tmp_path: Path) -> None:
    cell = '<table:table-cell table:formula="of:=A1"/>'
    old = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
        "<text:p>Err:502</text:p></table:table-cell>"
    )
    content = _changed(
        ods({"S": [["A"], ["B"]]}),
        lambda text: text.replace("</table:table-row>", cell + old + "</table:table-row>", 1),
    )
    path = tmp_path / "a.ods"
    path.write_bytes(content)
    sheet = open_book(path).sheets[0]
    assert (set(sheet.unvalued), dict(sheet.errors)) == ({"B1"}, {"C1": "Err:502"})


@pytest.mark.parametrize(
    ("repeat", "name"),
    [
        ('table:number-columns-repeated="16384" office:value-type="float" office:value="1"', "range-too-large"),
        ('table:number-columns-repeated="9999999999" office:value-type="float" office:value="1"', "range-too-large"),
    ],
)
def test_ods_that_repeats_a_cell_without_end(tmp_path: Path, repeat: str, name: str) -> None:
    bomb = f'<table:table-row table:number-rows-repeated="1048576"><table:table-cell {repeat}/></table:table-row>'
    content = _changed(ods({"S": [["A"]]}), lambda text: text.replace("</table:table>", bomb + "</table:table>", 1))
    assert names(read(tmp_path / "a.ods", content).blocking) == [name]


def test_ods_with_a_document_type(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    assert names(read(tmp_path / "a.ods", ods({"S": [["A"]]}, before=laughs)).blocking) == ["xml-entities"]


def test_macros_and_passwords_of_an_xls(tmp_path: Path) -> None:
    assert names(read(tmp_path / "a.xls", xls({"S": [["_VBA_PROJECT"]]})).blocking) == ["macro-workbook"]
    locked = xls({"S": ROWS}, more=b"\x2f\0\x36\0" + b"\1\0" + b"\0" * 52)
    assert names(read(tmp_path / "b.xls", locked).blocking) == ["encrypted-workbook"]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8, 0.95])
def test_cut_off_anywhere(tmp_path: Path, suffix: str, cut: float) -> None:
    content = WRITERS[suffix]({"S": [*ROWS, *[["D-9", "x" * 40, "甲", "王芳", 1.0, "2026-03-02", None]] * 40]})
    found = read(tmp_path / f"a{suffix}", content[: int(len(content) * cut)])
    assert len(found.blocking) == 1 and not found.staged, names(found.blocking)


def _changed(content: bytes, change: Callable[[str], str]) -> bytes:
    from tests.unit.importers.files import edited

    return edited(content, "content.xml", change)
