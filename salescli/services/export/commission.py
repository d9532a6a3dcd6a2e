"""The commission register of each month of the period, its components, and the differences of earlier periods."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.book import Page
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.services.commission.showing import show_run
from salescli.services.commission.stored import find_run
from salescli.services.export.section import Section, Source
from salescli.store.runs import Run

_TABS = {
    "people": Title("提成登记", "Commission"),
    "components": Title("提成按组件", "By component"),
    "differences": Title("以前期间差异", "Earlier periods"),
    "adjustments": Title("手工调整", "Adjustments"),
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
    """A sheet per kind of table; those of several currencies stand on it under each other."""
    report = show_run(source.context, run)
    pages: list[Page] = []
    for kind, tab in _TABS.items():
        tables = [block for block in report.blocks if block.name == kind or block.name.startswith(f"{kind}-")]
        if not tables:
            continue
        if is_one_of_several:
            tab = Title(f"{tab.zh} {month.label}", f"{tab.en} {month.label}")
        if len(tables) == 1:
            tables = [replace(tables[0], title=None)]
        notes = [block for block in report.blocks if block.name == "notes"] if kind == "people" else []
        title = report.title
        if kind != "people":
            title = Title(f"{title.zh} · {_TABS[kind].zh}", f"{title.en} · {_TABS[kind].en}")
        pages.append(Page("commission", tab, replace(report, title=title, blocks=(*tables, *notes), next=())))
    return pages
