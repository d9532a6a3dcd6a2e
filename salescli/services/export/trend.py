"""The leading metric over twelve months, beside its targets and the year before, with a chart."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.book import Chart, Page
from salescli.core.periods import Period, add_months, months_in
from salescli.core.title import Title
from salescli.reports.export.trend import TrendLine, build_trend
from salescli.services.context import Context
from salescli.services.export.section import Section, Source
from salescli.services.quota_figures import Metric, fetch_figures, find_metric, total_of
from salescli.services.quota_inputs import open_directory
from salescli.services.quota_targets import fetch_targets

MONTHS = 12


def build_section(source: Source) -> Section:
    """Build the sheet: the twelve months that end with the period."""
    context, name = source.context, source.leading
    if not name:
        return Section(absent=Title("十二个月内没有业绩记录", "no results in the twelve months"))
    metric = find_metric(context, name, source.targets.get(name, ""))
    last = min(source.period.last_day, max(context.today, source.period.start)).replace(day=1)
    window = Period(add_months(last, 1 - MONTHS), add_months(last, 1))
    before = Period(add_months(window.start, -12), add_months(window.end, -12))
    now, then = _by_month(context, metric, window), _by_month(context, metric, before)
    targets = _targets(source, name, window)
    lines = [
        TrendLine(month.label, now.get(month.label), targets.get(month.label), then.get(_year_before(month)))
        for month in months_in(window)
    ]
    open_month = context.today < add_months(last, 1)
    title = context.catalogue.get(name).title
    report = build_trend(title, metric.currency, lines, source.known, open_month)
    has_targets, has_before = bool(targets), any(line.before is not None for line in lines)
    series = ("actual", *(["target"] if has_targets else []), *(["before"] if has_before else []))
    chart = Chart("line", Title(f"{title.zh} · 按月", f"{title.en} by month"), "month", series)
    return Section((Page("trend", Title("走势", "Trend"), report, (chart,)),), metrics=(name,))


def _by_month(context: Context, metric: Metric, period: Period) -> dict[str, Decimal]:
    return {str(group[0]): value for group, value in fetch_figures(context, metric, ("month",), period).items()}


def _targets(source: Source, metric: str, window: Period) -> dict[str, Decimal]:
    """The company's own targets by month."""
    leaves, _ = fetch_targets(source.context, open_directory(source.context), window)
    found: dict[str, Decimal] = {}
    for leaf in leaves:
        if (leaf.metric, leaf.level, leaf.holder) == (metric, "base", "company"):
            found[leaf.month] = total_of((found.get(leaf.month, Decimal(0)), leaf.amount))
    return found


def _year_before(month: Period) -> str:
    return f"{add_months(month.start, -12):%Y-%m}"
