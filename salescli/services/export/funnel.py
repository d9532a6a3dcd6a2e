"""The funnel of deals created in the period, the cycle of those closed; what stood open at its end, how long."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.book import Page
from salescli.core.table import Chart, Report, Table
from salescli.core.title import Title
from salescli.services.export.section import NOTHING, Section, Source
from salescli.services.funnel.showing import FunnelRequest, show_funnel
from salescli.services.funnel.times import show_ageing, show_cycle

_TAB, _STOCK = Title("漏斗", "Funnel"), Title("在手商机", "Open deals")
_CYCLE, _AGEING = Title("销售周期", "Sales cycle"), Title("商机账龄", "Ageing")
LISTED = 40  # of the deals that have stood too long; `funnel ageing` lists all


def build_section(source: Source) -> Section:
    """Build the sheets; without a deal there is none, and it says so."""
    context, period = source.context, source.period
    label = period.label or f"{period.start}..{period.last_day}"
    shown = show_funnel(context, FunnelRequest(label)).report
    title = Title(f"到达各阶段的商机 · {period}", f"Deals that reached each stage · {period}")
    asked = (
        (_TAB, shown, (Chart("funnel", title, "stage", ("reached",)),)),
        (_STOCK, show_funnel(source.at_the_end, FunnelRequest(mode="snapshot")).report, ()),
        (_CYCLE, show_cycle(context, label).report, ()),
        (_AGEING, show_ageing(source.at_the_end, limit=LISTED).report, ()),
    )
    pages = [
        Page("funnel", tab, _without_bars(report), charts)
        for tab, report, charts in asked
        if (table := _first(report)) is not None and table.rows
    ]
    first = _first(shown)
    why = first.empty if first is not None and not first.rows and first.empty else NOTHING
    return Section(tuple(pages), said=why) if pages else Section(absent=why)


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
