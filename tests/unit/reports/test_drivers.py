"""`report drivers`: parts that add up to the change to the last ten-thousandth, on every screen they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.table import Ratio, Report, Table
from salescli.errors import UsageError
from salescli.reports.registry import find_report
from salescli.services.context import Context
from salescli.services.report.running import run_report
from tests.unit.reports.workspaces import company, deals
from tests.unit.store_support import load

PRODUCTS = [{"number": f"P{place}", "name": f"产品{place}"} for place in range(1, 6)]
LINES = [
    ("2026-02", "P1", 10, "1000"), ("2026-03", "P1", 14, "1610.0001"), ("2026-02", "P2", 7, "333.33"),
    ("2026-03", "P2", 3, "100"), ("2026-02", "P3", 1, "50"), ("2026-03", "P4", 2, "90"),
    ("2026-02", "P5", 0, "20"), ("2026-03", "P5", 0, "25"),
]  # fmt: skip


def orders(lines: list[tuple[str, str, int, str]]) -> list[dict[str, Any]]:
    return [
        {"order": f"O{place}", "line": "1", "ordered": f"{month}-28", "product": product, "quantity": quantity}
        | {"amount": amount}
        for place, (month, product, quantity, amount) in enumerate(lines)
    ]


def fill(store: Any) -> None:
    load(store, "product", PRODUCTS)
    load(store, "person", [{"number": "01", "name": "王芳"}, {"number": "02", "name": "赵磊"}])
    load(store, "order-line", orders(LINES))
    load(store, "deal", deals())
    load(
        store,
        "deal",
        [
            {"number": f"E{place}", "name": "x", "owner": "01", "amount": 1, "stage": stage, "created": "2026-01-05"}
            | {"closed": "2026-02-10"}
            for place, stage in enumerate(["赢单", "输单", "赢单"])
        ],
    )


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with company(tmp_path_factory.mktemp("drivers"), parts=fill) as context:
        yield context


def build(ctx: Context, **given: Any) -> Report:
    entry = find_report("drivers")
    assert entry is not None
    return run_report(ctx, entry, {"period": "2026-03", "metric": "order-sales", **given})


def table(report: Report, name: str) -> Table:
    return next(block for block in report.blocks if isinstance(block, Table) and block.name == name)


def plain(value: Any) -> Any:
    return value.exact() if isinstance(value, Ratio) else value


def bridge_of(report: Report) -> tuple[list[Any], Any]:
    found = table(report, "bridge")
    assert found.total is not None
    return [plain(row[1]) for row in found.rows], plain(found.total[1])


def check_sums(report: Report) -> None:
    """The bridge leads from the one figure to the other; each line's parts are its change; each column adds up."""
    steps, end = bridge_of(report)
    assert sum(steps) == end
    groups = table(report, "groups")
    keys = [column.key for column in groups.columns]
    parts = [key for key in ("volume", "price", "mix", "other", "exchange", "within", "between") if key in keys]
    assert groups.total is not None
    for row in (*groups.rows, groups.total):
        cells = dict(zip(keys, map(plain, row), strict=True))
        if parts and cells["change"] is not None:
            assert sum(cells[part] for part in parts) == cells["change"]
        if isinstance(cells["value"], Decimal):
            assert cells["value"] - cells["earlier"] == cells["change"]
    for place, key in enumerate(keys):
        if key in ("change", *parts):
            assert sum(plain(row[place]) for row in groups.rows) == plain(groups.total[place])


@pytest.mark.parametrize("top", ["1", "2", "10"])
def test_sales_add_up_to_the_last_ten_thousandth(ctx, top):
    report = build(ctx, top=top)
    check_sums(report)
    steps, end = bridge_of(report)
    assert (steps[0], end) == (Decimal("1403.33"), Decimal("1825.0001"))
    assert all(Fraction(step) * 10_000 % 1 == 0 for step in steps)
    words = {row[0].en: row[1] for row in table(report, "bridge").rows}
    assert (words["New (1)"], words["Gone (1)"], words["No quantity, no price (1)"]) == (90, -50, 5)


def test_prices_alone_have_no_volume(tmp_path: Path):
    lines = [
        ("2026-02", "P1", 4, "40"),
        ("2026-03", "P1", 4, "60"),
        ("2026-02", "P2", 2, "9"),
        ("2026-03", "P2", 2, "9"),
    ]

    def fill_prices(store: Any) -> None:
        load(store, "product", PRODUCTS)
        load(store, "order-line", orders(lines))

    with company(tmp_path, parts=fill_prices) as ctx:
        report = build(ctx)
    assert bridge_of(report)[0] == [49, 0, 20, 0]


def test_quantities_of_other_currencies_are_left_out_with_their_amounts(tmp_path: Path):
    def fill_currencies(store: Any) -> None:
        load(store, "product", PRODUCTS)
        own = orders([("2026-02", "P1", 4, "40"), ("2026-03", "P1", 4, "60")])
        load(store, "order-line", [*own, own[1] | {"order": "F", "quantity": 96, "currency": "USD"}])

    with company(tmp_path, parts=fill_currencies) as ctx:
        assert bridge_of(build(ctx)) == ([40, 0, 20, 0], 60)


def test_rates_alone_are_exchange(tmp_path: Path):
    def fill_rates(store: Any) -> None:
        load(store, "product", PRODUCTS)
        own = orders([("2026-02", "P1", 4, "100"), ("2026-03", "P1", 4, "100"), ("2026-03", "P2", 1, "10")])
        load(store, "order-line", [one | {"currency": "USD"} for one in own])
        rates = [("2026-02-01", "7.00"), ("2026-03-01", "7.20")]
        load(store, "fx-rate", [{"date": day, "base": "USD", "quote": "CNY", "rate": rate} for day, rate in rates])

    with company(tmp_path, parts=fill_rates) as ctx:
        report = build(ctx, currency="CNY", explain=True)
    check_sums(report)
    words = {row[0].en: row[1] for row in table(report, "bridge").rows}
    assert words == {
        "Before": 700, "Volume: all quantities": 0, "Price of each": 0, "Mix: shift between dear and cheap": 0,
        "New (1)": 72, "Exchange": 20,
    }  # fmt: skip


def test_what_has_no_quantities_is_taken_apart_by_group(ctx):
    report = build(ctx, metric="won-value", by="person")
    check_sums(report)
    assert [column.key for column in table(report, "groups").columns] == [
        "person", "change", "of_earlier", "earlier", "value",
    ]  # fmt: skip
    assert any("not split into volume and price" in line.en for line in report.footer)


def test_a_rate_moves_within_and_between(ctx):
    report = build(ctx, metric="win-rate", by="person", explain=True)
    check_sums(report)
    check_sums(build(ctx, metric="win-rate", by="person", top="1"))
    assert any("2 of 2 groups have fewer than 10 cases" in line.en for line in report.footer)
    steps, end = bridge_of(report)
    assert (steps[0], end) == (Fraction(2, 3), Fraction(6, 11))


def test_before_the_first_record_is_unknown_not_zero(ctx):
    report = build(ctx, period="2026-03-16", compare="last-year", metric="won-value", by="person")
    assert "nothing to compare with in 2025-03-16" in str(table(report, "bridge").empty)


@pytest.mark.parametrize("metric", ["customers-served", "deals-open"])
def test_what_has_no_parts_is_refused(ctx, metric):
    with pytest.raises(UsageError) as wrong:
        build(ctx, metric=metric, by="person")
    assert [each.name for each in wrong.value.problems] == ["report-no-drivers"]


SOLD = st.lists(
    st.tuples(
        st.sampled_from(["2026-02", "2026-03"]),
        st.sampled_from([one["number"] for one in PRODUCTS]),
        st.integers(-2, 9),
        st.integers(-20_000, 2_000_000).map(lambda one: str(Decimal(one).scaleb(-4))),
    ),
    min_size=2,
    max_size=12,
)


@settings(max_examples=25)
@given(SOLD, st.integers(1, 4))
def test_whatever_was_sold_the_parts_add_up(tmp_path_factory, lines, top):
    def fill_lines(store: Any) -> None:
        load(store, "product", PRODUCTS)
        load(store, "order-line", orders(lines))

    with company(tmp_path_factory.mktemp("sold"), parts=fill_lines) as ctx:
        report = build(ctx, top=str(top))
    if table(report, "bridge").rows:
        check_sums(report)
    else:
        assert len({month for month, *_ in lines}) == 1
