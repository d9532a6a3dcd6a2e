"""`salescli export`: the workbook of a period, and statements as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from salescli.cli.emit import emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import session
from salescli.core.title import Title
from salescli.errors import Refused, UsageError, problem

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("workbook")
def workbook(
    period: Annotated[str, typer.Argument(help=both("期间:2026-03、2026-Q1", "the period: 2026-03, 2026-Q1"))],
) -> None:
    """Write the workbook of a period: cover, attainment, trend, commission, what waits, notes."""
    from salescli.services.atomic import write_file
    from salescli.services.export.workbook import export_workbook

    path = _output(period, "export-where")
    with opened() as context:
        done = export_workbook(context, context.parse_period(period))
    write_file(path, done.content)
    emit_problems(done.problems)
    for lacking in done.lacking:
        say(lacking)
    count = len(done.pages)
    say(Title(f"已写入 {path} · {count} 张工作表", f"written: {path} · {count} sheets"))


@app.command("statements")
def statements(
    period: Annotated[str, typer.Argument(help=both("月份,如 2026-03", "a month: 2026-03"))],
) -> None:
    """Write a file per person into a folder: a workbook with how it came about, or (-O html) a page to sign."""
    from salescli.services.atomic import write_file
    from salescli.services.export.statement_file import FORMS
    from salescli.services.export.statements import export_statements

    folder = folder_of("export-folder", period=period)
    form = session().format or "xlsx"
    if form not in FORMS:
        raise UsageError(problem("statement-form", text=form))
    with opened() as context:
        done = export_statements(context, context.parse_period(period), form)
    for file in done.files:
        write_file(folder / file.name, file.content)
    emit_problems(done.problems)
    if done.note is not None:
        say(done.note)
    if done.blank:
        say(Title(f"本期没有提成:{'、'.join(done.blank)}", f"nothing in this period: {', '.join(done.blank)}"))
    count = len(done.files)
    say(Title(f"已写入 {folder} · {count} 个文件", f"written: {folder} · {count} file{'' if count == 1 else 's'}"))


def folder_of(lacking: str, **values: Any) -> Path:
    """Return the folder to write into.

    Raises:
        UsageError: none was named (`lacking` with its values).
        Refused: a file stands there.
    """
    folder = session().output
    if folder is None:
        raise UsageError(problem(lacking, **values))
    if folder.exists() and not folder.is_dir():
        raise Refused(problem("not-a-folder", path=str(folder)))
    return folder


def _output(period: str, lacking: str) -> Path:
    """Return where to write; only a workbook can be written."""
    asked = session()
    if asked.format not in (None, "xlsx"):
        raise UsageError(problem("export-only-xlsx", text=asked.format))
    if asked.output is None:
        raise UsageError(problem(lacking, period=period))
    return asked.output
