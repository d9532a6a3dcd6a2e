"""`salescli commission roll`: the plan of the next year."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened


def roll(
    to: Annotated[str, typer.Option("--to", help=both("新年度:2027 或 FY2027", "the new year: 2027 or FY2027"))],
    plan: Annotated[
        str,
        typer.Argument(help=both("原方案(默认:上一年度唯一的一个)", "the plan (else the only one of the year before)")),
    ] = "",
    new_name: Annotated[str, typer.Option("--name", help=both("新方案名称", "the new plan's name"))] = "",
) -> None:
    """Write the next year's plan from this one; say every line that changes, and what is still to be decided."""
    from salescli.services.commission.rolling import RollRequest, roll_plan

    with opened() as context:
        report = roll_plan(context, RollRequest(to, plan, new_name))
        notes = tuple(context.notes)
    emit_problems(notes)
    emit(report)
