"""Metrics: the catalogue, and any figure of it by any dimension, with the records and the definition behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from salescli.core.metrics.dimensions import DIMENSIONS, NONE
from salescli.core.metrics.model import BaseMetric, Filter, Operator, RatioMetric
from salescli.core.metrics.query import Figure, Measured, Query, compute_figures
from salescli.core.periods import Period
from salescli.core.records.model import RecordType
from salescli.core.table import Block, Ratio, Report, Value
from salescli.core.title import Title
from salescli.errors import Problem, UsageError, problem
from salescli.reports.metrics import Answered, Asked, build_explanation, build_figures
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.services.metric.converting import Converting, conversion_line, open_converting, rate_block
from salescli.services.metric.lines import Sort, sort_lines
from salescli.services.metric.periods import counted_query, default_period
from salescli.services.metric.words import nearest_metric, why_empty
from salescli.store.frames import has_teams_above
from salescli.store.metric_sql import fetch_measured

_CONDITION = re.compile(r"\s*(.+?)\s*(>=|<=|!=|=|>|<)\s*(.*?)\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MetricRequest:
    """What is asked: a metric by dimensions, over a period ("" is all time), with conditions; how it is to be shown."""

    name: str
    by: tuple[str, ...] = ()
    period: str = ""
    where: tuple[str, ...] = ()
    sort: Sort | None = None
    with_rows: bool = False
    with_explanation: bool = False
    currency: str = ""


def place_of(ctx: Context, name: str) -> str:
    """Return where a metric is defined, as people see it: `config/metrics.yaml:12`."""
    where = ctx.catalogue.places[name]
    if ctx.catalogue.layers.get(name):
        from pathlib import Path

        return f"{ctx.workspace.relative(Path(where.file))}:{where.line}"
    return f"{where.file.replace(chr(92), '/').rsplit('/', 1)[-1]}:{where.line}"


def dimensions_of(ctx: Context, name: str) -> list[str]:
    """Return the dimensions that every part of a metric can be grouped by."""
    return [each for each in DIMENSIONS if all(_reaches(ctx, base, each) for base in ctx.catalogue.bases(name))]


def _reaches(ctx: Context, base: BaseMetric, dimension: str) -> bool:
    kind = ctx.store.registry[base.of]
    if DIMENSIONS[dimension].kind == "time":
        return base.date is not None
    if DIMENSIONS[dimension].kind == "seat" or dimension == "person":
        return base.credit != "none" and "person" in kind.paths
    return bool(kind.paths.get(dimension))


def parse_query(ctx: Context, request: MetricRequest) -> Query:
    """Check what was asked against the catalogue.

    Raises:
        UsageError: everything wrong with it, together.
    """
    wrong: list[Problem] = []
    if request.name not in ctx.catalogue:
        wrong.append(problem("unknown-metric", text=request.name, nearest=nearest_metric(ctx.catalogue, request.name)))
        raise UsageError(*wrong)
    reached = dimensions_of(ctx, request.name)
    by = tuple(_dimension(text) for text in request.by)
    for text, name in zip(request.by, by, strict=True):
        if name not in DIMENSIONS:
            wrong.append(problem("unknown-dimension", text=text, dimensions=reached))
        elif name not in reached:
            types = [ctx.store.registry[base.of].titles for base in ctx.catalogue.bases(request.name)]
            wrong.append(
                problem(
                    "no-such-dimension",
                    metric=request.name,
                    dimension=DIMENSIONS[name].title,
                    type=types,
                    dimensions=reached,
                )
            )
    only = []
    for text in request.where:
        condition = _condition(text)
        if condition is None:
            wrong.append(problem("not-a-condition", text=text))
        else:
            only.append(condition)
    period = None
    try:
        period = ctx.parse_period(request.period) if request.period else default_period(ctx, request.name)
    except UsageError as error:
        wrong += error.problems
    if wrong:
        raise UsageError(*wrong)
    return Query(request.name, by, period, tuple(only))


def _condition(text: str) -> Filter | None:
    """Read `region=华东|华南`, `amount>=500,000`; a blank value is what reaches nothing."""
    match = _CONDITION.match(text)
    if match is None:
        return None
    op: Operator = match[2]  # type: ignore[assignment]
    values = tuple(part.strip() or NONE.en for part in match[3].split("|"))
    if op not in ("=", "!=") and (len(values) > 1 or NONE.en in values):
        return None
    return Filter(_dimension(match[1]), op, values)


def _dimension(text: str) -> str:
    """Return the name of a dimension that a title names; any other text as it is."""
    for name, each in DIMENSIONS.items():
        if text.casefold() in (name, each.title.zh, each.title.en.casefold()):
            return name
    return text


def build_metric_report(ctx: Context, request: MetricRequest) -> Report:
    """Return the figures asked for; with their rows and definition where asked."""
    query = parse_query(ctx, request)
    ctx.prepare_stages()
    converting = open_converting(ctx, request.currency, query.metric)
    asked = describe_asked(ctx, query)
    figures = figures_of(ctx, query, converting=converting)
    whole = Query(query.metric, (), query.period, query.only)
    totals = figures_of(ctx, whole, converting=converting) if query.by else figures
    below = _below(ctx, query, converting)
    if below is not None:
        seen = {(figure.group, figure.currency) for figure in figures}
        zero = nothing_of(ctx, query.metric)
        figures += [Figure(group, currency, zero) for group, currency in below if (group, currency) not in seen]
    is_nothing = not any(base_count(ctx, query))
    lines = () if is_nothing else sort_lines(ctx, query, figures, request.sort)
    answered = Answered(lines, () if is_nothing else tuple(totals), below, why_empty(ctx, query))
    blocks = extra_blocks(ctx, query, request, converting, totals, asked)
    return converted(build_figures(asked, answered, blocks, ctx.language), converting)


def extra_blocks(
    ctx: Context,
    query: Query,
    request: MetricRequest,
    converting: Converting | None,
    totals: Sequence[Figure],
    asked: Asked,
) -> list[Block]:
    """Return what was asked for beside the figures: the records behind them, and the definition."""
    blocks: list[Block] = []
    if request.with_rows:
        from salescli.services.metric.rows import row_tables

        blocks += row_tables(ctx, query, converting)
    if request.with_explanation:
        from salescli.services.metric.rows import explanation_lines

        blocks.append(build_explanation(explanation_lines(ctx, query), totals, asked))
        blocks += [rate_block(converting)] if converting is not None else []
    return blocks


def converted(report: Report, converting: Converting | None) -> Report:
    """Say below a report how its amounts were converted."""
    return report if converting is None else replace(report, footer=(conversion_line(converting), *report.footer))


def base_count(ctx: Context, query: Query) -> list[int]:
    """Return how many credits each base metric of a query counts."""
    plain = counted_query(ctx, query)
    fetch = fetcher(ctx)
    return [sum(one.count for one in fetch(base, plain)) for base in ctx.catalogue.bases(query.metric)]


def fetcher(ctx: Context, *, below: bool = False, converting: Converting | None = None) -> Any:
    """Return how base metrics are fetched for `compute_figures`."""
    if converting is not None:
        return partial(converting.fetch, below=below)
    on = ctx.on.isoformat()

    def fetch(base: BaseMetric, query: Query) -> list[Measured]:
        return fetch_measured(ctx.store, base, query, ctx.calendar, on, below=below)

    return fetch


def figures_of(
    ctx: Context, query: Query, *, below: bool = False, converting: Converting | None = None
) -> list[Figure]:
    """Answer a query at its own grouping, in one currency where it is `converting`."""
    if query.period is None:
        query = replace(query, period=default_period(ctx, query.metric))
    figures = compute_figures(ctx.catalogue, query, fetcher(ctx, below=below, converting=converting), ctx.calendar)
    if converting is not None:
        converting.check()
    return figures


def _below(ctx: Context, query: Query, converting: Converting | None) -> dict[tuple[Any, str], Value] | None:
    """Figures that count in every team above, where teams have parents."""
    if "team" not in query.by:
        return None
    if not has_teams_above(ctx.store):
        return None
    found = figures_of(ctx, query, below=True, converting=converting)
    return {(figure.group, figure.currency): figure.value for figure in found}


def nothing_of(ctx: Context, name: str) -> Decimal | Ratio | None:
    """Return the own figure of a team that has records only below: of a percentile it has none."""
    metric = ctx.catalogue.get(name)
    if isinstance(metric, RatioMetric) or (isinstance(metric, BaseMetric) and metric.value.kind == "average"):
        return Ratio(0, 0)
    return None if isinstance(metric, BaseMetric) and metric.value.percent is not None else Decimal(0)


def describe_asked(ctx: Context, query: Query) -> Asked:
    """Return what was asked in words."""
    metric = ctx.catalogue.get(query.metric)
    bases = ctx.catalogue.bases(query.metric)
    kinds = {base.of: ctx.store.registry[base.of] for base in bases}
    counts = isinstance(metric, RatioMetric) and all(base.unit == "count" for base in bases)
    return Asked(
        metric,
        ctx.catalogue.unit(query.metric),
        tuple((name, DIMENSIONS[name].title) for name in query.by),
        _period_title(ctx, query.period),
        tuple(str(each) for each in query.only),
        place_of(ctx, query.metric),
        _known(ctx, bases, list(kinds.values())),
        ctx.catalogue.is_additive(query.metric),
        counts,
    )


def _known(ctx: Context, bases: Sequence[BaseMetric], kinds: Sequence[RecordType]) -> Title:
    line = known_line(ctx, kinds)
    if all(base.date is None for base in bases) and ctx.on != ctx.today:
        return Title(f"{ctx.on} 的值 · {line.zh}", f"as of {ctx.on} · {line.en}")
    return line


def _period_title(ctx: Context, period: Period | None) -> Title | None:
    """Name the period; one that is not over yet is marked so, and never shown as a miss."""
    if period is None:
        return Title("全部时间", "all time")
    if period.start > ctx.today:
        return Title(f"{period}(尚未开始)", f"{period} (not begun)")
    if ctx.today < period.last_day:
        day, days = (ctx.today - period.start).days + 1, period.days
        return Title(f"{period}(第 {day}/{days} 天)", f"{period} (day {day} of {days})")
    return Title(str(period), str(period))
