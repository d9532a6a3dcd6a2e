"""The example's plans before they change: over its real year, to the cent; and what its quarter cost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Facts, Report, Table
from salescli.services.commission.costing import CostAsked, show_cost
from salescli.services.commission.diffing import DiffAsked, diff_plans
from salescli.services.commission.running import run_commission
from salescli.services.commission.scheduling import ScheduleAsked, show_schedule
from salescli.services.context import Context, open_context
from salescli.services.workspace import find_workspace
from tests.shell import example

PLAN = "account-manager-2026"
DRAFT = "drafts/account-manager-2027.yaml"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    shell = example("huachen", tmp_path_factory.mktemp("base") / "华辰")
    shell("import", "inbox/*")
    with open_context(find_workspace(shell.folder), today=date(2026, 4, 5)) as context:
        yield context


@pytest.fixture(autouse=True)
def _inside(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(context.workspace.folder)


def table(report: Report, name: str) -> Table:
    return next(one for one in report.blocks if isinstance(one, Table) and one.name == name)


def sums(rows: list[dict[str, Any]], key: str) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for one in rows:
        mark = (one["person"], one["component"])
        change = Decimal(one[key]) if key in one else Decimal(one["b"]) - Decimal(one["a"])
        found[mark] = found.get(mark, Decimal(0)) + change
    return {mark: amount for mark, amount in found.items() if amount}


@pytest.mark.parametrize("over", ["2025", "2025-Q4", "2026"])
def test_rules_and_transactions_add_up_to_everybody_s_difference(context: Context, over: str) -> None:
    report, _ = diff_plans(context, DiffAsked(PLAN, DRAFT, over))
    data: Any = report.data
    by_rule = sums([one for rule in data["parts"] for one in rule["parts"]], "difference")
    by_line = sums(data["lines"], "")
    people = {(row[0], row[2].zh): row[5] for row in table(report, "people").rows}
    assert by_rule == by_line
    assert len(people) == len(by_rule)
    assert sorted(people.values()) == sorted(by_rule.values())
    facts = next(one for one in report.blocks if isinstance(one, Facts))
    figures: dict[str, Any] = {column.key: value for column, value in facts.items}
    assert figures["cost_b"] - figures["cost_a"] == figures["difference"] == sum(by_rule.values())
    assert figures["won"] + figures["lost"] == figures["difference"]


def test_changed_tier_moves_nobody_below_it(context: Context, tmp_path: Path) -> None:
    text = (context.workspace.config / "plans" / f"{PLAN}.yaml").read_text(encoding="utf-8")
    draft = tmp_path / "draft.yaml"
    draft.write_text(text.replace("from 3,000,000: 2.5%", "from 3,000,000: 3%"), encoding="utf-8")
    report, _ = diff_plans(context, DiffAsked(PLAN, str(draft), "2025", rows=True))
    data: Any = report.data
    curve = {one["person"] for one in data["lines"]}
    assert curve == {row[0] for row in table(report, "people").rows}
    whole, _ = diff_plans(context, DiffAsked(PLAN, DRAFT, "2025"))
    reached = next(
        rule
        for rule in whole.data["parts"]
        if "3,000,000" in json.dumps(rule["paths"]) or "tiers.2" in rule["paths"][0]
    )
    assert curve == {one["person"] for one in reached["parts"]}  # who reaches the tier is moved by either change of it


def test_plan_and_itself_differ_in_nothing(context: Context) -> None:
    report, problems = diff_plans(context, DiffAsked(PLAN, PLAN, "2025"))
    assert (report.blocks, problems) == ((), [])


def test_quarter_costs_what_its_runs_earned_however_it_is_told_apart(context: Context) -> None:
    earned = Decimal(0)
    for month in ("2026-01", "2026-02", "2026-03"):
        run = run_commission(context, context.parse_period(month))
        earned += sum((one.result.earned for one in run.computed), Decimal(0))
    quarter = context.parse_period("2026-Q1")
    receipts = set()
    for by in (("team",), ("product",), ("line", "team"), ("person", "customer")):
        cost = table(show_cost(context, CostAsked(quarter, by, "receipts-gross")), "cost")
        assert sum(row[len(by)] for row in cost.rows) == earned
        receipts.add(sum(row[len(by) + 1] for row in cost.rows))
    assert len(receipts) == 1
    schedule = table(show_schedule(context, ScheduleAsked(quarter, ends="warranty_end")), "contracts")
    assert schedule.total[3] == earned
