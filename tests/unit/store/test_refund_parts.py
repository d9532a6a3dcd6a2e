"""Refunds follow what their receipt was allocated to, wherever money is added up."""

from dataclasses import replace
from datetime import date

from salescli.core.metrics.model import Aggregate
from salescli.core.metrics.query import Query
from salescli.core.periods import FiscalCalendar, Period
from salescli.store.collected import fetch_collected
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from tests.unit.scorecard.sample import shipped
from tests.unit.store.test_contract_lines import contract_store
from tests.unit.store_support import load, new_store

ON = "2026-12-31"


def refunds(store, *by, **given):
    metric = replace(shipped().get("refunds"), **given)
    rows = fetch_measured(store, metric, Query("refunds", by), FiscalCalendar(), ON)
    keys = dict(store.db.execute("SELECT id, key FROM entity").fetchall())
    return {tuple(keys.get(one, one) for one in row.group): row.value // 10_000 for row in rows}


def allocated_store():
    store = new_store()
    load(store, "person", [{"name": name} for name in ("甲", "乙")])
    load(store, "contract", [{"number": "C1", "owner": "甲"}, {"number": "C2", "owner": "乙"}])
    load(store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": "1000"}])
    rows = [{"receipt": "R1", "contract": "C1", "amount": "400"}, {"receipt": "R1", "contract": "C2", "amount": "600"}]
    load(store, "allocation", rows)
    return store


def refund(store, number="T1", date="2026-02-10", amount="500", **more):
    load(store, "refund", [{"number": number, "date": date, "amount": amount, **more}], feed=number)


def test_a_refund_of_an_allocated_receipt_is_of_its_contracts_and_people():
    store = allocated_store()
    refund(store, receipt="R1")
    assert refunds(store, "contract") == {("C1",): 200, ("C2",): 300}
    assert refunds(store, "person") == {("甲",): 200, ("乙",): 300}
    assert refunds(store) == {(): 500}
    lines = fetch_lines(store, shipped().get("refunds"), Query("refunds", ()), ON)
    assert sorted(line.credit for line in lines) == [2_000_000, 3_000_000]
    assert len({(line.entity, line.source, line.source_row, line.undoes) for line in lines}) == 1, "one row of a file"


def test_a_refund_of_a_receipt_and_a_contract_is_the_contracts():
    store = allocated_store()
    refund(store, receipt="R1", contract="C1", amount="400")
    refund(store, "T2", "2026-02-11", "600", receipt="R1")
    assert refunds(store, "contract") == {("C1",): 400, ("C2",): 600}


def test_what_is_not_allocated_goes_back_on_the_receipts_own_contract():
    store = allocated_store()
    rows = [{"number": "R2", "date": "2026-01-06", "amount": "1000", "contract": "C2"}]
    load(store, "receipt", rows, feed="more")
    load(store, "allocation", [{"receipt": "R2", "contract": "C1", "amount": "100"}], feed="more")
    refund(store, receipt="R2", amount="1000")
    assert refunds(store, "contract") == {("C1",): 100, ("C2",): 900}


def test_a_count_of_refunds_is_not_multiplied():
    store = allocated_store()
    refund(store, receipt="R1")
    metric = replace(shipped().get("refunds"), value=Aggregate("count"), unit="count")
    (row,) = fetch_measured(store, metric, Query("refunds", ()), FiscalCalendar(), ON)
    assert row.value == 10_000


def test_an_earlier_state_of_knowledge_has_its_own_parts():
    store = allocated_store()
    refund(store, receipt="R1")
    before = store.db.execute("SELECT max(id) FROM batch").fetchone()[0]
    refund(store, "T0", "2026-02-01", "300", receipt="R1", contract="C1")
    assert refunds(store, "contract") == {("C1",): 300 + 500 * 100 // 700, ("C2",): 500 * 600 // 700}
    store.at(before)
    assert refunds(store, "contract") == {("C1",): 200, ("C2",): 300}


def test_products_of_each_contract_go_back():
    store = contract_store()
    load(store, "receipt", [{"number": "R1", "date": "2026-01-10", "contract": "C2", "amount": "100"}])
    load(store, "allocation", [{"receipt": "R1", "contract": "C1", "amount": "60"}])
    refund(store, receipt="R1", amount="50")
    assert refunds(store, "product") == {("A",): 10, ("B",): 30, ("C",): 10}
    refund(store, "T2", "2026-02-11", "50", receipt="R1")
    assert refunds(store, "product") == {("A",): 20, ("B",): 60, ("C",): 20}, "as it came in"


def test_what_falls_due_on_each_contract_is_open_again():
    store = allocated_store()
    plans = [
        {"contract": name, "instalment": "1", "due": "2026-01-20", "amount": amount}
        for name, amount in (("C1", 400), ("C2", 600))
    ]
    load(store, "payment-plan", plans)
    refund(store, receipt="R1")
    assert sorted(fetch_collected(store, "2026-02-01").values()) == [4_000_000, 6_000_000]
    assert sorted(fetch_collected(store, "2026-03-01").values()) == [2_000_000, 3_000_000]


def test_what_came_in_for_no_contract_takes_nothing_back_from_one():
    store = allocated_store()
    load(store, "receipt", [{"number": "R2", "date": "2026-01-06", "amount": "1000"}], feed="more")
    load(store, "allocation", [{"receipt": "R2", "contract": "C1", "amount": "100"}], feed="more")
    load(store, "payment-plan", [{"contract": "C1", "instalment": "1", "due": "2026-01-20", "amount": 500}])
    refund(store, receipt="R2", amount="500")
    assert refunds(store, "contract") == {("C1",): 50, (None,): 450}
    assert sorted(fetch_collected(store, "2026-03-01").values()) == [4_500_000]


def test_a_refund_of_a_contract_stays_on_its_own_day_for_whoever_does_not_ask_what_it_undoes():
    store = allocated_store()
    refund(store, contract="C1", amount="450")
    assert refunds(store, "month") == {("2026-02",): 450}
    back = {"date": "receipt.date|date", "finds_receipts": True}
    assert refunds(store, "month", **back) == {("2026-01",): 400, ("2026-02",): 50}
    metric = replace(shipped().get("refunds"), **back)
    january = Period(date(2026, 1, 1), date(2026, 2, 1))
    (line,) = fetch_lines(store, metric, Query("refunds", (), january), ON)
    assert (line.day, line.own_day, line.credit) == ("2026-01-05", "2026-02-10", 4_000_000)


def test_a_refund_of_a_contract_has_the_product_of_the_receipt_that_it_undoes():
    store = contract_store()
    rows = [
        {"number": "R1", "date": "2026-01-10", "contract": "C1", "amount": "30"},
        {"number": "R2", "date": "2026-01-20", "contract": "C1", "amount": "10", "product": "B"},
    ]
    load(store, "receipt", rows)
    refund(store, contract="C1", amount="25")
    assert refunds(store, "product", date="receipt.date|date", finds_receipts=True) == {
        ("A",): 5,
        ("B",): 15,
        ("C",): 5,
    }
