"""What holds for every report of the registry: one set of figures in all formats, rows that add up, nothing cut."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Facts, Report, Table
from salescli.render import render
from salescli.render.cells import cell_width
from salescli.render.options import RenderOptions
from salescli.reports.registry import REPORTS, Entry
from salescli.services.report.running import params_of, run_report
from tests.unit.reports.workspaces import LONG, company

SAMPLES = {"period": "2026-03", "person": "01", "dimension": "team"}
BOOLEAN = {"rows": True, "explain": True, "compare": "previous"}
ADDED = {"actual", "value", "credit", "earned", "payable", "earlier", "change"}
NUMBER_KINDS = {"money", "quantity", "count", "rate", "ratio", "bar"}


def given_to(entry: Entry, **more: Any) -> dict[str, Any]:
    found = {param.key: SAMPLES[param.kind] for param in params_of(entry) if param.kind in SAMPLES}
    known = {param.key for param in params_of(entry)}
    return found | {key: value for key, value in more.items() if key in known}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Report]]:
    """Every report in both languages, plain and with everything that can be asked."""
    found: dict[str, list[Report]] = {"zh": [], "en": []}
    for language, built in found.items():
        with company(tmp_path_factory.mktemp(language), language=language) as ctx:
            for entry in REPORTS:
                built.append(run_report(ctx, entry, given_to(entry)))
                built.append(run_report(ctx, entry, given_to(entry, **BOOLEAN)))
    return found


# Reports of a metric, whose records add up to it; one of the records themselves has nothing to add up.
OF_METRICS = [entry for entry in REPORTS if "metric" in {param.kind for param in params_of(entry)}]
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def tables_of(report: Report) -> list[Table]:
    return [block for block in report.blocks if isinstance(block, Table)]


def exact_rows(report: Report, language: Any) -> list[list[list[Any]]]:
    """The figures of each table as JSON has them: None for no figure or what is no number."""
    document = json.loads(str(render(report, "json", RenderOptions(language))))
    found = []
    for block in document["blocks"]:
        if block["type"] == "table" and block["rows"]:
            kinds = [column["kind"] for column in block["columns"]]
            found.append([[number(*pair) for pair in zip(row.values(), kinds, strict=True)] for row in block["rows"]])
    return found


def number(value: Any, kind: str) -> Decimal | None:
    if kind not in NUMBER_KINDS or value is None or isinstance(value, bool):
        return None
    text = value["value"] if isinstance(value, dict) else value
    return None if text is None else Decimal(str(text))


def read(text: str) -> Decimal | None:
    """A figure as people read it; the sign of per cent counts."""
    match = re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)( %)?", text.strip())
    if match is None:
        return None
    figure = Decimal(match[1].replace(",", ""))
    return figure / 100 if match[2] else figure


def agree(shown: str, exact: Decimal | None) -> bool:
    """Tell whether a shown figure is the exact one, rounded to the digits shown."""
    if exact is None:
        return True
    figure = read(shown)
    if figure is None:
        return False
    last = Decimal(1).scaleb(int(figure.as_tuple().exponent))
    return abs(figure - exact) < last


@LANGUAGES
def test_csv_carries_the_figures(reports: dict[str, list[Report]], language: Any) -> None:
    for report in reports[language]:
        parts = str(render(report, "csv", RenderOptions(language))).split("\n\n")
        found = [list(csv.reader(io.StringIO(part)))[1:] for part in parts[: len(tables_of(report))]]
        compare(report, language, [rows for rows in found if rows], equal=True)


@LANGUAGES
def test_plain_carries_the_figures(reports: dict[str, list[Report]], language: Any) -> None:
    for report in reports[language]:
        lines = str(render(report, "plain", RenderOptions(language))).splitlines()
        tables = [table for table in tables_of(report) if table.rows]
        heads = [column_titles(table, language) for table in tables]
        found = []
        for head, table in zip(heads, tables, strict=True):
            place = next(place for place, line in enumerate(lines) if titles_match(line.split("\t"), head))
            found.append([line.split("\t") for line in lines[place + 1 : place + 1 + len(table.rows)]])
            lines = lines[place + 1 :]
        compare(report, language, found)


def column_titles(table: Table, language: Any) -> list[str]:
    return [column.title.text(language) for column in table.columns]


def titles_match(cells: list[str], titles: list[str]) -> bool:
    return len(cells) == len(titles) and all(cell.startswith(title) for cell, title in zip(cells, titles, strict=True))


@LANGUAGES
def test_markdown_carries_the_figures(reports: dict[str, list[Report]], language: Any) -> None:
    for report in reports[language]:
        text = str(render(report, "markdown", RenderOptions(language)))
        groups = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
        found = [[cells_of(line) for line in group.splitlines()] for group in groups]
        tables = [table for table in tables_of(report) if table.rows]
        kept = []
        for table in tables:
            place = next(p for p, rows in enumerate(found) if titles_match(rows[0], column_titles(table, language)))
            kept.append(found.pop(place)[2 : 2 + len(table.rows)])
        compare(report, language, kept)


def cells_of(line: str) -> list[str]:
    return [cell.strip().replace("\\", "").strip("*") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@LANGUAGES
def test_html_carries_the_figures(reports: dict[str, list[Report]], language: Any) -> None:
    for report in reports[language]:
        page = str(render(report, "html", RenderOptions(language)))
        bodies = re.findall(r"<thead>.*?</thead>\s*<tbody>(.*?)</tbody>", page, re.DOTALL)
        found = [[html_cells(row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)] for body in bodies]
        compare(report, language, found)
        wide = any(len(table.columns) > 7 for table in tables_of(report))
        assert "@media print" in page and ("landscape" in page) == wide


def html_cells(row: str) -> list[str]:
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in cells]


@LANGUAGES
def test_text_carries_the_figures(reports: dict[str, list[Report]], language: Any) -> None:
    """Piped text is not cut: every figure, and every word, stands in it in its order."""
    for report in reports[language]:
        text = str(render(report, "text", RenderOptions(language)))
        assert "…" not in text
        lines = iter(text.splitlines())
        for table, rows in zip([t for t in tables_of(report) if t.rows], exact_rows(report, language), strict=True):
            next(line for line in lines if titles_stand(line, column_titles(table, language)))
            for row, exact in zip(table.rows, rows, strict=True):
                line = next(lines)
                words = re.split(r"\s{2,}", line.strip())
                assert all(
                    any(agree(word, figure) for word in words)
                    for figure, column in zip(exact, table.columns, strict=True)
                    if figure is not None and column.kind != "bar"
                ), line
                assert all(value in line for value in row if isinstance(value, str))


def titles_stand(line: str, titles: list[str]) -> bool:
    return bool(line.strip()) and all(title in line for title in titles)


@LANGUAGES
def test_workbook_carries_the_figures(reports: dict[str, list[Report]], language: Any) -> None:
    import openpyxl

    for report in reports[language]:
        content = render(report, "xlsx", RenderOptions(language))
        assert isinstance(content, bytes)
        sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        blocks = list(zip(report.blocks, sheets, strict=False))
        found = []
        for block, sheet in blocks:
            if isinstance(block, Table) and block.rows:
                cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
                found.append(cells[: len(block.rows)])
        for shown, exact in zip(found, exact_rows(report, language), strict=True):
            for row, figures in zip(shown, exact, strict=True):
                for cell, figure in zip(row, figures, strict=True):
                    if figure is not None:
                        assert abs(Decimal(str(cell)) - figure) <= Decimal("1e-9"), (report.name, cell, figure)


def compare(report: Report, language: Any, found: list[list[list[str]]], *, equal: bool = False) -> None:
    expected = exact_rows(report, language)
    kinds = [[column.kind for column in table.columns] for table in tables_of(report) if table.rows]
    assert len(found) == len(expected), report.name
    for rows, figures, kind in zip(found, expected, kinds, strict=True):
        assert len(rows) == len(figures)
        for row, exact in zip(rows, figures, strict=True):
            for cell, figure, of in zip(row, exact, kind, strict=True):
                if figure is None or (of == "bar" and read(cell) is None):
                    continue
                assert Decimal(cell) == figure if equal else agree(cell, figure), (report.name, cell, figure)


@LANGUAGES
@pytest.mark.parametrize("width", [80, 120, 160])
def test_screens_fit_their_width(reports: dict[str, list[Report]], language: Any, width: int) -> None:
    for report in reports[language]:
        text = str(render(report, "text", RenderOptions(language, width)))
        commands = len(report.next)
        lines = text.splitlines()
        for line in lines[: len(lines) - commands]:
            assert cell_width(line) <= width, f"{report.name}: {line}"


def additive_totals(report: Report) -> Iterator[tuple[str, Decimal, Decimal]]:
    for table in tables_of(report):
        for place, column in enumerate(table.columns):
            if table.total is None or column.key not in (
                "actual",
                "value",
                "credit",
                "earned",
                "payable",
                "earlier",
                "change",
            ):
                continue
            whole = table.total[place]
            if isinstance(whole, Decimal):
                values = [row[place] for row in table.rows]
                yield table.name, sum((v for v in values if isinstance(v, Decimal)), Decimal(0)), whole


@LANGUAGES
def test_rows_add_up(reports: dict[str, list[Report]], language: Any) -> None:
    checked = 0
    for report in reports[language]:
        for name, added, whole in additive_totals(report):
            assert added == whole, (report.name, name)
            checked += 1
    assert checked >= 2 * len(OF_METRICS) - 2


@LANGUAGES
def test_records_add_up_to_the_figure(reports: dict[str, list[Report]], language: Any) -> None:
    names = {entry.name for entry in OF_METRICS}
    for report in (each for each in reports[language][1::2] if each.name in names):
        records = next(table for table in tables_of(report) if table.columns[0].key == "record")
        if not records.rows:  # the company has no such records, and the report says so
            assert any(table.empty and not table.rows for table in tables_of(report) if table is not records)
            continue
        assert records.total is not None
        whole = next(value for value in records.total if isinstance(value, Decimal))
        first = report.blocks[0]
        if isinstance(first, Facts):
            assert next(value for column, value in first.items if column.key == "actual") == whole
        elif report.name != "trend":
            assert first.total is not None and whole in first.total  # type: ignore[union-attr]


def test_no_format_says_more_or_less(reports: dict[str, list[Report]]) -> None:
    """The same figures in both languages; only words differ."""
    for zh, en in zip(reports["zh"], reports["en"], strict=True):
        assert exact_rows(zh, "zh") == exact_rows(en, "en")
        assert zh.title.zh != en.title.en


def test_every_word_is_in_both_languages(reports: dict[str, list[Report]]) -> None:
    for report in reports["en"]:
        for table in tables_of(report):
            assert all(column.title.zh and column.title.en for column in table.columns)
        assert all(line.zh and line.en for line in report.footer)


@pytest.mark.parametrize("entry", OF_METRICS, ids=lambda entry: entry.name)
def test_empty_store_says_why(entry: Entry, tmp_path: Path) -> None:
    def only_people(store: Any) -> None:
        from tests.unit.store_support import load

        load(store, "person", [{"number": "01", "name": "王芳"}])

    with company(tmp_path, parts=only_people) as ctx:
        given = given_to(entry) | ({"by": ""} if entry.name == "trend" else {})
        report = run_report(ctx, entry, {key: value for key, value in given.items() if value or key != "by"})
        said = str(render(report, "text", RenderOptions("en", 120)))
    assert "there are no" in said and "import them first" in said


def test_long_names_are_kept_where_nothing_limits_them(reports: dict[str, list[Report]]) -> None:
    rep = next(report for report in reports["en"] if report.name == "rep")
    for name in ("text", "plain", "csv", "markdown", "html", "json"):
        assert LONG in str(render(rep, name, RenderOptions("en")))
