"""Commission and revised targets: a correction of a closed month is a late fact, a revision of open ones is none."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.shell import Shell, example

DAY = ("--today", "2026-04-05")
PLAN = """
format: 1
plan: by-attainment-2026
title: {zh: 达成提成, en: By attainment}
for: {role: 客户经理}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  receipts:
    type: tiered
    pays_on: receipts-net
    credit: own
    adds_up_over: month
    tier_by: {attainment_of: receipts-net, of: own, quota: full-window}
    apply: slice-by-slice
    tiers:
      - from 0%: 1%
      - from 100%: 2%
    refunds: recompute
    when_quota_is_zero: nothing
    when_quota_changes: from-then-on
payout: {below_zero: carry, round_to: 0.01}
"""


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with accepted targets, paid by attainment, January to March closed."""
    shell = example("huachen", tmp_path_factory.mktemp("base") / "华辰")
    for old in (shell.folder / "config" / "plans").iterdir():
        old.unlink()
    (shell.folder / "config" / "plans" / "by-attainment-2026.yaml").write_text(PLAN, encoding="utf-8")
    shell("import", "inbox/*")
    shell("quota", "split", "receipts-2026", *DAY)
    shell("quota", "accept", *DAY)
    for month in ("2026-01", "2026-02", "2026-03"):
        shell("commission", "close", month, *DAY)
    return shell.folder


@pytest.fixture
def shell(closed: Path, tmp_path: Path) -> Shell:
    return Shell(shutil.copytree(closed, tmp_path / "华辰"))


def differences(shell: Shell) -> dict[str, list[dict[str, str]]]:
    said = shell("commission", "run", "2026-04", "-O", "json", *DAY)
    found: dict[str, list[dict[str, str]]] = {}
    for block in said.json["blocks"]:
        if block["name"] == "differences":
            for row in block["rows"]:
                found.setdefault(row["person"], []).append(row)
    return found


def months_of(shell: Shell, key: str, day: str = "2026-12-31") -> dict[str, Decimal]:
    said = shell("quota", "show", "2026", "--by", "month", "--on", day, "-O", "json", *DAY)
    (row,) = [row for row in said.table("targets-base") if row["key"] == key and row["2026-03"] is not None]
    return {name: Decimal(amount) for name, amount in row.items() if name.startswith("2026-") and amount is not None}


def test_a_revision_of_a_closed_month_is_refused_and_a_correction_is_a_late_fact(shell):
    asked = ("quota", "revise", "--from", "2026-03", "--reason", "三月目标过高", "--amount", "60,000,000", *DAY)
    refused = shell(*asked, code=1)
    assert "revises-closed-month" in refused.err and "2026-03" in refused.err
    said = shell(*asked, "--correct")
    assert "2026-03" in said.out and "迟到事实" in said.out
    assert differences(shell) == {}
    before = months_of(shell, "0023")
    shell("quota", "accept", *DAY)
    after = months_of(shell, "0023")
    assert [month for month in before if before[month] != after[month]] == [m for m in before if m >= "2026-03"]
    found = differences(shell)
    (row,) = found["王芳"]
    assert row["period"].startswith("2026-03")
    # 1 % more of what lies above the new quota of the month, and did not lie above the old one
    said = shell("quota", "attainment", "2026-03", "--by", "person", "-O", "json", *DAY)
    (actual,) = [Decimal(one["actual"]) for one in said.table("attainment") if one.get("key") == "0023"]
    more = max(actual - after["2026-03"], Decimal(0)) - max(actual - before["2026-03"], Decimal(0))
    assert abs(Decimal(row["amount"]) - more / 100) <= Decimal("0.01") and more > 0
    assert all(row["period"].startswith("2026-03") for rows in found.values() for row in rows)
    shell("undo", *DAY)
    assert months_of(shell, "0023") == before and differences(shell) == {}


def test_a_revision_of_open_months_moves_no_closed_one(shell):
    shell("quota", "revise", "--from", "2026-04", "--reason", "新市场", "--amount", "120,000,000", *DAY)
    shell("quota", "accept", *DAY)
    assert differences(shell) == {}
    assert months_of(shell, "0023", "2026-03-31") != months_of(shell, "0023", "2026-04-30")
