"""`salescli quota revise` and `quota log`: new versions of targets, and all there have been."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems, say
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.core.title import Title


def revise(
    month: Annotated[str, typer.Option("--from", help=both("从哪个月起:2026-07", "the first month: 2026-07"))],
    reason: Annotated[str, typer.Option("--reason", help=both("修订原因", "why"))],
    name: Annotated[str, typer.Argument(help=both("目标方案(默认:唯一的一个)", "the policy (else the only one)"))] = "",
    amount: Annotated[str, typer.Option("--amount", help=both("新的全年目标", "another figure of the year"))] = "",
    growth: Annotated[str, typer.Option("--growth", help=both("新的增长率", "another growth on the base"))] = "",
    correct: Annotated[
        bool, typer.Option("--correct", help=both("更正已关账的月份", "correct months that are closed"))
    ] = False,
) -> None:
    """Split the rest of a year again, as a draft; the past keeps its own."""
    from salescli.services.quota.revising import RevisionRequest, revise_quota

    with opened(at_known=False) as context:
        outcome = revise_quota(context, name, RevisionRequest(month, reason, amount, growth, correct))
    emit_problems(context.notes)
    if outcome.report is None:
        say(
            Title(
                "目标已是如此:无变化,未写入", "no change: the targets already are what they would be; nothing written"
            )
        )
    else:
        emit(outcome.report)


def log(
    name: Annotated[str, typer.Argument(help=both("目标方案(默认:全部)", "a policy (else all)"))] = "",
    metric: Annotated[str, typer.Option("--metric", help=both("指标", "the metric"))] = "",
    limit: Annotated[int, typer.Option("--limit", min=0, help=both("最多几个批次(0:全部)", "so many; 0: all"))] = 20,
) -> None:
    """Show every change of targets, newest first."""
    from salescli.services.quota.history import show_log

    with opened() as context:
        report = show_log(context, name, metric, limit)
    emit(report)
