"""Rows behind a figure add up to it, lines add up to the total, and a filter gives the figure of its line."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.dimensions import NONE
from salescli.core.metrics.model import Aggregate, BaseMetric, Filter
from salescli.core.metrics.query import Query
from salescli.core.periods import FiscalCalendar, Period
from salescli.core.title import Title
from salescli.store.metric_lines import fetch_lines
from salescli.store.metric_sql import fetch_measured
from tests.unit.store_support import load, new_store

CALENDAR = FiscalCalendar()
ON = "2026-03-31"
TITLE = Title("", "")
RECEIPTS = BaseMetric("receipts", TITLE, "receipt", Aggregate("sum", "amount"), "date", (), "split", "money")
COUNT = BaseMetric("count", TITLE, "receipt", Aggregate("count"), "date", (), "split", "count")
PEOPLE = ("王芳", "赵磊", "李娜")
REGIONS = ("华东", "华南", None)
PERIODS = (None, Period(date(2026, 2, 1), date(2026, 3, 1)), Period(date(2026, 1, 1), date(2026, 4, 1)))

receipt = st.fixed_dictionaries(
    {
        "date": st.dates(date(2026, 1, 1), date(2026, 4, 30)).map(date.isoformat),
        "amount": st.decimals(-100_000, 100_000, places=4).map(str),
        "contract": st.sampled_from(["C1", "C2", "C3", None]),
        "owner": st.sampled_from([*PEOPLE, None]),
        "region": st.sampled_from(REGIONS),
        "currency": st.sampled_from(["CNY", "CNY", "USD"]),
    }
)
shares = st.lists(st.integers(1, 333_333), min_size=1, max_size=3)


def filled(receipts: list[dict[str, Any]], split: list[int]) -> Any:
    store = new_store()
    load(store, "team", [{"name": "一部"}, {"name": "二部", "parent": "一部"}])
    load(store, "person", [{"number": str(n), "name": name} for n, name in enumerate(PEOPLE)])
    seats = [
        {"person": name, "from": "2026-01-15", "team": team}
        for name, team in zip(PEOPLE, ("一部", "二部"), strict=False)
    ]
    load(store, "assignment", [*seats, {"person": "王芳", "from": "2026-03-01", "team": "二部"}])
    contracts = [{"number": f"C{n}", "owner": PEOPLE[n - 1], "region": REGIONS[n - 1]} for n in (1, 2, 3)]
    load(store, "contract", contracts)
    parts = [f"{share // 10_000}.{share % 10_000:04d}%" for share in split]
    rows = [{"contract": "C1", "person": name, "share": share} for name, share in zip(PEOPLE, parts, strict=False)]
    load(store, "credit-split", rows)
    load(store, "receipt", [{"number": str(n), **row} for n, row in enumerate(receipts)])
    return store


def sums(store: Any, metric: BaseMetric, query: Query) -> dict[tuple[Any, ...], int]:
    rows = fetch_measured(store, metric, query, CALENDAR, ON)
    return {(row.group, row.currency): row.value for row in rows if row.value}


def added(pairs: Any) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for key, value in pairs:
        found[key] = found.get(key, 0) + value
    return {key: value for key, value in found.items() if value}


@given(
    st.lists(receipt, max_size=12), shares, st.sampled_from(PERIODS), st.sampled_from([RECEIPTS, COUNT]),
    st.sampled_from(["person", "team", "region", "contract", "month"]),
)  # fmt: skip
def test_rows_lines_and_filters_agree(
    receipts: list[dict[str, Any]], split: list[int], period: Period | None, metric: BaseMetric, dimension: str
) -> None:
    store = filled(receipts, split)
    whole = sums(store, metric, Query(metric.name, (), period))
    rows = fetch_lines(store, metric, Query(metric.name, (), period), ON)
    assert added((((), row.currency), row.credit) for row in rows) == whole
    lines = sums(store, metric, Query(metric.name, (dimension,), period))
    assert added((((), currency), value) for (_, currency), value in lines.items()) == whole
    if dimension == "month":
        return
    for ((value,), currency), figure in lines.items():
        text = NONE.en if value is None else f"#{value}" if isinstance(value, int) else value
        only = Query(metric.name, (), period, (Filter(dimension, "=", (text,)),))
        assert sums(store, metric, only)[((), currency)] == figure
        behind = fetch_lines(store, metric, only, ON)
        assert sum(row.credit for row in behind if row.currency == currency) == figure
