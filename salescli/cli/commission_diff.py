"""`salescli commission diff`: two plans over the same months of real history."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened


def diff(
    one: Annotated[str, typer.Argument(metavar="PLAN_A", help=both("方案名称或文件", "a plan's name or file"))],
    other: Annotated[str, typer.Argument(metavar="PLAN_B", help=both("另一方案", "another; not with --used-in"))] = "",
    over: Annotated[
        str,
        typer.Option(
            "--over", help=both("重算哪些月份(默认:最近有数据的年度)", "which months (the last year of data)")
        ),
    ] = "",
    used_in: Annotated[
        str, typer.Option("--used-in", help=both("与该月运行所用的文本比", "against the text that a month's run used"))
    ] = "",
    rows: Annotated[bool, typer.Option("--rows", help=both("列出每笔单据", "every transaction"))] = False,
) -> None:
    """Compute two plans over the same months: who is paid more or less, and which rule makes it."""
    from salescli.services.commission.diffing import DiffAsked, diff_plans

    with opened() as context:
        report, problems = diff_plans(context, DiffAsked(one, other, over, used_in, rows))
        problems = [*problems, *context.notes]
    emit_problems([each for each in problems if each.severity == "error"])
    emit(report)
