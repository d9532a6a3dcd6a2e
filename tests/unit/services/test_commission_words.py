"""What a run says where a plain reading would be untrue: other currencies, months never closed, leavers' receipts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from salescli.core.table import Prose, Table
from salescli.reports.commission.register import NOBODY, NOTHING
from salescli.services.commission.checking import check_period
from salescli.services.commission.explaining import Asked, explain_period
from salescli.services.commission.opening import open_month
from salescli.services.commission.showing import run_period
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from tests.unit.services.test_commission_beyond import PLAN
from tests.unit.store_support import load


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    workspace = create_workspace(tmp_path, "test", "CNY", "en")
    text = PLAN.format(name="small", year="2026")
    (workspace.config / "plans" / "small.yaml").write_text(text, encoding="utf-8")
    with open_context(workspace, today=date(2026, 5, 1), language="en", create=True) as context:
        yield context


def seat(context: Context, **leaving: str) -> None:
    load(context.store, "person", [{"name": "甲", "joined": "2025-01-01", **leaving}])
    load(context.store, "assignment", [{"person": "甲", "from": "2025-01-01", "role": "销售"}])


def receipts(context: Context, *rows: tuple[str, str, str]) -> None:
    keys = ("number", "date", "amount")
    found = [{**dict(zip(keys, row, strict=True)), "owner": "甲"} for row in rows]
    load(context.store, "receipt", found, feed=rows[0][0])


def notes(context: Context, month: str) -> list[str]:
    shown = run_period(context, context.parse_period(month))
    return [line for block in shown.report.blocks if isinstance(block, Prose) for line, _ in block.lines]


def people(context: Context, month: str) -> Table:
    block = run_period(context, context.parse_period(month)).report.blocks[0]
    assert isinstance(block, Table)
    return block


def test_credits_in_another_currency_are_not_called_none(context):
    assert people(context, "2026-01").empty == NOBODY, "nobody at all"
    seat(context)
    row = {"number": "R1", "date": "2026-01-05", "amount": "1000", "owner": "甲", "currency": "USD"}
    load(context.store, "receipt", [row])
    assert "no CNY credits in this period: 甲" in notes(context, "2026-01")
    table = people(context, "2026-01")
    assert (table.rows, table.empty) == ((), NOTHING), "甲 is on the plan; the table does not deny it"


def test_a_month_never_closed_was_not_posted_before(context):
    seat(context)
    receipts(context, ("R1", "2026-01-05", "1000"), ("R2", "2026-02-05", "500"), ("R3", "2026-03-05", "300"))
    open_month(context, context.parse_period("2026-01"), None)
    period = context.parse_period("2026-03")
    tables = {one.name: one for one in run_period(context, period).report.blocks if isinstance(one, Table)}
    assert [row[-1] for row in tables["differences"].rows] == ["nothing was posted for it before"] * 2


def test_what_comes_after_somebodys_last_day_is_listed(context):
    seat(context, left="2026-02-10")
    receipts(context, ("R1", "2026-02-05", "1000"), ("R2", "2026-02-20", "500"), ("R3", "2026-03-05", "300"))
    assert "甲: credits after the last day, 500.00 to date, are not counted" in notes(context, "2026-02")
    assert "甲: credits after the last day, 800.00 to date, are not counted" in notes(context, "2026-03")
    found = notes(context, "2026-03")
    assert not [said for said in found if said.startswith("no CNY credits")], "甲 has credits: too late"
    checked = check_period(context, context.parse_period("2026-03"))
    assert "credits after the last day, 800.00 to date, are not counted" in str(checked)


def test_english_sentences_are_english(context):
    seat(context)
    load(context.store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "1000"}])
    assert "1 receipt without a claim, 1,000.00 CNY, is in nobody's credit" in notes(context, "2026-01")
    explained = explain_period(context, context.parse_period("2026-01"), Asked("甲", why_zero=True))
    said = [line for block in explained.report.blocks if isinstance(block, Prose) for line, _ in block.lines]
    assert "sales: no Receipts of theirs in this period" in said
