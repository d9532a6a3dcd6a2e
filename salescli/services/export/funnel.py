"""The funnel of the deals created in the period, with a chart, and what stands in each stage today."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.book import Chart, Page
from salescli.core.table import Report, Table
from salescli.core.title import Title
from salescli.services.export.section import Section, Source
from salescli.services.funnel.showing import FunnelRequest, show_funnel

_TAB, _STOCK = Title("漏斗", "Funnel"), Title("在手商机", "Open deals")


def build_section(source: Source) -> Section:
    """Build the sheets; a period in which no deal was created has no funnel, and says so."""
    context, period = source.context, source.period
    label = period.label or f"{period.start}..{period.last_day}"
    shown = show_funnel(context, FunnelRequest(label)).report
    first = _first(shown)
    if first is None or not first.rows:
        return Section(absent=first.empty if first is not None and first.empty else Title("没有商机", "no deals"))
    title = Title(f"到达各阶段的商机 · {period}", f"Deals that reached each stage · {period}")
    pages = [Page("funnel", _TAB, _without_bars(shown), (Chart("funnel", title, "stage", ("reached",)),))]
    stock = show_funnel(context, FunnelRequest(mode="snapshot")).report
    table = _first(stock)
    if table is not None and table.rows:
        pages.append(Page("funnel", _STOCK, _without_bars(stock)))
    return Section(tuple(pages))


def _first(report: Report) -> Table | None:
    return next((block for block in report.blocks if isinstance(block, Table)), None)


def _without_bars(report: Report) -> Report:
    """The chart says what the bars say."""
    blocks = tuple(_bare(block) if isinstance(block, Table) else block for block in report.blocks)
    return replace(report, blocks=blocks, next=())


def _bare(table: Table) -> Table:
    kept = [place for place, column in enumerate(table.columns) if column.kind != "bar"]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
        total=tuple(table.total[place] for place in kept) if table.total else None,
    )
