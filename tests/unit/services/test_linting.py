"""`commission lint` and `curve` over records: who is on which plan, which year is computed again, splits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.commission.curve_facts import Assumed
from salescli.core.table import Table, Value
from salescli.errors import Refused, UsageError
from salescli.services.commission.closing import close_period
from salescli.services.commission.curve_flags import CurveAsked
from salescli.services.commission.curving import find_plan, show_curve
from salescli.services.commission.lint_history import fetch_history, typical_of
from salescli.services.commission.linting import lint_plans
from salescli.services.commission.opening import open_month
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

PLAN = """format: 1
plan: {name}
title: {{zh: 小方案, en: Small plan}}
for: {{role: [rep, hunter]}}
from: {year}-01-01
through: {year}-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales: {{type: rate, pays_on: receipts, credit: own, rate: 10%, refunds: recompute}}
payout: {{below_zero: carry, round_to: 0.01}}
"""
BY_QUOTA = """
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: year
    tier_by: {attainment_of: receipts, of: own, quota: full-window}
    apply: slice-by-slice
    tiers: [from 0%: 10%, from 100%: 20%]
    when_quota_is_zero: nothing
    when_quota_changes: from-then-on
    refunds: recompute
"""


RECEIPTS = [
    {"number": "R1", "date": "2025-02-10", "owner": "Ann", "amount": 1000},
    {"number": "R2", "date": "2025-05-10", "owner": "Bob", "amount": 300},
    {"number": "R3", "date": "2026-01-10", "owner": "Ann", "amount": 500},
]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    workspace = create_workspace(tmp_path, "test", "CNY", "en")
    with open_context(workspace, today=date(2026, 4, 5), create=True) as context:
        load(context.store, "team", [{"name": "North"}])
        load(context.store, "person", [{"number": "1", "name": "Ann"}, {"number": "2", "name": "Bob"}])
        seats = [("1", "rep"), ("2", "hunter")]
        rows = [{"person": one, "from": "2024-01-01", "team": "North", "role": role} for one, role in seats]
        load(context.store, "assignment", rows)
        load(context.store, "receipt", RECEIPTS)
        write(context, "sales-2026", 2026)
        yield context


def write(context: Context, name: str, year: int, **changes: str) -> None:
    text = PLAN.format(name=name, year=year)
    for old, new in changes.items():
        text = text.replace(old, new)
    (context.workspace.config / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")


def by_quota(context: Context) -> None:
    head, _, tail = PLAN.format(name="sales-2026", year=2026).partition("  sales: {")
    text = f"{head}  sales:{BY_QUOTA}{tail[tail.index('payout') :]}"
    (context.workspace.config / "plans" / "sales-2026.yaml").write_text(text, encoding="utf-8")
    months = [f"2026-{month:02}" for month in range(1, 13)]
    rows = [
        {"person": one, "metric": "receipts", "month": month, "amount": amount}
        for one, amount in (("1", 50), ("2", 100))
        for month in months
    ]
    load(context.store, "target", rows)


def names(context: Context, plan: str = "") -> list[str]:
    return sorted(one.name for one in lint_plans(context, plan).problems)


def test_a_sound_workspace_has_notes_only(context: Context) -> None:
    assert names(context) == ["lint-rules-without-case", "lint-worst-month"]


def test_people_on_no_plan(context: Context) -> None:
    write(context, "sales-2026", 2026, **{"[rep, hunter]": "hunter"})
    (found,) = [one for one in lint_plans(context).problems if one.name == "lint-no-plan"]
    assert (found.values["person"], found.values["amount"]) == ("Ann", "500.00 CNY")
    assert "lint-no-plan" not in names(context, "sales-2026")  # one plan alone does not know of the others


def test_people_on_two_plans(context: Context) -> None:
    write(context, "second", 2026, **{"[rep, hunter]": "rep", "2026-01-01": "2026-06-01"})
    (found,) = [one for one in lint_plans(context).problems if one.name == "lint-two-plans"]
    assert (found.values["person"], found.values["start"]) == ("Ann", date(2026, 6, 1))
    write(context, "second", 2026, **{"[rep, hunter]": "rep", "credit: own": "credit: own, only: {channel: a}"})
    write(context, "sales-2026", 2026, **{"credit: own": "credit: own, only: {channel: b}"})
    assert "lint-two-plans" not in names(context)  # no credit passes both filters


def test_splits_below_the_whole(context: Context) -> None:
    load(context.store, "contract", [{"number": "C1", "owner": "Ann", "amount": 200}])
    load(context.store, "credit-split", [{"contract": "C1", "person": "1", "share": "60%"}])
    (found,) = [one for one in lint_plans(context).problems if one.name == "lint-split-not-whole"]
    assert (found.values["record"], found.values["share"], found.values["rest"]) == ("C1", "60 %", "80.00 CNY")
    load(context.store, "credit-split", [{"contract": "C1", "person": "2", "share": "40%"}])
    assert "lint-split-not-whole" not in names(context)


def test_the_year_before_the_plan_is_computed_again(context: Context) -> None:
    history = fetch_history(context, find_plan(context, "sales-2026"))
    assert history is not None
    assert (history.window, [one.person for one in history.people]) == ("2025-02..2025-12", ["Ann", "Bob"])
    assert history.people[0].earned == {date(2025, 2, 1): Decimal(100)}
    assert [len(past.results) for past in history.people] == [1, 1]  # the year's end says all


def test_closed_months_do_not_change_what_is_found(context: Context) -> None:
    before = [one.values for one in lint_plans(context).problems]
    open_month(context, context.parse_period("2026-01"), None)
    close_period(context, context.parse_period("2026-01"))
    assert [one.values for one in lint_plans(context).problems] == before


def test_a_year_without_quotas_has_those_of_the_plan(context: Context) -> None:
    by_quota(context)
    history = fetch_history(context, find_plan(context, "sales-2026"))
    assert history is not None
    assert history.people[0].own["sales"][date(2025, 2, 1)] == Decimal(600) * Decimal("0.1") + Decimal(400) * Decimal(
        "0.2"
    )
    assert typical_of(history) == Assumed(Decimal(600))


def test_without_records_nothing_is_computed_again(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path, "empty", "CNY", "en")
    with open_context(workspace, today=date(2026, 4, 5), create=True) as context:
        write(context, "sales-2026", 2026)
        done = lint_plans(context)
    assert [one.name for one in done.problems] == ["lint-rules-without-case"]
    assert done.report.data["findings"]


def rows(context: Context, **asked: Any) -> dict[str, tuple[tuple[Value, ...], ...]]:
    report = show_curve(context, CurveAsked("sales-2026", **asked))
    return {block.name: block.rows for block in report.blocks if isinstance(block, Table)}


def test_somebodys_own_curve_and_what_is_lacking(context: Context) -> None:
    by_quota(context)
    curve = rows(context, person="Ann", last="1,200", step="600")["curve"]
    assert [row[2] for row in curve] == [Decimal(0), Decimal(60), Decimal(180)]
    (ahead,) = rows(context, person="Ann", to_next_tier=True)["next-tier"]
    assert (ahead[1], ahead[3], ahead[4], ahead[5]) == (Decimal(500), Decimal(600), Decimal(100), Decimal(50))
    open_month(context, context.parse_period("2026-01"), None)
    close_period(context, context.parse_period("2026-01"))
    assert rows(context, person="Ann", to_next_tier=True)["next-tier"] == (ahead,)


def test_a_curve_says_what_it_needs(context: Context) -> None:
    by_quota(context)
    with pytest.raises(UsageError) as raised:
        rows(context)
    assert raised.value.problems[0].name == "curve-needs"
    assert rows(context, quota="600", last="600", step="600")["curve"][1][2] == Decimal(60)


def test_a_fixed_bonus_has_no_curve(context: Context) -> None:
    rate = "type: rate, pays_on: receipts, credit: own, rate: 10%, refunds: recompute"
    write(context, "sales-2026", 2026, **{rate: "type: bonus, amount: 500, adds_up_over: year"})
    with pytest.raises(Refused) as raised:
        rows(context)
    assert raised.value.problems[0].name == "curve-without-position"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"quota": "-5"}, "curve-not-above-zero"),
        ({"quota": "0"}, "curve-not-above-zero"),
        ({"quota": "x"}, "bad-amount"),
        ({"unit_value": "5"}, "curve-not-read"),
        ({"target_incentive": "5"}, "curve-not-read"),
        ({"grade": "A"}, "curve-not-read"),
        ({"first": "10", "last": "5"}, "curve-range"),
        ({"step": "-1"}, "curve-step"),
        ({"first": "0", "last": "9亿", "step": "0.01"}, "curve-too-long"),
        ({"component": "sale"}, "no-such-component"),
        ({"person": "Nobody"}, "unknown-record"),
    ],
)
def test_what_is_typed_is_looked_at(context: Context, asked: dict[str, str], name: str) -> None:
    by_quota(context)
    with pytest.raises(UsageError) as raised:
        rows(context, **{"quota": "600", **asked})
    assert raised.value.problems[0].name == name


def test_a_quota_that_no_component_reads_is_said(context: Context) -> None:
    with pytest.raises(UsageError) as raised:
        rows(context, quota="600")
    assert raised.value.problems[0].name == "curve-not-read"


def test_a_grade_is_one_of_the_table(context: Context) -> None:
    graded = (
        "refunds: recompute, times: [{grade_from: kpi, over: quarter, which: same-quarter, until_known: 1.0, "
        "once_known: true-up, without_grade: 1.0, table: {A: 1.5}}]"
    )
    write(context, "sales-2026", 2026, **{"refunds: recompute": graded})
    with pytest.raises(UsageError) as raised:
        rows(context, grade="B")
    assert raised.value.problems[0].name == "curve-grade"
    assert rows(context, grade="A", last="100", step="100")["curve"][1][1] == Decimal(15)
