"""A plan whose metric holds no refunds says so, once there are refunds to take back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salescli.services.commission.running import compute_period
from salescli.services.context import open_context
from salescli.services.workspace import create_workspace
from tests.unit.services.test_commission_beyond import PLAN
from tests.unit.store_support import load


@pytest.mark.parametrize(
    ("metric", "earned", "said"), [("receipts", "100.00", ["refunds-unseen"]), ("receipts-gross", "60.00", [])]
)
def test_refunds_that_a_plan_does_not_see_are_said(tmp_path: Path, metric: str, earned: str, said: list[str]) -> None:
    workspace = create_workspace(tmp_path, "test", "CNY", "en")
    text = PLAN.format(name="small", year="2026").replace("pays_on: receipts", f"pays_on: {metric}")
    (workspace.config / "plans" / "small.yaml").write_text(text, encoding="utf-8")
    with open_context(workspace, today=date(2026, 2, 1), create=True) as context:
        load(context.store, "person", [{"name": "甲", "joined": "2025-01-01"}])
        load(context.store, "assignment", [{"person": "甲", "from": "2025-01-01", "role": "销售"}])
        load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "1000", "owner": "甲"}])
        january = context.parse_period("2026-01")
        assert not compute_period(context, january).problems, "no refunds yet: nothing to say"
        load(context.store, "refund", [{"number": "F1", "date": "2026-01-20", "amount": "400", "receipt": "R1"}])
        done = compute_period(context, january)
        assert [each.name for each in done.problems] == said
        assert [each.severity for each in done.problems] == ["warning"] * len(said)
        assert [f"{one.result.earned:.2f}" for one in done.computed] == [earned]
