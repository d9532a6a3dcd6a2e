"""The commission register of each month of the period, its components, and the differences of earlier periods."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.book import Page
from salescli.core.periods import Period
from salescli.core.table import Block, Report
from salescli.core.title import Title
from salescli.services.commission.showing import show_run
from salescli.services.commission.stored import find_run
from salescli.services.export.section import Section, Source
from salescli.store.runs import Run

_TABS = {
    "people": Title("提成登记", "Commission"),
    "components": Title("提成按组件", "By component"),
    "differences": Title("以前期间差异", "Earlier periods"),
}


def build_section(source: Source) -> Section:
    """Build the sheets of every month that was run."""
    runs = [(month, run) for month in source.months if (run := find_run(source.context, month)) is not None]
    if not runs:
        again = f"salescli commission run {source.months[-1].label if source.months else '2026-03'}"
        return Section(absent=Title(f"没有提成运行:{again}", f"commission was never run: {again}"))
    pages = [page for month, run in runs for page in _pages(source, month, run, len(source.months) > 1)]
    return Section(tuple(pages), runs=tuple(run for _, run in runs))


def _pages(source: Source, month: Period, run: Run, is_one_of_several: bool) -> list[Page]:
    report = show_run(source.context, run)
    pages: list[Page] = []
    notes = tuple(block for block in report.blocks if block.name == "notes")
    for block in report.blocks:
        if block.name not in _TABS:
            continue
        tab = _TABS[block.name]
        if is_one_of_several:
            tab = Title(f"{tab.zh} {month.label}", f"{tab.en} {month.label}")
        more = notes if block.name == "people" else ()
        pages.append(Page("commission", tab, _part(report, block, more)))
    return pages


def _part(report: Report, block: Block, more: tuple[Block, ...]) -> Report:
    title = report.title
    if block.title is not None:
        title = Title(f"{title.zh} · {block.title.zh}", f"{title.en} · {block.title.en}")
    return replace(report, title=title, blocks=(replace(block, title=None), *more), next=())
