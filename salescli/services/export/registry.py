"""The sections of the workbook, in the order of their sheets. A new one is one module and one line here.

A module has `build_section(source) -> Section`. Those that speak of the others are built after them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.services.export.section import Section, Source


class Entry(NamedTuple):
    """One section: its name, what people call it, and whether it speaks of all the others."""

    name: str
    title: Title
    speaks_of_others: bool = False

    def build(self, source: Source) -> Section:
        """Build the section."""
        built: Section = import_module(f"salescli.services.export.{self.name}").build_section(source)
        return built


SECTIONS: tuple[Entry, ...] = (
    Entry("cover", Title("封面", "Cover"), speaks_of_others=True),
    Entry("attainment", Title("目标达成", "Attainment")),
    Entry("trend", Title("走势", "Trend")),
    Entry("commission", Title("提成", "Commission")),
    Entry("scorecards", Title("计分卡", "Scorecards")),
    Entry("funnel", Title("漏斗", "Funnel")),
    Entry("quality", Title("数据与待办", "Data and what waits")),
    Entry("notes", Title("说明", "Notes"), speaks_of_others=True),
)
