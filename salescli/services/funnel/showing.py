"""The funnel: a cohort of deals by stage, its groups, the deals behind a figure, and its definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File

from salescli.core.funnel.cohort import Funnel, Policy, compute_funnel, compute_stock
from salescli.core.funnel.flow import compute_flow
from salescli.core.funnel.grouping import GROUPINGS
from salescli.core.funnel.model import History, Mode, Regress, Skips
from salescli.core.funnel.rates import WinRate, compute_win_rates
from salescli.core.periods import Period
from salescli.core.table import Block, Report
from salescli.core.title import Title
from salescli.errors import Problem, UsageError, problem
from salescli.reports.funnel.cohort import build_funnel
from salescli.reports.funnel.flow import build_flow
from salescli.reports.funnel.shape import Asked, GroupLine, Shown
from salescli.reports.funnel.stock import build_stock
from salescli.services.context import Context
from salescli.services.funnel.histories import Deals, find_dimension, find_stage, gather_deals, group_names, group_order
from salescli.services.knowledge import known_line

EVERYTHING = ("", "all", "全部")


@dataclass(frozen=True, slots=True)
class FunnelRequest:
    """What is asked: a cohort by the day its deals were created ("" is all), how it is counted and shown."""

    period: str = ""
    mode: Mode = "reached"
    skips: Skips = "backfill"
    regress: Regress = "all"
    by: str = ""
    stage: str = ""
    with_rows: bool = False
    with_explanation: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A report, and what was wrong with the data behind it."""

    report: Report
    problems: list[Problem]


def show_funnel(ctx: Context, request: FunnelRequest) -> Answer:
    """Return the funnel of a cohort, or the stock on a day, with what was asked beside it.

    Raises:
        UsageError: a period, stage or dimension that does not exist.
    """
    period = None if request.period in EVERYTHING else ctx.parse_period(request.period)
    by = find_dimension(ctx, request.by) if request.by else ""
    if request.stage:
        find_stage(ctx, request.stage)
    if request.mode == "snapshot":
        return _show_stock(ctx, request, period)
    if request.mode == "period":
        return _show_flow(ctx, request, period)
    deals = gather_deals(ctx, ctx.on, by)
    cohort = in_period(deals.histories, period)
    policy = Policy(request.mode, request.skips, request.regress)
    funnel = compute_funnel(cohort, deals.process, policy)
    asked = _asked(ctx, request, deals, period, policy, funnel.left_out)
    groups = _groups(ctx, deals, funnel, by) if by and funnel.count else []
    rates = compute_win_rates(funnel.paths, deals.process, ctx.on)
    extra: list[Block] = []
    if request.with_rows or request.stage:
        from salescli.services.funnel.behind import cohort_rows

        extra.append(cohort_rows(ctx, deals, funnel, request.stage))
    if request.with_explanation:
        from salescli.services.funnel.behind import explain_funnel

        extra.append(explain_funnel(ctx, deals, funnel, rates, period, groups))
    report = build_funnel(asked, Shown(funnel, rates, groups, extra), ctx.language)
    return Answer(report, [*deals.problems, *_problems(deals, funnel, period)])


def in_period(histories: Sequence[History], period: Period | None) -> list[History]:
    """Return the deals that began in a period; without one, all of them."""
    if period is None:
        return list(histories)
    return [each for each in histories if each.begun is not None and each.begun in period]


def _asked(
    ctx: Context,
    request: FunnelRequest,
    deals: Deals,
    period: Period | None,
    policy: Policy,
    left_out: Sequence[History] = (),
) -> Asked:
    deal = ctx.store.registry["deal"]
    cohort = (
        Title("全部商机", "all deals")
        if period is None
        else Title(f"{period} 创建的商机", f"cohort of deals created {period}")
    )
    words = ["salescli funnel show", str(period) if period else ""]
    words += [f"--{name} {value}" for name, value, usual in _options(request) if value != usual]
    return Asked(
        cohort,
        policy,
        deals.on,
        known_line(ctx, [deal, ctx.store.registry["stage-change"]]),
        process_place(ctx),
        why_empty(deals, period, left_out),
        " ".join(word for word in words if word),
        GROUPINGS[find_dimension(ctx, request.by)].title if request.by else None,
    )


def _options(request: FunnelRequest) -> list[tuple[str, str, str]]:
    return [
        ("mode", request.mode, "reached"),
        ("skips", request.skips, "backfill"),
        ("regress", request.regress, "all"),
    ]


def process_place(ctx: Context) -> str:
    """Return where the process in force is defined, as people see it."""
    from salescli.policy.layers import policy_files

    files = policy_files(ctx.workspace.config, "process")
    chosen = max(files, key=lambda one: (one.layer, one.name == "process"))
    return str(ctx.workspace.relative(File(chosen.path))) if chosen.layer else f"{chosen.name} ({chosen.path.name})"


def why_empty(deals: Deals, period: Period | None, left_out: Sequence[History] = ()) -> Title:
    """Say why a funnel counts no deal."""
    if not deals.rows:
        return Title(
            "还没有商机:请先导入商机或阶段变更", "there are no deals yet: import deals or their stage changes first"
        )
    if left_out:
        count = len(left_out)
        return Title(
            f"该口径不能计入其中任何商机({count:,} 个)", f"none of these {count:,} deals can be counted this way"
        )
    days = sorted(each.begun for each in deals.histories if each.begun is not None)
    if period is not None and days:
        return Title(
            f"{period} 没有创建商机:{len(days):,} 个商机创建于 {days[0]} 至 {days[-1]}",
            f"no deal was created in {period}: {len(days):,} deals were created from {days[0]} through {days[-1]}",
        )
    return Title(
        f"{len(deals.rows):,} 个商机中没有一个在 {deals.on} 前有阶段和创建日期",
        f"none of {len(deals.rows):,} deals has a stage and a day of creation up to {deals.on}",
    )


def _groups(ctx: Context, deals: Deals, funnel: Funnel, by: str) -> list[GroupLine]:
    cohort = [path.history for path in funnel.paths]
    names = group_names(ctx, by, cohort)
    found = []
    for name in group_order(names, by, ctx.language):
        part = compute_funnel((each for each in cohort if names[each.deal] == name), deals.process, funnel.policy)
        rates: dict[str, WinRate] = {rate.of: rate for rate in compute_win_rates(part.paths, deals.process, ctx.on)}
        found.append(GroupLine(name, part, rates))
    return found


def _problems(deals: Deals, funnel: Funnel, period: Period | None) -> list[Problem]:
    """What the figures leave out or cannot tell."""
    found = []
    undated = sum(each.begun is None for each in deals.histories)
    if period is not None and undated:
        found.append(problem("deals-without-day", severity="warning", count=undated))
    if funnel.left_out:
        name = "history-not-known" if funnel.policy.mode == "strict" else "deals-skipping"
        found.append(problem(name, severity="warning", count=len(funnel.left_out)))
    unplaced = sum(path.is_unplaced for path in funnel.paths)
    if unplaced:
        found.append(problem("lost-from-unknown", severity="warning", count=unplaced, lost=funnel.lost_count))
    return found


def _show_stock(ctx: Context, request: FunnelRequest, period: Period | None) -> Answer:
    """The stock at the end of a period, or on the day asked, whichever is earlier."""
    if request.by:
        raise UsageError(problem("only-of-a-cohort", option="--by", mode="snapshot"))
    day = min(ctx.on, period.last_day) if period is not None else ctx.on
    deals = gather_deals(ctx, day)
    lines = compute_stock(deals.histories, deals.process)
    asked = _asked(ctx, request, deals, None, Policy("snapshot"))
    extra: list[Block] = []
    if request.with_rows or request.stage:
        from salescli.services.funnel.behind import stock_rows

        extra.append(stock_rows(ctx, deals, lines, request.stage))
    if request.with_explanation:
        from salescli.services.funnel.behind import explain_stock

        extra.append(explain_stock(ctx, deals))
    inferred = sum(each.is_inferred for each in deals.histories)
    return Answer(build_stock(asked, lines, extra, inferred), deals.problems)


def _show_flow(ctx: Context, request: FunnelRequest, period: Period | None) -> Answer:
    """What moved in a period, as known on the day asked."""
    if period is None:
        raise UsageError(problem("period-missing"))
    for option, is_asked in (("--by", request.by), ("--stage", request.stage), ("--rows", request.with_rows)):
        if is_asked:
            raise UsageError(problem("only-of-a-cohort", option=option, mode="period"))
    deals = gather_deals(ctx, min(ctx.on, period.last_day))
    flow = compute_flow(deals.histories, deals.process, period)
    empty = why_empty(deals, None, flow.undated)
    words = Title(str(period), str(period))
    asked = replace(_asked(ctx, request, deals, None, Policy("period")), cohort=words, why_empty=empty)
    extra: list[Block] = []
    if request.with_explanation:
        from salescli.services.funnel.behind import explain_flow

        extra.append(explain_flow(ctx, deals, period))
    found = list(deals.problems)
    if flow.undated:
        found.append(problem("deals-without-way", severity="warning", count=len(flow.undated)))
    return Answer(build_flow(asked, flow, extra), found)
