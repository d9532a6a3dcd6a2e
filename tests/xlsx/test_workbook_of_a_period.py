"""The workbook of a period, opened again: its values are those of the commands, its pages are fit to be printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from salescli import __version__
from salescli.services.export.registry import SECTIONS
from tests.shell import ROOT, Said, Shell, example

MONTH = "2026-03"
BLANKS = ("无目标", "—", "不计", "未定")  # what a page says where there is no value
SHEETS = [
    "封面", "团队达成", "个人达成", "走势", "提成登记", "提成按组件", "以前期间差异", "计分卡", "漏斗", "在手商机",
    "销售周期", "商机账龄", "待办与检查", "数据概况", "说明",
]  # fmt: skip


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """The Chinese example with its first quarter run: two months closed, March a draft."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALESCLI_TODAY", "2026-04-05")
        shell = example("huachen", tmp_path_factory.mktemp("export") / "华辰 科技")
        shell("import", *sorted(f"inbox/{path.name}" for path in (shell.folder / "inbox").iterdir()), code=None)
        shell("quota", "split")
        shell("quota", "accept")
        shell("commission", "close", "2026-01")
        shell("commission", "close", "2026-02")
        shell("commission", "run", MONTH)
        shell("scorecard", "run", "2026-Q1")
        shell("export", "workbook", MONTH, "-o", "out/m.xlsx")
        yield shell


@pytest.fixture(scope="module")
def workbook(shell: Shell) -> Workbook:
    return load_workbook(shell.folder / "out" / "m.xlsx")


def as_json(shell: Shell, *words: str) -> Said:
    return shell(*words, "-O", "json", code=None)


def grid(workbook: Workbook, sheet: str, headings: list[str]) -> list[dict[str, Any]]:
    """Return the rows below the headings that a sheet has in this order, up to the first empty one."""
    rows = [[cell.value for cell in row] for row in workbook[sheet].iter_rows()]
    start = next(number for number, row in enumerate(rows) if row[: len(headings)] == headings)
    found = []
    for row in rows[start + 1 :]:
        if all(value is None for value in row):
            break
        found.append(dict(zip(headings, row, strict=False)))
    return found


def same(shown: Any, said: Any) -> bool:
    """Compare a cell with what JSON says: numbers exactly as far as Excel keeps them, words as they are."""
    if isinstance(said, dict):
        said = said["value"]
    if said is None:
        return shown in (None, *BLANKS)
    if isinstance(said, bool):
        return shown == ("✓" if said else None)
    if isinstance(shown, bool | str) or shown is None:
        return shown == said or (said == "" and shown is None)
    if isinstance(shown, date | datetime):
        return shown.date().isoformat() == said if isinstance(shown, datetime) else shown.isoformat() == said
    number = Decimal(str(said))
    return abs(Decimal(repr(shown)) - number) <= abs(number) * Decimal("1e-11")


@pytest.mark.parametrize(
    ("sheet", "words", "block"),
    [
        ("团队达成", ("quota", "attainment", MONTH, "--by", "team"), "attainment"),
        ("个人达成", ("quota", "attainment", MONTH, "--by", "person"), "attainment"),
        ("提成登记", ("commission", "show", MONTH), "people"),
        ("提成按组件", ("commission", "show", MONTH), "components"),
        ("以前期间差异", ("commission", "show", MONTH), "differences"),
        ("计分卡", ("scorecard", "show", "2026-Q1"), "scores"),
        ("漏斗", ("funnel", "show", MONTH), "stages"),
        ("漏斗", ("funnel", "show", MONTH), "win_rates"),
        ("在手商机", ("funnel", "show", "--mode", "snapshot", "--on", "2026-03-31"), "stock"),
        ("销售周期", ("funnel", "cycle", MONTH), "cycle"),
        ("商机账龄", ("funnel", "ageing", "--limit", "40", "--on", "2026-03-31"), "stages"),
        ("待办与检查", ("commission", "check", MONTH), "checks"),
        ("待办与检查", ("status",), "waiting"),
        ("数据概况", ("status", "--on", "2019-01-31"), "data"),  # a month without targets lists what is held
    ],
)
def test_values_equal_the_json(
    shell: Shell, workbook: Workbook, sheet: str, words: tuple[str, ...], block: str
) -> None:
    said = next(one for one in as_json(shell, *words).json["blocks"] if one["name"] == block)
    header = {row[0].row: [cell.value for cell in row] for row in workbook[sheet].iter_rows()}
    titles = {column["title"]: column for column in said["columns"]}
    shown = max((row for row in header.values()), key=lambda row: len(set(row) & set(titles)))
    kept = [heading for heading in shown if heading]
    left_out = [title for title in titles if title not in kept]
    assert set(left_out) <= {"进度", "每工作日需", "预计完成", "图", "走势", "节奏", ""}, (
        "only what says nothing of a finished month is left out"
    )
    rows = grid(workbook, sheet, kept)
    expected = [*said["rows"], *([said["total"]] if said.get("total") else [])]
    assert len(rows) == len(expected)
    wrong = []
    for mine, theirs in zip(rows, expected, strict=True):
        for title, column in titles.items():
            if title in left_out or (mine is rows[-1] and said.get("total") and mine[title] == "合计"):
                continue
            if not same(mine[title], theirs[column["key"]]):
                wrong.append((title, mine[title], theirs[column["key"]]))
    assert not wrong


def test_cover_repeats_the_commands(shell: Shell, workbook: Workbook) -> None:
    sheet = workbook["封面"]
    lines = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows() if row[0].value}
    for metric, title in (("receipts", "回款"), ("bookings", "签约额"), ("win-rate", "赢单率(按关闭)")):
        said = as_json(shell, "metric", "show", metric, "--period", MONTH).json["blocks"][0]
        value = said["rows"][0]["value"] if said["rows"] else said["total"]["value"]
        assert same(lines[title][0], value), title
    paid = as_json(shell, "commission", "show", MONTH).json["blocks"][0]["total"]
    assert same(lines["应发"][0], paid["payable"])
    assert same(lines["应计"][0], paid["earned"])
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "华辰科技 · 销售月报 2026-03" in said
    assert any("2026-03-01 至 2026-03-31" in text and "数据截至 2026-03-31" in text for text in said)


def test_sheets_and_links(workbook: Workbook) -> None:
    assert workbook.sheetnames == SHEETS
    links = {cell.value: cell.hyperlink.location for row in workbook["封面"] for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in SHEETS[1:]}


def test_pages_are_set_up_to_be_printed(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth == 1
        assert sheet.oddHeader.right.text == "销售月报 2026-03"
        assert sheet.oddFooter.right.text == "&P / &N"
    for name in ("团队达成", "个人达成", "走势", "提成登记", "提成按组件", "计分卡"):
        sheet = workbook[name]
        row = int(sheet.freeze_panes[1:]) - 1
        assert sheet.print_title_rows == f"${row}:${row}"
        assert sheet.auto_filter.ref.startswith(f"A{row}:")


def test_native_charts(workbook: Workbook) -> None:
    kinds = {sheet.title: [type(chart).__name__ for chart in sheet._charts] for sheet in workbook.worksheets}
    drawn = {name: found for name, found in kinds.items() if found}
    assert drawn == {"团队达成": ["BarChart"], "走势": ["LineChart"], "计分卡": ["BarChart"], "漏斗": ["BarChart"]}
    bars = workbook["团队达成"]._charts[0]
    assert [series.val.numRef.f for series in bars.series] == ["'团队达成'!$C$5:$C$10", "'团队达成'!$D$5:$D$10"]


def test_numbers_are_typed_and_colours_have_words(workbook: Workbook) -> None:
    sheet = workbook["团队达成"]
    assert sheet["C5"].number_format == "#,##0.00;[Red]-#,##0.00"
    assert sheet["E5"].number_format.startswith("0.0%")
    words = {sheet.cell(row, 9).value for row in range(5, 12)}
    assert words == {"✓ 达成", "✗ 未达成", "无目标"}
    assert any("I5" in str(each.sqref) for each in sheet.conditional_formatting)


def test_columns_are_as_wide_as_their_chinese(workbook: Workbook) -> None:
    sheet = workbook["提成登记"]
    plan = next(cell for cell in sheet[5] if "提成方案" in str(cell.value))
    assert sheet.column_dimensions[plan.column_letter].width >= 2 * 9


def test_notes_say_what_the_figures_stand_on(workbook: Workbook) -> None:
    said = [" ".join(str(cell.value) for cell in row if cell.value is not None) for row in workbook["说明"].iter_rows()]
    text = "\n".join(said)
    for part in (
        f"salescli {__version__}", "批次 2", "2026-03-01 至 2026-03-31", "提成 2026-03 #", "草稿 · 基于批次 2",
        "config/plans/account-manager-2026.yaml", "计分卡 2026-Q1 #", "config/scorecards/sales-kpi-2026.yaml",
        "receipts-net-in − refunds-net",
    ):  # fmt: skip
        assert part in text, part
    assert re.search(r"receipts-net .* metrics\.yaml:\d+", text)


def test_same_bytes_for_the_same_inputs(shell: Shell) -> None:
    shell("export", "workbook", MONTH, "-o", "out/again.xlsx")
    first, second = ((shell.folder / "out" / name).read_bytes() for name in ("m.xlsx", "again.xlsx"))
    assert first == second
    with ZipFile(shell.folder / "out" / "m.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_english_says_nothing_of_ours_in_chinese(shell: Shell) -> None:
    shell("export", "workbook", MONTH, "-o", "out/en.xlsx", "--lang", "en")
    workbook = load_workbook(shell.folder / "out" / "en.xlsx")
    assert workbook.sheetnames[0] == "Cover" and workbook.sheetnames[-1] == "Notes"
    assert not [name for name in workbook.sheetnames if any(sign > "\u2e80" for sign in name)]
    header = [cell.value for cell in workbook["By team"][4]]
    assert header == ["Team", "Depth", "Actual", "Target", "Attainment", "Variance", "Variance %", "To go", "Standing"]


def test_a_quarter_has_a_register_for_each_month(shell: Shell) -> None:
    shell("export", "workbook", "2026-Q1", "-o", "out/q.xlsx")
    names = load_workbook(shell.folder / "out" / "q.xlsx").sheetnames
    assert [name for name in names if name.startswith("提成登记")] == [f"提成登记 2026-0{month}" for month in (1, 2, 3)]


def test_sections_without_data_say_so_in_one_line(shell: Shell) -> None:
    said = shell("export", "workbook", "2019-05", "-o", "out/empty.xlsx")
    lines = said.err.splitlines()
    assert [line for line in lines if line.startswith("未包含:2019-05 没有目标")]
    assert len([line for line in lines if line.startswith("未包含:")]) == 5
    workbook = load_workbook(shell.folder / "out" / "empty.xlsx")
    cover = [str(cell.value) for row in workbook["封面"].iter_rows() for cell in row if cell.value]
    assert any("没有业绩记录" in text for text in cover)
    assert sum("未包含" in text for text in cover) == 5
    assert any("2019-05 没有创建商机" in text for text in cover), "nothing stood open at its end either"


def test_what_stood_open_is_that_of_the_periods_end(shell: Shell) -> None:
    """A workbook made again later says the same of the month, whatever the day is."""
    for today in ("2026-04-05", "2026-11-22"):
        shell("export", "workbook", MONTH, "-o", f"out/{today}.xlsx", "--today", today)
    early, late = (load_workbook(shell.folder / "out" / f"{today}.xlsx") for today in ("2026-04-05", "2026-11-22"))
    for sheet in ("在手商机", "商机账龄"):
        said = [list(each[sheet].iter_rows(values_only=True)) for each in (early, late)]
        assert said[0] == said[1]
        assert "2026-03-31" in str(said[0][0][0])


def test_an_empty_store_has_a_workbook_too(tmp_path: Path) -> None:
    Shell(tmp_path)("init", "新公司", "--lang", "zh")
    shell = Shell(tmp_path / "新公司")
    shell("export", "workbook", MONTH, "-o", "m.xlsx", "--lang", "zh")
    assert load_workbook(shell.folder / "m.xlsx").sheetnames[0] == "封面"


@pytest.mark.parametrize("words", [("export", "workbook", MONTH), ("export", "statements", MONTH)])
def test_without_a_place_nothing_is_computed(shell: Shell, words: tuple[str, ...]) -> None:
    assert "-o" in shell(*words, code=2).err


def test_a_place_that_cannot_be_written_is_left_as_it_was(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell("export", "workbook", MONTH, "-o", "salescli.yaml/m.xlsx", code=1)
    folder = shell.folder / "full"
    folder.mkdir()
    (folder / "m.xlsx").write_bytes(b"old")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(self))

    with monkeypatch.context() as local:
        local.setattr(Path, "replace", full)
        said = shell("export", "workbook", MONTH, "-o", "full/m.xlsx", code=1)
    assert "No space left on device" in said.err
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("m.xlsx", b"old")]


def test_every_section_is_a_file_and_a_line() -> None:
    apart = {"__init__", "registry", "section", "statement_file", "statements", "workbook"}
    files = {path.stem for path in (ROOT / "salescli" / "services" / "export").glob("*.py")} - apart
    assert files == {entry.name for entry in SECTIONS}
    assert all(entry.title.zh and entry.title.en for entry in SECTIONS)


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="no LibreOffice here")
def test_pages_through_libreoffice(shell: Shell, tmp_path: Path) -> None:
    """What a printer would get: every sheet, no ####, nothing of the Chinese lost."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(shell.folder / "out" / "m.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "m.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert len(SHEETS) <= len(pages) <= len(SHEETS) + 2
    assert "###" not in text
    for part in (
        "华辰科技",
        "净额回款(不含税、扣外采、扣退款)",
        "客户经理 2026 年提成方案",
        "回款没有归属人",
        f"1 / {len(pages)}",
    ):
        assert part in text, part
