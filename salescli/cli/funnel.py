"""`funnel`: how far deals come, how long they take, and which have stood too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened
from salescli.errors import Problem

if TYPE_CHECKING:
    from salescli.core.table import Report

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Rows = Annotated[bool, typer.Option("--rows", help=both("列出背后的商机", "list the deals behind it"))]
Explain = Annotated[
    bool, typer.Option("--explain", help=both("显示口径与分母", "print the definition and what went in"))
]
By = Annotated[str, typer.Option("--by", help=both("分组:team、person、source …", "group by team, person, source …"))]


class Done(Protocol):
    """What a funnel service returns: a report, and what is wrong with the stages behind it."""

    @property
    def report(self) -> Report: ...

    @property
    def problems(self) -> Sequence[Problem]: ...


def _show(done: Done) -> None:
    emit(done.report)
    emit_problems(done.problems)


@app.command("show")
def show(
    period: Annotated[
        str,
        typer.Argument(help=both("商机创建的期间(默认:全部)", "the period in which deals were created (default: all)")),
    ] = "",
    mode: Annotated[
        Literal["reached", "strict", "period", "snapshot"],
        typer.Option(
            "--mode",
            help=both(
                "reached 曾到达;strict 逐阶段经过;period 期间流量;snapshot 当日存量",
                "reached: ever came so far; strict: through every stage; period: a flow; snapshot: where deals stand",
            ),
        ),
    ] = "reached",
    skips: Annotated[
        Literal["backfill", "exclude", "as-is"],
        typer.Option(
            "--skips",
            help=both(
                "跳过的阶段:backfill 视为经过;exclude 商机不计;as-is 只计停留过的",
                "skipped stages: backfill counts them, exclude leaves the deal out, as-is counts where it stood",
            ),
        ),
    ] = "backfill",
    regress: Annotated[
        Literal["all", "first", "last"],
        typer.Option(
            "--regress",
            help=both(
                "回退:all 曾到达即计、天数相加;first 天数按首次;last 回退即收回",
                "moves back: all adds every stay, first takes the first stay, last takes back what lay beyond",
            ),
        ),
    ] = "all",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help=both("分组:team、person、source、product、month …", "group by team, person, source, product, month …"),
        ),
    ] = "",
    stage: Annotated[
        str, typer.Option("--stage", help=both("列出到达此阶段的商机", "list the deals that reached a stage"))
    ] = "",
    rows: Rows = False,
    explain: Explain = False,
) -> None:
    from salescli.services.funnel.showing import FunnelRequest, show_funnel

    with opened(readonly=True) as ctx:
        done = show_funnel(ctx, FunnelRequest(period, mode, skips, regress, by, stage, rows, explain))
    _show(done)


@app.command("cycle")
def cycle(
    period: Annotated[
        str, typer.Argument(help=both("结单的期间(默认:全部)", "the period in which deals closed (default: all)"))
    ] = "",
) -> None:
    from salescli.services.funnel.times import show_cycle

    with opened(readonly=True) as ctx:
        done = show_cycle(ctx, period)
    _show(done)


@app.command("ageing")
def ageing(
    slow: Annotated[bool, typer.Option("--slow", help=both("偏慢的也列出", "list the slow deals too"))] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help=both("最多列出几个(0:不限)", "list at most so many deals (0: all)"))
    ] = 0,
) -> None:
    from salescli.services.funnel.times import show_ageing

    with opened(readonly=True) as ctx:
        done = show_ageing(ctx, with_slow=slow, limit=limit)
    _show(done)


@app.command("waterfall")
def waterfall(
    start: Annotated[
        str,
        typer.Argument(
            metavar="[FROM]", help=both("起始日,或一个期间", "the day to start from, or one period for both")
        ),
    ] = "",
    end: Annotated[str, typer.Argument(metavar="[TO]", help=both("截止日", "the day to end on"))] = "",
    closing: Annotated[
        str,
        typer.Option(
            "--closing", help=both("只看预计在此期间成交的商机", "deals expected to close in this period only")
        ),
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help=both("分组:team、person、product …", "group by team, person, product …"))
    ] = "",
    step: Annotated[
        str, typer.Option("--step", help=both("列出某一步骤的商机", "list the deals of one step: new, won, pushed …"))
    ] = "",
    rows: Rows = False,
    explain: Explain = False,
) -> None:
    from salescli.cli.session import session
    from salescli.services.funnel.waterfall import WaterfallRequest, show_waterfall

    known = session().known or ""
    with opened(readonly=True, at_known=False) as ctx:
        done = show_waterfall(ctx, WaterfallRequest(start, end, known, closing, by, step, rows, explain))
    _show(done)


@app.command("slippage")
def slippage(
    period: Annotated[
        str,
        typer.Argument(
            help=both("曾预计在此期间成交的(默认:全部)", "deals once expected to close in it (default: all)")
        ),
    ] = "",
    by: By = "",
    rows: Rows = False,
    explain: Explain = False,
) -> None:
    from salescli.services.funnel.slippage import show_slippage

    with opened(readonly=True) as ctx:
        done = show_slippage(ctx, period, by, with_rows=rows, with_explanation=explain)
    _show(done)


@app.command("velocity")
def velocity(
    period: Annotated[
        str,
        typer.Argument(help=both("结单的期间(默认:近 12 个月)", "the period of closes (default: the last 12 months)")),
    ] = "",
    by: By = "",
    rows: Rows = False,
    explain: Explain = False,
) -> None:
    from salescli.services.funnel.velocity import show_velocity

    with opened(readonly=True) as ctx:
        done = show_velocity(ctx, period, by, with_rows=rows, with_explanation=explain)
    _show(done)


@app.command("leads")
def leads(
    period: Annotated[
        str,
        typer.Argument(help=both("线索创建的期间(默认:全部)", "the period in which leads came (default: all)")),
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by", help=both("分组:source、campaign、person、month …", "group by source, campaign, person …")
        ),
    ] = "",
    rows: Annotated[bool, typer.Option("--rows", help=both("列出背后的线索", "list the leads behind it"))] = False,
    explain: Explain = False,
) -> None:
    from salescli.services.funnel.leads import show_leads

    with opened(readonly=True) as ctx:
        done = show_leads(ctx, period, by, with_rows=rows, with_explanation=explain)
    _show(done)
