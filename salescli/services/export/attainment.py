"""Attainment of each metric with targets: by team with a chart, and by person; without targets the results alone."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.book import Page
from salescli.core.metrics.query import Query
from salescli.core.table import Chart, Table, Value
from salescli.core.title import Title
from salescli.reports.export.standing import STANDING, with_standing
from salescli.services.export.section import Section, Source
from salescli.services.metric.showing import MetricRequest, build_metric_report, dimensions_of, figures_of
from salescli.services.quota.attainment import By, show_attainment

PICTURES = ("bar", "trend", "word")  # the page has a chart of its own, and its own word
FORWARD = ("pace", "required", "projected")  # they speak of the days to come, and say nothing of a period that is over
_RESULTS = {
    "team": Title("团队业绩", "Results by team"),
    "manager": Title("经理业绩", "Results by manager"),
    "person": Title("个人业绩", "Results by person"),
}
_TABS: dict[By, Title] = {"team": Title("团队达成", "By team"), "person": Title("个人达成", "By person")}


def build_section(source: Source) -> Section:
    """Build the sheets, two per metric."""
    if not source.targets:
        return _results(source)
    asked = [(metric, currency) for metric, currencies in source.targets.items() for currency in currencies]
    pages = [page for metric, currency in asked for page in _pages(source, metric, currency, len(asked) > 1)]
    return Section(tuple(pages), metrics=tuple(source.targets))


def _results(source: Source) -> Section:
    """Without targets there is nothing to attain: the leading metric alone, by whom it reaches."""
    context, period, name = source.context, source.period, source.leading
    none = Title(f"{period} 没有目标", f"no targets in {period}")
    if not name or not source.has_records(name, period):
        return Section(absent=none)
    label = period.label or f"{period.start}..{period.last_day}"
    pages = []
    for by in dimensions_of(context, name):
        if by not in _RESULTS:
            continue
        groups = {one.group for one in figures_of(context, Query(name, (by,), period))}
        if groups - {(None,)}:
            report = build_metric_report(context, MetricRequest(name, (by,), label))
            pages.append(Page("attainment", _RESULTS[by], replace(report, notes=())))
    return Section(tuple(pages), said=none, metrics=(name,)) if pages else Section(absent=none)


def _pages(source: Source, metric: str, currency: str, is_one_of_several: bool) -> list[Page]:
    title = source.context.catalogue.get(metric).title
    several = len(source.targets) > 1
    found = []
    for by, tab in _TABS.items():
        report = show_attainment(source.context, source.period, by, metric, currency=currency)
        table = next(block for block in report.blocks if isinstance(block, Table))
        is_over = source.context.today > source.period.last_day
        marked = with_standing(_without(table, (*PICTURES, *(FORWARD if is_over else ()))), is_over)
        report = replace(report, blocks=(replace(marked, title=None),), footer=(source.known, *report.footer))
        if is_one_of_several:
            tab = Title(
                " ".join(part for part in (tab.zh, title.zh if several else "", currency) if part),
                " ".join(part for part in (tab.en, title.en if several else "", currency) if part),
            )
        found.append(Page("attainment", tab, report, _charts(by), coloured=(STANDING,)))
    return found


def _without(table: Table, keys: tuple[str, ...]) -> Table:
    """Leave columns out."""
    kept = [place for place, column in enumerate(table.columns) if column.key not in keys]

    def row_of(row: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(row[place] for place in kept)

    columns = tuple(table.columns[place] for place in kept)
    total = row_of(table.total) if table.total else None
    return replace(table, columns=columns, rows=tuple(map(row_of, table.rows)), total=total)


def _charts(by: By) -> tuple[Chart, ...]:
    if by != "team":
        return ()
    title = Title("各团队实际与目标", "Actual and target by team")
    return (Chart("bar", title, "name", ("actual", "target")),)
