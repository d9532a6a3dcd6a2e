"""`commission diff`: two plans over records; its sums, the rules' parts and the transactions named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Facts, Report, Table
from salescli.errors import Refused, UsageError
from salescli.services.commission.closing import close_period
from salescli.services.commission.diffing import DiffAsked, diff_plans
from salescli.services.context import Context, open_context
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

PLAN = """format: 1
plan: {name}
title: {{zh: 小方案, en: Small plan}}
for: {{role: rep}}
from: {year}-01-01
through: {year}-12-31
currency: CNY
pay: monthly
part_period: nothing-scaled
components:
  sales:
    type: tiered
    pays_on: receipts
    credit: own
    adds_up_over: year
    tier_by: amount
    apply: slice-by-slice
    tiers:
      - from 0: 1%
      - from 1,000: 2%
      - from 2,000: 3%
    refunds: recompute
    at_most: 100
  flat: {{type: rate, pays_on: receipts, credit: own, rate: 1%, refunds: recompute}}
payout: {{below_zero: carry, round_to: 0.01}}
"""
RECEIPTS = [
    {"number": "A1", "date": "2025-01-10", "owner": "Ann", "amount": 900},
    {"number": "A2", "date": "2025-02-10", "owner": "Ann", "amount": 600},
    {"number": "A3", "date": "2025-02-11", "owner": "Ann", "amount": 200},
    {"number": "A4", "date": "2025-06-10", "owner": "Ann", "amount": 1300},
    {"number": "B1", "date": "2025-03-10", "owner": "Bob", "amount": 800},
    {"number": "C1", "date": "2025-05-10", "owner": "Cid", "amount": 1000},
]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    workspace = create_workspace(tmp_path, "test", "CNY", "en")
    with open_context(workspace, today=date(2026, 4, 5), create=True) as context:
        load(context.store, "team", [{"name": "North"}])
        people = [{"number": str(at + 1), "name": name} for at, name in enumerate(("Ann", "Bob", "Cid"))]
        load(context.store, "person", people)
        rows = [{"person": one["number"], "from": "2024-01-01", "team": "North", "role": "rep"} for one in people]
        load(context.store, "assignment", rows)
        load(context.store, "receipt", RECEIPTS)
        write(context, "one", 2025)
        yield context


def write(context: Context, name: str, year: int, *changes: tuple[str, str]) -> None:
    text = PLAN.format(name=name, year=year)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (context.workspace.config / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")


def diff(context: Context, **asked: Any) -> Report:
    return diff_plans(context, DiffAsked(**asked))[0]


def table(report: Report, name: str) -> Table:
    return next(one for one in report.blocks if isinstance(one, Table) and one.name == name)


def facts(report: Report) -> dict[str, Any]:
    found = next(one for one in report.blocks if isinstance(one, Facts))
    return {column.key: value for column, value in found.items}


def moved(report: Report) -> dict[tuple[str, str], Decimal]:
    return {(row[1], row[2].en): row[5] for row in table(report, "people").rows}


def check_adds_up(report: Report) -> None:
    """The rules' parts and the transactions both add up to each person's difference."""
    parts: dict[tuple[str, str], Decimal] = {}
    lines: dict[tuple[str, str], Decimal] = {}
    for rule in report.data["parts"]:
        for one in rule["parts"]:
            key = (one["person"], one["component"])
            parts[key] = parts.get(key, Decimal(0)) + Decimal(one["difference"])
    for one in report.data["lines"]:
        key = (one["person"], one["component"])
        lines[key] = lines.get(key, Decimal(0)) + Decimal(one["b"]) - Decimal(one["a"])
    drawn = {key for key in parts if key[1].startswith("(")}
    assert {key: one for key, one in parts.items() if one and key not in drawn} == {
        key: one for key, one in lines.items() if one
    }
    assert sum(parts.values()) == facts(report)["difference"]


def test_plan_and_itself_differ_in_nothing(context: Context) -> None:
    report = diff(context, one="one", other="one", over="2025")
    assert report.blocks == ()
    assert "nobody's pay differs" in report.title.en


def test_another_name_and_year_with_the_same_rules_differ_in_nothing(context: Context) -> None:
    write(context, "two", 2026)
    report = diff(context, one="one", other="two", over="2025")
    assert facts(report)["difference"] == 0
    assert table(report, "rules").rows == ()
    assert report.data == {"parts": [], "lines": []}


def test_changed_tier_names_exactly_the_people_and_transactions_whose_pay_moves(context: Context) -> None:
    write(context, "two", 2025, ("from 1,000: 2%", "from 1,000: 2.5%"))
    report = diff(context, one="one", other="two", over="2025", rows=True)
    # Ann passes 1,000 in February: 700 × 0.5 % on A2 and A3; June: 300 × 0.5 % on A4.
    # Bob stays below, and Cid's 1,000 are exactly the slice below the threshold.
    assert moved(report) == {("Ann", "sales"): Decimal("5.00")}
    lines = {row[2]: row[7] for row in table(report, "transactions").rows}
    assert lines == {"A2": Decimal("2.63"), "A3": Decimal("0.87"), "A4": Decimal("1.50")}
    (rule,) = table(report, "rules").rows
    assert [str(one) for one in rule[1:6]] == ["2%", "2.5%", "20", "20", "1"]
    (part,) = report.data["parts"]
    assert part["a"][0]["place"] == "config/plans/one.yaml:20"
    check_adds_up(report)
    found = facts(report)
    assert (found["winners"], found["won"], found["losers"], found["same"]) == (1, Decimal("5.00"), 0, 2)


def test_each_rule_has_its_part_in_the_order_of_the_file(context: Context) -> None:
    changes = (("from 0: 1%", "from 0: 2%"), ("at_most: 100", "at_most: 40"), ("rate: 1%", "rate: 0.5%"))
    write(context, "two", 2025, *changes)
    report = diff(context, one="one", other="two", over="2025")
    # sales: Ann 10 + 20 + 30 = 60; the tier makes 70, and the cap leaves 40
    by_rule = {row[0].en: row[6] for row in table(report, "rules").rows}
    assert by_rule == {
        "sales: tier from 0": Decimal("28.00"),  # Ann 10, Bob 8, Cid 10
        "sales: cap": Decimal("-30.00"),
        "flat: rate": Decimal("-24.00"),  # 4,800 × 0.5 %
    }
    check_adds_up(report)


def test_rules_that_make_no_plan_alone_are_switched_together(context: Context) -> None:
    write(
        context, "two", 2025,
        ("apply: slice-by-slice", "apply: straight-line\n    beyond: flat"),
        ("- from 0: 1%", "- at 0: 0"), ("- from 1,000: 2%", "- at 1,000: 20"), ("- from 2,000: 3%", "- at 2,000: 45"),
    )  # fmt: skip
    report = diff(context, one="one", other="two", over="2025")
    assert any(row[0].en.startswith("  with the above") for row in table(report, "rules").rows)
    check_adds_up(report)


def test_component_more_and_a_narrower_audience(context: Context) -> None:
    extra = "payout:", "  more: {type: rate, pays_on: receipts, credit: own, rate: 2%, refunds: recompute}\npayout:"
    write(context, "two", 2025, ("{role: rep}", "{people: [Ann, Bob]}"), extra)
    report = diff(context, one="one", other="two", over="2025")
    by_rule = {row[0].en: row[6] for row in table(report, "rules").rows}
    assert by_rule == {
        "whose plan it is": Decimal("-20.00"),  # Cid's 10 and 10
        "more: the whole component": Decimal("76.00"),  # 3,800 × 2 %
    }
    assert facts(report)["losers"] == 1
    check_adds_up(report)


def test_months_that_are_asked_for_alone_are_compared_with_what_came_before_them(context: Context) -> None:
    write(context, "two", 2025, ("from 1,000: 2%", "from 1,000: 2.5%"))
    report = diff(context, one="one", other="two", over="2025-Q2")
    assert moved(report) == {("Ann", "sales"): Decimal("1.50")}


def test_guarantee_is_a_cost_of_its_own(context: Context) -> None:
    write(context, "two", 2025, ("payout: {", "payout: {draw: {tops_up_to: 10, recover: nothing}, "))
    report = diff(context, one="one", other="two", over="2025")
    assert {key[1] for key in moved(report)} == {"Draw and deductions"}
    (rule,) = table(report, "rules").rows
    assert rule[0].en == "draw"
    # twelve months topped up to 10: Bob's March pays 16, Cid's May 20, Ann's January 18, February 28, June 46
    assert facts(report)["difference"] == Decimal(10 * (11 + 11 + 9))


def test_text_of_a_closed_run_beside_the_file_of_today(context: Context) -> None:
    write(context, "three", 2026)
    (context.workspace.config / "plans" / "one.yaml").unlink()
    load(context.store, "receipt", [{"number": "A9", "date": "2026-01-10", "owner": "Ann", "amount": 500}])
    close_period(context, context.parse_period("2026-01"))
    asked = {"one": "three", "used_in": "2026-01"}
    assert diff(context, **asked).blocks == ()
    write(context, "three", 2026, ("from 0: 1%", "from 0: 3%"))
    report = diff(context, **asked)
    assert moved(report) == {("Ann", "sales"): Decimal("10.00")}
    assert "as run #" in facts(report)["a"].en
    check_adds_up(report)


def test_what_cannot_be_compared_is_said(context: Context) -> None:
    write(context, "usd", 2025, ("currency: CNY", "currency: USD"))
    for asked, name in (
        ({"one": "one"}, "diff-two-plans"),
        ({"one": "one", "other": "one", "used_in": "2025-01"}, "diff-two-plans"),
        ({"one": "one", "other": "nobody"}, "unknown-plan"),
    ):
        with pytest.raises(UsageError) as caught:
            diff(context, **asked)
        assert caught.value.problems[0].name == name
    write(context, "two", 2025, ("from 0: 1%", "from 0: 3%"))
    for asked, name in (
        ({"one": "one", "other": "usd"}, "diff-two-currencies"),
        ({"one": "one", "other": "two", "over": "2026-05"}, "diff-no-months"),
        ({"one": "one", "used_in": "2025-01"}, "no-run"),
    ):
        with pytest.raises(Refused) as refused:
            diff(context, **asked)
        assert refused.value.problems[0].name == name
