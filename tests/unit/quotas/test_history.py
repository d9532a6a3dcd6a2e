"""The log of targets and versions beside each other; an acceptance without a revision is a restatement, and says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescli.errors import Refused, UsageError
from salescli.services.batches import undo
from salescli.services.quota.history import show_log, show_versions
from salescli.services.quota.splitting import accept_quota, show_quota, split_quota
from salescli.store.runs import add_event, save_run
from tests.unit.quotas.test_revising import POLICY, YEAR, at, place, revise, seat
from tests.unit.store_support import load

__all__ = ["place"]


def rows(report, block=0):
    return [dict(zip((column.key for column in report.blocks[block].columns), row, strict=True))
            for row in report.blocks[block].rows]  # fmt: skip


def test_the_log_has_every_change_with_its_reason_and_totals(place):
    with at(place) as context:
        run, done = revise(context, reason="新市场", amount="1,500,000")
        load(context.store, "target", [{"metric": "deals-won", "month": "2026-01", "team": "T1", "amount": 7}])
        undo(context, done.batch)
        log = show_log(context)
        newest, loaded, revised, first = rows(log)
        assert (newest["what"], newest["undone"]) == (f"撤销批次 {done.batch}", "")
        assert loaded["what"] == "导入: target"
        assert (revised["batch"], revised["run"], revised["from"], revised["reason"], revised["undone"]) == (
            str(done.batch), str(run.id), "2026-07", "新市场", newest["batch"])  # fmt: skip
        assert (first["what"], first["run"], first["by"] != "") == ("接受", "1", True)
        moved = {(row["batch"], row["metric"], row["scope"]): (row["before"], row["after"]) for row in rows(log, 1)}
        assert moved[revised["batch"], "receipts", "公司"] == (1_440_000, 1_500_000)
        assert moved[revised["batch"], "receipts", "一部"] == (720_000, 750_000)
        assert moved[newest["batch"], "receipts", "公司"] == (1_500_000, 1_440_000)
        assert moved[first["batch"], "receipts", "公司"] == (None, 1_440_000)
        assert moved[loaded["batch"], "deals-won", "一部"] == (None, 7)


def test_the_log_of_a_policy_or_a_metric(place):
    with at(place) as context:
        load(context.store, "target", [{"metric": "deals-won", "month": "2026-01", "team": "T1", "amount": 7}])
        assert len(rows(show_log(context))) == 2 and len(rows(show_log(context), 1)) == 4
        assert [row["what"] for row in rows(show_log(context, "plan"))] == ["接受"]
        load(context.store, "assignment", [seat("P2", "T1", through="2026-06-30")])
        revise(context)  # it moves no total, and is there all the same
        assert [row["what"] for row in rows(show_log(context, "plan"))] == ["修订", "接受"]
        assert len(rows(show_log(context), 1)) == 4
        assert [row["what"] for row in rows(show_log(context, metric="deals-won"))] == ["导入: target"]
        assert len(rows(show_log(context, limit=1))) == 1
        with pytest.raises(Refused):
            show_log(context, metric="bookings")
        with pytest.raises(UsageError):
            show_log(context, "other")


def test_versions_beside_each_other(place):
    with at(place) as context:
        load(context.store, "assignment", [seat("P2", "T1", through="2026-06-30")])
        revise(context)
        revise(context, "2026-10", reason="raise", amount="1,500,000")
        report = show_versions(context, YEAR, person="P2")
        (gone, _) = (rows(report)[0], report)
        assert (gone["first"], gone["2026-07"], gone["2026-10"], gone["change"]) == (
            378_000, 189_000, 189_000, -189_000)  # fmt: skip
        whole = {(row["team"], row["key"], row["holder"]): row for row in rows(show_versions(context, YEAR))}
        company = whole["", "", "公司"]
        assert (company["first"], company["2026-10"], company["change"]) == (1_440_000, 1_500_000, 60_000)
        assert {row["team"] for row in rows(show_versions(context, YEAR, team="二部"))} == {"二部"}
        assert [line.en for line in report.footer] == [
            "revised from 2026-07 on: 人员变动", "a revision takes effect from 2026-10 on, not counted yet: raise"
        ]  # fmt: skip
        with pytest.raises(UsageError):
            show_versions(context, YEAR, person="nobody")


def test_show_names_the_version_that_it_uses(place):
    with at(place, date(2026, 5, 5)) as context:
        assert len(show_quota(context, YEAR).footer) == 1
        revise(context, reason="raise", amount="1,500,000")
        report = show_quota(context, YEAR, grain="year")
        assert report.footer[-1].en == "a revision takes effect from 2026-07 on, not counted yet: raise"
        assert rows(report)[0]["year"] == 1_440_000
        context.on = date(2026, 7, 1)
        report = show_quota(context, YEAR, grain="year")
        assert report.footer[-1].en == "revised from 2026-07 on: raise"
        assert rows(report)[0]["year"] == Decimal(1_500_000)


def test_a_restatement_says_so(place):
    with at(place) as context:
        revise(context, amount="1,500,000")
        path = place.config / "targets" / "plan.yaml"
        path.write_text(POLICY.replace("1,440,000", "1,200,000"), encoding="utf-8")
        with context.store.transaction():
            closed = save_run(context.store, "commission", "commission", "2026-02", 1, {}, {})
            add_event(context.store, closed.id, "closed")
        context.notes.clear()
        split_quota(context)
        assert accept_quota(context).changed
        notes = {one.name: one.values for one in context.notes}
        assert set(notes) >= {"targets-restated", "restates-closed-months", "revisions-stay"}
        assert notes["restates-closed-months"]["closed"] == ("2026-02",)
        assert notes["revisions-stay"]["months"] == ("2026-07",)
