"""What a metric can neither count nor leave out: listed, so that nobody is passed over without a word."""

from __future__ import annotations

from dataclasses import dataclass

from salescli.core.metrics.first_ever import Reason
from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Query
from salescli.store.connection import Store
from salescli.store.first_ever import join_first_ever, subject_sql
from salescli.store.metric_filters import conditions_sql
from salescli.store.metric_paths import source_sql
from salescli.store.metric_sql import start_plan


@dataclass(frozen=True, slots=True)
class Undefined:
    """A record that may be the first of its customer; `subject` is the customer, or whatever the metric counts."""

    entity: int
    day: str
    subject: int | str
    reason: Reason


def fetch_undefined(store: Store, metric: BaseMetric, query: Query, on: str) -> list[Undefined]:
    """Return the undefined records of a metric under the filters and in the period of a query, in the order of days."""
    if metric.value.kind != "first-ever":
        return []
    plan = start_plan(store, metric, query, on)
    join_first_ever(plan, is_undefined=True)
    columns = f"t.id, {plan.day}, {subject_sql(plan)}, n.reason"
    where = conditions_sql(plan, query)
    select = f"SELECT DISTINCT {columns}\nFROM {source_sql(plan)}\nWHERE {where}\nORDER BY 2, 1, 3"
    return [Undefined(*row) for row in store.db.execute(select, plan.values)]
