"""Scorecards whose period touches the workbook's: everyone's sheet, the grades, a chart of the totals."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.book import Page
from salescli.core.periods import Period
from salescli.core.table import Chart
from salescli.core.title import Title
from salescli.errors import SalesCliError
from salescli.services.export.section import Section, Source
from salescli.services.scorecard.closed import KIND
from salescli.services.scorecard.running import find_scorecard_run
from salescli.services.scorecard.showing import show_period
from salescli.store.runs import Run, fetch_runs

TAB = Title("计分卡", "Scorecard")


def build_section(source: Source) -> Section:
    """Build a sheet per scorecard and period: the closed run, else the newest draft."""
    pages, runs = [], []
    for period, name in _asked(source):
        report = show_period(source.context, period, name).report
        runs.append(find_scorecard_run(source.context, period, name).run)
        chart = Chart("bar", Title(f"总分 · {period}", f"Total · {period}"), "name", ("total",))
        pages.append(Page("scorecards", TAB, replace(report, next=()), (chart,)))
    if not pages:
        quarter = source.context.calendar.window("quarter", source.period.last_day)
        again = f"salescli scorecard run {quarter}"
        return Section(absent=Title(f"没有计分卡运行:{again}", f"no scorecard was run: {again}"))
    if len(pages) > 1:
        pages = [_told_apart(page, run) for page, run in zip(pages, runs, strict=True)]
    return Section(tuple(pages), runs=tuple(runs))


def _asked(source: Source) -> list[tuple[Period, str]]:
    """Return period and name of every scorecard run whose period holds the workbook's, or lies in it."""
    found: dict[tuple[str, str], Period] = {}
    for run in fetch_runs(source.context.store, KIND):
        try:
            period = source.context.parse_period(run.period)
        except SalesCliError:
            continue  # a label that the fiscal year of today no longer reads
        if period.covers(source.period) or source.period.covers(period):
            found[(run.period, run.subject)] = period
    return [(period, name) for (_, name), period in sorted(found.items())]


def _told_apart(page: Page, run: Run) -> Page:
    return replace(page, tab=Title(f"{TAB.zh} {run.period} {run.subject}", f"{TAB.en} {run.period} {run.subject}"))
