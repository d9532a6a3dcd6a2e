"""`salescli quota reconcile` and `quota check`: whether targets add up, and whether people can believe them."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened

MetricOption = Annotated[str, typer.Option("--metric", help=both("指标", "the metric"))]


def reconcile(
    period: Annotated[str, typer.Argument(help=both("期间(默认:今年)", "the period (else this year)"))] = "this-year",
    metric: MetricOption = "",
) -> None:
    """Compare the sum of children with their parent, at every level and in every month."""
    from salescli.services.quota.reconciling import reconcile_quota

    with opened() as context:
        done = reconcile_quota(context, context.parse_period(period), metric)
        problems = [*done.problems, *context.notes]
    emit_problems(problems)
    emit(done.report)


def check(
    name: Annotated[str, typer.Argument(help=both("目标方案(默认:唯一的一个)", "the policy (else the only one)"))] = "",
    run: Annotated[int, typer.Option("--run", help=both("检查某次草稿", "judge a draft run"))] = 0,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help=both("加上达成可能性与公平性", "add the chance of reaching it and fairness")),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help=both("抽样种子", "the seed of the bootstrap"))] = 1,
) -> None:
    """Judge targets: growth, coverage, people, and whether they are what the policy says."""
    from salescli.services.quota.checking import check_quota

    with opened() as context:
        done = check_quota(context, name, run, statistics, seed)
        problems = [*done.problems, *context.notes]
    emit_problems(problems)
    emit(done.report)
