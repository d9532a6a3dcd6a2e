"""The days that a figure counts: the period asked or meant, and where a running total begins."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.metrics.cumulative import counted_period
from salescli.core.metrics.model import CumulativeMetric
from salescli.core.metrics.query import Query
from salescli.core.periods import Period
from salescli.services.context import Context


def default_period(ctx: Context, name: str) -> Period | None:
    """Return the period that is meant where none is said: all time; of a running total the one it is in."""
    metric = ctx.catalogue.get(name)
    return ctx.calendar.window(metric.over, ctx.on) if isinstance(metric, CumulativeMetric) else None


def counted_query(ctx: Context, query: Query) -> Query:
    """Return the ungrouped query of the records behind a figure; those of a running total reach further back."""
    metric, period = ctx.catalogue.get(query.metric), query.period
    if isinstance(metric, CumulativeMetric) and period is not None:
        period = counted_period(metric, period, ctx.calendar)
    return replace(query, by=(), period=period)
