"""Deals moved by hand: one batch each, taken back whole; lists and rows that leave for a pipe are not cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salescli.services.context import open_context
from salescli.services.workspace import find_workspace
from salescli.store.state import dump_state
from tests.shell import Shell, example

MOVES = [
    ("deal", "move", "SJ-2026-0042", "proposal", "--at", "2026-03-30 10:00"),
    ("deal", "win", "SJ-2026-0042", "--amount", "9万"),
    ("deal", "lose", "SJ-2026-0042", "--reason", "价格", "--on", "2026-03-29"),
    ("deal", "move", "SJ-2026-0001", "谈判"),  # won: open again
]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deals") / "huachen"
    shell = example("huachen", folder)
    for name in ("团队", "花名册", "任职", "客户", "产品价目", "商机", "商机阶段"):
        shell("import", f"inbox/{name}.xlsx")
    return folder


def state(folder: Path) -> object:
    with open_context(find_workspace(folder), today=date(2026, 3, 31), readonly=True) as ctx:
        return dump_state(ctx.store)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: " ".join(move[1:3]))
def test_an_undo_takes_a_move_back_whole(imported: Path, move: tuple[str, ...]) -> None:
    shell, before = Shell(imported), state(imported)
    shell(*move)
    assert state(imported) != before
    shell("undo")
    assert state(imported) == before


@pytest.mark.parametrize("move", MOVES, ids=lambda move: " ".join(move[1:3]))
def test_a_dry_run_writes_nothing(imported: Path, move: tuple[str, ...]) -> None:
    before = state(imported)
    Shell(imported)(*move, "--dry-run")
    assert state(imported) == before


def test_a_move_is_written_in_the_words_of_the_files(imported: Path) -> None:
    shell = Shell(imported)
    shell("deal", "move", "SJ-2026-0042", "proposal", "--at", "2026-03-30 10:00", "--lang", "en")
    again = shell("import", "inbox/商机阶段.xlsx", "--lang", "en")
    assert "nothing changed" in again.out
    assert "方案" in shell("record", "show", "deal", "SJ-2026-0042").out
    shell("undo")


def test_what_leaves_for_a_pipe_is_not_cut(imported: Path) -> None:
    shell = Shell(imported)
    for words in (("deal", "list"), ("funnel", "show", "2026-Q1", "--rows"), ("funnel", "ageing")):
        assert "…" not in shell(*words).out


def test_rows_are_as_many_as_the_figure_and_add_up(imported: Path) -> None:
    shell = Shell(imported)
    for mode in ("reached", "strict"):
        figures = shell("funnel", "show", "2025-Q4", "--mode", mode, "-O", "json").table("stages")
        for stage, figure in zip(("lead", "needs", "proposal", "negotiation", "won"), figures, strict=True):
            words = ("funnel", "show", "2025-Q4", "--mode", mode, "--stage", stage, "-O", "json")
            rows = shell(*words).table("rows")
            assert len(rows) == figure["reached"]
            assert sum(cents(row["value"]) for row in rows) == cents(figure["value"])
    stock = shell("funnel", "show", "--mode", "snapshot", "--rows", "-O", "json")
    assert len(stock.table("rows")) == sum(row["deals"] for row in stock.table("stock"))


def cents(text: str | None) -> int:
    return int((text or "0").replace(".", ""))


def test_groups_add_up_to_the_cohort(imported: Path) -> None:
    shell = Shell(imported)
    for by in ("team", "person", "source", "product", "month"):
        said = shell("funnel", "show", "2025", "--by", by, "-O", "json")
        whole = said.table("stages")
        groups = said.table("groups")
        assert sum(row["entered"] for row in groups) == whole[0]["reached"]
        assert sum(row["won"] for row in groups) == whole[-1]["reached"]
        assert sum(cents(row["won_value"]) for row in groups) == cents(whole[-1]["value"])
