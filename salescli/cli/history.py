"""`log` and `undo`: what was done to the store, and taking it back."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit
from salescli.cli.language import both
from salescli.cli.opening import opened


def log(
    batch: Annotated[
        int | None, typer.Argument(help=both("批次;不写则列出全部", "a batch; left out, all are listed"))
    ] = None,
    rows: Annotated[
        bool, typer.Option("--rows", help=both("列出它涉及的每条记录", "list every record it touched"))
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help=both("最多几行(0:不限)", "at most so many lines (0: all)"))
    ] = 0,
) -> None:
    from salescli.services.batches import build_batch_report, build_log_report

    with opened() as ctx:
        emit(build_log_report(ctx, limit) if batch is None else build_batch_report(ctx, batch, with_rows=rows))


def undo(
    batch: Annotated[
        int | None,
        typer.Argument(help=both("批次;不写则为最近的导入或编辑", "a batch; left out, the newest import or edit")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=both("只显示,不写入", "show it, write nothing"))] = False,
) -> None:
    from salescli.services.batches import undo as undo_one

    with opened(at_known=False) as ctx:
        emit(undo_one(ctx, batch, is_dry=dry_run).report)
