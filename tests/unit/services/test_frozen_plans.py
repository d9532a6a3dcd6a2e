"""Policy files reach forward only: whatever is edited after closing, no closed month moves by it. Records move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.errors import Refused
from salescli.services.commission.closing import close_period, verify_run
from salescli.services.commission.opening import open_month
from salescli.services.commission.posted import KIND
from salescli.services.commission.restating import restate_period
from salescli.services.commission.running import compute_period
from salescli.services.commission.showing import show_period
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace, find_workspace
from salescli.store.runs import closed_runs, fetch_results
from tests.unit.store_support import load

PLAN = """format: 1
plan: trial
title: {zh: 试, en: Trial}
for: {role: [销售, 主管]}
from: 2026-01-01
through: 2026-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales:
    type: tiered
    pays_on: receipts-gross
    credit: own
    only: {product.line: [云, 软件]}
    adds_up_over: quarter
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 5%
      - from 1,000: 10%
    refunds: recompute
  bonus:
    type: rate
    pays_on: receipts-gross
    credit: own
    rate: 2%
    refunds: recompute
  team:
    type: rate
    pays_on: receipts-gross
    credit: team
    team: {depth: direct-reports, own_deals: left-out, base: gross}
    rate: 1%
    refunds: recompute
payout:
  holdback:
    - {keep: 10%, of: [sales], until: contract.accepted_on, without_date: keep-and-list}
  below_zero: carry
  round_to: 0.01
leavers:
  receipts_after_last_day: {own_share: 50%, for_days: 180, rest_to: manager}
  open_windows: end-on-last-day
  held_money: on-its-date
  owed_to_company: list
"""
PEOPLE = ("王芳", "赵磊", "李娜")
MONTHS = ("2026-01", "2026-02", "2026-03")


def fill(context: Context) -> None:
    """王芳 and 赵磊 sell, 李娜 leads them; 赵磊 leaves in February, and money of his comes in March."""
    store = context.store
    people = [{"number": str(n), "name": name, "joined": "2025-01-01"} for n, name in enumerate(PEOPLE, 1)]
    people[1]["left"] = "2026-02-15"
    load(store, "person", people)
    roles = {"王芳": "销售", "赵磊": "销售", "李娜": "主管"}
    seats = [
        {"person": name, "from": "2025-01-01", "role": role} | ({} if name == "李娜" else {"manager": "李娜"})
        for name, role in roles.items()
    ]
    load(store, "assignment", seats)
    lines = [{"name": name, "line": line} for name, line in (("甲", "云"), ("乙", "软件"), ("丙", "硬件"))]
    load(store, "product", lines)
    contracts = [
        {"number": f"C{n}", "owner": owner, "product": product, "signed": "2025-12-01", "amount": 9000}
        for n, (owner, product) in enumerate([("王芳", "甲"), ("王芳", "乙"), ("王芳", "丙"), ("赵磊", "甲")], 1)
    ]
    load(store, "contract", contracts)
    rows = [
        (1, 1, "700"), (1, 2, "600.55"), (1, 3, "333"), (1, 4, "900"), (2, 1, "800"), (2, 4, "700"), (3, 4, "500"),
        (3, 2, "450"),
    ]  # fmt: skip
    receipts = [
        {"number": f"R{n}", "date": f"2026-{month:02}-20", "contract": f"C{contract}", "amount": amount}
        for n, (month, contract, amount) in enumerate(rows, 1)
    ]
    load(store, "receipt", receipts)
    deal = {"number": "D1", "owner": "王芳", "amount": 500, "stage": "成交"}
    load(store, "deal", [deal | {"created": "2026-01-05", "closed": "2026-02-03"}])
    load(store, "refund", [{"number": "T1", "date": "2026-03-25", "receipt": "R1", "amount": "300"}])


@contextmanager
def closed_quarter(folder: Path, plan: str = PLAN, process: str = "") -> Iterator[Context]:
    """Close January to March by a plan."""
    workspace = create_workspace(folder, "test", "CNY", "en")
    if process:
        (workspace.config / "process.yaml").write_text(process, encoding="utf-8")
    (workspace.config / "plans" / "trial.yaml").write_text(plan, encoding="utf-8")
    with open_context(workspace, today=date(2026, 12, 31), create=True) as context:
        fill(context)
        open_month(context, context.parse_period("2026-01"), None)
        for month in MONTHS:
            close_period(context, context.parse_period(month))
        yield context


def edit(context: Context, *changes: tuple[str, str]) -> None:
    """Edit the plan's file."""
    path = context.workspace.config / "plans" / "trial.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old), old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def due(context: Context, month: str = "2026-04") -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    """What a month without facts of its own comes to: earned, kept, payable, of whom any is not zero."""
    done = compute_period(context, context.parse_period(month))
    found = {one.payee.name: one.result for one in done.computed}
    moved = {name: (one.earned, one.kept_change, one.payable - one.carried_in) for name, one in found.items()}
    return {name: figures for name, figures in moved.items() if any(figures)}


RECEIPTS = "pays_on: receipts-gross\n    credit: own\n    rate"
BONUS = "  bonus:\n    type: rate\n    pays_on: receipts-gross\n    credit: own\n    rate: 2%\n    refunds: recompute\n"
HOLDBACK = "    - {keep: 10%, of: [sales], until: contract.accepted_on, without_date: keep-and-list}\n"
GATE = """    needs:
      - metric: receipts-gross
        of: own
        over: quarter
        at_least: 99,999
        looked_at: each-run
        meanwhile: hold
        if_missed: lost
        if_undefined: fail
"""
DRAW = "  draw: {tops_up_to: 1_000, for_months: 3, recover: nothing}\n"
CAP = "limits: [{at_most: 10, of: sales, over: month, excess: lost}]\n"
TIERED = "10%\n    refunds: recompute\n"


def stored(context: Context) -> dict[str, dict[str, str]]:
    """What the closed months hold."""
    return {month: fetch_results(context.store, run.id) for month, run in closed_runs(context.store, KIND).items()}


EDITS = {
    "nothing": (),
    "rate": (("rate: 2%", "rate: 3%"),),
    "tiers": (("from 0: 5%", "from 0: 6%"),),
    "only": (("[云, 软件]", "[云, 软件, 硬件]"),),
    "less of only": (("[云, 软件]", "[云]"),),
    "pays_on": ((RECEIPTS, RECEIPTS.replace("receipts-gross", "receipts")),),
    "credit": (("credit: own\n    rate: 2%", "credit: overlay\n    rate: 2%"),),
    "team depth": (("depth: direct-reports", "depth: everyone-below"),),
    "own deals": (("own_deals: left-out", "own_deals: counted"),),
    "fewer people": (("[销售, 主管]", "[主管]"),),
    "other people": (("{role: [销售, 主管]}", "{people: [李娜]}"),),
    "nobody any more": (("[销售, 主管]", "[别的]"),),
    "later start": (("from: 2026-01-01", "from: 2026-03-01"),),
    "earlier start": (("from: 2026-01-01", "from: 2025-07-01"),),
    "earlier end": (("through: 2026-12-31", "through: 2026-02-28"),),
    "window": (("adds_up_over: quarter", "adds_up_over: year"),),
    "month window": (("adds_up_over: quarter", "adds_up_over: month"),),
    "refund rule of a rate": (("rate: 2%\n    refunds: recompute", "rate: 2%\n    refunds: at-refund-date"),),
    "refund rule": ((TIERED, TIERED.replace("recompute", "at-refund-date")),),
    "refunds at their own rate": ((TIERED, TIERED.replace("recompute", "original-rate")),),
    "holdback": (("keep: 10%", "keep: 30%"),),
    "less holdback": (("keep: 10%", "keep: 5%"),),
    "holdback of more": (("of: [sales]", "of: [sales, bonus]"),),
    "no holdback": (("  holdback:\n" + HOLDBACK, ""),),
    "held without a date": (("keep-and-list", "release"),),
    "leaver's share": (("own_share: 50%", "own_share: 80%"),),
    "rest to the house": (("rest_to: manager", "rest_to: house"),),
    "leaver's days": (("for_days: 180", "for_days: 20"),),
    "rounding": (("round_to: 0.01", "round_to: 1"),),
    "component gone": ((BONUS, ""),),
    "component renamed": (("  bonus:\n", "  prize:\n"),),
    "draw": (("  below_zero: carry", DRAW + "  below_zero: carry"),),
    "cap": (("payout:\n", CAP + "payout:\n"),),
    "gate": ((TIERED, TIERED + GATE),),
    "component's days": ((BONUS, BONUS.replace("type: rate\n", "type: rate\n    from: 2026-04-01\n")),),
    "another order": ((BONUS, ""), ("components:\n", "components:\n" + BONUS)),
}


@pytest.mark.parametrize("name", EDITS)
def test_editing_a_plan_moves_no_closed_month(tmp_path, name):
    with closed_quarter(tmp_path) as context:
        edit(context, *EDITS[name])
        assert due(context) == {}
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, KIND).values())


@pytest.mark.parametrize("name", ["rate", "tiers", "holdback", "rounding", "fewer people"])
def test_editing_a_plan_that_pays_quarterly_moves_no_closed_quarter(tmp_path, name):
    with closed_quarter(tmp_path, PLAN.replace("pay: monthly", "pay: quarterly")) as context:
        for month in ("2026-04", "2026-05"):
            close_period(context, context.parse_period(month))
        edit(context, *EDITS[name])
        assert due(context, "2026-06") == {}


def test_what_is_edited_holds_from_the_open_month_on(tmp_path):
    with closed_quarter(tmp_path) as context:
        april = [("R20", "C1", "王芳"), ("R21", "C3", "王芳")]
        rows = [{"number": number, "date": "2026-04-10", "contract": contract, "amount": "100"}
                for number, contract, _ in april]  # fmt: skip
        load(context.store, "receipt", rows, feed="april")
        before = due(context)["王芳"]
        edit(context, *EDITS["only"], *EDITS["rate"], *EDITS["holdback"])
        earned, kept, payable = due(context)["王芳"]
        assert before == (Decimal("9.00"), Decimal("0.50"), Decimal("8.50"))  # 5 % of 100 and 2 % of 200; a tenth kept
        assert (earned, kept, payable) == (Decimal("16.00"), Decimal("3.00"), Decimal("13.00"))  # of 200; 30 % kept


def test_a_late_fact_counts_as_the_closed_months_plan_said(tmp_path):
    with closed_quarter(tmp_path) as context:
        edit(context, *EDITS["only"], *EDITS["rate"], *EDITS["holdback"])
        late = [{"number": f"L{n}", "date": "2026-03-10", "contract": f"C{n}", "amount": "100"} for n in (1, 3)]
        load(context.store, "receipt", late, feed="late")
        earned, kept, _ = due(context)["王芳"]
        # C3 is hardware, which March's plan did not pay; 10 % above 1,000; 2 % on both
        assert earned == Decimal("14.00") and kept == Decimal("1.00")


def test_another_fiscal_year_after_closing_is_refused_and_moves_nothing(tmp_path):
    with closed_quarter(tmp_path) as context:
        before = stored(context)
    path = tmp_path / "salescli.yaml"
    text = path.read_text(encoding="utf-8")
    assert "fiscal_year_start: 1" in text
    path.write_text(text.replace("fiscal_year_start: 1", "fiscal_year_start: 4\nfiscal_year_named: start"), "utf-8")
    with open_context(find_workspace(tmp_path), today=date(2026, 12, 31)) as context:
        with pytest.raises(Refused) as raised:
            due(context)
        assert [one.name for one in raised.value.problems] == ["settings-after-closing"]
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, KIND).values())
        assert stored(context) == before
        assert show_period(context, context.parse_period("2026-02")).report


STAGES = """format: 1
process: own
stages:
  - {stage: talk, title: {zh: 洽谈, en: Talk}, kind: open}
  - {stage: won, title: {zh: 赢单, en: Won}, kind: %s, aliases: [成交]}
  - {stage: done, title: {zh: 完成, en: Done}, kind: %s}
  - {stage: lost, title: {zh: 输单, en: Lost}, kind: lost}
"""


def test_editing_the_process_moves_no_closed_month(tmp_path):
    deals = BONUS.replace("receipts-gross", "won-value").replace("bonus", "deals")
    won = PLAN.replace("components:\n", "components:\n" + deals)
    with closed_quarter(tmp_path, won, process=STAGES % ("won", "won")) as context:
        before = stored(context)
        assert '"component":"deals","credit":"500' in before["2026-02"]["trial|#1"]
        (context.workspace.config / "process.yaml").write_text(STAGES % ("open", "won"), encoding="utf-8")
    with open_context(find_workspace(tmp_path), today=date(2026, 12, 31)) as context:
        assert due(context) == {}
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, KIND).values())
        restate_period(context, context.parse_period("2026-02"), "why")
        assert due(context)["王芳"][0] == Decimal("-10.00"), "2 % of what counts as won no more"
        assert all(verify_run(context, run).is_same for run in closed_runs(context.store, KIND).values())
