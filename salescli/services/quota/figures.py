"""Figures of a metric for quotas: by person, team and month, in one currency, and how far the data reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import FetchBase, Measured, Query, compute_figures
from salescli.core.money import CONTEXT
from salescli.core.periods import Period
from salescli.core.table import Ratio
from salescli.errors import Problem, ProblemsFound, Where, problem
from salescli.reports.quota import MONEY, Measure
from salescli.services.context import Context
from salescli.store.metric_sql import fetch_measured

NO_PLACE = Where()


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric that may have targets. `currency` is "" where it is no money.

    `fetch` fetches its parts where they are not taken as they are: converted into `currency`. Targets are split only
    where its parts add up.
    """

    name: str
    currency: str
    is_money: bool
    fetch: FetchBase | None = None
    is_additive: bool = True


def find_metric(context: Context, name: str, currency: str = "", where: Where = NO_PLACE) -> Metric:
    """Return a metric by name.

    Raises:
        ProblemsFound: there is none of that name, or its parts do not add up.
    """
    if name not in context.catalogue:
        from salescli.services.metric.words import nearest_metric

        near = nearest_metric(context.catalogue, name)
        raise ProblemsFound(problem("unknown-metric", where, text=name, nearest=near))
    if not context.catalogue.is_additive(name):
        raise ProblemsFound(problem("ratio-has-no-sum", where, metric=name))
    is_money = context.catalogue.unit(name) == "money"
    return Metric(name, (currency or context.currency) if is_money else "", is_money)


def measure_of(context: Context, name: str) -> Measure:
    """Return how targets of a metric are shown and added; what nobody defines is taken for money, as elsewhere."""
    from salescli.reports.metrics import VALUE_KINDS

    if name not in context.catalogue:
        return MONEY
    return Measure(VALUE_KINDS[context.catalogue.unit(name)], context.catalogue.unit(name) != "rate")


def fetch_figures(
    context: Context, metric: Metric, by: tuple[str, ...], period: Period | None
) -> dict[tuple[Any, ...], Decimal]:
    """Return figures by group, in the metric's currency; other currencies are said and left out, never added."""
    context.prepare_stages()
    found: dict[tuple[Any, ...], Decimal] = {}
    others: set[str] = set()
    for figure in compute_figures(context.catalogue, Query(metric.name, by, period), metric.fetch or _fetch(context)):
        assert figure.value is not None and not isinstance(figure.value, Ratio)
        if figure.currency not in ("", metric.currency):
            others.add(figure.currency)
            continue
        found[figure.group] = CONTEXT.add(found.get(figure.group, Decimal(0)), figure.value)
    for currency in sorted(others):
        add_note(context, problem("other-currency", metric=metric.name, currency=currency, severity="warning"))
    return found


def _fetch(context: Context) -> Callable[[BaseMetric, Query], list[Measured]]:
    on = context.on.isoformat()
    return lambda base, query: fetch_measured(context.store, base, query, context.calendar, on)


def add_note(context: Context, note: Problem) -> None:
    """Note something once."""
    if note not in context.notes:
        context.notes.append(note)


def last_day_of_data(context: Context, metric: Metric, period: Period) -> date | None:
    """Return the last day, up to the day asked, on which a metric has a record at or after the period's beginning."""
    end = min(context.on, date.max)
    after = Period(period.start, date(9999, 12, 31))
    context.prepare_stages()
    if metric.fetch is not None:  # a day counts in whatever currency: nothing has to be converted to know it
        figures = compute_figures(context.catalogue, Query(metric.name, ("day",), after), _fetch(context))
        days = [figure.group[0] for figure in figures]
    else:
        days = [group[0] for group in fetch_figures(context, metric, ("day",), after)]
    known = [date.fromisoformat(str(day)) for day in days if day]
    reached = [day for day in known if day <= end]
    return max(reached) if reached else None


def working_days(context: Context) -> Callable[[date], bool]:
    """Return which days are worked: the calendar's records, else Monday to Friday."""
    from salescli.core.quotas.attainment import weekday_works
    from salescli.services.calendar_days import fetch_working

    said = fetch_working(context)
    return lambda day: said.get(day, weekday_works(day))


def count_working(start: date, end: date, works: Callable[[date], bool]) -> int:
    """Return how many days of `[start, end)` are worked."""
    return sum(1 for offset in range((end - start).days) if works(date.fromordinal(start.toordinal() + offset)))


def total_of(values: Iterable[Decimal]) -> Decimal:
    """Add amounts exactly."""
    total = Decimal(0)
    for value in values:
        total = CONTEXT.add(total, value)
    return total
