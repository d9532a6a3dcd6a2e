"""Every shipped metric on a store that has what it counts: the figures of plain SQL, lines and rows that add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.model import BaseMetric, CumulativeMetric, RatioMetric
from salescli.core.metrics.query import Figure, Measured, Query, compute_figures
from salescli.core.money import from_e4
from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.table import Ratio
from salescli.policy.layers import policy_files
from salescli.policy.metrics import read_catalogue
from salescli.store.connection import Store
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from tests.unit.store.shipped_data import filled

CALENDAR = FiscalCalendar()
YEAR = parse_period("2026", CALENDAR)
ON = "2026-06-30"
CATALOGUE, _ = read_catalogue(policy_files(None, "metrics"))
WON, LOST = "stage = '赢单'", "stage = '输单'"
SENT = "status IS NOT 'draft'"
LISTED = f"{SENT} AND list_amount_e4 IS NOT NULL AND amount_e4 IS NOT NULL"
DONE = "status IS NOT 'cancelled'"
CSAT = "answered IS NOT NULL AND kind = 'csat' AND (scale = 5 OR scale IS NULL)"
NPS = "answered IS NOT NULL AND kind = 'nps' AND (scale = 10 OR scale IS NULL)"
CYCLE = "(julianday(closed) - julianday(created)) * 10000"
SCORE = "CAST(score AS INTEGER)"
SQL = {
    "receipts": "sum(amount_e4) FROM receipt",
    "receipts-net-in": "sum(net_amount_e4) FROM receipt",
    "refunds": "sum(amount_e4) FROM refund",
    "refunds-net": "sum(net_amount_e4) FROM refund",
    "deals-won": f"count(*) FROM deal WHERE {WON} AND closed IS NOT NULL",
    "deals-lost": f"count(*) FROM deal WHERE {LOST} AND closed IS NOT NULL",
    "deals-closed": f"count(*) FROM deal WHERE ({WON} OR {LOST}) AND closed IS NOT NULL",
    "deals-engaged": "count(*) FROM deal WHERE stage <> '入库'",
    "deals-entered": "count(*) FROM deal",
    "deals-open": "count(*) FROM deal WHERE stage IN ('入库', '谈判')",
    "won-value": f"sum(amount_e4) FROM deal WHERE {WON} AND closed IS NOT NULL",
    "won-value-owned": f"sum(amount_e4) FROM deal WHERE {WON} AND closed IS NOT NULL",
    "lost-value": f"sum(amount_e4) FROM deal WHERE {LOST} AND closed IS NOT NULL",
    "closed-value": f"sum(amount_e4) FROM deal WHERE ({WON} OR {LOST}) AND closed IS NOT NULL",
    "pipeline-value": "sum(amount_e4) FROM deal WHERE stage IN ('入库', '谈判')",
    "bookings": "sum(amount_e4) FROM contract",
    "bookings-net": "sum(net_amount_e4) FROM contract",
    "bookings-new": "sum(amount_e4) FROM contract WHERE kind = 'new'",
    "bookings-renewal": "sum(amount_e4) FROM contract WHERE kind = 'renewal'",
    "contracts-signed": "count(*) FROM contract",
    "invoiced": "sum(amount_e4) FROM invoice",
    "invoiced-net": "sum(net_amount_e4) FROM invoice",
    "invoices-issued": "count(*) FROM invoice",
    "instalments-due": "sum(amount_e4) FROM payment_plan",
    "order-sales": "sum(amount_e4) FROM order_line",
    "order-sales-owned": "sum(amount_e4) FROM order_line",
    "order-quantity": "sum(quantity_e4) FROM order_line",
    "order-profit": "sum(profit_e4) FROM order_line",
    "order-cost": "sum(cost_e4) FROM order_line",
    "orders": 'count(DISTINCT "order") FROM order_line',
    "customers-served": "count(DISTINCT customer_id) FROM order_line",
    "delivered-value": "sum(amount_e4) FROM delivery",
    "leads-created": "count(*) FROM lead",
    "leads-converted": "count(*) FROM lead WHERE converted",
    "leads-contacted": "count(*) FROM lead WHERE first_contact IS NOT NULL",
    "activities": f"count(*) FROM activity WHERE {DONE}",
    "visits": f"count(*) FROM activity WHERE {DONE} AND kind = 'visit'",
    "calls": f"count(*) FROM activity WHERE {DONE} AND kind = 'call'",
    "customers-visited": f"count(DISTINCT customer_id) FROM activity WHERE {DONE} AND kind = 'visit'",
    "activity-minutes": f"sum(minutes) * 10000 FROM activity WHERE {DONE}",
    "quotes-sent": f"count(*) FROM quote WHERE {SENT}",
    "quotes-accepted": "count(*) FROM quote WHERE status = 'accepted'",
    "quoted-value": f"sum(amount_e4) FROM quote WHERE {SENT}",
    "quoted-list-value": f"sum(list_amount_e4) FROM quote WHERE {LISTED}",
    "quoted-after-discount": f"sum(amount_e4) FROM quote WHERE {LISTED}",
    "complaints-opened": "count(*) FROM complaint",
    "complaints-closed": "count(*) FROM complaint WHERE status = 'closed'",
    "surveys-asked": "count(*) FROM survey",
    "surveys-answered": "count(*) FROM survey WHERE score IS NOT NULL",
    "csat-answers": f"count(score) FROM survey WHERE {CSAT}",
    "csat-satisfied": f"count(*) FROM survey WHERE {CSAT} AND {SCORE} >= 4",
    "nps-answers": f"count(score) FROM survey WHERE {NPS}",
    "nps-promoters": f"count(*) FROM survey WHERE {NPS} AND {SCORE} >= 9",
    "nps-detractors": f"count(*) FROM survey WHERE {NPS} AND {SCORE} <= 6 AND score IS NOT NULL",
    "campaign-cost": "sum(cost_e4) FROM campaign",
    "campaign-responses": "sum(responses) * 10000 FROM campaign",
    "campaign-leads": "sum(leads) * 10000 FROM campaign",
    "customers-listed": "count(*) FROM customer",
    "customer-potential": "sum(potential_e4) FROM customer",
}
AVERAGES = {
    "average-contract": "amount_e4 FROM contract WHERE amount_e4 IS NOT NULL",
    "median-deal": f"amount_e4 FROM deal WHERE {WON} AND closed IS NOT NULL AND amount_e4 IS NOT NULL",
    "cycle-days": f"{CYCLE} FROM deal WHERE {WON} AND closed IS NOT NULL",
    "cycle-days-median": f"{CYCLE} FROM deal WHERE {WON} AND closed IS NOT NULL",
    "cycle-days-lost": f"{CYCLE} FROM deal WHERE {LOST} AND closed IS NOT NULL",
    "complaint-days": "coalesce(julianday(closed) - julianday(opened), days_to_close) * 10000 AS days FROM complaint "
    "WHERE days IS NOT NULL",
    "csat-average": f"{SCORE} * 10000 FROM survey WHERE {CSAT} AND score IS NOT NULL",
}  # fmt: skip
NAMES = CATALOGUE.names


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with filled() as opened:
        yield opened


def figures(store: Store, name: str, *by: str) -> list[Figure]:
    def fetch(base: BaseMetric, query: Query) -> list[Measured]:
        return fetch_measured(store, base, query, CALENDAR, ON)

    return compute_figures(CATALOGUE, Query(name, by, YEAR), fetch, CALENDAR)


def test_nearly_all_base_metrics_are_compared_with_another_reckoning() -> None:
    bases = {metric.name for metric in CATALOGUE if isinstance(metric, BaseMetric)}
    assert {*SQL, *AVERAGES} <= bases
    assert len({*SQL, *AVERAGES}) >= 60
    assert len(CATALOGUE.names) >= 90


@pytest.mark.parametrize("name", SQL)
def test_sums_and_counts_are_those_of_plain_sql(store: Store, name: str) -> None:
    expected = store.db.execute(f"SELECT {SQL[name]}").fetchone()[0]
    (found,) = figures(store, name)
    assert expected
    assert found.value == (expected if SQL[name].startswith("count") else from_e4(expected))


@pytest.mark.parametrize("name", AVERAGES)
def test_averages_and_medians_are_those_of_the_values(store: Store, name: str) -> None:
    values = sorted(int(value) for (value,) in store.db.execute(f"SELECT {AVERAGES[name]}"))
    (found,) = figures(store, name)
    if isinstance(found.value, Ratio):
        assert (found.value.numerator, found.value.denominator) == (from_e4(sum(values)), len(values))
    else:
        middle, twice = len(values) // 2, values[(len(values) - 1) // 2] + values[len(values) // 2]
        assert abs(found.value * 20_000 - twice) <= 1 and values[middle]  # type: ignore[operator]


@pytest.mark.parametrize("name", NAMES)
def test_every_metric_says_something(store: Store, name: str) -> None:
    (found,) = figures(store, name)
    metric = CATALOGUE.get(name)
    if isinstance(metric, RatioMetric):
        assert isinstance(found.value, Ratio) and found.value.denominator
    elif isinstance(metric, CumulativeMetric):
        assert found.value == figures(store, metric.part)[0].value, "the year is the whole period"
    assert found.value


@pytest.mark.parametrize("name", [name for name in NAMES if CATALOGUE.is_additive(name)])
def test_lines_of_what_adds_up_add_up_and_so_do_the_rows(store: Store, name: str) -> None:
    (whole,) = figures(store, name)
    kinds = [store.registry[base.of] for base in CATALOGUE.bases(name)]
    has_date = all(base.date for base in CATALOGUE.bases(name))
    for dimension, each in DIMENSIONS.items():
        path = "person" if each.kind == "seat" else dimension
        reaches = has_date if each.kind == "time" else all(kind.paths.get(path) for kind in kinds)
        if reaches:
            lines = figures(store, name, dimension)
            assert sum((one.value for one in lines), Decimal(0)) == whole.value, dimension  # type: ignore[misc]
    rows = sum(
        sign * line.credit
        for base, sign in CATALOGUE.base_parts(name)
        for line in fetch_lines(store, base, Query(base.name, (), YEAR), ON)
    )
    assert from_e4(rows) == whole.value
