"""Credits in other currencies, each converted by itself and rounded, then added up: lines and sums agree exactly."""

from __future__ import annotations

from collections.abc import Callable

from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Query
from salescli.store.connection import Store
from salescli.store.metric_credit import credit_sql, currency_sql
from salescli.store.metric_filters import conditions_sql
from salescli.store.metric_paths import path_sql, source_sql
from salescli.store.metric_sql import start_plan

Convert = Callable[[int | None, str, str | None, int | None, str], int | None]
"""Ten-thousandths, currency, the rate's day, person and crediting day to ten-thousandths; None without a rate."""


def fetch_exchanged(
    store: Store, metric: BaseMetric, query: Query, on: str, currency: str, rate_day: tuple[str, ...], convert: Convert
) -> list[tuple[int | None, str | None, int]]:
    """Return (person, day or month, ten-thousandths) of what is not in a currency.

    Grouped by `person` alone, or by `day` or `month` too, as the query asks. SQL calls `convert` once for each credit:
    it multiplies integers that SQL itself could not hold.
    """
    plan = start_plan(store, metric, query, on)
    person, value = credit_sql(plan, needs_person=True)
    of, rated = currency_sql(plan), f"substr({path_sql(plan, rate_day)}, 1, 10)"
    label = f"substr({plan.day}, 1, {10 if 'day' in query.by else 7})" if len(query.by) > 1 else "NULL"
    where = conditions_sql(plan, query)
    store.db.create_function("exchanged", 5, convert)
    converted = f"exchanged({value}, {of}, {rated}, {person}, {plan.day})"
    inner = (
        f"SELECT {person} AS person, {label} AS label, {converted} AS value\n"
        f"FROM {source_sql(plan)}\nWHERE {where} AND {of} <> '' AND {of} <> ?"
    )
    sql = f"SELECT person, label, sum(value) FROM (\n{inner}\n) GROUP BY 1, 2 ORDER BY 1, 2"
    rows = store.db.execute(sql, [*plan.values, currency])
    return [(person, label, value) for person, label, value in rows if value is not None]
