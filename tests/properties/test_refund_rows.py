"""Refunds in parts: sums by people, contracts and months are the refunds, and the lines behind them add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core.metrics.dimensions import NONE
from salescli.core.metrics.model import Aggregate, BaseMetric, Filter
from salescli.core.metrics.query import Query
from salescli.core.periods import FiscalCalendar
from salescli.core.title import Title
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from tests.unit.store_support import load, new_store

ON = "2026-12-31"
REFUNDS = BaseMetric("refunds", Title("", ""), "refund", Aggregate("sum", "amount"), "date", (), "split", "money")
FOUND = replace(REFUNDS, date="receipt.date|date", finds_receipts=True)
NET = Aggregate("sum", "net_amount")

contracts = st.sampled_from(["C1", "C2", "C3"])
days = st.dates(date(2026, 1, 1), date(2026, 4, 30)).map(date.isoformat)
amounts = st.integers(1, 900).map(str)
receipts = st.lists(
    st.fixed_dictionaries({"date": days, "amount": amounts, "contract": st.none() | contracts}), min_size=1, max_size=5
)
allocated = st.lists(st.tuples(st.integers(0, 4), contracts, st.integers(1, 60)), max_size=5, unique_by=lambda o: o[:2])
refunds = st.lists(
    st.tuples(st.none() | st.integers(0, 4), st.none() | contracts, st.integers(1, 1200), days), min_size=1, max_size=6
)


def filled(received: list[dict[str, Any]], parts: Any, back: Any, *, with_lines: bool) -> Any:
    store = new_store()
    load(store, "person", [{"name": name} for name in ("甲", "乙", "丙")])
    owners = zip(("C1", "C2", "C3"), ("甲", "乙", None), strict=True)
    load(store, "contract", [{"number": number, "owner": owner} for number, owner in owners])
    load(store, "credit-split", [{"contract": "C1", "person": name, "share": "33.3%"} for name in ("乙", "丙")])
    if with_lines:
        load(store, "product", [{"number": number} for number in ("A", "B")])
        lines = [
            {"order": "O1", "line": str(n), "product": product, "amount": n, "contract": "C1", "ordered": "2026-01-01"}
            for n, product in enumerate(("A", "B"), 1)
        ]
        load(store, "order-line", lines)
    load(store, "receipt", [{"number": f"R{n}", **row} for n, row in enumerate(received)])
    rows = [
        {"receipt": f"R{of}", "contract": contract, "amount": str(int(received[of]["amount"]) * hundredths / 100)}
        for of, contract, hundredths in parts
        if of < len(received)
    ]
    if rows:
        load(store, "allocation", rows)
    undone = [
        {
            "number": f"T{n}", "date": day, "amount": str(amount), "net_stated": str(amount - amount // 9),
            "receipt": None if of is None or of >= len(received) else f"R{of}", "contract": contract,
        }
        for n, (of, contract, amount, day) in enumerate(back)
    ]  # fmt: skip
    load(store, "refund", undone)
    return store


def sums(store: Any, metric: BaseMetric, *by: str, only: tuple[Filter, ...] = ()) -> dict[Any, int]:
    rows = fetch_measured(store, metric, Query("refunds", by, None, only), FiscalCalendar(), ON)
    return {row.group: row.value for row in rows if row.value}


@settings(deadline=None, max_examples=60)
@given(receipts, allocated, refunds, st.booleans(), st.sampled_from([REFUNDS, FOUND]), st.booleans())
def test_the_parts_of_refunds_are_the_refunds(
    received: list[dict[str, Any]], parts: Any, back: Any, with_lines: bool, metric: BaseMetric, is_net: bool
) -> None:
    store = filled(received, parts, back, with_lines=with_lines)
    whole = sum(amount - amount // 9 if is_net else amount for _, _, amount, _ in back) * 10_000
    metric = replace(metric, value=NET) if is_net else metric
    assert sum(sums(store, metric).values()) == whole
    for by in ("person", "contract", "month", "product"):
        found = sums(store, metric, by)
        assert sum(found.values()) == whole, by
        for (group,), value in found.items():
            if by in ("person", "contract"):
                wanted = NONE.en if group is None else f"#{group}"
                assert sums(store, metric, only=(Filter(by, "=", (wanted,)),)) == {(): value}, by
    lines = fetch_lines(store, metric, Query("refunds", ()), ON)
    assert sum(line.credit for line in lines) == whole
    of_people: dict[Any, int] = {}
    for line in lines:
        of_people[(line.person,)] = of_people.get((line.person,), 0) + line.credit
    assert {one: value for one, value in of_people.items() if value} == sums(store, metric, "person")
    if metric.date == "date":
        assert {line.day == line.own_day for line in lines} == {True}, "on their own days"
