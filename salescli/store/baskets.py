"""The items of each order: one row per order line of a period, to be gathered into baskets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Query
from salescli.store.connection import Store
from salescli.store.metric_filters import conditions_sql
from salescli.store.metric_paths import dimension_sql, path_sql, source_sql
from salescli.store.metric_sql import start_plan


@dataclass(frozen=True, slots=True)
class BasketLine:
    """A line of an order: what is in it (None: reaches nothing), and whether it takes something back."""

    order: Any
    item: Any
    is_return: bool


def fetch_basket_lines(store: Store, metric: BaseMetric, query: Query, on: str) -> list[BasketLine]:
    """Return the order lines behind a metric of order lines, with the one dimension that the query is by."""
    plan = start_plan(store, metric, query, on)
    item, order = dimension_sql(plan, query.by[0]), path_sql(plan, ("order",))
    amount, quantity = path_sql(plan, ("amount",)), path_sql(plan, ("quantity",))
    where = conditions_sql(plan, query)
    is_return = f"coalesce({amount} < 0, 0) OR coalesce({quantity} < 0, 0)"
    select = f"SELECT {order}, {item}, {is_return}\nFROM {source_sql(plan)}\nWHERE {where}"
    return [BasketLine(row[0], row[1], bool(row[2])) for row in store.db.execute(select, plan.values)]
