"""`commission run` where something is wrong: the errors stand last, beneath a register longer than a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.core.table import Report
from salescli.errors import Problem
from tests.shell import Shell
from tests.unit.services.closing import close, paying_context
from tests.unit.services.importing import give
from tests.unit.services.test_gone import NUMBERED, month


def test_errors_stand_beneath_the_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with paying_context(tmp_path / "w") as context:
        give(context, "一月回款.csv", month(1), NUMBERED)
        close(context, "2026-01")
        plan = context.workspace.config / "plans" / "tenth.yaml"
    told: list[str] = []

    def keep_report(report: Report) -> None:
        told.append(report.name)

    def keep_problems(found: list[Problem]) -> None:
        told.extend(each.name for each in found)

    monkeypatch.setattr("salescli.cli.commission.emit", keep_report)
    monkeypatch.setattr("salescli.cli.commission.emit_problems", keep_problems)
    shell = Shell(tmp_path / "w")
    shell("commission", "run", "2026-02")
    assert told[-1] == "commission-register", "without errors, what is to be known stands above it"
    told.clear()
    plan.write_text(plan.read_text(encoding="utf-8").replace("plan: tenth", "plan: renamed"), encoding="utf-8")
    shell("commission", "run", "2026-02")
    assert told[0] == "commission-register" and "plan-gone" in told[1:]
