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
    explain: Annotated[bool, typer.Option("--explain", help=both("显示口径", "show the definitions"))] = False,
) -> None:
    """Show commission beside receipts by team or product, and the accrual of what is signed and not received."""
    from salescli.services.commission.costing import CostAsked, show_cost

    names = tuple(one.strip() for one in by.split(",") if one.strip())
    with opened() as context:
        report = show_cost(context, CostAsked(context.parse_period(period), names, metric, explain))
    emit(report)
