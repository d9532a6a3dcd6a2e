"""`salescli commission restate`: the one case in which today's files reach a closed month."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.errors import UsageError, problem


def restate(
    period: Annotated[str, typer.Argument(help=both("已关账的月份,如 2026-02", "a closed month: 2026-02"))],
    reason: Annotated[str, typer.Option("--reason", help=both("为什么重述(必填)", "why (required)"))],
    accept_calculation: Annotated[
        bool,
        typer.Option(
            "--accept-calculation",
            help=both("改按当前计算版本(可写季度或年)", "follow today's calculation (also of a quarter or year)"),
        ),
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help=both("撤回最近一次重述", "take the newest one back"))] = False,
) -> None:
    """Recompute a closed month by today's plans and metrics from now on; the open month posts the difference."""
    from salescli.services.commission.accepting import accept_calculation as accept
    from salescli.services.commission.restating import restate_period, take_back

    if accept_calculation and undo:
        raise UsageError(problem("accept-or-undo"))
    act = take_back if undo else accept if accept_calculation else restate_period
    with opened(at_known=False) as context:
        done = act(context, context.parse_period(period), reason)
    if done.report is not None:
        emit(done.report)
    emit_problems(done.problems)
    say(done.said)
