"""What is broken is said in one line each, with the right exit code; the store stays as it was; nothing crashes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from salescli.store.connection import open_store
from tests.shell import Shell, example

HEADERS = ["回款编号", "回款日期", "客户", "业务员", "金额"]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path)
    people = workbook(tmp_path / "人员.xlsx", [["工号", "姓名"], ["0071", "王芳"]])
    shell("start", people)
    return shell


def workbook(path: Path, rows: list[list[object]]) -> str:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def batches(shell: Shell) -> int:
    with open_store(shell.folder / "salescli.db", readonly=True) as store:
        return store.db.execute("SELECT count(*) FROM batch").fetchone()[0]


def test_bad_rows_stay_out_with_their_place_and_the_rest_goes_in(shell):
    rows = [
        HEADERS,
        ["R1", "2026-03-02", "上海港通", "王芳", 100],
        ["R2", "2026-03-03", "上海港通", "王芳", "12,5O0"],
        ["R3", "2026-03-04", "上海港通", "王方", 50],
    ]
    said = shell("import", workbook(shell.folder / "三月回款.xlsx", rows), code=1)
    assert "三月回款.xlsx!Sheet!E3: error[bad-amount]" in said.err
    assert "D4: error[unknown-reference]" in said.err and "王芳" in said.err
    assert (shell.folder / "三月回款.rejects.xlsx").exists()
    shown = shell("record", "list", "receipt", "-O", "json")
    assert "R1" in shown.out and "R2" not in shown.out
    again = shell("import", "三月回款.rejects.xlsx", code=1)
    assert "bad-amount" in again.err


def test_a_split_of_110_percent_is_rejected_whole(shell):
    rows = [["合同编号", "姓名", "分成比例"], ["C1", "王芳", "60%"], ["C1", "0071", "50%"]]
    said = shell("import", workbook(shell.folder / "业绩分成.xlsx", rows), code=1)
    assert "duplicate-key" in said.err or "split-above-100" in said.err


def make_bomb(path: Path) -> None:
    """A small workbook whose only other cell is XFD1048576."""
    workbook(path, [HEADERS])
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", row).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


FILES = {
    "text.xlsx": lambda path: path.write_text("这不是表格", encoding="utf-8"),
    "empty.xlsx": lambda path: workbook(path, []),
    "zero.xlsx": lambda path: path.write_bytes(b""),
    "cut.xlsx": lambda path: path.write_bytes(Path(workbook(path, [HEADERS])).read_bytes()[:900]),
    "bomb.xlsx": make_bomb,
    "nothing.csv": lambda path: path.write_text("\n\n", encoding="utf-8"),
    "binary.csv": lambda path: path.write_bytes(bytes(range(256)) * 20),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_one_clear_problem_and_changes_nothing(shell, name):
    FILES[name](shell.folder / name)
    before = batches(shell)
    said = shell("import", name, code=None)
    assert said.code in (1, 2, 3), said
    assert name in said.err and "error[" in said.err
    assert batches(shell) == before


def test_a_date_layout_that_proves_nothing_is_asked_about(shell):
    rows = [HEADERS, ["R1", "02/03/2026", "上海港通", "王芳", 1]]
    path = workbook(shell.folder / "回款.xlsx", rows)
    assert "date-order-unknown" in shell("import", path, code=3).err
    shell("import", path, "--date-order", "dmy")
    assert "2026-03-02" in shell("record", "show", "receipt", "R1").out


@pytest.mark.parametrize(
    ("good", "bad", "name"),
    [
        ("adds_up_over: year", "adds_up_ovr: year", "unknown-key"),
        ("      - from 1,000,000: 1.5%", "      - {from: 1,000,000}", "comma-in-flow"),
        ("pay: monthly", "pay\uff1amonthly", "full-width-punctuation"),
        ("      - from 3,000,000: 2.5%", "      - from 1,000,000: 2.5%", "tier"),
    ],
)
def test_a_bad_plan_says_where_and_computes_nothing(tmp_path, good, bad, name):
    shell = example("huachen", tmp_path / "w")
    path = shell.folder / "config" / "plans" / "account-manager-2026.yaml"
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad), encoding="utf-8")
    shell("import", "inbox/*")
    said = shell("commission", "run", "2026-01", code=1)
    assert "config/plans/account-manager-2026.yaml:" in said.err and name in said.err, said.err
    assert name in shell("check", code=1).err


def test_a_target_for_a_person_who_does_not_exist(tmp_path):
    shell = example("huachen", tmp_path / "w")
    shell("import", "inbox/*")
    rows = [["指标", "姓名", "月份", "目标值"], ["receipts-net", "王五五", "2026-01", 100]]
    said = shell("import", workbook(shell.folder / "目标.xlsx", rows), "--as", "target", code=1)
    assert "unknown-reference" in said.err and "王五五" in said.err


def test_a_store_in_use_is_waited_for_and_then_named(shell, monkeypatch):
    import salescli.store.connection as connection

    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    path = workbook(shell.folder / "回款.xlsx", [HEADERS, ["R1", "2026-03-02", "上海港通", "王芳", 1]])
    other = sqlite3.connect(shell.folder / "salescli.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "store-locked" in shell("import", path, code=1).err
    finally:
        other.execute("ROLLBACK")
        other.close()
    shell("import", path)


def test_a_store_of_a_newer_version_is_refused(shell):
    with sqlite3.connect(shell.folder / "salescli.db") as db:
        db.execute("INSERT INTO migration VALUES ('9999-from-the-future', 'x')")
    db.close()
    assert "store-newer" in shell("status", code=1).err


def test_a_file_that_is_no_store_is_refused(shell):
    (shell.folder / "salescli.db").write_bytes(b"not a database at all" * 100)
    for leftover in shell.folder.glob("salescli.db-*"):
        leftover.unlink()
    assert "not-a-store" in shell("status", code=1).err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the rights of a folder mean nothing to this user")
def test_a_read_only_folder_is_said(shell):
    (shell.folder / "salescli.db").chmod(0o400)
    shell.folder.chmod(0o500)
    try:
        path = shell.folder / "人员.xlsx"
        assert "store-readonly" in shell("import", str(path), "--correct", code=1).err
    finally:
        shell.folder.chmod(0o700)


def test_an_interrupt_half_way_rolls_everything_back(shell):
    path = workbook(shell.folder / "回款.xlsx", [HEADERS, ["R1", "2026-03-02", "上海港通", "王芳", 1]])
    before = batches(shell)
    script = (
        "import sys\n"
        "import salescli.services.importing.files as importing\n"
        "def interrupt(*_):\n    raise KeyboardInterrupt\n"
        "importing.summarise_batch = interrupt\n"
        "from salescli.cli.root import main\n"
        f"sys.exit(main(['import', {path!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=shell.folder, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 130 and "Traceback" not in done.stderr
    assert batches(shell) == before
