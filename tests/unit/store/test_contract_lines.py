"""Money for a contract of several products is spread over its lines, and its refunds are."""

from dataclasses import replace

from salescli.core.metrics.model import Aggregate
from salescli.core.metrics.query import Query
from salescli.core.periods import FiscalCalendar
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from tests.unit.scorecard.sample import shipped
from tests.unit.store_support import load, new_store


def by_product(store, name="receipts", by=("product",)):
    metric = shipped().get(name)
    rows = fetch_measured(store, metric, Query(name, by), FiscalCalendar(), "2026-12-31")
    keys = dict(store.db.execute("SELECT id, key FROM entity").fetchall())
    return {keys.get(row.group[0], row.group[0]): row.value for row in rows}


def contract_store():
    store = new_store()
    load(
        store,
        "product",
        [
            {"number": "A", "name": "A", "line": "云"},
            {"number": "B", "name": "B", "line": "硬件"},
            {"number": "C", "name": "C", "line": "云"},
        ],
    )
    load(store, "contract", [{"number": "C1"}, {"number": "C2", "product": "B"}])
    lines = [("1", "A", 100), ("2", "B", 100), ("3", "C", 100)]
    rows = [
        {"order": "O1", "line": n, "product": p, "amount": a, "contract": "C1", "ordered": "2026-01-01"}
        for n, p, a in lines
    ]
    load(store, "order-line", rows)
    return store


def test_a_receipt_is_spread_in_proportion_to_the_last_ten_thousandth():
    store = contract_store()
    load(store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "100"}])
    assert by_product(store) == {"A": 333_334, "B": 333_333, "C": 333_333}
    assert by_product(store, by=("line",)) == {"云": 666_667, "硬件": 333_333}


def test_a_receipt_of_one_product_is_of_that_product():
    store = contract_store()
    rows = [
        {"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "100", "product": "B"},
        {"number": "R2", "date": "2026-01-10", "contract": "C2", "amount": "7"},
        {"number": "R3", "date": "2026-01-10", "amount": "1"},
    ]
    load(store, "receipt", rows)
    assert by_product(store) == {"B": 1_070_000, None: 10_000}


def test_refunds_go_back_to_the_products_of_their_receipt():
    store = contract_store()
    load(store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "100"}])
    load(store, "refund", [{"number": "T1", "date": "2026-01-20", "receipt": "R1", "amount": "100"}])
    assert by_product(store, "refunds") == by_product(store)


def test_allocations_are_spread_over_the_lines_of_each_contract():
    store = contract_store()
    load(store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C2", "amount": "100"}])
    load(store, "allocation", [{"receipt": "R1", "contract": "C1", "amount": "60"}])
    assert by_product(store) == {"A": 200_000, "B": 600_000, "C": 200_000}
    assert by_product(store, by=("contract",)) == {"C1": 600_000, "C2": 400_000}


def test_a_count_of_records_is_not_multiplied():
    store = contract_store()
    load(store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "100"}])
    count = replace(shipped().get("receipts"), value=Aggregate("count"), unit="count")
    (row,) = fetch_measured(store, count, Query("receipts", ()), FiscalCalendar(), "2026-12-31")
    assert row.value == 10_000


def test_lines_and_sums_agree():
    store = contract_store()
    load(store, "person", [{"name": "甲"}, {"name": "乙"}])
    load(store, "credit-split", [{"contract": "C1", "person": name, "share": "33%"} for name in ("甲", "乙")])
    load(store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "100.01"}])
    metric = shipped().get("receipts")
    lines = fetch_lines(store, metric, Query("receipts", ()), "2026-12-31")
    rows = fetch_measured(store, metric, Query("receipts", ("person",)), FiscalCalendar(), "2026-12-31")
    assert sum(line.credit for line in lines) == sum(row.value for row in rows) == 1_000_100
    assert len(lines) == 9, "three products for each of two people and the house"
