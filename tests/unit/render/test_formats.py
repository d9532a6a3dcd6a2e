"""Goldens of one rich report in every format, and laws that hold for all of them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from salescli.core.table import Column, Line, Report, Table, Trace
from salescli.core.title import Language, Title
from salescli.render import FORMATS, RenderOptions, render
from salescli.render.cells import cell_width
from salescli.render.registry import format_for
from tests.unit.render.sample import EMPTY, HEAD, SAMPLE, TEAMS, TERMS, WHY

GOLDENS = Path(__file__).parent / "goldens"
CASES = [
    *(("text", f"text-zh-{width}", RenderOptions("zh", width)) for width in (80, 120, 160)),
    *(("text", f"text-en-{width}", RenderOptions("en", width)) for width in (80, 120, 160)),
    ("text", "text-zh-piped", RenderOptions("zh")),
    ("text", "text-en-piped", RenderOptions("en")),
    ("text", "text-en-40", RenderOptions("en", 40)),
    ("text", "text-zh-ascii-wan", RenderOptions("zh", 160, ascii=True, unit="ten-thousand")),
    ("text", "text-en-colour", RenderOptions("en", 100, colour=True)),
    ("plain", "plain-zh", RenderOptions("zh")),
    ("plain", "plain-en", RenderOptions("en", unit="thousand")),
    ("csv", "csv-zh", RenderOptions("zh")),
    ("json", "json-zh", RenderOptions("zh")),
    ("json", "json-en", RenderOptions("en")),
    ("markdown", "markdown-zh", RenderOptions("zh")),
    ("markdown", "markdown-en", RenderOptions("en", unit="thousand")),
    ("html", "html-zh", RenderOptions("zh")),
]


@pytest.mark.parametrize(("name", "golden", "options"), CASES, ids=[case[1] for case in CASES])
def test_golden(name: str, golden: str, options: RenderOptions) -> None:
    output = text_of(SAMPLE, name, options)
    path = GOLDENS / f"{golden}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_text(output, encoding="utf-8", newline="")
    assert output == path.read_text(encoding="utf-8")


def text_of(report: Report, name: str, options: RenderOptions) -> str:
    output = render(report, name, options)
    assert isinstance(output, str)
    return output


def test_every_text_format_has_a_golden() -> None:
    assert {name for name, _, _ in CASES} == {name for name, entry in FORMATS.items() if not entry.is_binary}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_format_renders_every_block(name: str, language: Language) -> None:
    expected = {
        HEAD: ("王芳",),
        TEAMS: ("华东一部",),
        WHY: ("R-0412 上海港通", "account-manager-2026.yaml:26"),
        TERMS: ("提成按回款计算", "plan.yaml:3"),
    }
    for block, texts in expected.items():
        output = readable(render(replace(SAMPLE, blocks=(block,)), name, RenderOptions(language)))
        assert all(text in output for text in texts), (name, block.name)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"csv"}))
def test_an_empty_table_says_why(name: str) -> None:
    output = readable(render(replace(SAMPLE, blocks=(EMPTY,)), name, RenderOptions("zh")))
    assert "本月无新客户" in output


def readable(output: str | bytes) -> str:
    if isinstance(output, str):
        return output
    workbook = load_workbook(io.BytesIO(output))
    return "\n".join(str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_of_nothing_renders(name: str) -> None:
    bare = Report("bare", Title("空", "Bare"), ())
    output = render(bare, name, RenderOptions("en", 80))
    assert output or name == "csv"
    no_columns = Report(
        "bare", Title("空", "Bare"), (Table("t", (), ()), replace(HEAD, items=()), replace(WHY, lines=()))
    )
    render(no_columns, name, RenderOptions("en", 80))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_output(name: str) -> None:
    assert render(SAMPLE, name, RenderOptions("zh")) == render(SAMPLE, name, RenderOptions("zh"))


def test_figures_agree_in_csv_json_and_workbook() -> None:
    report = replace(SAMPLE, blocks=(TEAMS,))
    options = RenderOptions("zh", unit="ten-thousand")
    lines = list(csv.DictReader(io.StringIO(text_of(report, "csv", options))))
    table = json.loads(text_of(report, "json", options))["blocks"][0]
    binary = render(report, "xlsx", options)
    assert isinstance(binary, bytes)
    sheet = load_workbook(io.BytesIO(binary)).worksheets[0]
    assert len(lines) == len(table["rows"]) == len(TEAMS.rows) == sheet.max_row - 2
    for number, (line, record, row) in enumerate(zip(lines, table["rows"], TEAMS.rows, strict=True)):
        for index, column in enumerate(TEAMS.columns):
            of_json = record[column.key]["value"] if isinstance(record[column.key], dict) else record[column.key]
            of_sheet = sheet.cell(number + 2, index + 1).value
            if column.kind in ("money", "quantity", "rate"):
                assert (of_json or "") == line[column.key]
                assert row[index] == (Decimal(str(of_sheet)) if of_sheet is not None else None)
                assert row[index] == (Decimal(of_json) if of_json else None)
            elif column.kind in ("ratio", "bar"):
                assert (of_json or "") == line[column.key]
                assert of_sheet == (float(of_json) if of_json else "—")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160, 200])
@pytest.mark.parametrize("is_ascii", [False, True])
def test_nothing_is_wider_than_the_terminal(language: Language, width: int, is_ascii: bool) -> None:
    output = text_of(replace(SAMPLE, next=()), "text", RenderOptions(language, width, ascii=is_ascii))
    assert max(map(cell_width, output.splitlines())) <= width


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120, 160, None])
def test_columns_align_whatever_the_script(language: Language, width: int | None) -> None:
    marked = replace(TEAMS, columns=(*TEAMS.columns[:-1], Column("end", Title("尾", "End"))), title=None)
    rows = tuple((*row[:-1], "│") for row in marked.rows)
    table = replace(marked, rows=rows, total=(*(TEAMS.total or ())[:-1], "│"))
    output = text_of(Report("r", Title("", ""), (table,)), "text", RenderOptions(language, width))
    ends = {cell_width(line.partition("│")[0]) for line in output.splitlines() if "│" in line}
    assert len(ends) == 1


def test_a_pipe_loses_nothing() -> None:
    for name in ("text", "plain", "markdown", "html"):
        output = text_of(SAMPLE, name, RenderOptions("zh"))
        assert "…" not in output and "缺口最大:李娜 −640,000,已与客户上海港通物流约定四月补签" in output


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in text_of(SAMPLE, "text", RenderOptions("zh", 100))
    coloured = text_of(SAMPLE, "text", RenderOptions("zh", 100, colour=True))
    for code in ("0", "1", "2", "36"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert [line.rstrip() for line in coloured.splitlines()] == text_of(
        SAMPLE, "text", RenderOptions("zh", 100)
    ).splitlines()


@pytest.mark.parametrize("name", ["text", "plain"])
def test_control_characters_of_a_cell_are_shown(name: str) -> None:
    table = Table("t", (Column("a", Title("甲", "A")), Column("b", Title("乙", "B"))), (("x\x1b[31m\n", "y\tz"),))
    output = text_of(Report("r", Title("", "R"), (table,)), name, RenderOptions("en"))
    assert "\x1b" not in output and "x\\x1b[31m" in output and "y z" in output
    assert sum("x" in line for line in output.splitlines()) == 1


def test_several_currencies_stand_in_the_headings() -> None:
    pair = tuple(Column(code, Title("金额", "Amount"), "money", currency=code) for code in ("CNY", "USD"))
    report = Report("r", Title("", "R"), (Table("t", pair, ((Decimal(1), Decimal(2)),)),))
    assert "Amount CNY" in text_of(report, "text", RenderOptions()) and "金额 USD" in text_of(
        report, "plain", RenderOptions("zh")
    )
    assert "单位:万" in text_of(report, "text", RenderOptions("zh", unit="ten-thousand"))
    assert "万元" not in text_of(report, "text", RenderOptions("zh", unit="ten-thousand"))


def test_markup_is_escaped() -> None:
    evil = "<script>alert(1)</script> | **x** `y` [z](javascript:1)"
    report = Report("r", Title("题", "T"), (Table("t", (Column("a", Title("甲", "A")),), ((evil,),)),))
    page = text_of(report, "html", RenderOptions())
    assert "<script>" not in page and "&lt;script&gt;" in page
    row = text_of(report, "markdown", RenderOptions()).splitlines()[4]
    assert row.count("|") - row.count("\\|") == 2 and "<" not in row and "\\*\\*x" in row and "\\[z\\]" in row


def test_twin_keys_keep_both_values() -> None:
    twins = (Column("a", Title("甲", "A"), "count"), Column("a", Title("乙", "B"), "count"))
    report = Report("r", Title("", ""), (Table("t", twins, ((1, 2),)),))
    assert json.loads(text_of(report, "json", RenderOptions()))["blocks"][0]["rows"] == [{"a": 1, "a-2": 2}]
    assert text_of(report, "csv", RenderOptions()) == "a,a-2\n1,2\n"


def test_byte_order_mark_only_in_files() -> None:
    assert text_of(SAMPLE, "csv", RenderOptions(to_file=True)).startswith("\ufeff")
    assert "\ufeff" not in text_of(SAMPLE, "csv", RenderOptions())


def test_undecodable_file_names_do_not_stop_the_output() -> None:
    terms = replace(TERMS, lines=(("x", os.fsdecode(b"r\xff.xlsx")),))
    for name in FORMATS:
        output = render(replace(SAMPLE, blocks=(terms,)), name, RenderOptions())
        assert output.encode() if isinstance(output, str) else ZipFile(io.BytesIO(output)).testzip() is None


def test_suffix_chooses_the_format() -> None:
    chosen = {suffix: entry.name for entry in FORMATS.values() for suffix in entry.suffixes}
    assert chosen[".xlsx"] == "xlsx" and chosen[".csv"] == "csv"
    for suffix, name in chosen.items():
        found = format_for(f"out.d/报表{suffix.upper()}")
        assert found is not None and found.name == name == format_for(suffix).name  # type: ignore[union-attr]
    assert format_for("out.d/report") is None and format_for("") is None and format_for(".pdf") is None


def test_an_id_of_a_page_is_there_once() -> None:
    trace = Trace("explain", (Line(Title("一", "one")),))
    page = text_of(Report("r", Title("报告", "Report"), (trace, trace, trace)), "html", RenderOptions("en"))
    assert re.findall(r'<section id="([^"]*)">', page) == ["explain", "explain-2", "explain-3"]
