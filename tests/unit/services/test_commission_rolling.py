"""`commission roll`: what of a plan goes on to the next year, what does not, and what is left to decide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salescli.errors import Refused, UsageError
from salescli.policy.plans import load_plan
from salescli.services.commission.rolling import RollRequest, roll_plan
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace

OLD = """# sellers 2025
format: 1
plan: sellers-2025
title: {zh: 2025 年方案, en: Sellers 2025}
for: {role: seller}
from: 2025-01-01
through: 2025-12-31
currency: CNY
pay: monthly
rates_in_force_on: receipt-date
part_period: nothing-scaled
components:
  sales:
    title: {zh: 提成, en: Commission}
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers: {2025-01-01: [from 0: 2%], 2025-07-01: [from 0: 2%, "from 500,000": 3%]}   # raised in July
    refunds: recompute
  contest:
    type: rate
    pays_on: receipts
    credit: own
    from: 2025-03-01
    through: 2025-03-31
    rate: {2025-01-01: 1%}
    refunds: recompute
payout:
  draw: {tops_up_to: "4,000", for_months: 6, recover: nothing}
  below_zero: carry
  round_to: 0.01
"""


@pytest.fixture
def workspace(tmp_path: Path):
    place = create_workspace(tmp_path / "w", "test", "CNY", "en")
    (place.config / "plans").mkdir(parents=True, exist_ok=True)
    (place.config / "plans" / "sellers-2025.yaml").write_text(OLD, encoding="utf-8")
    with open_context(place, today=date(2025, 12, 10), create=True) as context:
        yield context


def rolled(context: Context, **asked: str) -> str:
    roll_plan(context, RollRequest(**{"to": "2026", **asked}))
    return (context.workspace.config / "plans" / "sellers-2026.yaml").read_text(encoding="utf-8")


def test_the_year_moves_and_what_was_last_in_force_stays(workspace: Context) -> None:
    text = rolled(workspace)
    plan = load_plan(text).require()
    assert (plan.plan, plan.title.en, plan.start, plan.through) == (
        "sellers-2026", "Sellers 2026", date(2026, 1, 1), date(2026, 12, 31),
    )  # fmt: skip
    assert 'tiers: [{from 0: 2%}, {"from 500,000": 3%}]   # raised in July' in text
    assert "    rate: 1%\n" in text
    assert (plan.components["contest"].start, plan.components["contest"].through) == (
        date(2026, 3, 1), date(2026, 3, 31),
    )  # fmt: skip
    assert plan.payout.takes_over == ("sellers-2025",)
    assert text.startswith("# sellers 2025\n")


def test_a_title_without_a_year_gets_the_new_one(workspace: Context) -> None:
    path = workspace.workspace.config / "plans" / "sellers-2025.yaml"
    old = "title: {zh: 2025 年方案, en: Sellers 2025}"
    path.write_text(path.read_text(encoding="utf-8").replace(old, "title: {zh: 销售方案, en: Sellers 2025}"))
    title = load_plan(rolled(workspace)).require().title
    assert (title.zh, title.en) == ("销售方案 2026", "Sellers 2026")


def test_what_is_to_be_decided_is_said(workspace: Context) -> None:
    report = roll_plan(workspace, RollRequest("2026"))
    footer = " ".join(title.en for title in report.footer)
    assert "the months of the draw begin again" in footer
    assert "comments that still speak of 2025: line 1" in footer
    assert report.next[1] == "salescli commission diff sellers-2025 sellers-2026 --over 2025"


def test_nothing_is_overwritten(workspace: Context) -> None:
    before = rolled(workspace)
    with pytest.raises(Refused) as refused:
        roll_plan(workspace, RollRequest("2026", plan="sellers-2025"))
    assert [one.name for one in refused.value.problems] == ["plan-exists"]
    assert (workspace.workspace.config / "plans" / "sellers-2026.yaml").read_text(encoding="utf-8") == before


def test_the_year_before_decides_which_plan(workspace: Context) -> None:
    with pytest.raises(UsageError) as refused:
        roll_plan(workspace, RollRequest("2028"))
    assert [one.name for one in refused.value.problems] == ["roll-which-plan"]
    with pytest.raises(Refused) as earlier:
        roll_plan(workspace, RollRequest("2025", plan="sellers-2025"))
    assert [one.name for one in earlier.value.problems] == ["roll-not-later"]
