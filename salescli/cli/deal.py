"""`deal`: the open deals with their ages, one with its stages, and moving it to the next, to won or to lost."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.cli.session import moment, session

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Key = Annotated[
    str,
    typer.Argument(metavar="KEY", help=both("商机编号,或唯一的名称", "a deal's number, or a name that fits one only")),
]
At = Annotated[
    str,
    typer.Option(
        "--at", metavar="MOMENT", help=both("何时:日期,或 'YYYY-MM-DD HH:MM'", "when: a day, or 'YYYY-MM-DD HH:MM'")
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=both("只显示,不写入", "show it, write nothing"))]


@app.command("list")
def list_deals(
    stage: Annotated[str, typer.Option("--stage", help=both("只列此阶段", "only of this stage"))] = "",
    owner: Annotated[str, typer.Option("--owner", help=both("只列此负责人", "only of this owner"))] = "",
    stuck: Annotated[
        bool,
        typer.Option("--stuck", help=both("只列比最长赢单周期还久的", "only those older than the longest won cycle")),
    ] = False,
    every: Annotated[bool, typer.Option("--all", help=both("已结单的也列出", "closed deals too"))] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help=both("最多几行(0:不限)", "at most so many lines (0: all)"))
    ] = 0,
) -> None:
    from salescli.services.deal.showing import ListRequest
    from salescli.services.deal.showing import list_deals as listed

    with opened(readonly=True) as ctx:
        done = listed(ctx, ListRequest(stage, owner, stuck, every, limit))
    emit(done.report)
    emit_problems(done.problems)


@app.command("show")
def show(key: Key) -> None:
    from salescli.services.deal.showing import show_deal

    with opened(readonly=True) as ctx:
        emit(show_deal(ctx, key).report)


@app.command("move")
def move(
    key: Key,
    stage: Annotated[str, typer.Argument(metavar="STAGE", help=both("阶段", "the stage"))],
    at: At = "",
    dry_run: DryRun = False,
) -> None:
    from salescli.services.deal.moves import move_deal

    with opened(at_known=False) as ctx:
        done = move_deal(ctx, key, stage, _when(at), is_dry=dry_run)
    emit_problems(done.problems)
    emit(done.report)


@app.command("win")
def win(
    key: Key,
    amount: Annotated[
        str, typer.Option("--amount", help=both("成交金额,如 52万", "for how much, such as 520,000"))
    ] = "",
    at: At = "",
    dry_run: DryRun = False,
) -> None:
    from salescli.services.deal.moves import win_deal

    with opened(at_known=False) as ctx:
        done = win_deal(ctx, key, _when(at), amount, is_dry=dry_run)
    emit_problems(done.problems)
    emit(done.report)


@app.command("lose")
def lose(
    key: Key,
    reason: Annotated[str, typer.Option("--reason", help=both("丢单原因", "why it was lost"))] = "",
    at: At = "",
    dry_run: DryRun = False,
) -> None:
    from salescli.services.deal.moves import lose_deal

    with opened(at_known=False) as ctx:
        done = lose_deal(ctx, key, _when(at), reason, is_dry=dry_run)
    emit_problems(done.problems)
    emit(done.report)


def _when(at: str) -> str:
    """The moment said, else the day of `--on`, else now."""
    from salescli.services.deal.moves import parse_moment

    if at:
        return parse_moment(at, "--at")
    on = session().on
    return on.isoformat() if on is not None else moment()
