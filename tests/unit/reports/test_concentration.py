"""`report concentration`: who has a share, what has none and is said, the lines that add up, few cases."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from salescli.core.table import Facts, Ratio, Report, Table
from salescli.errors import UsageError
from salescli.reports.registry import find_report
from salescli.services.context import Context
from salescli.services.report.running import run_report
from tests.unit.reports.workspaces import company
from tests.unit.store_support import load

CUSTOMERS = [{"number": f"C{place}", "name": f"客户{place}"} for place in range(1, 6)]
RECEIPTS = [("C1", 600), ("C2", 300), ("C3", 100), ("C4", -50), ("C5", 70), ("C5", -70), (None, 25)]


def fill(store: Any) -> None:
    load(store, "customer", CUSTOMERS)
    rows = [
        {"number": f"R{place}", "date": "2026-03-10", "amount": amount} | ({"customer": customer} if customer else {})
        for place, (customer, amount) in enumerate(RECEIPTS)
    ]
    load(store, "receipt", [*rows, {"number": "R9", "date": "2026-02-10", "amount": 10, "customer": "C2"}])


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with company(tmp_path_factory.mktemp("concentration"), parts=fill) as context:
        yield context


def build(ctx: Context, **given: Any) -> Report:
    entry = find_report("concentration")
    assert entry is not None
    return run_report(ctx, entry, {"period": "2026-03", "metric": "receipts", **given})


def facts_of(report: Report) -> dict[str, Any]:
    (facts,) = (block for block in report.blocks if isinstance(block, Facts))
    return {column.key: value.exact() if isinstance(value, Ratio) else value for column, value in facts.items}


def table(report: Report, name: str) -> list[dict[str, Any]]:
    found = next(block for block in report.blocks if isinstance(block, Table) and block.name == name)
    keys = [column.key for column in found.columns]
    return [
        {key: v.exact() if isinstance(v, Ratio) else v for key, v in zip(keys, row, strict=True)} for row in found.rows
    ]


def test_shares_are_of_what_is_above_zero(ctx):
    report = build(ctx)
    facts = facts_of(report)
    assert (facts["actual"], facts["holders"]) == (Decimal(975), 3)
    assert facts["hhi"] == Fraction(36 + 9 + 1, 100)
    assert facts["gini"] == Fraction(2 * 600 - 2 * 100, 3 * 1000)
    assert (facts["holders_of_most"], facts["equivalent"]) == (2, Fraction(100, 46))
    said = " ".join(line.en for line in report.footer)
    assert "below zero, without a share: 1, together -50" in said
    assert "what reaches no customer has no share" in said and "few cases (3 of at least 10)" in said


def test_lines_add_up_and_those_without_share_say_so(ctx):
    rows = table(build(ctx, top="1"), "groups")
    assert [(row["customer"], row["value"]) for row in rows[:1]] == [("客户1", Decimal(600))]
    assert [row["share"] for row in rows] == [Fraction(3, 5), Fraction(2, 5), None, None]
    assert rows[1]["customer"].en == "2 others" and rows[2]["customer"].en == "1 below zero"
    assert sum(row["value"] for row in rows) == 975


def test_the_largest_and_what_they_were(ctx):
    rows = table(build(ctx, compare="previous"), "tops")
    assert [(row["holders"], row["held"], row["share"]) for row in rows] == [(1, Decimal(600), Fraction(3, 5))] * 4
    assert [(row["earlier_share"], row["points"]) for row in rows] == [(1, Fraction(-2, 5))] * 4
    assert facts_of(build(ctx, compare="previous"))["earlier_hhi"] == 1


def test_nothing_above_zero_has_no_shares(tmp_path: Path):
    def refunds(store: Any) -> None:
        load(store, "customer", CUSTOMERS)
        load(store, "receipt", [{"number": "R1", "date": "2026-03-10", "amount": -5, "customer": "C1"}])

    with company(tmp_path, parts=refunds) as ctx:
        report = build(ctx, explain=True, compare="last-year")
    assert facts_of(report)["holders"] == 0 and "hhi" not in facts_of(report)
    assert any("no customer is above zero" in line.en for line in report.footer)


def test_a_rate_has_no_shares(ctx):
    with pytest.raises(UsageError) as wrong:
        build(ctx, metric="win-rate")
    assert [each.name for each in wrong.value.problems] == ["report-no-shares"]
