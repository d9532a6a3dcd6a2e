"""What closed months paid is put right later: by people no longer on the plan, and after a plan's end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.errors import ProblemsFound, Refused
from salescli.services.commission import closing
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.opening import open_month
from salescli.services.commission.running import compute_period, run_commission
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from salescli.store.batches import latest_batch
from salescli.store.runs import closed_runs
from salescli.store.versions import undo_batch
from tests.unit.store_support import load

PLAN = """format: 1
plan: {name}
title: {{zh: 小方案, en: Small plan}}
for: {{role: 销售}}
from: {year}-01-01
through: {year}-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales: {{type: rate, pays_on: receipts, credit: own, rate: 10%, refunds: recompute}}
payout: {{below_zero: carry, round_to: 0.01}}
"""


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    workspace = create_workspace(tmp_path, "test", "CNY", "en")
    for year in ("2026", "2027"):
        text = PLAN.format(name=f"plan-{year}", year=year)
        (workspace.config / "plans" / f"{year}.yaml").write_text(text, encoding="utf-8")
    with open_context(workspace, today=date(2027, 2, 1), create=True) as context:
        yield context


def close_december(context: Context) -> int:
    """Close 2026-12 with 100 paid to 甲 and 50 to 乙; return the batch of the receipts."""
    people = [{"number": n, "name": name, "joined": "2026-12-01"} for n, name in (("1", "甲"), ("2", "乙"))]
    load(context.store, "person", people, feed="people")
    seats = [{"person": name, "from": "2026-12-01", "role": "销售"} for name in ("甲", "乙")]
    load(context.store, "assignment", seats, feed="seats")
    rows = [("R1", "2026-12-05", "1000", "甲"), ("R2", "2026-12-06", "500", "乙"), ("R3", "2027-01-07", "70", "甲")]
    keys = ("number", "date", "amount", "owner")
    load(context.store, "receipt", [dict(zip(keys, row, strict=True)) for row in rows], feed="receipts")
    batch = latest_batch(context.store)
    open_month(context, context.parse_period("2026-12"), None)
    close_period(context, context.parse_period("2026-12"))
    return batch


def paid(context: Context, month: str) -> dict[tuple[str, str], str]:
    """Return what each person earns in a month under each plan."""
    done = compute_period(context, context.parse_period(month))
    assert not done.problems
    return {(one.plan.name, one.payee.name): f"{one.result.earned:.2f}" for one in done.computed}


def test_a_plan_that_has_ended_posts_what_comes_late_for_its_months(context):
    close_december(context)
    nothing_late = {("plan-2027", "甲"): "7.00", ("plan-2027", "乙"): "0.00"}
    assert paid(context, "2027-01") == nothing_late, "the ended plan has nothing to say"
    late = [{"number": "L1", "date": "2026-12-30", "amount": "9000", "owner": "甲"}]
    load(context.store, "receipt", late, feed="late")
    assert paid(context, "2027-01") == {("plan-2026", "甲"): "900.00", **nothing_late}
    close_period(context, context.parse_period("2027-01"))
    assert ("plan-2026", "甲") not in paid(context, "2027-02"), "once posted, it is posted"
    assert all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())


def test_who_is_no_longer_on_the_plan_gives_back_what_was_posted(context):
    close_december(context)
    load(context.store, "assignment", [{"person": "乙", "from": "2026-12-01", "role": "经理"}], feed="seats-again")
    assert paid(context, "2027-01") == {("plan-2026", "乙"): "-50.00", ("plan-2027", "甲"): "7.00"}


def test_who_came_to_the_plan_later_gives_back_what_was_posted_before(context):
    close_december(context)
    moved = [
        {"person": "乙", "from": "2026-12-01", "role": "经理"},
        {"person": "乙", "from": "2027-01-10", "role": "销售"},
    ]
    load(context.store, "assignment", moved, feed="seats-again")
    found = paid(context, "2027-01")
    assert found[("plan-2026", "乙")] == "-50.00" and found[("plan-2027", "乙")] == "0.00"


def test_undoing_the_facts_of_a_closed_month_is_posted_in_the_next(context):
    batch = close_december(context)
    undo_batch(context.store, batch)
    found = paid(context, "2027-01")
    assert found[("plan-2026", "甲")] == "-100.00" and found[("plan-2026", "乙")] == "-50.00"
    assert sum(map(Decimal, found.values())) == -150


def test_a_plan_whose_file_is_gone(context):
    close_december(context)
    load(context.store, "receipt", [{"number": "L1", "date": "2026-12-30", "amount": "9000", "owner": "甲"}], feed="x")
    plans = context.workspace.config / "plans"
    (plans / "2026.yaml").unlink()
    assert paid(context, "2027-01")[("plan-2026", "甲")] == "900.00", "it has ended: its kept text goes on"
    close_period(context, context.parse_period("2027-01"))
    text = (plans / "2027.yaml").read_text(encoding="utf-8")
    (plans / "2027.yaml").write_text(text.replace("plan: plan-2027", "plan: renamed"), encoding="utf-8")
    with pytest.raises((Refused, ProblemsFound)) as raised:
        close_period(context, context.parse_period("2027-02"))
    assert [each.name for each in raised.value.problems] == ["plan-gone"], "renamed, it would pay January twice"


def test_two_who_close_the_same_month_at_once(context, monkeypatch):
    """The store is held while a month is closed: who comes meanwhile is refused, and so is who comes after."""
    close_december(context)
    met = []

    def overtaken(own, period):
        monkeypatch.undo()
        with open_context(context.workspace, today=context.today) as other:
            with pytest.raises(Refused) as refused:
                close_period(other, period)
            met.extend(refused.value.problems)
        return run_commission(own, period)

    monkeypatch.setattr(closing, "run_commission", overtaken)
    close_period(context, context.parse_period("2027-01"))
    assert [each.name for each in met] == ["store-locked"]
    with (
        open_context(context.workspace, today=context.today) as other,
        pytest.raises(Refused) as raised,
    ):
        close_period(other, other.parse_period("2027-01"))
    assert [each.name for each in raised.value.problems] == ["already-closed"]
