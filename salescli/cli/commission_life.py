"""`salescli commission close`, `reopen`, `approve`: a month's run from draft to closed, and back."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.core.title import Title

PeriodArgument = Annotated[str, typer.Argument(help=both("月份,如 2026-03", "a month: 2026-03"))]


def close(
    period: PeriodArgument,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help=both("放行关账前检查中的事项(可重复)", "a point of the list to go on past")),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help=both("放行的原因", "why it is gone past"))] = "",
) -> None:
    """Run a month on what is known now and close it."""
    from salescli.services.commission.closing import close_shown
    from salescli.services.commission.closing_points import Accepted

    with opened(at_known=False) as context:
        shown = close_shown(context, context.parse_period(period), Accepted(tuple(accept or ()), reason))
    emit(shown.report)
    if shown.change is not None:
        say(shown.change)


def reopen(
    period: PeriodArgument,
    reason: Annotated[str, typer.Option("--reason", help=both("为什么重开(必填)", "why (required)"))],
) -> None:
    """Open the newest closed month again; a month that is paid stays closed."""
    from salescli.services.commission.closing import reopen_period

    with opened(at_known=False) as context:
        done = reopen_period(context, context.parse_period(period), reason)
    say(
        Title(
            f"{done.period} 已重开(运行 #{done.id}) · 下一步:salescli commission run {done.period}",
            f"{done.period} is open again (run #{done.id}) · next: salescli commission run {done.period}",
        )
    )


def approve(
    period: PeriodArgument,
    by: Annotated[str, typer.Option("--by", help=both("谁批准(默认:当前用户)", "who approves (else the user)"))] = "",
    note: Annotated[str, typer.Option("--note", help=both("说明", "a note"))] = "",
) -> None:
    """Record that somebody approves the newest draft of a month; other figures need a new approval."""
    from salescli.services.commission.approving import approve_period

    with opened(at_known=False) as context:
        done = approve_period(context, context.parse_period(period), by, note)
    emit(done.report)
    emit_problems(done.problems)
    say(done.said)
