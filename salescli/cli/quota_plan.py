"""`salescli quota set` and `quota roll`: the intent of a year's targets, written without a line of YAML."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.cli.emit import emit, emit_problems
from salescli.cli.language import both
from salescli.cli.opening import opened


def _option(name: str, zh: str, en: str) -> typer.models.OptionInfo:
    info: typer.models.OptionInfo = typer.Option(name, help=both(zh, en))
    return info


def set_targets(
    year: Annotated[str, typer.Argument(help=both("年度:2026 或 FY2026", "the year: 2026 or FY2026"))],
    metric: Annotated[str, _option("--metric", "指标", "the metric")] = "",
    amount: Annotated[str, _option("--amount", "全年目标:120,000,000、1.2亿", "the year: 120,000,000, 1.2亿")] = "",
    growth: Annotated[str, _option("--growth", "在基期上的增长率", "growth on the base")] = "",
    base: Annotated[
        str, _option("--base", "基期(默认:最近 12 个月)", "the base: `DAY through DAY`; else the trailing 12 months")
    ] = "",
    levels: Annotated[str, _option("--levels", "档位:冲刺=110%,挑战=125%", "stretch=110%,challenge=125%")] = "",
    teams: Annotated[
        str, _option("--teams", "公司→团队:历史=70%,平均=30%", "company to teams: history=70%,equal=30%")
    ] = "",
    team_weights: Annotated[str, _option("--team-weights", "团队权重:T01=2,T02=1", "T01=2,T02=1")] = "",
    street_teams: Annotated[str, _option("--street-teams", "团队上浮,如 3%", "above the company, as 3%")] = "",
    people: Annotated[
        str, _option("--people", "团队→个人:历史=70%,平均=30%", "team to people: history=70%,equal=30%")
    ] = "",
    people_weights: Annotated[str, _option("--people-weights", "个人权重:王芳=2,赵磊=1", "P017=2,P018=1")] = "",
    street_people: Annotated[str, _option("--street-people", "个人上浮,如 5%", "above the team, as 5%")] = "",
    roles: Annotated[str, _option("--roles", "背个人目标的岗位", "roles that carry a quota")] = "",
    without_history: Annotated[
        str, _option("--without-history", "新人:团队中位数 或 无", "newcomers: team-median or nothing")
    ] = "",
    at_least: Annotated[str, _option("--at-least", "下限:去年的90%", "'90% of own last year', or an amount")] = "",
    at_most: Annotated[str, _option("--at-most", "上限:去年的140%", "'140% of own last year', or an amount")] = "",
    ramp: Annotated[
        list[str] | None, _option("--ramp", "爬坡:客户经理=0%,50%,100%(可重复)", "ROLE=0%,50%,100% (repeatable)")
    ] = None,
    ramp_gap: Annotated[str, _option("--ramp-gap", "爬坡缺口:不分配 或 同事", "open or colleagues")] = "",
    leavers: Annotated[
        str, _option("--leavers", "离职:团队、继任者、主管、空缺席位", "team, successor, manager or vacant-seat")
    ] = "",
    successors: Annotated[str, _option("--successors", "继任:王芳=杨帆", "who follows whom: P017=P021")] = "",
    fixed: Annotated[
        list[str] | None,
        _option("--fixed", "固定目标:'王芳 2026-Q1 90万 团队'(可重复)", "'P017 2026-Q1 900,000 team' (repeatable)"),
    ] = None,
    months: Annotated[str, _option("--months", "月份:季节 或 平均", "seasonal, equal or weights")] = "",
    month_weights: Annotated[str, _option("--month-weights", "12 个月的权重", "twelve weights: 6,6,9,…")] = "",
    history: Annotated[str, _option("--history", "季节指数的年份:2024,2025", "years of the season: 2024,2025")] = "",
    pull: Annotated[str, _option("--pull", "季节指数向平均靠拢,如 50%", "how far the season is pulled to equal")] = "",
    together: Annotated[
        str, _option("--together", "合并计算的月份:1+2(春节)", "months with one index: 1+2 (Spring Festival)")
    ] = "",
    potential: Annotated[str, _option("--potential", "潜力指标", "the metric of potential")] = "",
    pipeline: Annotated[str, _option("--pipeline", "在途商机指标", "the metric of pipeline")] = "",
    capacity: Annotated[
        list[str] | None, _option("--capacity", "产能:客户经理=0%,50%,100%(可重复)", "ROLE=0%,50%,100% (repeatable)")
    ] = None,
    band: Annotated[str, _option("--band", "合计允许的偏差", "how far sums may be off in `quota reconcile`")] = "",
    round_to: Annotated[str, _option("--round-to", "取整单位", "the rounding unit")] = "",
    why: Annotated[str, _option("--why", "理由,随目标保存", "why: kept with the target")] = "",
    why_team: Annotated[
        list[str] | None, _option("--why-team", "团队的理由:华东一部=…(可重复)", "why, of a team: T01=… (repeatable)")
    ] = None,
    currency: Annotated[str, _option("--currency", "币种(默认:本位币)", "the currency (else the base currency)")] = "",
    name: Annotated[str, _option("--name", "方案名称", "the policy's name")] = "",
    replace: Annotated[
        bool,
        typer.Option("--replace", help=both("方案已存在:只改所写的项", "the policy exists: change only what is named")),
    ] = False,
) -> None:
    """Write a target policy, and say in sentences what it decides."""
    from salescli.services.quota.request import TargetRequest
    from salescli.services.quota.setting import set_quota

    with opened() as context:
        request = TargetRequest(
            year,
            metric=metric,
            amount=amount,
            growth=growth,
            base=base,
            round_to=round_to,
            name=name,
            replace=replace,
            why=why,
            why_team=tuple(why_team or ()),
            currency=currency.upper(),
            levels=levels,
            teams=teams,
            team_weights=team_weights,
            street_teams=street_teams,
            people=people,
            people_weights=people_weights,
            street_people=street_people,
            roles=roles,
            without_history=without_history,
            at_least=at_least,
            at_most=at_most,
            ramp=tuple(ramp or ()),
            ramp_gap=ramp_gap,
            leavers=leavers,
            successors=successors,
            fixed=tuple(fixed or ()),
            months=months,
            month_weights=month_weights,
            history=history,
            pull=pull,
            together=together,
            potential=potential,
            pipeline=pipeline,
            capacity=tuple(capacity or ()),
            band=band,
        )
        done = set_quota(context, request)
        notes = tuple(context.notes)
    emit_problems(notes)
    emit(done.report)


def roll(
    to: Annotated[str, _option("--to", "新年度:2027 或 FY2027", "the new year: 2027 or FY2027")],
    name: Annotated[
        str,
        typer.Argument(
            help=both("原方案(默认:上一年度唯一的一个)", "the policy (else the only one of the year before)")
        ),
    ] = "",
    growth: Annotated[str, _option("--growth", "新年度增长率", "growth of the new year")] = "",
    amount: Annotated[str, _option("--amount", "新年度目标", "the new year's amount")] = "",
    new_name: Annotated[str, _option("--name", "新方案名称", "the new policy's name")] = "",
    keep_fixed: Annotated[
        bool,
        typer.Option("--keep-fixed", help=both("保留固定目标与金额限制", "keep fixed figures and limits in amounts")),
    ] = False,
) -> None:
    """Write the next year's policy from this one; say every line that changes, and why."""
    from salescli.services.quota.rolling import RollRequest, roll_quota

    with opened() as context:
        done = roll_quota(context, RollRequest(to, name, growth, amount, new_name, keep_fixed))
        notes = tuple(context.notes)
    emit_problems(notes)
    emit(done.report)


def rationale(
    period: Annotated[str, typer.Argument(help=both("期间(默认:今年)", "the period (else this year)"))] = "this-year",
    metric: Annotated[str, _option("--metric", "指标", "the metric")] = "",
) -> None:
    """Say why each target is what it is: the reason in words beside the numbers."""
    from salescli.services.quota.rationale import show_rationale

    with opened() as context:
        report = show_rationale(context, context.parse_period(period), metric)
        notes = tuple(context.notes)
    emit_problems(notes)
    emit(report)
