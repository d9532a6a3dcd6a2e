"""Metrics that need more than one SELECT: new customers and what is collected, by person, with rows and filters."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.metrics.explain import explain_value
from salescli.core.metrics.model import BaseMetric, Filter
from salescli.core.metrics.query import Figure, Query, compute_figures
from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.table import Ratio
from salescli.policy.layers import policy_files
from salescli.policy.metrics import read_catalogue
from salescli.store.connection import Store
from salescli.store.entities import labels
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured, fetch_rows
from salescli.store.metric_undefined import fetch_undefined
from tests.unit.store_support import REGISTRY, load, new_store

CALENDAR = FiscalCalendar()
ON = "2026-04-05"
CATALOGUE, _ = read_catalogue(policy_files(None, "metrics"))
NEW = CATALOGUE.get("new-customers")
assert isinstance(NEW, BaseMetric)


def base_store() -> Store:
    store = new_store()
    load(store, "person", [{"number": "1", "name": "王芳"}, {"number": "2", "name": "赵磊"}])
    return store


def named(store: Store, values: list[object]) -> list[object]:
    ids = [value for value in values if isinstance(value, int)]
    known = {**labels(store, REGISTRY["person"], ids), **labels(store, REGISTRY["customer"], ids)}
    return [known.get(value, value) if isinstance(value, int) else value for value in values]


def asked(metric: str, *by: str, period: str = "2026-Q1", only: tuple[Filter, ...] = ()) -> Query:
    return Query(metric, by, parse_period(period, CALENDAR), only)


def figures(store: Store, query: Query) -> dict[object, object]:
    def fetch(metric, each):
        return fetch_measured(store, metric, each, CALENDAR, ON)

    found: list[Figure] = compute_figures(CATALOGUE, query, fetch)
    return {tuple(named(store, list(one.group))): one.value for one in found}


# --- new customers ------------------------------------------------------------------------------------------------


def customers() -> Store:
    """A and B are one group; C has long been a customer; D is split; E came before with little; Z opens the history."""
    store = base_store()
    load(
        store,
        "customer",
        [
            {"number": "A", "name": "甲", "group": "集团"},
            {"number": "B", "name": "乙", "group": "集团"},
            {"number": "C", "name": "丙", "customer_since": "2019-05-01"},
            {"number": "D", "name": "丁"},
            {"number": "E", "name": "戊"},
            {"number": "Z", "name": "旧"},
        ],
    )
    rows = [
        {"number": f"C{name}", "customer": name, "owner": "1" if name != "B" else "2", "amount": 1} for name in "ABCDEZ"
    ]
    load(store, "contract", rows)
    load(
        store,
        "credit-split",
        [{"contract": "CD", "person": "1", "share": "50%"}, {"contract": "CD", "person": "2", "share": "50%"}],
    )
    receipts = [
        ("R0", "2024-01-02", "CZ", 1),
        ("R00", "2025-06-01", "CC", 1),
        ("R1", "2026-01-10", "CA", 20_000),
        ("R2", "2026-01-20", "CB", 90_000),
        ("R3", "2026-02-01", "CC", 90_000),
        ("R4", "2026-02-10", "CD", 30_000),
        ("R5", "2026-02-11", "CD", 30_000),
        ("R6", "2025-12-31", "CE", 10),
        ("R7", "2026-03-01", "CE", 30_000),
        ("R8", "2026-03-02", "CZ", Decimal("19999.99")),
        ("R9", "2026-04-01", "CZ", 30_000),
    ]
    load(
        store,
        "receipt",
        [{"number": n, "date": day, "contract": c, "amount": str(amount)} for n, day, c, amount in receipts],
    )
    return store


def test_new_customers_are_credited_as_their_first_receipt_is() -> None:
    store = customers()
    assert figures(store, asked("new-customers")) == {(): Decimal(2)}
    assert figures(store, asked("new-customers", "person")) == {("王芳",): Decimal("1.5"), ("赵磊",): Decimal("0.5")}
    assert figures(store, asked("new-customers", "month", "customer")) == {
        ("2026-01", "甲"): Decimal(1),
        ("2026-02", "丁"): Decimal(1),
    }
    assert figures(store, asked("new-customers", only=(Filter("person", "=", ("赵磊",)),))) == {(): Decimal("0.5")}
    assert figures(store, asked("new-customers", period="2026-03")) == {}


def test_rows_and_lines_of_new_customers_add_up() -> None:
    store = customers()
    rows = fetch_rows(store, NEW, asked("new-customers"), ON)
    assert [(row[1], row[3], row[6]) for row in rows] == [
        ("2026-01-10", 10_000, 10_000),
        ("2026-02-10", 10_000, 5_000),
        ("2026-02-10", 10_000, 5_000),
    ]
    assert [line.credit for line in fetch_lines(store, NEW, asked("new-customers"), ON)] == [10_000, 5_000, 5_000]


def test_who_cannot_be_said_to_be_new_is_listed_and_not_counted() -> None:
    store = base_store()
    load(store, "customer", [{"name": "甲"}, {"name": "乙", "customer_since": "2026-01-01"}])
    rows = [
        {"number": "R1", "date": "2026-01-10", "customer": "甲", "owner": "1", "amount": 30_000},
        {"number": "R2", "date": "2026-02-10", "customer": "乙", "owner": "2", "amount": 30_000},
    ]
    load(store, "receipt", rows)
    query = asked("new-customers", "person")
    assert figures(store, query) == {("赵磊",): Decimal(1)}
    (listed,) = fetch_undefined(store, NEW, query, ON)
    assert (listed.day, listed.reason, named(store, [listed.subject])) == ("2026-01-10", "history", ["甲"])
    assert fetch_undefined(store, NEW, asked("new-customers", period="2026-02"), ON) == []
    assert fetch_undefined(store, NEW, asked("new-customers", only=(Filter("person", "=", ("赵磊",)),)), ON) == []
    load(store, "customer", [{"name": "甲", "customer_since": "2026-01-05"}])
    assert figures(store, query) == {("王芳",): Decimal(1), ("赵磊",): Decimal(1)}, "derived anew after a change"


def test_another_currency_is_not_compared() -> None:
    store = base_store()
    load(store, "customer", [{"name": "甲", "customer_since": "2026-01-01"}])
    row = {"number": "R1", "date": "2026-01-10", "customer": "甲", "owner": "1", "amount": 30_000, "currency": "USD"}
    load(store, "receipt", [row])
    assert figures(store, asked("new-customers")) == {}
    assert [one.reason for one in fetch_undefined(store, NEW, asked("new-customers"), ON)] == ["currency"]


def test_a_receipt_over_two_contracts_is_one_new_customer() -> None:
    store = customers()
    load(store, "contract", [{"number": "CD2", "customer": "D", "owner": "2", "amount": 1}])
    load(
        store,
        "allocation",
        [{"receipt": "R4", "contract": "CD", "amount": 10_000}, {"receipt": "R4", "contract": "CD2", "amount": 5_000}],
    )
    found = figures(store, asked("new-customers", "person", period="2026-02"))
    # 15,000 is left on the receipt's own contract. In ten-thousandths 3,333 and 5,000 at half each, 1,667 the other's.
    assert found == {("王芳",): Decimal("0.4166"), ("赵磊",): Decimal("0.5834")}
    assert sum(found.values()) == 1  # type: ignore[arg-type]


# --- collection rate ----------------------------------------------------------------------------------------------


def collecting() -> Store:
    store = base_store()
    load(
        store,
        "contract",
        [{"number": "C1", "owner": "1", "amount": 1_000_000}, {"number": "C2", "owner": "2", "amount": 500}],
    )
    plans = [
        {"contract": "C1", "instalment": "1", "due": "2025-12-20", "amount": 100_000},
        {"contract": "C1", "instalment": "2", "due": "2026-01-20", "amount": 600_000},
        {"contract": "C1", "instalment": "10", "due": "2026-02-20", "amount": 400_000},
        {"contract": "C2", "instalment": "1", "due": "2026-06-30", "amount": 500},
    ]
    load(store, "payment-plan", plans)
    receipts = [
        {"number": "R1", "date": "2026-01-31", "contract": "C1", "amount": 750_000},
        {"number": "R2", "date": "2026-02-28", "contract": "C1", "amount": 70_000},
        {"number": "R3", "date": "2026-03-31", "amount": 80_000},
    ]
    load(store, "receipt", receipts)
    return store


def rate(store: Store, period: str, *by: str) -> dict[object, object]:
    return figures(store, asked("collection-rate", *by, period=period))


def test_the_rate_is_what_was_received_by_the_end_of_the_window() -> None:
    store = collecting()
    assert rate(store, "2026-01") == {(): Ratio(Decimal(600_000), Decimal(600_000))}  # 100,000 was due before
    assert rate(store, "2026-01-01..2026-02-28") == {(): Ratio(Decimal(720_000), Decimal(1_000_000))}
    assert rate(store, "2026-01-01..2026-02-27") == {(): Ratio(Decimal(650_000), Decimal(1_000_000))}
    assert rate(store, "2026-Q1", "person") == {("王芳",): Ratio(Decimal(720_000), Decimal(1_000_000))}
    assert rate(store, "2026-Q2", "person") == {("赵磊",): Ratio(Decimal(0), Decimal(500))}
    assert rate(store, "2026-03") == {}, "nothing fell due: undefined"


def test_allocations_name_the_instalment_and_count_once() -> None:
    store = collecting()
    rows = [
        {"receipt": "R1", "contract": "C1", "instalment": "2", "amount": 350_000},
        {"receipt": "R1", "contract": "C1", "instalment": "10", "amount": 400_000},
        {"receipt": "R3", "contract": "C1", "amount": 30_000},
    ]
    load(store, "allocation", rows)
    # 70,000 without an instalment pays December first; of R3 only what is allocated is the contract's.
    assert rate(store, "2026-01-01..2026-02-28") == {(): Ratio(Decimal(750_000), Decimal(1_000_000))}
    assert rate(store, "2026-Q1") == {(): Ratio(Decimal(750_000), Decimal(1_000_000))}
    assert rate(store, "2025-12") == {(): Ratio(Decimal(0), Decimal(100_000))}


def test_a_refund_lowers_the_rate_from_its_day_on() -> None:
    store = collecting()
    load(store, "refund", [{"number": "T1", "date": "2026-03-01", "receipt": "R1", "amount": 200_000}])
    assert rate(store, "2026-01-01..2026-02-28") == {(): Ratio(Decimal(720_000), Decimal(1_000_000))}
    assert rate(store, "2026-Q1") == {(): Ratio(Decimal(520_000), Decimal(1_000_000))}


def test_the_rate_follows_the_credit_split_and_earlier_knowledge() -> None:
    store = collecting()
    before = store.db.execute("SELECT max(id) FROM batch").fetchone()[0]
    load(
        store,
        "credit-split",
        [{"contract": "C1", "person": "1", "share": "75%"}, {"contract": "C1", "person": "2", "share": "25%"}],
    )
    load(store, "receipt", [{"number": "R4", "date": "2026-02-02", "contract": "C1", "amount": 280_000}])
    assert rate(store, "2026-Q1", "person") == {
        ("王芳",): Ratio(Decimal(750_000), Decimal(750_000)),
        ("赵磊",): Ratio(Decimal(250_000), Decimal(250_000)),
    }
    store.at(before)
    assert rate(store, "2026-Q1", "person") == {("王芳",): Ratio(Decimal(720_000), Decimal(1_000_000))}


# --- sentences ----------------------------------------------------------------------------------------------------


def test_every_shipped_metric_is_explained() -> None:
    for metric in CATALOGUE:
        text = explain_value(metric)
        assert text.zh and text.en and "{" not in text.zh + text.en
    assert "满 20,000,且此前 12 个月内没有任何记录" in explain_value(NEW).zh
    assert "of at least 20,000, with none at all in the 12 months before" in explain_value(NEW).en
    assert explain_value(CATALOGUE.get("collection-rate")).en.startswith("instalments-collected ÷ instalments-due")
