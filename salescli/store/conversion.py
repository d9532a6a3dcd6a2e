"""What conversion stands on: the recorded rates, and sums of a metric per group, currency and rate date."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from salescli.core.metrics.conversion import DaySum, FxRate
from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Query
from salescli.core.periods import FiscalCalendar
from salescli.errors import Where
from salescli.store.connection import Store
from salescli.store.lineage import fetch_sources, origin_of
from salescli.store.metric_sql import fetch_measured
from salescli.store.state import state_of


def fetch_fx_rates(store: Store) -> list[FxRate]:
    """Return the recorded rates."""
    rows = store.db.execute(
        f"""SELECT upper(trim(base)), upper(trim(quote)), substr(date, 1, 10), rate, id
            FROM {state_of(store, "fx-rate")} WHERE rate IS NOT NULL AND date IS NOT NULL"""
    )
    return [FxRate(base, quote, day, Decimal(rate), entity) for base, quote, day, rate, entity in rows]


def fetch_fx_places(store: Store, entities: set[int]) -> dict[int, Where]:
    """Return the cells that rates were read from; one that was typed has none."""
    rows = [
        row
        for row in store.db.execute(f"SELECT id, source_id, source_row FROM {state_of(store, 'fx-rate')}")
        if row[0] in entities
    ]
    sources = fetch_sources(store, {source for _, source, _ in rows if source is not None})
    return {entity: origin_of(0, source, row, "rate", sources).where for entity, source, row in rows}


def fetch_day_sums(
    store: Store,
    metric: BaseMetric,
    query: Query,
    calendar: FiscalCalendar,
    on: str,
    home: str,
    *,
    below: bool = False,
) -> list[DaySum]:
    """Run one base metric per group, currency and day; what has no day is of `on`, what has no currency of `home`."""
    by = query.by if "day" in query.by else (*query.by, "day")
    place, width = by.index("day"), len(query.by)
    found = fetch_measured(store, metric, replace(query, by=by), calendar, on, below=below)
    return [
        DaySum(one.group[:width], one.currency or home, str(one.group[place] or on), one.value, one.count)
        for one in found
    ]
