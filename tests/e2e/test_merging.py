"""A merge in the example: the files that come again change nothing, closed runs still verify, undo restores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from salescli.core.records.registry import built_in
from salescli.store.connection import open_store
from salescli.store.state import dump_state
from tests.shell import Shell, example


def state(shell: Shell) -> dict[str, list[dict[str, Any]]]:
    with open_store(shell.folder / "salescli.db", built_in()) as store:
        return dump_state(store)


def test_customers_merged_after_a_closing(tmp_path: Path) -> None:
    shell = example("huachen", tmp_path / "华辰")
    day = ("--today", "2026-04-05")
    shell("import", "inbox/*", *day)
    shell("commission", "close", "2026-03", *day)
    before = state(shell)
    asked = shell("record", "merge", "customer", "C0001", "C0002", *day, code=3)
    assert "merge-moves-pay" in asked.err and state(shell) == before
    shell("record", "merge", "customer", "C0001", "C0002", "--accept-posting", *day)
    merged = state(shell)
    assert len(merged["customer"]) == len(before["customer"]) - 1
    shell("commission", "verify", *day)
    shell("store", "verify", *day)

    again = shell("import", "inbox/*", *day)
    assert "未写批次" in again.out and "merged-into" in again.err
    assert state(shell) == merged
    shell("undo", *day)
    assert state(shell) == before


def test_a_person_who_was_paid_stays(tmp_path: Path) -> None:
    shell = example("huachen", tmp_path / "华辰")
    day = ("--today", "2026-04-05")
    shell("import", "inbox/*", *day)
    shell("commission", "close", "2026-03", *day)
    assert "merge-person-paid" in shell("record", "merge", "person", "0001", "0037", *day, code=1).err
