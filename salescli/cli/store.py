"""`store` and `sql`: looking after the store, and asking it directly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import workspace
from salescli.core.title import Title

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("status")
def status() -> None:
    from salescli.services.maintenance import build_status_report

    with opened() as ctx:
        emit(build_status_report(ctx))


@app.command("backup")
def backup(
    file: Annotated[
        Path | None, typer.Argument(help=both("目标文件;不写则放在数据库旁", "the copy; left out, beside the store"))
    ] = None,
) -> None:
    from salescli.services.maintenance import back_up

    with opened(readonly=True, at_known=False) as ctx:
        path = back_up(ctx, file)
        say(Title(f"已备份到 {path}", f"copied to {path}"))


@app.command("verify")
def verify() -> None:
    from salescli.cli.progress import progress
    from salescli.services.maintenance import verify_store

    with opened(readonly=True, at_known=False) as ctx, progress(Title("类已检查", "types checked")) as step:
        report, problems = verify_store(ctx, step)
    emit_problems(problems)
    emit(report)


@app.command("migrate")
def migrate() -> None:
    from salescli.services.maintenance import migrate_store

    emit(migrate_store(workspace()))


def sql(query: Annotated[str, typer.Argument(help=both("一条 SELECT 语句", "one SELECT"))]) -> None:
    from salescli.services.maintenance import build_sql_report

    with opened(readonly=True) as ctx:
        emit(build_sql_report(ctx, query))
