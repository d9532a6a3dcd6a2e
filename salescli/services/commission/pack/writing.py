"""`commission pack -o FOLDER`: a workbook for each manager, built whole before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from salescli.core.periods import Period
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem
from salescli.reports.commission.pack import PackWritten, build_written
from salescli.services.commission.pack.building import Packs, build_packs, render_pack
from salescli.services.commission.pack.teams import Depth
from salescli.services.commission.showing import stale_note
from salescli.services.context import Context
from salescli.services.export.statements import StatementFile, file_name


@dataclass
class PacksMade:
    """The files, what is said of them, and what was found on the way."""

    files: list[StatementFile]
    report: Report
    note: Title | None = None
    problems: list[Problem] = field(default_factory=list)


def write_packs(context: Context, period: Period, folder: Path, manager: str, depth: Depth) -> PacksMade:
    """Build the packs of a month; nothing is written here.

    Raises:
        Refused: the month was never run.
        UsageError: nobody, or several, are called so; or the manager has nobody in this run.
    """
    found: Packs = build_packs(context, period, manager, depth)
    files, written, taken = [], [], set[str]()
    for pack in found.packs:
        name = file_name(pack.manager, taken)
        files.append(StatementFile(name, render_pack(found.handed, pack)))
        written.append(PackWritten(pack.manager.name, len(pack.people), len(pack.pots), str(folder / name)))
    report = build_written(period.label, written, found.left if not manager else (), found.handed.head.footer)
    return PacksMade(files, report, stale_note(context, found.handed.run), found.handed.problems)
