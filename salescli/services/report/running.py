"""Run any report of the registry: its parameters read, its needs answered, itself built."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from salescli.core.metrics.query import Query
from salescli.core.periods import Period
from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.errors import problem
from salescli.reports.answers import Figures, Results
from salescli.reports.declaration import Need, ReportModule
from salescli.reports.params import Asked, MetricAsked, Param
from salescli.reports.registry import REPORTS, Entry
from salescli.services.context import Context
from salescli.services.knowledge import known_line
from salescli.services.metric.converting import open_converting
from salescli.services.metric.showing import base_count
from salescli.services.metric.words import why_empty
from salescli.services.quota.figures import add_note
from salescli.services.report.answers import Answering
from salescli.services.report.currencies import say_conversion, show_other_currencies
from salescli.services.report.params import parse_params

SOMETHING = Title("", "")


def load_report(entry: Entry) -> ReportModule:
    """Import the module of a report."""
    return cast(ReportModule, import_module(entry.module))


def params_of(entry: Entry) -> tuple[Param, ...]:
    """Return what a report can be asked."""
    return load_report(entry).PARAMS


def run_report(ctx: Context, entry: Entry, given: Mapping[str, object]) -> Report:
    """Build a report from the words given for its parameters.

    Raises:
        UsageError: everything wrong with the parameters.
    """
    module = load_report(entry)
    asked = parse_params(ctx, module.PARAMS, given)
    needs = module.needs(asked)
    metric, currency = asked.values.get("metric"), asked.text("currency")
    converting = open_converting(ctx, currency, metric.name) if isinstance(metric, MetricAsked) else None
    answering = Answering(ctx, converting)
    answers = {name: answering.answer(need) for name, need in needs.items()}
    _note_what_is_missing(ctx, asked, needs, answers)
    report = module.build(asked, Results(answers, _known(ctx, asked), _why_empty(ctx, asked)))
    if converting is not None:
        return say_conversion(ctx, report, needs, converting, asked)
    return show_other_currencies(ctx, report, needs, asked)


def build_report_list() -> Report:
    """Return the list of all reports, with what each can be asked."""
    columns = (
        Column("report", Title("报表", "Report"), "id"),
        Column("shows", Title("内容", "Shows")),
        Column("parameters", Title("参数", "Parameters")),
        Column("example", Title("示例", "Example")),
    )
    rows = tuple(
        (
            entry.name,
            Title(entry.summary.zh.rstrip("。"), entry.summary.en.rstrip(".")),
            " ".join(_spelled(param) for param in params_of(entry) if not param.is_fixed),
            f"salescli {entry.examples[0]}",
        )
        for entry in REPORTS
    )
    return Report("reports", Title("报表", "Reports"), (Table("reports", columns, rows),))


def _spelled(param: Param) -> str:
    name = param.key.upper() if param.is_argument else f"--{param.key.replace('_', '-')}"
    return name if param.required else f"[{name}]"


def _known(ctx: Context, asked: Asked) -> Title:
    metric = asked.values.get("metric")
    if not isinstance(metric, MetricAsked):
        return known_line(ctx)
    return known_line(ctx, [ctx.store.registry[base.of] for base in ctx.catalogue.bases(metric.name)])


def _why_empty(ctx: Context, asked: Asked) -> Title:
    """Say why nothing counts, where nothing does."""
    metric, period = asked.values.get("metric"), asked.values.get("period")
    if not isinstance(metric, MetricAsked):
        return SOMETHING
    query = Query(metric.name, (), asked.counted if isinstance(period, Period) else None)
    if not any(base_count(ctx, query)):
        return why_empty(ctx, query)
    if "person" in asked.values:
        own = Query(query.metric, (), query.period, (asked.person.filter,))
        if not any(base_count(ctx, own)):
            name, title = asked.person.name, metric.title
            return Title(f"{name}没有计入的{title.zh}", f"{name} has no {title.en.lower()} in the period")
    return SOMETHING


def _note_what_is_missing(ctx: Context, asked: Asked, needs: Mapping[str, Need], answers: Mapping[str, object]) -> None:
    """Say what a reader would look for in vain: a period still to come, an earlier one without figures."""
    if "period" in asked.values and asked.period.start > asked.on:
        note = problem("report-period-ahead", period=str(asked.period), day=asked.period.start, severity="note")
        add_note(ctx, note)
    earlier = answers.get("earlier")
    if asked.earlier is not None and isinstance(earlier, Figures) and not earlier.lines:
        add_note(ctx, problem("report-nothing-earlier", period=str(asked.earlier), severity="note"))
