"""What conversion stands on: the recorded rates, and sums of a metric per group, currency and rate date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from functools import cache

from salescli.core.metrics.conversion import DaySum, FxRate
from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Query
from salescli.core.periods import FiscalCalendar
from salescli.errors import Where
from salescli.store.connection import Store
from salescli.store.givers import fetch_given
from salescli.store.lineage import fetch_sources, origin_of
from salescli.store.metric_sql import TIME_DIMENSIONS, fetch_measured
from salescli.store.schema import table_of
from salescli.store.state import condition, state_of


def fetch_fx_rates(store: Store, known: int | None = None) -> list[FxRate]:
    """Return the recorded rates; as an earlier batch knew them, where one is named."""
    state = state_of(store, "fx-rate") if known is None else f'"{table_of("fx-rate")}" WHERE {condition(known)}'
    where = "WHERE" if known is None else "AND"
    rows = store.db.execute(
        f"""SELECT upper(trim(base)), upper(trim(quote)), substr(date, 1, 10), rate, id
            FROM {state} {where} rate IS NOT NULL AND date IS NOT NULL"""
    )
    return [FxRate(base, quote, day, Decimal(rate), entity) for base, quote, day, rate, entity in rows]


def fetch_fx_places(store: Store, entities: set[int]) -> dict[int, Where]:
    """Return the cells that rates were read from; one that was typed has none."""
    given = fetch_given(store, store.registry["fx-rate"], entities, "rate")
    sources = fetch_sources(store, {one.source for one in given.values() if one.source is not None})
    return {entity: origin_of(0, one.source, one.row, "rate", sources).where for entity, one in given.items()}


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
    own = tuple(name for name in query.by if name not in TIME_DIMENSIONS and name != "day")
    found = fetch_measured(store, metric, replace(query, by=(*own, "day")), calendar, on, below=below)
    period_of = _periods(query.by, calendar)
    sums = []
    for one in found:
        day = one.group[-1]
        values = {**dict(zip(own, one.group, strict=False)), **period_of(day)}
        group = tuple(values[name] for name in query.by)
        sums.append(DaySum(group, one.currency or home, str(day or on), one.value, one.count))
    return sums


def _periods(by: tuple[str, ...], calendar: FiscalCalendar) -> Callable[[object], dict[str, object]]:
    """Return what gives a day its place in time; days are many, and joined to periods in SQL they take long."""
    grains = [grain for grain in TIME_DIMENSIONS if grain in by]

    @cache
    def period_of(day: object) -> dict[str, object]:
        found: dict[str, object] = {"day": day}
        known = date.fromisoformat(day) if isinstance(day, str) else None
        for grain in grains:
            # a window may reach into the years beside: the first and the last that there are have none
            is_within = known is not None and MINYEAR + 1 < known.year < MAXYEAR
            found[grain] = calendar.window(grain, known).label if known is not None and is_within else None
        return found

    return period_of
