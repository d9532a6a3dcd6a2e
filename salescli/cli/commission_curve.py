"""`salescli commission curve`: what positions pay, and the way back from pay to credit."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit
from salescli.cli.language import both
from salescli.cli.opening import opened


def curve(
    plan: Annotated[str, typer.Argument(help=both("方案名称", "the plan's name"))],
    component: Annotated[str, typer.Option("--component", help=both("只看一个组件", "one component only"))] = "",
    person: Annotated[
        str, typer.Option("--person", help=both("按某人的目标与约定", "by somebody's own quota and terms"))
    ] = "",
    to_next_tier: Annotated[
        bool, typer.Option("--to-next-tier", help=both("到下一档还差多少", "how much more to the next tier"))
    ] = False,
    to_pay: Annotated[
        str, typer.Option("--to-pay", help=both("提成达到某数还差多少", "how much more to reach this pay"))
    ] = "",
    first: Annotated[str, typer.Option("--from", help=both("业绩从", "positions from"))] = "",
    last: Annotated[str, typer.Option("--to", help=both("业绩至", "positions to"))] = "",
    step: Annotated[str, typer.Option("--step", help=both("间隔", "how far apart"))] = "",
    quota: Annotated[str, typer.Option("--quota", help=both("全年目标", "the quota of the year"))] = "",
    target_incentive: Annotated[
        str, typer.Option("--target-incentive", help=both("目标奖金(target-incentive)", "the target incentive"))
    ] = "",
    grade: Annotated[str, typer.Option("--grade", help=both("绩效等级", "the grade"))] = "",
    unit_value: Annotated[
        str, typer.Option("--unit-value", help=both("按件定档时每件的金额", "what one unit is worth, tiers by units"))
    ] = "",
) -> None:
    """Show the pay curve of a plan: pay, effective and marginal rate by position, and its inverse."""
    from salescli.services.commission.curve_flags import CurveAsked
    from salescli.services.commission.curving import show_curve

    asked = CurveAsked(
        plan, component, person, to_next_tier, to_pay, first, last, step, quota, target_incentive, grade, unit_value
    )
    with opened() as context:
        report = show_curve(context, asked)
    emit(report)
