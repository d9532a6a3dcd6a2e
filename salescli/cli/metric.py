"""`metric`: the catalogue, and any figure of it by any dimension."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("list")
def list_metrics() -> None:
    from salescli.services.metric.listing import build_catalogue_report

    with opened(readonly=True) as ctx:
        emit(build_catalogue_report(ctx))


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(help=both("指标", "the metric"))],
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help=both("分组维度,可写多个:team,month", "group by; several: team,month")),
    ] = None,
    period: Annotated[
        str, typer.Option("--period", help=both("期间(默认:全部时间)", "the period (default: all time)"))
    ] = "",
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            help=both("条件,如 region=华东、stage.kind=won|lost", "a condition: region=North, stage.kind=won|lost"),
        ),
    ] = None,
    sort: Annotated[
        Literal["value", "name"] | None,
        typer.Option("--sort", help=both("按数值或按名称排序", "in the order of values or names")),
    ] = None,
    compare: Annotated[
        Literal["previous", "last-year"] | None,
        typer.Option(
            "--compare", help=both("对比上一期或去年同期", "beside the period before, or the same of the year before")
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help=both("最多列出几行", "list at most so many lines"))
    ] = None,
    currency: Annotated[
        str,
        typer.Option(
            "--currency",
            help=both("折成一种货币(默认:每种货币各一行)", "in one currency (default: a line per currency)"),
        ),
    ] = "",
    rows: Annotated[bool, typer.Option("--rows", help=both("列出背后的记录", "list the records behind it"))] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help=both("显示口径及其出处", "show the definition and its places"))
    ] = False,
) -> None:
    from salescli.services.metric.lines import shorten
    from salescli.services.metric.showing import MetricRequest, build_metric_report

    dimensions = tuple(part.strip() for text in by or () for part in text.split(",") if part.strip())
    request = MetricRequest(name, dimensions, period, tuple(where or ()), sort, rows, explain, currency)
    with opened() as ctx:
        if compare is None:
            report = build_metric_report(ctx, request)
        else:
            from salescli.services.metric.comparing import build_comparison_report

            report = build_comparison_report(ctx, request, compare)
        report = shorten(report, limit)
        notes = list(ctx.notes)
    emit_problems(notes)
    emit(report)
