"""Metrics over records in several currencies: each by itself, or all in one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from salescli.core.metrics.model import Aggregate, BaseMetric, Catalogue, RatioMetric, SumMetric
from salescli.core.metrics.query import Query, compute_figures
from salescli.core.periods import FiscalCalendar
from salescli.core.table import Ratio
from salescli.core.title import Title
from salescli.errors import Refused, UsageError
from salescli.services.metric.converting import Converting, open_converting, rate_lines
from salescli.store.connection import Store
from salescli.store.conversion import fetch_fx_rates
from salescli.store.metric_sql import fetch_measured
from tests.unit.store_support import load, new_store

CALENDAR, ON = FiscalCalendar(), date(2026, 6, 30)
TITLE = Title("", "")
SALES = BaseMetric("sales", TITLE, "receipt", Aggregate("sum", "amount"), "date", (), "owner", "money")
BACK = BaseMetric("back", TITLE, "refund", Aggregate("sum", "amount"), "date", (), "owner", "money")
COUNT = BaseMetric("count", TITLE, "receipt", Aggregate("count"), "date", (), "owner", "count")
HALF = Aggregate("percentile", "amount", percent=Decimal(50))
MEDIAN = BaseMetric("median", TITLE, "receipt", HALF, "date", (), "owner", "money")
MEAN = BaseMetric("mean", TITLE, "receipt", Aggregate("average", "amount"), "date", (), "owner", "money")
CATALOGUE = Catalogue(
    {
        **{one.name: one for one in (SALES, BACK, COUNT, MEDIAN, MEAN)},
        "each": RatioMetric("each", TITLE, "sales", "count"),
        "net": SumMetric("net", TITLE, ("sales",), ("back",)),
    }
)
RECEIPTS = [("10", "EUR", "2026-04-10"), ("20", "EUR", "2026-05-10"), ("30", "USD", "2026-05-11")]


def store_of(rates: list[tuple[str, str, str, str]]) -> Store:
    store = new_store()
    names = ("base", "quote", "date", "rate")
    load(store, "fx-rate", [dict(zip(names, rate, strict=True)) for rate in rates])
    receipts = [
        {"number": str(n), "amount": amount, "currency": code, "date": day}
        for n, (amount, code, day) in enumerate(RECEIPTS)
    ]
    load(store, "receipt", receipts)
    load(store, "refund", [{"number": "R", "amount": "4", "currency": "EUR", "date": "2026-05-12"}])
    return store


RATES = [("eur", "USD", "2026-04-01", "1.25"), ("EUR", "usd", "2026-05-01", "1.5")]


def context(store: Store) -> Any:
    return SimpleNamespace(store=store, on=ON, calendar=CALENDAR, currency="USD", catalogue=CATALOGUE)


def answered(store: Store, name: str, into: str = "", *by: str) -> dict[Any, object]:
    def plain(metric: BaseMetric, query: Query) -> Any:
        return fetch_measured(store, metric, query, CALENDAR, ON.isoformat())

    fetch = Converting(context(store), into).fetch if into else plain
    return {(*one.group, one.currency): one.value for one in compute_figures(CATALOGUE, Query(name, by), fetch)}


def test_money_per_case_counts_the_cases_of_its_own_currency() -> None:
    store = store_of(RATES)
    assert answered(store, "each") == {
        ("EUR",): Ratio(Decimal(30), Decimal(2)),
        ("USD",): Ratio(Decimal(30), Decimal(1)),
    }
    assert answered(store, "each", "USD") == {("USD",): Ratio(Decimal("72.50"), Decimal(3))}


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("sales", Decimal("72.50")),  # 10 × 1.25 + 20 × 1.5 + 30
        ("net", Decimal("66.50")),
        ("median", Decimal("30.00")),  # of 12.50, 30 and 30
        ("mean", Ratio(Decimal("72.50"), 3)),
    ],
)
def test_each_kind_of_amount_is_converted_at_the_rate_of_its_day(metric: str, value: object) -> None:
    assert answered(store_of(RATES), metric, "USD") == {("USD",): value}


def test_by_month_in_the_other_direction() -> None:
    assert answered(store_of(RATES), "sales", "EUR", "month") == {
        ("2026-04", "EUR"): Decimal("10.00"),
        ("2026-05", "EUR"): Decimal("40.00"),
    }


def test_what_has_no_rate_is_refused_with_its_currency_and_day() -> None:
    store = store_of(RATES[1:])
    one = Converting(context(store), "USD")
    compute_figures(CATALOGUE, Query("sales"), one.fetch)
    with pytest.raises(Refused) as caught:
        one.check()
    (found,) = caught.value.problems
    assert (found.name, found.values["currency"], found.values["day"]) == ("missing-fx", "EUR", "2026-04-10")


def test_rates_are_shown_with_the_cells_they_were_read_from() -> None:
    store = store_of(RATES)
    assert {rate.base for rate in fetch_fx_rates(store)} == {"EUR"}
    one = Converting(context(store), "EUR")
    one.fetch(SALES, Query("sales"))
    (line,) = rate_lines(one)
    assert line.text.en == "1 USD ≈ 0.66666667 EUR, for 2026-05-11 through 2026-05-11"
    assert [(child.text.en, child.source) for child in line.children] == [
        ("rate of 2026-05-01: 1 EUR = 1.5 USD, inverted", "f.xlsx!Sheet1!D3")
    ]


def test_what_is_no_currency_or_no_money_is_refused() -> None:
    store = store_of(RATES)
    assert open_converting(context(store), "", "sales") is None
    opened = open_converting(context(store), " eur", "sales")
    assert opened is not None and opened.into == "EUR"
    for text, metric, name in (("€", "sales", "not-a-currency"), ("EUR", "count", "currency-not-money")):
        with pytest.raises(UsageError) as caught:
            open_converting(context(store), text, metric)
        assert [one.name for one in caught.value.problems] == [name]
