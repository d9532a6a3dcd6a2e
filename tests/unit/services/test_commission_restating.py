"""Restating a closed month: its run stays, the open month posts what today's files make of it, and it can be undone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salescli.errors import Refused
from salescli.services.commission.closing import close_period, reopen_period, verify_run
from salescli.services.commission.restating import restate_period, take_back
from salescli.services.commission.running import compute_period
from salescli.services.commission.showing import run_period, show_period
from salescli.store.runs import closed_runs, fetch_results
from tests.unit.services.test_frozen_plans import EDITS, closed_quarter, due, edit
from tests.unit.store_support import load

WHY = "费率签批有误"


def restate(context, month):
    return restate_period(context, context.parse_period(month), WHY)


def causes(context, month="2026-04"):
    """Return each difference of a month by itself: person, component, month, amount, cause."""
    done = compute_period(context, context.parse_period(month))
    return {
        (one.payee.name, part.component, f"{each.period:%Y-%m}"): (str(each.amount), each.cause)
        for one in done.computed
        for part in one.result.components
        for each in part.differences
    }


def notes_of(context, month):
    """Return what is to be known of a month, as its register says it."""
    period = context.parse_period(month)
    shown = show_period(context, period) if month in closed_runs(context.store, "commission") else None
    report = (shown or run_period(context, period)).report
    return [line for block in report.blocks if block.name == "notes" for line, _ in block.lines]


def stored(context):
    closed = closed_runs(context.store, "commission")
    return {month: fetch_results(context.store, run.id) for month, run in closed.items()}


def all_verified(context):
    return all(verify_run(context, run).is_same for run in closed_runs(context.store, "commission").values())


def test_the_month_named_follows_todays_plan_and_no_other(tmp_path):
    with closed_quarter(tmp_path) as context:
        before = stored(context)
        edit(context, *EDITS["rate"])
        shown = restate(context, "2026-02")
        # bonus: 3 % instead of 2 % of what February credited: 800, 350 and 350
        wanted = {
            ("王芳", "bonus", "2026-02"): ("8.00", "restated"),
            ("赵磊", "bonus", "2026-02"): ("3.50", "restated"),
            ("李娜", "bonus", "2026-02"): ("3.50", "restated"),
        }
        assert causes(context) == wanted
        assert shown.report.blocks[0].total[4] == Decimal("15.00") and "trial.yaml" in shown.said.zh
        assert stored(context) == before and all_verified(context)
        close_period(context, context.parse_period("2026-04"))
        assert {name: result for name, result in stored(context).items() if name in before} == before
        assert all_verified(context) and causes(context, "2026-05") == {}, "posted once"


def test_what_a_month_credits_can_be_restated_too(tmp_path):
    with closed_quarter(tmp_path) as context:
        edit(context, *EDITS["only"], *EDITS["holdback"])
        restate(context, "2026-01")
        found = causes(context)
        # 333 more of hardware in January at 5 %, and what it moves up in later months at 10 %
        assert found["王芳", "sales", "2026-01"][1] == "restated"
        assert all(cause in ("restated", "position") for _, cause in found.values())
        assert all_verified(context)


def test_a_metric_is_restated(tmp_path):
    with closed_quarter(tmp_path) as context:
        text = "receipts-gross: {title: {zh: 总, en: All}, plus: [receipts, receipts-net-in], minus: [refunds]}\n"
        (context.workspace.config / "metrics.yaml").write_text(text, encoding="utf-8")
        del context.catalogue
        assert due(context) == {}
        restate(context, "2026-01")
        found = causes(context)
        assert {key[2] for key in found} <= {"2026-01", "2026-02", "2026-03"} and found
        assert found["王芳", "bonus", "2026-01"] == ("32.67", "restated"), "2 % of 1,633.55 once more"
        assert all_verified(context)


def test_taking_back_and_restating_again(tmp_path):
    with closed_quarter(tmp_path) as context:
        edit(context, *EDITS["rate"])
        restate(context, "2026-02")
        take_back(context, context.parse_period("2026-02"), "批错月份")
        assert due(context) == {}, "taken back before anything was posted"
        restate(context, "2026-02")
        close_period(context, context.parse_period("2026-04"))
        take_back(context, context.parse_period("2026-02"), "批错月份")
        assert causes(context, "2026-05") == {
            (name, "bonus", "2026-02"): (amount, "restated")
            for name, amount in (("王芳", "-8.00"), ("赵磊", "-3.50"), ("李娜", "-3.50"))
        }
        assert all_verified(context)
        assert "2026-02 已重述:费率签批有误" in notes_of(context, "2026-04")
        assert "2026-02 的重述已撤回:批错月份" in notes_of(context, "2026-05")
        close_period(context, context.parse_period("2026-05"))
        assert not any("重述" in one for one in notes_of(context, "2026-06")), "it is posted"
        with pytest.raises(Refused) as raised:
            take_back(context, context.parse_period("2026-02"), "again")
        assert [one.name for one in raised.value.problems] == ["not-restated"]


def test_late_facts_follow_the_restated_plan(tmp_path):
    with closed_quarter(tmp_path) as context:
        edit(context, *EDITS["rate"])
        restate(context, "2026-02")
        late = [{"number": "L", "date": "2026-02-10", "contract": "C3", "amount": "100"}]
        load(context.store, "receipt", late, feed="late")
        done = compute_period(context, context.parse_period("2026-04"))
        bonus = next(one for one in done.computed if one.payee.name == "王芳").result.component("bonus")
        # 2 % of the 100 that came late, and what the third percent makes of 800 + 100
        found = [(str(one.amount), one.cause) for one in bonus.differences]
        assert found == [("2.00", "credits"), ("9.00", "restated")]
        shown = run_period(context, context.parse_period("2026-04"))
        assert "L" in str(shown.report) and WHY in str(shown.report)


def test_what_is_said(tmp_path):
    with closed_quarter(tmp_path) as context:
        edit(context, *EDITS["rate"])
        restate(context, "2026-02")
        said = str(show_period(context, context.parse_period("2026-02")).report)
        assert WHY in said and "trial.yaml" in said
        assert WHY not in str(show_period(context, context.parse_period("2026-03")).report)
        assert WHY in str(run_period(context, context.parse_period("2026-04")).report)


def test_what_is_refused(tmp_path):
    with closed_quarter(tmp_path) as context:
        for month, reason, wanted in (
            ("2026-04", WHY, ["not-closed"]),
            ("2026-02", "  ", ["restate-needs-reason"]),
            ("2026-02", WHY, ["nothing-to-restate"]),
        ):
            with pytest.raises(Refused) as raised:
                restate_period(context, context.parse_period(month), reason)
            assert [one.name for one in raised.value.problems] == wanted
        assert not closed_runs(context.store, "commission-restated")


def test_a_month_that_is_opened_again_needs_no_restatement(tmp_path):
    with closed_quarter(tmp_path) as context:
        edit(context, *EDITS["rate"])
        restate(context, "2026-03")
        reopen_period(context, context.parse_period("2026-03"), "again")
        close_period(context, context.parse_period("2026-03"))
        assert causes(context) == {} and all_verified(context)


def test_a_draft_is_computed_again_after_a_restatement(tmp_path):
    with closed_quarter(tmp_path) as context:
        april = context.parse_period("2026-04")
        edit(context, *EDITS["rate"])
        first = run_period(context, april).run
        restate(context, "2026-02")
        second = run_period(context, april).run
        take_back(context, context.parse_period("2026-02"), "again")
        third = run_period(context, april).run
        results = [fetch_results(context.store, run.id) for run in (first, second, third)]
        assert results[0] == results[2] != results[1]


def test_a_plan_that_the_month_never_paid_is_not_frozen(tmp_path):
    with closed_quarter(tmp_path) as context:
        path = context.workspace.config / "plans" / "trial.yaml"
        quarterly = path.read_text("utf-8").replace("plan: trial", "plan: q").replace("pay: monthly", "pay: quarterly")
        other = path.with_name("q.yaml")
        other.write_text(quarterly.replace("role: [销售, 主管]", "role: 别人"), encoding="utf-8")
        edit(context, *EDITS["rate"])
        restate(context, "2026-02")
        (found,) = closed_runs(context.store, "commission-restated").values()
        assert [one["plan"] for one in found.manifest["plans"]] == ["trial"], "q pays nothing in February"
        restate(context, "2026-03")
        found = closed_runs(context.store, "commission-restated")["2026-03"]
        assert [one["plan"] for one in found.manifest["plans"]] == ["q", "trial"], "it pays in March"


@pytest.mark.parametrize("kind", ["only", "rate", "tiers", "credit"])
def test_what_is_announced_is_what_the_next_run_posts(tmp_path, kind):
    """A month restated moves others too: the announcement has every row that moves, and adds up to what is posted."""
    with closed_quarter(tmp_path) as context:
        following = context.parse_period("2026-04")
        edit(context, *EDITS[kind])
        before = compute_period(context, following)
        shown = restate(context, "2026-01")
        after = compute_period(context, following)
        table = shown.report.blocks[0]
        at = [column.key for column in table.columns].index("amount")
        earned = [sum(one.result.earned for one in done.computed) for done in (before, after)]
        assert table.total[at] == earned[1] - earned[0]
        parts = [part for one in after.computed for part in one.result.components]
        posted = sum(each.amount for part in parts for each in part.differences)
        assert posted, "something is posted"
        assert any(f"posts {posted:,} CNY (0.00 before) of earlier periods" in line.en for line in shown.report.footer)
        undone = take_back(context, context.parse_period("2026-01"), WHY)
        assert any(f"posts 0.00 CNY ({posted:,} before)" in line.en for line in undone.report.footer)
