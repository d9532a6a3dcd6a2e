"""Files opened: content before suffix, encodings, delimiters, true addresses, odd containers."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from salescli.importers.opening.book import open_book
from salescli.importers.opening.delimited import sniff_delimiter
from tests.unit.importers.files import RECEIPTS, csv_text, names, ods, read, read_one, xlsx

ROW = ["2026-03-02", "上海港通", "120000", "王芳", ""]


def opened(path: Path, content: bytes, **more: Any) -> Any:
    path.write_bytes(content)
    return open_book(path, **more)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
def test_encodings_are_found_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    book = opened(tmp_path / "a.csv", csv_text([RECEIPTS, ROW]).encode(encoding))
    assert book.encoding == said
    assert book.sheets[0].rows[0] == list(RECEIPTS)
    assert names(book.notes) == ([] if said == "utf-8" else ["encoding-found"])


def test_stated_encoding_is_taken(tmp_path: Path) -> None:
    content = csv_text([["名"], ["Müller"]]).encode("utf-8")
    assert opened(tmp_path / "a.csv", content, encoding="utf-8").sheets[0].rows[1] == ["Müller"]
    assert names(opened(tmp_path / "b.csv", content, encoding="no-such-code").problems) == ["bad-encoding"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str, tmp_path: Path) -> None:
    text = csv_text([["a", "b", "c"], ["1,5", "x;y", "z"], ["2", "", "w"]], delimiter)
    assert sniff_delimiter(text) == delimiter
    assert opened(tmp_path / "a.csv", text.encode()).sheets[0].rows[2] == ["2", None, "w"]


def test_one_column_and_sep_line(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.csv", b"name\nA\nB\n").sheets[0].rows == [["name"], ["A"], ["B"]]
    assert opened(tmp_path / "b.csv", b"sep=;\na;b\n1;2\n").sheets[0].rows == [[None, None], ["a", "b"], ["1", "2"]]


def test_rows_keep_their_numbers_and_width(tmp_path: Path) -> None:
    rows = opened(tmp_path / "a.csv", b'a,b\n1\n\n"two\nlines",2,3\n').sheets[0].rows
    assert rows == [["a", "b", None], ["1", None, None], [None, None, None], ["two\nlines", "2", "3"]]


def test_guard_of_formula_like_text_is_taken_off(tmp_path: Path) -> None:
    rows = opened(tmp_path / "a.csv", b"a,b\n'=SUM(1),'-x\n'plain,it's\n").sheets[0].rows
    assert rows[1:] == [["=SUM(1)", "-x"], ["'plain", "it's"]]


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(csv_text([RECEIPTS, ROW]).encode())

    monkeypatch.setattr(sys, "stdin", Piped())
    book = open_book("-")
    assert (book.file, book.stem, len(book.sheets[0].rows)) == ("-", "", 2)


def test_text_that_begins_like_a_zip_is_text(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.csv", b"PK,name\n1,A\n").content == "text"


def test_text_named_xls_is_read_as_text_and_said(tmp_path: Path) -> None:
    book = opened(tmp_path / "a.xls", csv_text([RECEIPTS, ROW], "\t").encode("gb18030"))
    assert names(book.notes) == ["encoding-found", "type-by-content"]
    assert book.sheets[0].rows[1][1] == "上海港通"


def test_addresses_are_those_of_the_spreadsheet(tmp_path: Path) -> None:
    """The table stands at C5; the reader gives only the used range."""

    def move(book: Any) -> None:
        book["回款"].move_range("A1:E2", rows=4, cols=2)

    found = read_one(
        tmp_path / "a.xlsx", xlsx({"回款": [RECEIPTS, ["2026-03-02", "甲", "1O", "王芳", None]]}, move), auto_key=True
    )
    assert [each.where.cell for each in found.row_problems] == ["E6"]
    assert (found.report.header_row, found.report.rejected[0].row) == (5, 6)
    assert found.cells_at is not None and found.cells_at(6)[2] == "1O"


def test_ods_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    found = read_one(tmp_path / "a.ods", ods([RECEIPTS, ROW]), auto_key=True)
    assert found.staged is not None
    assert found.staged.columns["amount"] == [1_200_000_000]


def test_broken_ods_ends_no_process(tmp_path: Path) -> None:
    content = ods([RECEIPTS, ROW]).replace(b"<table:table-row>", b"<table:table-rov>")
    assert names(read(tmp_path / "a.ods", content).blocking) == ["damaged-file"]


def test_child_runs_nothing_from_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)\n")
    monkeypatch.chdir(tmp_path)
    assert names(read(tmp_path / "a.ods", ods([RECEIPTS, ROW]), auto_key=True).blocking) == []


def test_hidden_sheet_is_read_where_it_is_named(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book["回款"].sheet_state = "hidden"

    content = xlsx({"说明": [["x"]], "回款": [RECEIPTS, ROW]}, hide)
    assert names(read(tmp_path / "a.xlsx", content).notes) == ["hidden-sheet"]
    assert read_one(tmp_path / "a.xlsx", content, sheet="回款", auto_key=True).report.staged == 1


@pytest.mark.parametrize("cut", [10, 30, 100, 1000, 3000, -30, -5])
def test_workbook_cut_off_anywhere(tmp_path: Path, cut: int) -> None:
    assert names(read(tmp_path / "a.xlsx", xlsx([RECEIPTS, ROW])[:cut]).blocking) == ["damaged-file"]
