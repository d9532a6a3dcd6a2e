"""The workbook of a period: every section, the ones without data said in one line each."""

from __future__ import annotations

from dataclasses import dataclass, field

from salescli.core.book import Book, ContentsLine, Page
from salescli.core.periods import Period
from salescli.core.title import Title
from salescli.errors import Problem, SalesCliError
from salescli.messages import sentence
from salescli.render.options import RenderOptions
from salescli.services.context import Context
from salescli.services.export.registry import SECTIONS, Entry
from salescli.services.export.section import Section, Source


@dataclass
class Exported:
    """A workbook: its bytes, how many sheets, what it lacks, and what was found on the way."""

    content: bytes
    pages: tuple[Page, ...]
    lacking: tuple[Title, ...]
    problems: list[Problem] = field(default_factory=list)


def export_workbook(context: Context, period: Period) -> Exported:
    """Build the workbook of a period; nothing is written."""
    from salescli.render.workbook.book import render_book

    source = Source(context, period)
    book = build_book(source)
    content = render_book(book, RenderOptions(context.language, to_file=True, currency=context.currency))
    lacking = tuple(line.said for line in book.contents if not line.tabs)
    return Exported(content, book.pages, lacking, source.notes)


def build_book(source: Source) -> Book:
    """Build all sections; the cover and the notes after those they speak of, each in its place."""
    for entry in sorted(SECTIONS, key=lambda one: one.speaks_of_others):
        source.built[entry.name] = _build(entry, source)
    sections = [(entry, source.built[entry.name]) for entry in SECTIONS]
    company = source.context.workspace.settings.name
    return Book(
        "workbook",
        Title(f"销售月报 {source.period}", f"Sales report {source.period}"),
        company,
        tuple(page for _, section in sections for page in section.pages),
        tuple(_contents(entry, section) for entry, section in sections if entry.name != "cover"),
        source.known,
    )


def _build(entry: Entry, source: Source) -> Section:
    """A section that cannot be made says why; the others are made all the same."""
    try:
        return entry.build(source)
    except SalesCliError as error:
        first = error.problems[0]
        return Section(absent=Title(sentence(first, "zh"), sentence(first, "en")))


def _contents(entry: Entry, section: Section) -> ContentsLine:
    if section.absent is not None:
        said = Title(f"未包含:{section.absent.zh}", f"left out: {section.absent.en}")
        return ContentsLine(entry.title, (), said)
    return ContentsLine(entry.title, tuple(page.tab for page in section.pages), section.said)
