"""What of a month is handed out: one person's statement as a file, and managers' packs, which come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.export import folder_of
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import session
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.services.commission.pack.teams import Depth


def write_statement(period: str, person: str) -> None:
    """Write one person's statement as a workbook or a page to print, as `-o` says."""
    from salescli.services.atomic import write_file
    from salescli.services.export.statements import export_statement

    path, form = session().output, session().format
    assert path is not None and form is not None
    with opened() as context:
        done = export_statement(context, context.parse_period(period), person, form)
    write_file(path, done.files[0].content)
    emit_problems(done.problems)
    if done.note is not None:
        say(done.note)
    say(Title(f"已写入 {path}", f"written: {path}"))


def pack(
    period: Annotated[str, typer.Argument(help=both("月份,如 2026-03", "a month: 2026-03"))],
    manager: Annotated[str, typer.Option("--manager", help=both("只做一位经理的", "of one manager only"))] = "",
    everyone_below: Annotated[
        bool, typer.Option("--everyone-below", help=both("含所有下级,不只直接下属", "everyone below, not only reports"))
    ] = False,
    files: Annotated[
        list[Path] | None, typer.Option("--from", help=both("填好的工作簿,可多次", "a filled pack; may be repeated"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=both("只看不写", "show what would be written"))] = False,
) -> None:
    """Write a workbook for each manager with their people to confirm; read it back with --from."""
    if files:
        _take(period, files, is_dry=dry_run)
    else:
        _write(period, manager, everyone_below)


def _write(period: str, manager: str, everyone_below: bool) -> None:
    from salescli.services.atomic import write_file
    from salescli.services.commission.pack.writing import write_packs

    folder = folder_of("pack-folder", period=period)
    with opened() as context:
        depth: Depth = "everyone-below" if everyone_below else "direct-reports"
        done = write_packs(context, context.parse_period(period), folder, manager, depth)
    for file in done.files:
        write_file(folder / file.name, file.content)
    emit_problems(done.problems)
    if done.note is not None:
        say(done.note)
    emit(done.report, beside_files=True)


def _take(period: str, files: list[Path], *, is_dry: bool) -> None:
    from salescli.services.commission.pack.taking import take_packs

    with opened(at_known=False) as context:
        done = take_packs(context, context.parse_period(period), files, is_dry=is_dry)
    emit_problems(done.problems)
    emit(done.report, beside_files=True)
