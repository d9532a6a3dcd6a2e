"""`report baskets`: what an order number holds, what is left out and said, few cases, supports of both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from salescli.core.table import Facts, Ratio, Report, Table
from salescli.errors import UsageError
from salescli.reports.baskets import parse_support
from salescli.reports.registry import find_report
from salescli.services.context import Context
from salescli.services.report.running import run_report
from tests.unit.reports.workspaces import company
from tests.unit.store_support import load

ORDERS = ["茶 杯", "茶 杯", "茶 杯 壶", "茶", "壶", "壶 茶", "杯 杯"]


def fill(store: Any) -> None:
    load(
        store, "product", [{"number": name, "name": name, "line": "器" if name != "茶" else "饮"} for name in "茶杯壶"]
    )
    lines = [
        {"order": f"O{place}", "line": f"{at}", "product": name, "ordered": "2026-03-02", "quantity": 1, "amount": 10}
        for place, order in enumerate(ORDERS)
        for at, name in enumerate(order.split())
    ]
    other = {"order": "O0", "ordered": "2026-03-09", "quantity": 1, "amount": 10}
    returned = other | {"line": "r", "product": "壶", "amount": -10}
    earlier = other | {"order": "P", "line": "1", "product": "壶", "ordered": "2026-02-09"}
    load(store, "order-line", [*lines, other | {"line": "n"}, returned, earlier])


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with company(tmp_path_factory.mktemp("baskets"), parts=fill) as context:
        yield context


def build(ctx: Context, **given: Any) -> Report:
    entry = find_report("baskets")
    assert entry is not None
    return run_report(ctx, entry, {"period": "2026-03", **given})


def pairs_of(report: Report) -> list[tuple[Any, ...]]:
    (table,) = (block for block in report.blocks if isinstance(block, Table))
    return [tuple(cell.exact() if isinstance(cell, Ratio) else cell for cell in row) for row in table.rows]


def facts_of(report: Report) -> dict[str, Any]:
    (facts,) = (block for block in report.blocks if isinstance(block, Facts))
    return {column.key: value for column, value in facts.items}


def test_pairs_of_orders(ctx):
    report = build(ctx)
    facts = facts_of(report)
    assert (facts["orders"], facts["several"], facts["items"], facts["least"], facts["pairs"]) == (7, 4, 3, 2, 2)
    first, second = pairs_of(report)
    assert {first[0], first[1]} == {"茶", "杯"}
    both, back = (first[4], first[5]) if first[0] == "茶" else (first[5], first[4])
    assert (first[2], first[3], both, back, first[6]) == (
        3, Fraction(3, 7), Fraction(3, 5), Fraction(3, 4), Fraction(21, 20),
    )  # fmt: skip
    assert {second[0], second[1]} == {"茶", "壶"} and second[6] == Fraction(14, 15)
    assert first[7].en == "few cases (3)"


def test_what_is_left_out_is_said(ctx):
    said = " · ".join(line.en for line in build(ctx).footer)
    assert "lines that take something back are left out: 1" in said
    assert "lines without product are left out: 1" in said
    assert "pairs in fewer than 10 orders may well be chance" in said


def test_by_line(ctx):
    (pair,) = pairs_of(build(ctx, by="line"))
    assert {pair[0], pair[1]} == {"器", "饮"} and (pair[2], pair[6]) == (4, Fraction(4 * 7, 5 * 6))


def test_no_pair_says_which_comes_nearest(ctx):
    report = build(ctx, min_support="50%")
    (table,) = (block for block in report.blocks if isinstance(block, Table))
    assert not table.rows and table.empty is not None
    assert "no pair is in at least 4 orders" in table.empty.en and "in 3 (try --min-support 3)" in table.empty.en


@pytest.mark.parametrize(
    ("text", "support"), [("5", 5), ("0.5%", Fraction(1, 200)), ("100 %", 1), ("2", 2), ("1%", Fraction(1, 100))]
)
def test_a_support_is_a_count_or_a_share(text, support):
    assert parse_support(text) == support


@pytest.mark.parametrize("text", ["0", "1", "2.5", "-3", "0%", "101%", "few", "", "1%%"])
def test_what_is_no_support_is_refused(ctx, text):
    with pytest.raises(UsageError) as wrong:
        parse_support(text)
    assert [each.name for each in wrong.value.problems] == ["report-bad-support"]
    if text:
        with pytest.raises(UsageError):
            build(ctx, min_support=text)


def test_formulas_carry_their_numbers(ctx):
    trace = build(ctx, explain=True).blocks[-1]
    assert "3 × 7 ÷ (" in str(trace)
