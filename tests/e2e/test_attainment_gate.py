"""A gate on attainment opens for exactly those whose attainment the quota report shows at or above it."""

from __future__ import annotations

from decimal import Decimal

from tests.shell import example

PLAN = """
format: 1
plan: gated-2026
title: {zh: 达标奖, en: Gated}
for: {role: 客户经理}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  receipts:
    type: rate
    pays_on: receipts-net
    credit: own
    rate: 1%
    adds_up_over: quarter
    refunds: recompute
    needs:
      - metric: receipts-net-attainment
        of: own
        over: quarter
        quota: full-window
        at_least: 100%
        looked_at: window-end
        meanwhile: hold
        if_missed: lost
        if_undefined: fail
payout: {below_zero: carry, round_to: 0.01}
"""


def test_who_is_paid_is_who_has_reached_the_quota(tmp_path):
    shell = example("huachen", tmp_path / "w")
    for old in (shell.folder / "config" / "plans").iterdir():
        old.unlink()
    (shell.folder / "config" / "plans" / "gated-2026.yaml").write_text(PLAN, encoding="utf-8")
    shell("import", "inbox/*")
    shell("quota", "split", "receipts-2026", "--today", "2026-04-05")
    shell("quota", "accept", "--today", "2026-04-05")
    said = shell("quota", "attainment", "2026-Q1", "--by", "person", "--today", "2026-04-05", "-O", "json").json
    rows = [row for block in said["blocks"] for row in block.get("rows", []) if row.get("target") is not None]
    reached = {row["key"]: Decimal(row["actual"]) >= Decimal(row["target"]) for row in rows if row.get("key")}
    assert any(reached.values()) and not all(reached.values())
    people = shell("commission", "run", "2026-03", "--today", "2026-04-05", "-O", "json").table("people")
    paid = {row["key"]: Decimal(row["earned"]) > 0 for row in people}
    assert {key for key, is_paid in paid.items() if is_paid} <= {
        key for key, is_reached in reached.items() if is_reached
    }
    assert sum(paid.values()) >= 3
    assert all(paid.get(key) for key, is_reached in reached.items() if is_reached and key in paid)
