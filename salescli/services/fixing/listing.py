"""`fix list`: what waits for a person, as a report or as the workbook on which it is filled in."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.table import Report
from salescli.errors import UsageError, problem
from salescli.reports.fixing import FixSection, build_fix_report
from salescli.services.context import Context
from salescli.services.fixing.kind import FixKind, Section
from salescli.services.fixing.registry import fix_kinds
from salescli.services.knowledge import known_line


def show_fixes(context: Context, names: Sequence[str] = (), limit: int = 0) -> Report:
    """Return the list of what waits, of all kinds or of some."""
    sections = [
        FixSection(one.name, one.title, one.why, one.count, one.amounts, one.columns, one.rows)
        for one in find_sections(context, names)
    ]
    file = "待补.xlsx" if context.language == "zh" else "fix.xlsx"
    return build_fix_report(sections, context.currency, known_line(context), limit, file)


def write_fixes(context: Context, file_name: str, names: Sequence[str] = ()) -> tuple[bytes, int]:
    """Return the workbook with a sheet per kind, and how many sheets it has; none where nothing waits."""
    from salescli.importers.writing.form_book import build_forms

    pages = [one.page(file_name) for one in find_sections(context, names)]
    return (build_forms(pages, context.language), len(pages)) if pages else (b"", 0)


def find_sections(context: Context, names: Sequence[str] = ()) -> list[Section]:
    """Return what waits, in the order of the kinds.

    Raises:
        UsageError: a name is no kind.
    """
    return [found for kind in _chosen(names) if (found := kind.find(context)) is not None]


def _chosen(names: Sequence[str]) -> list[FixKind]:
    kinds = fix_kinds()
    known = {word: kind for kind in kinds for word in (kind.name, *kind.title)}
    if unknown := [name for name in names if name not in known]:
        import difflib

        listed = [kind.name for kind in kinds]
        raise UsageError(
            *(
                problem(
                    "unknown-fix", text=name, known=listed, nearest="".join(difflib.get_close_matches(name, known, 1))
                )
                for name in unknown
            )
        )
    wanted = {known[name].name for name in names}
    return [kind for kind in kinds if not wanted or kind.name in wanted]
