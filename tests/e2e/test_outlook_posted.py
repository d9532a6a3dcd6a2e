"""What an outlook calls posted is what closed runs posted: to the cent, whatever plans and grades are since then."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from tests.shell import Shell, example

DAY = "--today=2026-04-25"


def posted(shell: Shell, *months: str) -> dict[tuple[str, str], Decimal]:
    """Return what runs earned, by person and plan, as their registers say it (these plans have no draw)."""
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for month in months:
        for row in shell("commission", "show", month, DAY, "-O", "json").table("people"):
            assert not Decimal(row.get("balance") or 0)
            found[row["key"], row["plan"]] += Decimal(row["earned"])
    return {key: amount for key, amount in found.items() if amount}


def outlook(shell: Shell, key: str, day: str = DAY) -> dict[tuple[str, str], Decimal]:
    said = shell("commission", "cost", "2026", "--attainment", "100%", "--by", "person", day, "-O", "json")
    rows = said.table("people")
    return {(row["key"], row["plan"]): Decimal(row[key]) for row in rows if Decimal(row[key])}


def test_known_is_what_closed_runs_posted(tmp_path) -> None:
    shell = example("huachen", tmp_path / "华辰")
    shell("import", "inbox/*")
    shell("quota", "split", "receipts-2026")
    shell("quota", "accept")
    months = ("2026-01", "2026-02", "2026-03")
    for month in months:
        shell("commission", "close", month, "--today=2026-04-05")
    first = posted(shell, *months)
    assert outlook(shell, "so_far") == first and len(first) > 10

    plan = shell.folder / "config" / "plans" / "account-manager-2026.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("from 0: 1%", "from 0: 2%"), encoding="utf-8")
    assert outlook(shell, "so_far") == first, "an edited plan moves no closed month"

    shell("scorecard", "close", "2026-Q1", "--known-on", "2026-03-31", DAY)
    run = shell("commission", "run", "2026-04", DAY, "-O", "json", code=None)
    due = defaultdict(Decimal)
    for row in run.table("differences"):
        due[row["key"], row.get("plan")] += Decimal(row["amount"])
    waiting = outlook(shell, "waiting")
    assert outlook(shell, "so_far") == first, "a late grade is not posted yet"
    assert due and sum(waiting.values()) == sum(due.values()), "it is what the next run posts"

    shell("commission", "close", "2026-04", DAY, code=None)
    assert outlook(shell, "so_far", "--today=2026-05-05") == posted(shell, *months, "2026-04")
    assert outlook(shell, "waiting", "--today=2026-05-05") == {}
