"""A sheet that takes amounts with tax is recognised too where months before are closed, by their own plans."""

from __future__ import annotations

from pathlib import Path

from tests.shell import Shell, example


def cause_of(shell: Shell, key: str) -> str:
    said = shell("commission", "compare", "2026-03", "paysheets/提成表-2026-03.xlsx", "-O", "json", "--lang=en", code=1)
    (row,) = [row for row in said.table("people") if row["key"] == key]
    return str(row["cause"])


def test_amounts_with_tax_of_closed_months_explain_a_difference(tmp_path: Path) -> None:
    shell = example("huachen", tmp_path / "华辰")
    shell("import", "inbox/*")
    for month in ("2026-01", "2026-02"):
        shell("commission", "close", month, "--today=2026-04-05")
    never_run = cause_of(shell, "0039")
    shell("commission", "run", "2026-03", "--today=2026-04-05")
    assert never_run == cause_of(shell, "0039") == "the sheet takes amounts with tax and costs"
