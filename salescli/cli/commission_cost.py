"""`salescli commission cost`: what commission costs, beside what came in and what is still to come."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit
from salescli.cli.language import both
from salescli.cli.opening import opened


def cost(
    period: Annotated[str, typer.Argument(help=both("期间,如 2026-03、2026-Q1", "a period: 2026-03, 2026-Q1"))],
    by: Annotated[
        str, typer.Option("--by", help=both("归集:team、person、product、line、customer", "by team, person, product …"))
    ] = "team",
    metric: Annotated[
        str, typer.Option("--metric", help=both("作分母的指标", "the metric that it is divided by"))
    ] = "receipts-gross",
    attainment: Annotated[
        str,
        typer.Option("--attainment", help=both("按达成率预测全年,如 80%,100%", "the whole year if everybody reached")),
    ] = "",
    explain: Annotated[bool, typer.Option("--explain", help=both("显示口径", "show the definitions"))] = False,
) -> None:
    """Show commission beside receipts and the accrual of what is signed; with --attainment what the year would cost."""
    from salescli.services.commission.costing import CostAsked, show_cost

    names = tuple(one.strip() for one in by.split(",") if one.strip())
    with opened() as context:
        if attainment:
            from salescli.services.commission.outlooking import show_outlook

            report = show_outlook(context, context.parse_period(period), attainment, by_person="person" in names)
        else:
            report = show_cost(context, CostAsked(context.parse_period(period), names, metric, explain))
    emit(report)
