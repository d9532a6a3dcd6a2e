"""The trace of attainment: records that add up to the actual, targets that add up to the target, and the formulas."""

from __future__ import annotations

from dataclasses import replace

from salescli.core.metrics.query import Query
from salescli.core.periods import months_in
from salescli.core.quotas.attainment import MonthTarget, prorate
from salescli.core.quotas.result import Leaf
from salescli.core.quotas.versions import version_in_force
from salescli.core.table import Block, Line, Trace
from salescli.core.title import Title
from salescli.reports.attainment import Measured
from salescli.reports.attainment_trace import TargetLine, build_formulas, build_target_rows
from salescli.reports.quota import COMPANY, HOLDERS
from salescli.services.context import Context
from salescli.services.quota.attainment import Request
from salescli.services.quota.measuring import Measuring
from salescli.services.quota.scope import Scope
from salescli.services.quota.targets import TargetVersion, fetch_versions
from salescli.store.lineage import fetch_lineage


def trace_blocks(
    context: Context, measuring: Measuring, found: Measured, request: Request, scope: Scope
) -> list[Block]:
    """Return what was asked for behind a metric's attainment."""
    from salescli.services.metric.rows import explanation_lines, row_tables
    from salescli.services.metric.showing import figures_of

    context.prepare_stages()
    metric = measuring.metric
    query = Query(metric.name, (), measuring.counted, scope.filters())
    if any(one.currency not in ("", metric.currency) for one in figures_of(context, query)):
        query = replace(query, currency=metric.currency)  # others are not in the figure
    blocks: list[Block] = []
    if request.with_rows:
        blocks += row_tables(context, query)
        blocks.append(build_target_rows(found, _target_lines(context, measuring, request, scope)))
    if request.with_explanation:
        said = replace(query, only=scope.filters(as_said=True))
        definition = Line(Title("口径", "Definition"), children=tuple(explanation_lines(context, said)))
        title = Title(f"算法 · {found.title.zh}", f"How it is computed · {found.title.en}")
        blocks.append(Trace(f"how-{found.name}", (*build_formulas(found), definition), title))
    return blocks


def _target_lines(context: Context, measuring: Measuring, request: Request, scope: Scope) -> list[TargetLine]:
    """The target records in force behind the lines shown, of every level shown, with the cell each was read from."""
    wanted = {"company", request.by} | ({"team"} if request.by == "person" else set())
    levels = {request.level} if request.level else {leaf.level for leaf in measuring.every}
    every = [leaf for leaf in measuring.every if scope.holds_target(leaf)]
    shown = {_key(leaf) for leaf in every if leaf.holder in wanted and leaf.level in levels}
    labels = {month.label for month in measuring.basis.months}
    versions = fetch_versions(context, measuring.directory, labels, measuring.metric.name)
    found = []
    for line in versions.values():
        one = version_in_force(((each.since, each) for each in line), line[0].leaf.month, f"{context.on:%Y-%m}")
        if one is not None and not one.withdrawn and _key(one.leaf) in shown and _is_shown(measuring, one):
            found.append(_line(context, measuring, one))
    return sorted(found, key=lambda one: (one.order, one.level, one.team, one.holder, one.month))


def _is_shown(measuring: Measuring, one: TargetVersion) -> bool:
    return measuring.metric.currency in ("", one.currency)


def _key(leaf: Leaf) -> tuple[str, ...]:
    return (leaf.level, leaf.holder, leaf.team, leaf.holder_key, leaf.month)


def _line(context: Context, measuring: Measuring, one: TargetVersion) -> TargetLine:
    leaf, basis = one.leaf, measuring.basis
    month = next(each for each in months_in(basis.clock.period) if each.label == leaf.month)
    whole = MonthTarget(month.start, month.end, leaf.amount)
    part = prorate([whole], basis.clock.period, basis.works)[0].amount if measuring.metric.is_additive else leaf.amount
    origin = fetch_lineage(context.store, context.store.registry["target"], one.entity).get("amount")
    place = str(origin.where) if origin and origin.where.file else ""
    names = measuring.directory.member_names()
    holder = names.get(leaf.holder_key, leaf.holder_key) if leaf.holder == "person" else _holder(context, leaf)
    teams = measuring.directory.team_names()
    orders = ("company", "team", "person")
    return TargetLine(
        orders.index(leaf.holder),
        leaf.level,
        teams.get(leaf.team, leaf.team),
        holder,
        leaf.month,
        leaf.amount,
        part,
        one.since,
        one.note,
        origin.batch if origin else None,
        place,
    )


def _holder(context: Context, leaf: Leaf) -> str:
    title = COMPANY if leaf.holder == "company" else HOLDERS[leaf.holder]
    return title.text(context.language)
