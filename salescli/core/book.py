"""A workbook as values: pages of reports, a cover, charts. How it is drawn belongs to `render`.

A page is one sheet: a report with its title and footer, the charts drawn from its first table, and which words of it
are coloured. A report's blocks stand under each other on the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from salescli.core.table import Chart, Column, Report, Value
from salescli.core.title import Title

NOTHING = Title("", "")
GOOD_SIGNS, BAD_SIGNS = "✓▲", "✗▼!"  # what a coloured word begins with: the colour is never alone


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A line of key figures: each value brings the column that says how to show it."""

    name: Title
    values: tuple[tuple[Column, Value], ...]


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Figures of different kinds under common headings, as on a cover."""

    name: str
    headings: tuple[Title, ...]
    lines: tuple[FigureLine, ...]
    title: Title | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook."""

    name: str  # of the section, in English
    tab: Title
    report: Report
    charts: tuple[Chart, ...] = ()
    coloured: tuple[str, ...] = ()  # keys of columns whose words begin with a sign
    figures: tuple[KeyFigures, ...] = ()  # above the report's blocks
    wide: bool = True  # landscape
    sums: bool = False  # totals are formulas, so that they follow what somebody changes
    open_columns: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of the first table: to be filled in, with what fits
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the cover's contents: a section, the tabs that hold it, or why there is none."""

    section: Title
    tabs: tuple[Title, ...]
    said: Title


@dataclass(frozen=True, slots=True)
class Book:
    """A whole workbook. The first page is the cover, and carries the contents."""

    name: str
    title: Title
    company: str
    pages: tuple[Page, ...]
    contents: tuple[ContentsLine, ...] = ()
    footer: Title = NOTHING  # at the foot of each printed page
