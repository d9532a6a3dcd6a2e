"""`salescli quota attainment`: actual against target."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.session import session, today, workspace


def attainment(
    period: Annotated[str, typer.Argument(help=both("期间(默认:本月)", "the period (else this month)"))] = "this-month",
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help=both(
                "分行:company、team、person,可加 month(team,month)",
                "lines: company, team or person, and month (team,month)",
            ),
        ),
    ] = "team",
    metric: Annotated[
        str, typer.Option("--metric", help=both("指标(默认:有目标的每一个)", "the metric (else each with targets)"))
    ] = "",
    level: Annotated[
        Literal["base", "stretch", "challenge"] | None,
        typer.Option("--level", help=both("只看一个档位(默认:全部)", "one level alone (else all)")),
    ] = None,
    pace: Annotated[
        Literal["calendar", "working-day", "seasonal"], typer.Option("--pace", help=both("进度口径", "what elapses"))
    ] = "working-day",
    currency: Annotated[
        str, typer.Option("--currency", help=both("币种(默认:本位币)", "the currency (else the base currency)"))
    ] = "",
    team: Annotated[
        str, typer.Option("--team", help=both("只看一个团队(含下级)", "one team alone, with all below"))
    ] = "",
    person: Annotated[str, typer.Option("--person", help=both("只看一个人", "one person alone"))] = "",
    rows: Annotated[
        bool, typer.Option("--rows", help=both("列出背后的记录与目标", "list the records and targets behind it"))
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help=both("显示算法与口径", "show the formulas and the definition"))
    ] = False,
) -> None:
    """Show actual against target."""
    from salescli.services.context import open_context
    from salescli.services.quota.attainment import Request, build_attainment, parse_by

    holder, is_by_month = parse_by(by)
    request = Request(holder, is_by_month, metric, level or "", pace, currency.upper(), rows, explain, person, team)
    place, asked = workspace(), session()
    with open_context(place, today=today(), on=asked.on, known=asked.known, language=asked.language) as context:
        report = build_attainment(context, context.parse_period(period), request)
    emit_problems(context.notes)
    emit(report)
