"""The first hour: from a receipts sheet and last month's commission sheet to their comparison, in five commands."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from tests.shell import ROOT, Shell

FILES = ROOT / "examples" / "huachen" / "first-hour"
DAY = ("--today", "2026-04-05")


@pytest.mark.parametrize("receipts", ["三月回款.xlsx", "三月回款.csv"])
def test_five_commands_in_a_folder_with_chinese_and_spaces(tmp_path, receipts):
    folder = tmp_path / "我的 销售 团队 (新)"
    folder.mkdir()
    for name in (receipts, "三月提成.xlsx"):
        shutil.copy(FILES / name, folder / name)
    shell = Shell(folder)

    started = shell("start", receipts, *DAY)
    assert "2,889,332.80  2,889,332.80  ✓" in started.out
    shell("commission", "new", "--template", "flat", "--rate", "2%", "--no-input", *DAY)
    run = shell("commission", "run", "2026-03", *DAY, "-O", "json")
    paid = {row["person"]: Decimal(row["earned"]) for row in run.table("people")}
    assert sum(paid.values()) == Decimal("57786.66") and len(paid) == 8
    compared = shell("commission", "compare", "2026-03", "三月提成.xlsx", *DAY, code=1)
    assert "表里漏了 2026-03-09 上海立信汽车零部件有限公司 149,200.00" in compared.out
    explained = shell("commission", "explain", "2026-03", "--person", "刘洋", *DAY)
    assert "config/plans/flat.yaml:" in explained.out and f"{receipts}!" in explained.out
    assert paid["刘洋"] == Decimal("4758.00")
