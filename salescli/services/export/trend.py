"""The leading metric over twelve months, beside its targets and the year before, with a chart."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.book import Page
from salescli.core.periods import Period, add_months, months_in
from salescli.core.table import Chart
from salescli.core.title import Title
from salescli.reports.export.trend import TrendLine, build_trend
from salescli.services.context import Context
from salescli.services.export.section import Section, Source
from salescli.services.quota.figures import Metric, fetch_figures, find_metric, total_of
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.targets import fetch_targets

MONTHS = 12


def build_section(source: Source) -> Section:
    """Build a sheet per currency: the twelve months that end with the period."""
    context, name = source.context, source.leading
    if not name:
        return Section(absent=Title("十二个月内没有业绩记录", "no results in the twelve months"))
    last = min(source.period.last_day, max(context.today, source.period.start)).replace(day=1)
    window = Period(add_months(last, 1 - MONTHS), add_months(last, 1))
    currencies = _currencies(source, name, window)
    pages = tuple(_page(source, name, currency, window, len(currencies) > 1) for currency in currencies)
    return Section(pages, metrics=(name,))


def _currencies(source: Source, name: str, window: Period) -> list[str]:
    """The currencies of the metric's figures and targets; "" for what is no money."""
    if source.context.catalogue.unit(name) != "money":
        return [""]
    found = {currency for currency in source.figures(name, window) if currency} | {*source.targets.get(name, ())}
    return sorted(found, key=source.base_first) or [source.context.currency]


def _page(source: Source, name: str, currency: str, window: Period, is_one_of_several: bool) -> Page:
    context = source.context
    metric = find_metric(context, name, currency)
    before = Period(add_months(window.start, -12), add_months(window.end, -12))
    now, then = _by_month(context, metric, window), _by_month(context, metric, before)
    targets = _targets(source, name, currency, window)
    lines = [
        TrendLine(month.label, now.get(month.label), targets.get(month.label), then.get(_year_before(month)))
        for month in months_in(window)
    ]
    title = context.catalogue.get(name).title
    report = build_trend(title, metric.currency, lines, source.known, context.today < window.end)
    has_before = any(line.before is not None for line in lines)
    series = ("actual", *(["target"] if targets else []), *(["before"] if has_before else []))
    said = f" {currency}" if is_one_of_several else ""
    chart = Chart("line", Title(f"{title.zh}{said} · 按月", f"{title.en}{said} by month"), "month", series)
    return Page("trend", Title(f"走势{said}", f"Trend{said}"), report, (chart,))


def _by_month(context: Context, metric: Metric, period: Period) -> dict[str, Decimal]:
    return {str(group[0]): value for group, value in fetch_figures(context, metric, ("month",), period).items()}


def _targets(source: Source, metric: str, currency: str, window: Period) -> dict[str, Decimal]:
    """The company's own targets by month."""
    if metric not in source.targets:
        return {}
    leaves, _ = fetch_targets(source.context, open_directory(source.context), window, currency)
    found: dict[str, Decimal] = {}
    for leaf in leaves:
        if (leaf.metric, leaf.level, leaf.holder) == (metric, "base", "company"):
            found[leaf.month] = total_of((found.get(leaf.month, Decimal(0)), leaf.amount))
    return found


def _year_before(month: Period) -> str:
    return f"{add_months(month.start, -12):%Y-%m}"
