"""Disputes and adjustments as people meet them: on statements, before closing, in the morning, and as sheets."""

from contextlib import contextmanager
from datetime import date

import pytest

from salescli.errors import ProblemsFound, UsageError
from salescli.services.commission.asking import AdjustRequest, DisputeRequest, add_adjustment, add_dispute
from salescli.services.commission.checking import check_period
from salescli.services.commission.closing import close_period
from salescli.services.commission.disputing import fetch_disputes
from salescli.services.commission.statements import show_statement
from salescli.services.record.editing import edit, remove_record
from salescli.services.status.waiting import find_waiting
from tests.unit.services.crediting import crediting
from tests.unit.store_support import load

SALES = "  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}\n"


@contextmanager
def workspace(folder):
    with crediting(folder, SALES) as context:
        context.language = "en"
        yield context


def month(context, label="2026-01"):
    return context.parse_period(label)


def sold(context):
    load(context.store, "contract", [{"number": "C1", "owner": "王芳"}])
    load(context.store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"}])


def ask(context, label="2026-01", **more):
    asked = DisputeRequest("王芳", "少计一笔", transaction="R9", **more)
    return add_dispute(context, month(context, label), asked)


def adjust(context, amount="500", label="2026-01", **more):
    return add_adjustment(context, month(context, label), AdjustRequest("王芳", amount, "奖励", author="刘洋", **more))


def points(context, label="2026-01"):
    """Return state, count and finding of the points that people write, by their title."""
    (checks, *_) = check_period(context, month(context, label)).report.blocks
    rows = {row[1]: (row[0], row[2], row[-1]) for row in checks.rows}
    return rows.get("Manual adjustments"), rows.get("Disputes")


def table(context, name, label="2026-01"):
    blocks = show_statement(context, month(context, label), "王芳").report.blocks
    return next((one for one in blocks if one.name == name), None)


def test_numbers_go_on_and_are_never_given_twice(tmp_path):
    with workspace(tmp_path) as context:
        adjust(context)
        adjust(context)
        remove_record(context, "adjustment", "ADJ-2026-01-02")
        adjust(context)
        ask(context)
        keys = [
            row[0] for row in context.store.db.execute("SELECT key FROM entity WHERE type = 'adjustment' ORDER BY key")
        ]
        assert keys == ["ADJ-2026-01-01", "ADJ-2026-01-02", "ADJ-2026-01-03"]
        assert next(iter(fetch_disputes(context).values()))[0].key == "DSP-2026-01-01"


def test_an_approval_is_dated_and_somebody_decided(tmp_path):
    with workspace(tmp_path) as context:
        sold(context)
        adjust(context, approved_by="李总")
        close_period(context, month(context))
        (row,) = table(context, "adjustments").rows
        assert "刘洋" in row and "李总 2026-12-31" in row


@pytest.mark.parametrize("label", ["2026", "2026-Q1"])
def test_only_months_are_adjusted(tmp_path, label):
    with workspace(tmp_path) as context, pytest.raises(UsageError):
        adjust(context, label=label)


def test_without_a_reason_or_a_question_nothing_is_written(tmp_path):
    with workspace(tmp_path) as context:
        with pytest.raises(ProblemsFound):
            add_adjustment(context, month(context), AdjustRequest("王芳", "5", "  "))
        for nothing in ("0", "-0.00", " 0 "):
            with pytest.raises(ProblemsFound, match="adjustment-of-nothing"):
                add_adjustment(context, month(context), AdjustRequest("王芳", nothing, "奖励"))
        with pytest.raises(ProblemsFound):
            add_dispute(context, month(context), DisputeRequest("王芳", " "))
        assert not fetch_disputes(context)


def test_what_is_not_approved_is_named_before_closing(tmp_path):
    with workspace(tmp_path) as context:
        sold(context)
        assert points(context) == (None, None)
        adjust(context)
        assert points(context)[0] == ("! look", 1, "1 in all, 1 not approved")
        edit(context, "adjustment", "ADJ-2026-01-01", ["approved_by=李总"])
        assert points(context)[0] == ("✓", 0, "1 in all")
        row = {"number": "A9", "person": "王芳", "month": "2026-01", "amount": "500", "plan": "another"}
        load(context.store, "adjustment", [{**row, "reason": "奖励", "author": "刘洋"}])
        assert points(context)[0] == ("! look", 0, "1 in all, 1 that nobody is paid")


def test_an_open_dispute_waits_everywhere_until_it_is_settled(tmp_path):
    with workspace(tmp_path) as context:
        sold(context)
        ask(context)
        ask(context, label="2026-02")
        assert points(context)[1] == ("! look", 1, "questions wait for an answer")
        assert points(context, "2026-02")[1][1] == 2
        assert [one.count for one in find_waiting(context, ()) if "Disputes" in one.what.en] == [2]
        edit(context, "dispute", "DSP-2026-01-01", ["state=rejected", "answer=不在本月"])
        assert points(context)[1] is None
        assert [one.count for one in find_waiting(context, ()) if "Disputes" in one.what.en] == [1]


def test_the_statement_of_a_closed_month_shows_what_became_of_a_dispute(tmp_path):
    with workspace(tmp_path) as context:
        sold(context)
        close_period(context, month(context))
        assert table(context, "disputes") is None
        ask(context)
        assert table(context, "disputes").rows[0][:4] == ("DSP-2026-01-01", "R9", "少计一笔 (2026-12-31)", "open")
        adjust(context, label="2026-02", dispute="DSP-2026-01-01")
        edit(context, "dispute", "DSP-2026-01-01", ["state=accepted", "answer=补计", "answered_by=刘洋"])
        (row,) = table(context, "disputes").rows
        assert row[3:] == ("accepted", "补计 (刘洋)", "ADJ-2026-02-01")


def test_what_is_settled_without_an_answer_still_waits(tmp_path):
    with workspace(tmp_path) as context:
        sold(context)
        ask(context)
        edit(context, "dispute", "DSP-2026-01-01", ["state=answered"])
        assert points(context)[1] == ("! look", 1, "questions wait for an answer")
        edit(context, "dispute", "DSP-2026-01-01", ["answer=已核对"])
        assert points(context)[1] is None


def test_a_sheet_of_settled_disputes_gives_the_answers(tmp_path):
    with workspace(tmp_path) as context:
        row = {"person": "王芳", "month": "2026-01", "question": "少计"}
        told = load(
            context.store,
            "dispute",
            [
                {"number": "D1", "state": "rejected", "answer": None, **row},
                {"number": "D2", "state": "rejected", "answer": "已核对", **row},
                {"number": "D3", "state": "withdrawn", "answer": None, **row},
            ],
        )
        assert [(one.name, one.where.cell) for one in told.notes] == [("dispute-without-answer", "B2")]


def test_disputes_of_some_people(tmp_path):
    with workspace(tmp_path) as context:
        ask(context)
        add_dispute(context, month(context, "2026-02"), DisputeRequest("赵磊", "为何为零"))
        ((first,),) = fetch_disputes(context, "2026-02").values()
        assert (first.person, first.raised_on, first.about) == ("赵磊", date(2026, 12, 31), "")
        person = next(iter(fetch_disputes(context, "2026-02")))
        assert fetch_disputes(context, "", [person]) == {person: (first,)}
