"""The working calendar is a record that closed months keep: what is said of its days later moves none of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from salescli.services.commission.closing import verify_run
from salescli.services.commission.restating import restate_period, take_back
from salescli.services.commission.running import compute_period, run_commission
from salescli.services.context import Context
from salescli.store.runs import closed_runs
from tests.unit.services import closing
from tests.unit.services.closing import PLAN, close, paying_context
from tests.unit.store_support import load

COUNTED = PLAN.replace("part_period: nothing-scaled", "part_period: {count: working-days, scale: [draw, limits]}")
DRAW = COUNTED.replace("payout: {", "payout: {draw: {tops_up_to: 6_000, recover: nothing}, ")
CAP = COUNTED.replace("payout: {", "limits: [{at_most: 2_610, of: sales, over: year, excess: lost}]\npayout: {")
HOLIDAYS = ["2026-01-01", "2026-01-02", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"]


@contextmanager
def company(folder: Path, monkeypatch: pytest.MonkeyPatch, plan: str) -> Iterator[Context]:
    """王芳 is on the plan in the first half of January only: 11 of its 22 weekdays."""
    monkeypatch.setattr(closing, "PLAN", plan)
    with paying_context(folder / "w") as context:
        row = {"person": "王芳", "from": "2026-01-01", "through": "2026-01-15", "role": "销售"}
        load(context.store, "assignment", [row], feed="seats")
        yield context


def mark(context: Context, days: list[str], working: str = "no") -> None:
    load(context.store, "calendar-day", [{"date": day, "working": working} for day in days], feed="calendar")


def results(context: Context, month: str) -> dict[str, Decimal]:
    done = compute_period(context, context.parse_period(month))
    return {one.payee.name: one.result.payable - one.result.carried_in for one in done.computed}


def earlier(context: Context, month: str) -> list[Decimal]:
    done = compute_period(context, context.parse_period(month))
    return [one.result.balance.earlier for one in done.computed if one.result.balance and one.result.balance.earlier]


def all_verified(context: Context) -> bool:
    return all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())


def test_days_marked_later_move_no_closed_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with company(tmp_path, monkeypatch, DRAW) as context:
        assert results(context, "2026-01")["王芳"] == Decimal("3000.00"), "6,000 × 11 ÷ 22"
        close(context, "2026-01")
        mark(context, HOLIDAYS)
        assert earlier(context, "2026-02") == []
        mark(context, ["2026-02-02"])
        close(context, "2026-02")
        mark(context, ["2026-02-03"])
        assert earlier(context, "2026-03") == []
        assert all_verified(context)


def test_an_open_month_follows_the_calendar_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with company(tmp_path, monkeypatch, DRAW) as context:
        mark(context, HOLIDAYS)
        assert results(context, "2026-01")["王芳"] == Decimal("1875.00"), "6,000 × 5 ÷ 16"
        mark(context, ["2026-01-10"], "yes")
        assert results(context, "2026-01")["王芳"] == Decimal("2117.65"), "6,000 × 6 ÷ 17"


def test_a_year_goes_on_by_the_days_that_its_first_closed_month_knew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with company(tmp_path, monkeypatch, CAP) as context:
        load(context.store, "receipt", [{"number": "R", "date": "2026-01-05", "amount": "99000", "owner": "王芳"}])
        assert results(context, "2026-01")["王芳"] == Decimal("110.00"), "2,610 × 11 ÷ 261 weekdays of the year"
        close(context, "2026-01")
        mark(context, HOLIDAYS)
        assert not any(results(context, "2026-02").values())
        close(context, "2026-02")
        late = [{"number": "L", "date": "2026-01-06", "amount": "-98500", "owner": "王芳"}]
        load(context.store, "receipt", late, feed="late")
        done = compute_period(context, context.parse_period("2026-03"))
        earned = {one.payee.name: one.result.earned for one in done.computed}
        assert earned["王芳"] == Decimal("-60.00"), "50 earned, beside 110 paid"
        assert all_verified(context)


def test_a_window_that_has_begun_keeps_its_days_until_it_is_restated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter's cap of 6,400, from 15 January on: × 54 ÷ 64 weekdays; then × 53 ÷ 61."""
    plan = COUNTED.replace("refunds: recompute", "refunds: recompute, adds_up_over: quarter, at_most: 6_400")
    monkeypatch.setattr(closing, "PLAN", plan)
    with paying_context(tmp_path / "w") as context:
        load(context.store, "person", [{"number": "9", "name": "周九", "joined": "2026-01-15"}], feed="more")
        seat = {"person": "周九", "from": "2026-01-15", "role": "销售"}
        load(context.store, "assignment", [seat], feed="late")
        receipts = [("R8", "2026-01-20", "100000"), ("R9", "2026-02-20", "50000")]
        rows = [{"number": key, "date": day, "amount": amount, "owner": "周九"} for key, day, amount in receipts]
        load(context.store, "receipt", rows, feed="money")

        def sales(month: str) -> tuple[Decimal, Decimal]:
            done = compute_period(context, context.parse_period(month))
            (found,) = [one.result.components[0] for one in done.computed if one.payee.name == "周九"]
            return found.earned, found.earned_to_date

        assert sales("2026-01") == (Decimal("5400.00"), Decimal("5400.00"))
        close(context, "2026-01")
        mark(context, ["2026-01-01", "2026-01-02", "2026-03-02"])
        assert sales("2026-02") == (0, Decimal("5400.00"))
        close(context, "2026-02")
        assert sales("2026-03") == (0, Decimal("5400.00"))
        restate_period(context, context.parse_period("2026-01"), "the holidays were announced late")
        assert sales("2026-03") == (Decimal("160.66"), Decimal("5560.66"))
        assert all_verified(context)


def test_the_calendar_reaches_a_closed_month_on_purpose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with company(tmp_path, monkeypatch, DRAW) as context:
        january = context.parse_period("2026-01")
        close(context, "2026-01")
        mark(context, HOLIDAYS)
        shown = restate_period(context, january, "the holidays were announced late")
        assert "工作日历" in shown.said.zh
        assert earlier(context, "2026-02") == [Decimal("-1125.00")]
        take_back(context, january, "no")
        assert earlier(context, "2026-02") == []
        assert all_verified(context)


def test_manifests_keep_the_days_where_a_plan_counts_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with company(tmp_path, monkeypatch, DRAW) as context:
        mark(context, ["2025-12-31", "2026-01-01", "2026-01-03", "2027-01-01"])
        mark(context, ["2026-01-04"], "yes")
        run = run_commission(context, context.parse_period("2026-01")).run
        assert run is not None
        assert run.manifest["working"] == {
            "from": "2026-01-01", "through": "2026-12-31", "off": ["2026-01-01"], "on": ["2026-01-04"],
        }  # fmt: skip


def test_other_manifests_do_not_speak_of_days(tmp_path: Path) -> None:
    with paying_context(tmp_path / "w") as context:
        mark(context, HOLIDAYS)
        run = run_commission(context, context.parse_period("2026-01")).run
        assert run is not None and "working" not in run.manifest
