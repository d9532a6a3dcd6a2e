"""Text files as exports write them: encodings without a mark, mixed line ends, breaks in quotes, limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.importers.opening.book import open_book
from salescli.importers.opening.delimited import find_encoding
from salescli.messages import hint, sentence
from tests.unit.importers.files import RECEIPTS, csv_text, names, read, read_one

AUTO = {"auto_key": True}
ROW = ["2026-03-02", "上海港通", "120000", "王芳", ""]
TEXT = csv_text([RECEIPTS, ROW])


@pytest.mark.parametrize(
    ("coded", "said"),
    [
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("gbk") + b"\x1a", "gb18030"),
        ("日期,客户,金额\n2026-03-02,𠮷田,5\n".encode("gb18030"), "gb18030"),
    ],
)
def test_encodings_are_found_and_said(tmp_path: Path, coded: bytes, said: str) -> None:
    found = read(tmp_path / "回款.csv", coded, **AUTO)
    assert (names(found.blocking), found.sheets[0].report.encoding) == ([], said)
    assert "encoding-found" in names(found.notes)
    assert len(found.staged[0]) == 1


def test_stated_encoding_is_taken_and_a_wrong_one_is_an_error(tmp_path: Path) -> None:
    coded = "日期,客戶,金額\n2026-03-02,臺北港通,5\n".encode("big5")
    maps = {"客戶": "customer", "金額": "amount"}
    found = read_one(tmp_path / "回款.csv", coded, encoding="big5", maps=maps, **AUTO)
    assert found.staged is not None and found.staged.columns["customer"] == ["臺北港通"]
    for wrong in ("utf-8", "ascii", "hex", "no-such"):
        bad = read(tmp_path / "回款.csv", coded, encoding=wrong).blocking
        assert names(bad) == ["bad-encoding"]
        assert wrong in sentence(bad[0], "zh") and "--encoding" in hint(bad[0], "zh")


def test_random_bytes_are_no_wide_text() -> None:
    assert find_encoding(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0") != "utf-16-le"


def test_line_ends_of_all_kinds(tmp_path: Path) -> None:
    text = '日期,客户,金额,备注\r\n2026-03-02,甲,1,"两\n行"\n2026-03-03,乙,2,"两\r\n行"\r2026-03-04,丙\u2028丁,3,x\n'
    found = read_one(tmp_path / "回款.csv", text.encode(), **AUTO)
    assert found.staged is not None
    assert found.staged.columns["amount"] == [10_000, 20_000, 30_000]
    assert found.staged.columns["note"] == ["两 行", "两 行", "x"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_with_commas_in_amounts(tmp_path: Path, delimiter: str) -> None:
    text = f"sep={delimiter}\r\n" + csv_text([RECEIPTS, [*ROW[:2], "1,200.50", *ROW[3:]]], delimiter)
    found = read_one(tmp_path / "回款.csv", text.encode("utf-8-sig"), **AUTO)
    assert (found.report.header_row, found.report.staged) == (2, 1)
    assert found.staged is not None and found.staged.columns["amount"] == [12_005_000]


def test_text_named_txt_or_without_suffix(tmp_path: Path) -> None:
    for name in ("回款.txt", "回款.tsv", "回款"):
        assert open_book(_written(tmp_path / name, csv_text([RECEIPTS, ROW], "\t").encode())).problems == []


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_endless_cell_is_told_from_an_open_quote(tmp_path: Path) -> None:
    long = f'日期,客户,金额\n2026-03-02,"{"x" * 1_100_000}",1\n'
    assert names(read(tmp_path / "a.csv", long).blocking) == ["cell-too-long"]
    assert names(read(tmp_path / "b.csv", '日期,客户,金额\n2026-03-02,"甲,1\n').blocking) == ["bad-quotes"]


def test_nul_bytes(tmp_path: Path) -> None:
    assert names(read(tmp_path / "a.csv", b"a,b\n" + b"x" * 5000 + b"\0,1\n").blocking) == ["nul-in-text"]
