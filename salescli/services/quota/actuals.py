"""What is measured against targets: figures of any metric by team, person and month, and how far they reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Measured, Query, compute_figures
from salescli.core.money import total
from salescli.core.periods import Period
from salescli.core.quotas.ratios import Figure, add_ratios
from salescli.errors import problem
from salescli.services.context import Context
from salescli.services.quota.figures import Metric, add_note, find_metric, last_day_of_data
from salescli.store.lineage import fetch_data_through
from salescli.store.metric_sql import fetch_measured

Group = tuple[Any, ...]


def metric_to_measure(context: Context, name: str, currency: str = "") -> Metric:
    """Return any metric by name; what does not add up is measured too, though its targets are never split.

    Raises:
        ProblemsFound: there is none of that name.
    """
    if name in context.catalogue and not context.catalogue.is_additive(name):
        is_money = context.catalogue.unit(name) == "money"
        return Metric(name, (currency or context.currency) if is_money else "", is_money, is_additive=False)
    return find_metric(context, name, currency)


def fetch_actuals(
    context: Context, metric: Metric, by: tuple[str, ...], period: Period, *, below: bool = False
) -> dict[Group, Figure]:
    """Return figures by group in the metric's currency; others are said and left out, never added.

    With `below` each counts in every team above its own.
    """
    context.prepare_stages()
    fetch: Callable[..., list[Measured]] = metric.fetch or partial(_fetch, context)
    wanted = metric.currency or context.currency
    found: dict[Group, Figure] = {}
    query = Query(metric.name, by, period)
    for one in compute_figures(
        context.catalogue, query, partial(fetch, below=True) if below else fetch, context.calendar
    ):
        if one.currency not in ("", wanted):
            note = problem("other-currency", metric=metric.name, currency=one.currency, severity="warning")
            add_note(context, note)
            continue
        found[one.group] = add_figures(metric, [found[one.group], one.value]) if one.group in found else one.value
    return found


def add_figures(metric: Metric, figures: list[Figure]) -> Figure:
    """Return the figure of several groups together; None where groups do not tell it."""
    if not metric.is_additive:
        return add_ratios(figures)
    return total(one for one in figures if isinstance(one, Decimal))


def denominators(months: Mapping[str, Figure]) -> dict[str, Decimal]:
    """Return the denominators of ratios by month."""
    return {label: Decimal(one.denominator) for label, one in months.items() if one and not isinstance(one, Decimal)}


def last_day_measured(context: Context, metric: Metric, period: Period) -> date | None:
    """Return the last day, up to the day asked, that has a record at or after the period's beginning."""
    if metric.is_additive:
        return last_day_of_data(context, metric, period)
    days = [last for _, last in _spans(context, metric)]
    return max((day for day in days if day >= period.start), default=None)


def first_day_measured(context: Context, metric: Metric) -> date | None:
    """Return the day of the very first record that the metric may count."""
    return min((first for first, _ in _spans(context, metric)), default=None)


def _spans(context: Context, metric: Metric) -> list[tuple[date, date]]:
    found = []
    for base in context.catalogue.bases(metric.name):
        if base.date:
            span = fetch_data_through(context.store, context.store.registry[base.of], base.date, context.on.isoformat())
            found += [(date.fromisoformat(span[0]), date.fromisoformat(span[1]))] if span else []
    return found


def _fetch(context: Context, base: BaseMetric, query: Query, *, below: bool = False) -> list[Measured]:
    return fetch_measured(context.store, base, query, context.calendar, context.on.isoformat(), below=below)
