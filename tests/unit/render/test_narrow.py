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


def wide(*names: tuple[str, str]) -> Table:
    months = tuple(Column(f"m{n}", Title(f"{n}月", f"Month{n}"), "count") for n in range(1, 8))
    columns = (Column("team", Title("团队", "Team")), Column("key", Title("编号", "Key"), "id"), *months)
    return Table("targets", columns, tuple((*name, *range(1, 8)) for name in names))


def bands(table: Table, width: int) -> list[list[str]]:
    text = str(render(Report("r", Title("报表", "Report"), (table,)), "text", RenderOptions("en", width)))
    return [band.splitlines() for band in text.partition("\n")[2].split("\n\n")]


def test_a_table_that_goes_on_below_repeats_what_tells_its_rows_apart() -> None:
    first, second = bands(wide(("East", "P1"), ("East", "P2"), ("West", "P1")), 40)[:2]
    assert [line.split()[:2] for line in second[1:]] == [["East", "P1"], ["East", "P2"], ["West", "P1"]]
    assert first[0].split()[:2] == second[0].split()[:2] == ["Team", "Key"]


def test_one_column_is_enough_where_it_names_the_rows_and_where_none_does() -> None:
    assert bands(wide(("East", "P1"), ("West", "P1")), 40)[1][0].split()[:2] == ["Team", "Month4"]
    assert bands(wide(("East", "P1"), ("East", "P1")), 40)[1][0].split()[0] == "Team"
