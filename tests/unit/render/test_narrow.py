"""Columns that give way where the terminal is too narrow."""

from __future__ import annotations

from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.render import render
from salescli.render.options import RenderOptions

TABLE = Table(
    "files",
    (
        Column("file", Title("文件", "File")),
        Column("row", Title("行", "Row"), "count", give_way="narrow"),
        Column("new", Title("新增", "New"), "count", give_way="empty"),
        Column("rejected", Title("拒绝", "Rejected"), "count", give_way="empty"),
        Column("source", Title("来源", "Source"), give_way="narrow"),
    ),
    (("a-long-file.xlsx", 3, 5, 0, "inbox/a-long-file.xlsx"), ("b.xlsx", 1, 7, 0, "inbox/b.xlsx")),
    total=("", None, 12, 0, None),
)


def shown(width: int | None, name: str = "text") -> list[str]:
    text = render(Report("r", Title("报表", "Report"), (TABLE,)), name, RenderOptions("en", width))
    assert isinstance(text, str)
    return text.splitlines()[1:]


def test_what_says_nothing_goes_first_and_unsaid() -> None:
    assert shown(80)[0].split() == ["File", "Row", "New", "Rejected", "Source"]
    assert shown(48)[0].split() == ["File", "Row", "New", "Source"]
    assert "wider" not in "\n".join(shown(48))


def test_what_gives_way_goes_from_the_right_and_is_named() -> None:
    lines = shown(32)
    assert lines[0].split() == ["File", "Row", "New"]
    assert " ".join(lines[-2:]) == "a wider terminal also shows: Source"
    assert shown(24)[0].split() == ["File", "New"]
    assert any(line.split() == ["Total", "12"] for line in shown(24))


def test_nothing_goes_in_a_pipe_or_for_programs() -> None:
    assert shown(None)[0].split() == ["File", "Row", "New", "Rejected", "Source"]
    assert shown(20, "csv")[-1].split(",")[:4] == ["b.xlsx", "1", "7", "0"]


def test_rows_that_only_have_a_name_are_one_line() -> None:
    columns = (Column("field", Title("字段", "Field"), "id"), Column("value", Title("值", "Value")))
    rows = (("Stage", "won"), ("Note", None), ("Region", ""), ("Amount", "0"))
    table = Table("cells", columns, rows, fold=Title("空", "Blank"))
    report = Report("r", Title("记录", "Record"), (table,))
    assert str(render(report, "text", RenderOptions("en"))).splitlines()[-1] == "Blank: Note, Region"
    assert str(render(report, "text", RenderOptions("zh"))).splitlines()[-1] == "空:Note、Region"
    assert len(str(render(report, "csv", RenderOptions("en"))).splitlines()) == len(rows) + 1
