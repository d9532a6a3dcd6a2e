"""`org`: how many heads a target takes."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("capacity")
def capacity(
    period: Annotated[
        str, typer.Argument(help=both("期间:整月、季或年(默认:今年)", "whole months: a year, quarter, month"))
    ] = "this-year",
    metric: Annotated[str, typer.Option("--metric", help=both("指标", "the metric"))] = "",
    target: Annotated[
        str, typer.Option("--target", help=both("目标(默认:公司目标)", "the target (else the company's)"))
    ] = "",
    per_head: Annotated[
        str, typer.Option("--per-head", help=both("每人每年产能(默认:按历史)", "capacity of a head, per year"))
    ] = "",
    attrition: Annotated[
        str, typer.Option("--attrition", help=both("年流失率(默认:近 24 个月)", "per year (else of 24 months)"))
    ] = "",
    ramp: Annotated[
        str, typer.Option("--ramp", help=both("爬坡,如 0%,25%,50%(默认:目标方案)", "as 0%,25%,50% (else the policy's)"))
    ] = "",
    role: Annotated[str, typer.Option("--role", help=both("只看一个岗位", "people of one role only"))] = "",
    average: Annotated[
        Literal["median", "mean"], typer.Option("--average", help=both("中位数或平均数", "of the people of the past"))
    ] = "median",
    by: Annotated[
        Literal["month", "quarter"], typer.Option("--by", help=both("按月或按季", "a line per month or quarter"))
    ] = "quarter",
    rows: Annotated[bool, typer.Option("--rows", help=both("列出背后的人员", "list the people behind it"))] = False,
    explain: Annotated[bool, typer.Option("--explain", help=both("显示口径", "show the definition"))] = False,
) -> None:
    from salescli.services.org.planning import CapacityRequest, plan_capacity

    asked = (period, metric, target, per_head, attrition, ramp, role)
    with opened() as context:
        report = plan_capacity(context, CapacityRequest(*asked, average, by, rows, explain))
        notes = list(context.notes)
    emit_problems(notes)
    emit(report)
