"""What should be looked at before anybody signs: the list before closing, what waits, what the store holds."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.book import Page
from salescli.core.table import Block, Report
from salescli.core.title import Title
from salescli.errors import SalesCliError
from salescli.reports.status import build_held, build_waiting
from salescli.services.export.section import Section, Source
from salescli.services.status.screen import find_held
from salescli.services.status.waiting import find_waiting

TITLE = Title("待办与检查", "To look at")
_WAITING = Title("等人处理", "Waits for someone")
_DATA = Title("数据概况", "Data held")


def build_section(source: Source) -> Section:
    """Build the sheet."""
    checks, footer = _checks(source)
    held = find_held(source.context)
    waiting = replace(build_waiting(find_waiting(source.context, held), source.context.currency), title=_WAITING)
    data = build_held(held)
    pages = []
    for tab, blocks in ((TITLE, [*checks, waiting]), (_DATA, [data])):
        title = Title(f"{tab.zh} · {source.period}", f"{tab.en} · {source.period}")
        report = Report("export-quality", title, tuple(blocks), (source.known, *(footer if tab is TITLE else ())))
        pages.append(Page("quality", tab, report, coloured=("state",)))
    return Section(tuple(pages), said=footer[0] if footer else Title("", ""))


def _checks(source: Source) -> tuple[list[Block], tuple[Title, ...]]:
    """The list before closing of the period's last month; without plans there is none."""
    from salescli.services.commission.checking import check_period

    if not source.months:
        return [], ()
    try:
        report = check_period(source.context, source.months[-1]).report
    except SalesCliError:
        return [], ()  # no plans, or plans with errors: `salescli check` names them
    return list(report.blocks), report.footer[:1]
