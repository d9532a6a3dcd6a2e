"""Averages and percentiles: of the records that have a value, each whole, level by level."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.metrics.model import Aggregate, BaseMetric, Catalogue
from salescli.core.metrics.query import Query, compute_figures
from salescli.core.periods import FiscalCalendar
from salescli.core.table import Ratio
from salescli.core.title import Title
from salescli.store.connection import Store
from salescli.store.entities import labels
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from tests.unit.store_support import REGISTRY, load, new_store

CALENDAR = FiscalCalendar()
ON = "2026-04-05"


def metric(of: str, value: Aggregate, date: str, unit: str = "money") -> BaseMetric:
    return BaseMetric("m", Title("", ""), of, value, date, (), "owner", unit)  # type: ignore[arg-type]


MEDIAN = metric("deal", Aggregate("percentile", "amount", percent=Decimal(50)), "closed")
AVERAGE = metric("deal", Aggregate("average", "amount"), "closed")


def filled() -> Store:
    store = new_store()
    load(store, "team", [{"name": "中心"}, {"name": "一部", "parent": "中心"}])
    load(store, "person", [{"number": "1", "name": "王芳"}, {"number": "2", "name": "赵磊"}])
    seats = [
        {"person": "1", "from": "2025-01-01", "team": "一部"},
        {"person": "2", "from": "2025-01-01", "team": "中心"},
    ]
    load(store, "assignment", seats)
    amounts = ["10.01", 20, 40, None, 100, "0.0001"]
    deals = [
        {"number": f"D{n}", "owner": "1" if n < 4 else "2", "amount": amount, "closed": f"2026-0{1 + n % 2}-10"}
        for n, amount in enumerate(amounts)
    ]
    load(store, "deal", deals)
    return store


def ask(store: Store, base: BaseMetric, *by: str, below: bool = False) -> dict[object, object]:
    def fetch(one: BaseMetric, query: Query):
        return fetch_measured(store, one, query, CALENDAR, ON, below=below)

    found = compute_figures(Catalogue({"m": base}), Query("m", by), fetch)
    names = {**labels(store, REGISTRY["person"], [1, 2, 3, 4, 5]), **labels(store, REGISTRY["team"], range(1, 9))}
    return {tuple(names.get(each, each) for each in one.group): one.value for one in found}  # type: ignore[call-overload]


def test_median_of_all_of_people_and_of_months() -> None:
    store = filled()
    assert ask(store, MEDIAN) == {(): Decimal(20)}
    assert ask(store, MEDIAN, "person") == {("王芳",): Decimal(20), ("赵磊",): Decimal("50.0001")}
    assert ask(store, MEDIAN, "month") == {("2026-01",): Decimal(40), ("2026-02",): Decimal("10.0001")}


def test_a_team_with_those_below_is_a_query_of_its_own() -> None:
    store = filled()
    assert ask(store, MEDIAN, "team") == {("一部",): Decimal(20), ("中心",): Decimal("50.0001")}
    assert ask(store, MEDIAN, "team", below=True) == {("一部",): Decimal(20), ("中心",): Decimal(20)}


def test_a_record_without_a_value_is_no_zero() -> None:
    store = filled()
    assert ask(store, AVERAGE, "person")[("王芳",)] == Ratio(Decimal("70.01"), 3)
    assert len(fetch_lines(store, AVERAGE, Query("m"), ON)) == 5


def test_whole_numbers_are_scaled_as_all_others() -> None:
    store = filled()
    load(store, "activity", [{"number": f"A{n}", "owner": "1", "at": "2026-03-01", "minutes": n} for n in (5, 10, 30)])
    minutes = metric("activity", Aggregate("sum", "minutes"), "at", "count")
    assert ask(store, minutes, "person") == {("王芳",): Decimal(45)}
    assert [one.credit for one in fetch_lines(store, minutes, Query("m"), ON)] == [50_000, 100_000, 300_000]
    median = metric("activity", Aggregate("percentile", "minutes", percent=Decimal(90)), "at", "count")
    assert ask(store, median) == {(): Decimal(26)}


def test_a_receipt_that_is_spread_over_contracts_is_one_receipt() -> None:
    store = filled()
    load(store, "contract", [{"number": "C1", "owner": "1"}, {"number": "C2", "owner": "2"}])
    load(store, "receipt", [{"number": "R1", "date": "2026-01-05", "amount": 90, "contract": "C1"}])
    parts = [{"receipt": "R1", "contract": f"C{n}", "amount": 45} for n in (1, 2)]
    load(store, "allocation", parts)
    assert ask(store, metric("receipt", Aggregate("average", "amount"), "date")) == {(): Ratio(Decimal(90), 1)}
