"""`salescli commission schedule`: commission capitalised and written off over the contracts' terms."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit
from salescli.cli.language import both
from salescli.cli.opening import opened


def schedule(
    period: Annotated[str, typer.Argument(help=both("期间,如 2026-03、2026", "a period: 2026-03, 2026"))],
    ends: Annotated[
        str, typer.Option("--ends", help=both("合同期限结束的日期字段", "the contract's day on which the term ends"))
    ] = "",
    begins: Annotated[
        str, typer.Option("--begins", help=both("合同期限开始的日期字段", "the contract's day on which it begins"))
    ] = "signed",
    months: Annotated[
        int, typer.Option("--months", help=both("没有截止日时的月数", "how many months where no day says it"))
    ] = 0,
    expedient: Annotated[
        bool, typer.Option("--expedient", help=both("不超过一年的计入当期费用", "a year or less is an expense at once"))
    ] = False,
) -> None:
    """Show what runs earned on each contract, capitalised and written off in a straight line over its term."""
    from salescli.services.commission.scheduling import ScheduleAsked, show_schedule

    with opened() as context:
        asked = ScheduleAsked(context.parse_period(period), begins, ends, months, expedient)
        report = show_schedule(context, asked)
    emit(report)
