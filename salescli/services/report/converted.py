"""What groups have in each currency, and what it became: the inputs of the exchange in a change."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from salescli.core.analysis.drivers import Converted
from salescli.core.metrics.conversion import DaySum, convert_exactly
from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Query
from salescli.core.money import E4
from salescli.reports.declaration import ConvertedNeed
from salescli.services.context import Context
from salescli.services.metric.converting import Converting
from salescli.store.conversion import fetch_day_sums


def convert_by_currency(ctx: Context, converting: Converting, need: ConvertedNeed) -> dict[Any, dict[str, Converted]]:
    """Return by group and currency what a base metric has of it, exactly, before and after conversion."""
    base = ctx.catalogue.get(need.metric)
    assert isinstance(base, BaseMetric)
    query = Query(need.metric, (need.by,), need.period)
    sums: dict[tuple[Any, str], list[DaySum]] = {}
    for one in fetch_day_sums(ctx.store, base, query, ctx.calendar, ctx.on.isoformat(), ctx.currency):
        sums.setdefault((one.group[0], one.currency), []).append(one)
    found: dict[Any, dict[str, Converted]] = {}
    for (group, currency), days in sums.items():
        own = Fraction(sum(one.value for one in days), E4)
        converted = sum(convert_exactly(days, converting.find).values(), Fraction(0)) / E4
        found.setdefault(group, {})[currency] = Converted(own, converted)
    return found
