"""What the pre-scan finds in the bytes of a workbook, before any reader opens it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from salescli.errors import Where
from salescli.importers.opening import prescan
from salescli.importers.opening.prescan import scan_workbook
from salescli.importers.opening.sheet_scan import column_letters, column_number
from tests.unit.importers.files import edited, far_corner, xlsx

SHEET = "xl/worksheets/sheet1.xml"
HERE = Where("a.xlsx")


def refused(content: bytes) -> str:
    found = scan_workbook(content, HERE).refused
    return found.name if found else ""


def with_rows(xml: str) -> bytes:
    return edited(
        xlsx([["x"]]), SHEET, lambda text: re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{xml}</sheetData>", text)
    )


def test_small_file_with_a_huge_range() -> None:
    content = far_corner()
    assert len(content) < 6000
    found = scan_workbook(content, HERE).refused
    assert found is not None
    assert (found.name, found.values["last"], found.values["cells"]) == (
        "range-too-large",
        "XFD1048576",
        "17,179,869,184",
    )


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="5"><c r="XFD1"><v>1</v></c></row><row r="1"><c r="A900000"><v>1</v></c></row>',
        '<row r="1"><c t="n" r="A1"><v>1</v></c></row><row r="1048576"><c s="1" r="XFD1048576"/></row>',
        "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" + "<row><c/></row>" * 4000,
    ],
    ids=["row says otherwise", "rows out of order", "attributes in another order", "cells without places"],
)
def test_range_is_measured_by_cells(xml: str) -> None:
    assert refused(with_rows(xml)) == "range-too-large"


@pytest.mark.parametrize(("row", "name"), [(1_048_576, ""), (1_049_999, ""), (1_050_000, "x"), (9_999_999, "x")])
def test_a_sheet_full_to_its_last_row_is_not_measured_twice(
    row: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[str] = []
    monkeypatch.setattr(prescan, "_check_range", lambda archive, part, sheet: measured.append("x"))
    xml = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="Z{row}"><v>1</v></c></row>'
    assert refused(with_rows(xml)) == ""
    assert "".join(measured) == name


def test_a_wide_and_long_range_is_refused_wherever_its_corner_is() -> None:
    corner = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="AV1048576"><v>1</v></c></row>'
    assert refused(with_rows(corner)) == "range-too-large"  # 48 columns


def test_prefixed_tags_are_seen_too() -> None:
    def prefix(text: str) -> str:
        text = re.sub(r"<(/?)(row|c|v|f|sheetData|worksheet)\b", r"<\1x:\2", text)
        return text.replace("xmlns=", "xmlns:x=")

    assert refused(edited(far_corner(), SHEET, prefix)) == "range-too-large"


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="900000"><c r="AAA900000"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>",
    ],
)
def test_far_but_small_ranges_are_fine(xml: str) -> None:
    assert refused(with_rows(xml)) == ""


def test_declared_size_that_lies() -> None:
    """A part that unpacks to more than it declares is not believed."""
    content = bytearray(xlsx([["x" * 50] * 3] * 500))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo(SHEET).file_size
    packed = size.to_bytes(4, "little")
    assert content.count(packed) >= 1
    assert refused(bytes(content).replace(packed, (size // 2).to_bytes(4, "little"))) in ("zip-bomb", "damaged-file")


def test_number_of_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prescan, "MOST_PARTS", 5)
    assert refused(xlsx([["x"]])) == "zip-bomb"


def test_formulas_with_and_without_a_value() -> None:
    xml = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f t="shared" si="0"/></c><c r="F1"><f>1</f><v/></c></row>'
    )
    assert scan_workbook(with_rows(xml), HERE).sheets["Sheet1"].unvalued == ["B1", "C1", "E1", "F1"]


def test_error_cells() -> None:
    cells = '<c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1"><v>1</v></c>'
    xml = f'<row r="1">{cells}</row>'
    assert scan_workbook(with_rows(xml), HERE).sheets["Sheet1"].errors == {"A1": "#REF!", "B1": "#DIV/0!"}


def test_cells_torn_between_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stream is cut anywhere; what is found does not depend on where."""
    cells = "".join(
        f'<row r="{row}"><c r="A{row}"><f>1</f></c><c r="B{row}" t="e"><v>#N/A</v></c></row>' for row in range(1, 40)
    )
    content = with_rows(cells)
    whole = scan_workbook(content, HERE).sheets["Sheet1"]
    for size in (64, 100, 333, 1024):
        monkeypatch.setattr(prescan, "_CHUNK", size)
        found = scan_workbook(content, HERE).sheets["Sheet1"]
        assert (found.unvalued, found.errors) == (whole.unvalued, whole.errors)
    assert len(whole.unvalued) == len(whole.errors) == 39


def test_percent_formats_are_counted() -> None:
    def style(book: Any) -> None:
        page = book["Sheet1"]
        page["A2"].number_format = "0%"
        page["A3"].number_format = "0.000%"
        page["B2"].number_format = "0.00"

    found = scan_workbook(xlsx([["a", "b"], [0.05, 1], [0.06, 2]], style), HERE)
    assert dict(found.sheets["Sheet1"].percents) == {"A": 2}


@pytest.mark.parametrize("number", [1, 26, 27, 52, 702, 703, 16384])
def test_column_letters_there_and_back(number: int) -> None:
    assert column_number(column_letters(number)) == number
