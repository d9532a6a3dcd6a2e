"""One transaction through all components: whose it is, and every rule that keeps it out of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from salescli.services.commission.explaining import Asked, explain_period
from salescli.services.commission.running import run_commission
from salescli.services.commission.statements import show_statement
from salescli.services.context import Context
from tests.unit.services.closing import close
from tests.unit.services.crediting import crediting, seat
from tests.unit.store_support import load

COMPONENTS = """  sales: {type: rate, pays_on: receipts-gross, credit: own, rate: 10%, refunds: recompute}
  north: {type: rate, pays_on: receipts-gross, credit: own, only: {region: [华北]}, rate: 1%, refunds: recompute}
  spiff: {type: rate, pays_on: receipts-gross, credit: own, from: 2026-06-01, rate: 1%, refunds: recompute}
  deals: {type: rate, pays_on: bookings, credit: own, rate: 1%, refunds: recompute}
  team:
    type: rate
    pays_on: receipts-gross
    credit: team
    team: {depth: direct-reports, own_deals: left-out, base: gross}
    rate: 1%
    refunds: recompute
"""


def given(context: Context, receipts: int = 2) -> None:
    context.language = "en"
    load(context.store, "customer", [{"name": "甲公司", "region": "华东"}])
    load(context.store, "contract", [{"number": "C1", "owner": "王芳", "customer": "甲公司"}])
    load(context.store, "credit-split", [{"contract": "C1", "person": p, "share": "50%"} for p in ("王芳", "赵磊")])
    load(context.store, "assignment", [seat("王芳", "2025-02-01", manager="李娜")], feed="moves")
    rows = [
        {"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "1000"},
        {"number": "R2", "date": "2026-01-11", "owner": "王芳", "amount": "70", "currency": "USD"},
    ]
    load(context.store, "receipt", rows[:receipts])


def said(context: Context, transaction: str, person: str = "") -> dict[str, list[str]]:
    asked = Asked(person, "", transaction)
    report = explain_period(context, context.parse_period("2026-01"), asked).report
    return {block.name: [text for text, _ in block.lines] for block in report.blocks if hasattr(block, "numbered")}


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        ("王芳", "王芳 · north: only: its region is not 华北"),
        ("王芳", "王芳 · spiff: the component begins on 2026-06-01"),
        ("王芳", "王芳 · deals: pays on Bookings, of which this is no part"),
        ("王芳", "王芳 · team: credits what is of the people below only"),
        ("李娜", "李娜 · sales: no share of it: it is 王芳、赵磊's"),
    ],
)
def test_what_did_not_match_says_why(tmp_path: Path, person: str, wanted: str) -> None:
    with crediting(tmp_path, COMPONENTS) as context:
        given(context)
        found = said(context, "R1", person)["not-matched"]
        assert any(wanted.split(": ", 1)[1] in line and line.startswith(wanted.split(":")[0]) for line in found), found


def test_another_currency_is_a_reason(tmp_path: Path) -> None:
    with crediting(tmp_path, COMPONENTS) as context:
        given(context)
        found = said(context, "R2", "王芳")["not-matched"]
        assert any("in USD, the plan is in CNY" in line for line in found)


def test_a_credit_is_traced_for_each_who_has_it(tmp_path: Path) -> None:
    with crediting(tmp_path, COMPONENTS) as context:
        given(context)
        report = explain_period(context, context.parse_period("2026-01"), Asked("", "", "R1")).report
        titles = [block.title.en for block in report.blocks if block.name == "credit" and block.title is not None]
        assert titles == ["王芳 · 2026-01 · sales", "赵磊 · 2026-01 · sales", "李娜 · 2026-01 · team"]


def test_one_person_under_no_rule_of_zero(tmp_path: Path) -> None:
    with crediting(tmp_path, COMPONENTS) as context:
        given(context)
        asked = Asked("王芳", "north", "", why_zero=True)
        report = explain_period(context, context.parse_period("2026-01"), asked).report
        (reasons, *_) = report.blocks
        assert any("none of it within `only` (region = 华北)" in text for text, _ in reasons.lines)  # type: ignore[union-attr]
        asked = Asked("赵磊", "team", "", why_zero=True)
        report = explain_period(context, context.parse_period("2026-01"), asked).report
        assert any("the team has no" in text for text, _ in report.blocks[0].lines)  # type: ignore[union-attr]


def test_an_empty_settlement_says_why(tmp_path: Path) -> None:
    with crediting(tmp_path, COMPONENTS) as context:
        given(context, 1)
        january = context.parse_period("2026-01")
        close(context, "2026-01")
        load(context.store, "assignment", [seat("王芳", "2026-02-01")], feed="moves")
        run_commission(context, context.parse_period("2026-02"))
        empty = show_statement(context, context.parse_period("2026-02"), "赵磊").report
        (why,) = [block for block in empty.blocks if block.name == "why-zero"]
        assert any("no Receipts" in text and place for text, place in why.lines), why
        full = show_statement(context, january, "赵磊").report
        assert "why-zero" not in [block.name for block in full.blocks]
