"""The currencies of a report: converted into the one asked, else each by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.query import Figure, Query, compute_figures
from salescli.core.table import Report
from salescli.errors import problem
from salescli.reports.currencies import OtherLine, add_other_currencies
from salescli.reports.declaration import Need, StandingsNeed, TraceNeed
from salescli.reports.params import Asked
from salescli.services.context import Context
from salescli.services.metric.converting import Converting, conversion_line, rate_block
from salescli.services.metric.showing import fetcher, figures_of
from salescli.services.metric.words import group_names
from salescli.services.quota.figures import add_note
from salescli.services.report.params import describe_metric

LEFT_OUT = "other-currency"


def months_with_rates(ctx: Context, query: Query, converting: Converting) -> list[Figure]:
    """Answer a query by month; a month of which a day lacks a rate is unknown, and said to be: it is no zero."""
    figures = compute_figures(ctx.catalogue, query, fetcher(ctx, converting=converting), ctx.calendar)
    lacking = converting.take_missing()
    if not lacking:
        return figures
    months = {day[:7] for days in lacking.values() for day in days}
    for currency, days in sorted(lacking.items()):
        own = {"currency": currency, "into": converting.into, "first": min(days), "last": max(days)}
        add_note(ctx, problem("months-without-fx", severity="warning", **own))
    place = query.by.index("month")
    groups = {figure.group: None for figure in figures_of(ctx, query) if figure.group[place] in months}
    known = [figure for figure in figures if figure.group[place] not in months]
    return [*known, *(Figure(group, converting.into, None) for group in groups)]


def say_conversion(
    ctx: Context, report: Report, needs: Mapping[str, Need], converting: Converting, asked: Asked
) -> Report:
    """Say of a converted report at which rates; targets are not converted."""
    has_targets = any(isinstance(need, StandingsNeed) for need in needs.values())
    left_out = [note for note in ctx.notes if note.name == LEFT_OUT]
    ctx.notes[:] = [note for note in ctx.notes if note.name != LEFT_OUT]
    for note in left_out if has_targets else ():
        if note.values["currency"] != converting.into:
            add_note(ctx, problem("target-other-currency", severity="warning", **note.values, into=converting.into))
    blocks = (*report.blocks, rate_block(converting)) if asked.flag("explain") else report.blocks
    return replace(report, blocks=blocks, footer=(conversion_line(converting), *report.footer))


def show_other_currencies(ctx: Context, report: Report, needs: Mapping[str, Need], asked: Asked) -> Report:
    """Give what the report leaves out, for it is in another currency, its own lines."""
    shown = next((need for need in needs.values() if isinstance(need, TraceNeed)), None)
    left_out = {str(note.values["metric"]) for note in ctx.notes if note.name == LEFT_OUT}
    if shown is None or shown.metric not in left_out:
        return report
    metric = describe_metric(ctx, shown.metric)
    figures = figures_of(ctx, Query(shown.metric, shown.by, shown.period, shown.only))
    others = [one for one in figures if one.currency not in ("", metric.currency)]
    if not others:
        return report
    names = [group_names(ctx, name, [one.group[place] for one in others]) for place, name in enumerate(shown.by)]
    lines = [OtherLine(tuple(of[one.group[place]] for place, of in enumerate(names)), one) for one in others]
    lines.sort(key=lambda line: (line.figure.currency, [value is None for value in line.figure.group], line.names))
    ctx.notes[:] = [note for note in ctx.notes if note.name != LEFT_OUT or note.values["metric"] != shown.metric]
    dimensions = [(name, DIMENSIONS[name].title) for name in shown.by]
    return add_other_currencies(report, metric, dimensions, lines, can_convert="currency" in asked.values)
