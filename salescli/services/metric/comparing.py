"""A metric beside the period before or the year before: the same days of both where the period is not over."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from salescli.core.metrics.change import Number
from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.query import Figure, Group, Query
from salescli.core.periods import ONE_DAY, Period
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import UsageError, problem
from salescli.reports.metric_comparison import Compared, ComparedLine, build_comparison
from salescli.services.context import Context
from salescli.services.metric.converting import Converting, open_converting
from salescli.services.metric.lines import sort_lines
from salescli.services.metric.showing import (
    MetricRequest,
    converted,
    describe_asked,
    extra_blocks,
    figures_of,
    nothing_of,
    parse_query,
)
from salescli.services.metric.words import why_empty
from salescli.services.report.params import data_days, describe_metric, earlier_period

How = Literal["previous", "last-year"]
Figures = dict[tuple[Group, str], Number]


def build_comparison_report(ctx: Context, request: MetricRequest, how: How) -> Report:
    """Return the figures asked for beside those of the period before, or of a year before.

    Raises:
        UsageError: there is no period to go back from, or the lines are periods themselves.
    """
    query = parse_query(ctx, request)
    period = _check(ctx, query)
    ctx.prepare_stages()
    converting = open_converting(ctx, request.currency, query.metric)
    last = data_days(ctx, describe_metric(ctx, query.metric))[1]
    through = last if last is not None and period.start <= last < period.last_day else None  # else it is over
    is_over = through is None
    now = period if through is None else Period(period.start, through + ONE_DAY, str(period))
    before = earlier_period(ctx, period, how, through)
    queries = replace(query, period=now), replace(query, period=before)
    figures = [_figures(ctx, each, converting) for each in queries]
    totals = [_figures(ctx, replace(each, by=()), converting) for each in queries]
    is_nothing = not any((*totals[0].values(), *totals[1].values()))
    asked = describe_asked(ctx, query)
    compared = Compared(
        () if is_nothing else _lines(ctx, query, figures, request),
        () if is_nothing else tuple(_compared(ctx, query, totals, key, ()) for key in sorted({*totals[0], *totals[1]})),
        str(before),
        () if is_over else (_same_days(now, before),),
        why_empty(ctx, query),
    )
    whole = [Figure(group, currency, value) for (group, currency), value in totals[0].items()]
    extra = extra_blocks(ctx, replace(query, period=now), request, converting, whole, asked)
    return converted(build_comparison(asked, compared, extra), converting)


def _check(ctx: Context, query: Query) -> Period:
    if all(base.date is None for base in ctx.catalogue.bases(query.metric)):
        raise UsageError(problem("compare-needs-date", metric=query.metric))
    if times := [name for name in query.by if DIMENSIONS[name].kind == "time"]:
        raise UsageError(problem("compare-not-by-time", dimension=DIMENSIONS[times[0]].title, metric=query.metric))
    if query.period is None:
        raise UsageError(problem("compare-needs-period"))
    return query.period


def _same_days(now: Period, before: Period) -> Title:
    first = f"{now.start} 至 {now.last_day}", f"{now.start} through {now.last_day}"
    second = f"{before.start} 至 {before.last_day}", f"{before.start} through {before.last_day}"
    return Title(
        f"期间未完,只比相同天数:{first[0]} 对 {second[0]}",
        f"the period is not over, so the same days are compared: {first[1]} with {second[1]}",
    )


def _figures(ctx: Context, query: Query, converting: Converting | None) -> Figures:
    return {(one.group, one.currency): one.value for one in figures_of(ctx, query, converting=converting)}


def _lines(ctx: Context, query: Query, figures: list[Figures], request: MetricRequest) -> tuple[ComparedLine, ...]:
    nothing = nothing_of(ctx, query.metric)
    keys = {**figures[0], **{key: nothing for key in figures[1] if key not in figures[0]}}
    lines = sort_lines(ctx, query, [Figure(*key, value) for key, value in keys.items()], request.sort)
    return tuple(_compared(ctx, query, figures, (one.group, one.currency), names) for names, one in lines)


def _compared(
    ctx: Context, query: Query, figures: list[Figures], key: tuple[Group, str], names: tuple[str, ...]
) -> ComparedLine:
    nothing = nothing_of(ctx, query.metric)
    return ComparedLine(names, key[1], figures[0].get(key, nothing), figures[1].get(key, nothing))
