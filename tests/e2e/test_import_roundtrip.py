"""The example in and out again: same file, re-sorted file, changed file, undo."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from openpyxl import load_workbook

from salescli.core.records.registry import built_in
from salescli.store.connection import open_store
from salescli.store.state import dump_state
from tests.shell import Shell, example


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = example("huachen", tmp_path / "华辰 测试")
    shell("import", "inbox/*")
    return shell


def state(shell: Shell) -> dict:
    with open_store(shell.folder / "salescli.db", built_in()) as store:
        return dump_state(store)


def resorted(path: Path, header: int) -> None:
    """Shuffle the rows between the header and the totals row."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=header + 1, max_row=sheet.max_row - 1)]
    random.Random(7).shuffle(rows)
    for number, row in enumerate(rows, header + 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    book.save(path)


def test_the_same_files_twice_and_resorted_change_nothing(shell):
    before = state(shell)
    assert "没有变化" in shell("import", "inbox/*").out
    resorted(shell.folder / "inbox" / "回款-2026-03.xlsx", 3)
    said = shell("import", "inbox/回款-2026-03.xlsx", "-O", "json")
    (sheet,) = said.table("sheets")
    assert (sheet["new"], sheet["changed"], sheet["rejected"]) == (0, 0, 0)
    assert state(shell) == before


def test_a_changed_file_and_its_undo_leave_the_store_as_it_was(shell):
    before = state(shell)
    path = shell.folder / "inbox" / "回款-2026-03.xlsx"
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(4, [cell.value for cell in sheet[3]].index("备注") + 1, "改过")
    book.save(path)
    (row,) = shell("import", "inbox/回款-2026-03.xlsx", "--dry-run", "-O", "json").table("sheets")
    assert row["changed"] == 1 and state(shell) == before
    shell("import", "inbox/回款-2026-03.xlsx")
    assert state(shell) != before
    shell("undo")
    assert state(shell) == before


def test_undoing_everything_empties_the_store(shell):
    shell("import", "late/*", "--changes-from", "2026-04-01")
    shell("undo")
    shell("undo")
    assert not any(state(shell).values())


def test_an_undo_says_which_closed_months_knew_it(shell):
    shell("commission", "close", "2026-01", "--today", "2026-04-05")
    said = shell("undo", "1", "--dry-run", "--lang", "en")
    assert "used by the closed 2026-01: unchanged" in said.out
    shell("import", "late/回款-2026-03-补.xlsx")
    assert "used by the closed" not in shell("undo", "--lang", "en").out


def test_two_people_of_one_name_are_two_lines_that_can_be_told_apart(shell):
    lines = [line for line in shell("metric", "show", "receipts", "--by", "person").out.splitlines() if "李娜" in line]
    assert [line.split()[:2] for line in sorted(lines)] == [["李娜", "0071"], ["李娜", "0112"]]
