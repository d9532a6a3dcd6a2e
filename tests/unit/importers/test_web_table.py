"""HTML tables named .xls, as business systems export them."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.importers.opening.book import open_book
from tests.unit.importers.files import RECEIPTS, names, read, read_one

AUTO = {"auto_key": True}
ROW = ("2026-03-02", "上海港通", "1,200.50", "王芳", "")


def page(*rows: tuple[str, ...], head: str = "", tag: str = "td") -> str:
    table = "".join("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>" for row in rows)
    style = "<style>td {mso-number-format:'\\@'}</style>"
    return f"<html><head>{head}{style}</head><body><table>{table}</table></body></html>"


def opened(path: Path, content: str) -> list[list[str | None]]:
    path.write_text(content, encoding="utf-8")
    return open_book(path).sheets[0].rows


@pytest.mark.parametrize(
    ("encoding", "head", "said"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8-sig", "", "utf-8"),
        ("gbk", '<meta http-equiv="Content-Type" content="application/vnd.ms-excel; charset=gb2312">', "gb18030"),
        ("gbk", "", "gb18030"),
        ("utf-16", "", "utf-16"),
    ],
)
def test_table_is_read_and_said(tmp_path: Path, encoding: str, head: str, said: str) -> None:
    found = read_one(tmp_path / "回款.xls", page(RECEIPTS, ROW, head=head).encode(encoding), **AUTO)  # type: ignore[arg-type]
    assert (found.report.encoding, found.report.staged, found.report.header_row) == (said, 1, 1)
    assert found.staged is not None and found.staged.columns["amount"] == [12_005_000]


def test_texts_are_exact(tmp_path: Path) -> None:
    rows = opened(
        tmp_path / "a.xls", page(("00071", "a&amp;b&lt;c&gt;", "x&nbsp;y", "一<br>二", " <b>粗</b>体 ", "6.93E+12"))
    )
    assert rows == [["00071", "a&b<c>", "x\u00a0y", "一\n二", "粗体", "6.93E+12"]]


def test_spans_keep_columns_apart(tmp_path: Path) -> None:
    content = (
        "<table><tr><th rowspan=2>日期</th><th rowspan='2'>客户</th><th colspan=2>回款</th><th rowspan=2>备注</th></tr>"
        "<tr><th>金额<th>回款方式<tr><td>2026-03-02<td>甲<td>5<td>电汇<td>x</table>"
    )
    found = read_one(tmp_path / "回款.xls", content, **AUTO)
    assert found.report.header == ("日期", "客户", "金额", "回款方式", "备注")
    assert found.staged is not None
    assert (found.staged.columns["amount"], found.staged.columns["note"]) == ([50_000], ["x"])


def test_several_tables_are_several_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text("<p>x</p>" + page(("甲", "乙")) + page(("丙",)) + "<table></table>", encoding="utf-8")
    path.write_text("<html>" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert [sheet.rows for sheet in open_book(path).sheets] == [[["甲", "乙"]], [["丙"]]]


@pytest.mark.parametrize(
    "content",
    [
        "<table>" + "<tr>" + "<td colspan=16384>x</td>" * 6000 + "</table>",
        "<table><tr><td colspan=16384 rowspan=1000000>x</td>" + "<tr><td>y" * 6_000 + "</table>",
    ],
)
def test_spans_without_end(tmp_path: Path, content: str) -> None:
    assert names(read(tmp_path / "a.xls", content).blocking) == ["too-large-to-read"]


@pytest.mark.parametrize("content", ["<html>login</html>", "<html><table></table></html>", "<table><tr><td>  </table>"])
def test_page_without_a_table(tmp_path: Path, content: str) -> None:
    assert names(read(tmp_path / "a.xls", content).blocking) == ["web-page"]
