"""The trace of a figure: the credits that add up to it, with file, sheet and row, and the places of its definition."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.model import BaseMetric, RatioMetric, references
from salescli.core.metrics.query import Query, compute_figures
from salescli.core.money import CONTEXT, MILLION, from_e4
from salescli.core.records.model import RecordType
from salescli.core.table import Line as TraceLine
from salescli.core.table import Table
from salescli.core.title import Title
from salescli.reports.metrics import VALUE_KINDS, CreditRow, build_rows, definition_text
from salescli.services.context import Context
from salescli.services.knowledge import known_line, record_keys, record_labels
from salescli.services.metric.converting import Converting, converted_rows
from salescli.services.metric.periods import counted_query
from salescli.services.metric.showing import fetcher, place_of
from salescli.store.lineage import fetch_lineage, fetch_sources, origin_of
from salescli.store.metric_lines import Line, fetch_lines


def row_tables(ctx: Context, query: Query, converting: Converting | None = None) -> list[Table]:
    """Return the credits behind a figure, one table per base metric; each adds up to its part of the figure."""
    metric = ctx.catalogue.get(query.metric)
    plain = counted_query(ctx, query)
    if isinstance(metric, RatioMetric):
        parts = [(base, 1) for base in ctx.catalogue.bases(query.metric)]
    else:
        parts = ctx.catalogue.base_parts(query.metric)
    return [_table(ctx, base, sign, plain, converting, is_alone=len(parts) == 1) for base, sign in parts]


def _table(
    ctx: Context, base: BaseMetric, sign: int, query: Query, converting: Converting | None, *, is_alone: bool
) -> Table:
    lines = fetch_lines(ctx.store, base, query, ctx.on.isoformat())
    rows = credit_rows(ctx, base, lines, sign)
    if converting is not None and base.unit == "money":
        rows = converted_rows(converting, base, rows)
    totals: dict[str, Decimal] = {}
    whole = Query(base.name, (), query.period, query.only, query.currency)
    if base.value.percent is not None:
        found = compute_figures(ctx.catalogue, whole, fetcher(ctx, converting=converting))
        totals = {one.currency: one.value for one in found if isinstance(one.value, Decimal)}
    else:
        for measured in fetcher(ctx, converting=converting)(base, whole):
            totals[measured.currency] = CONTEXT.multiply(from_e4(measured.value), Decimal(sign))
    mark = "− " if sign < 0 else ""
    title = Title("记录", "Records") if is_alone else Title(f"{mark}{base.title.zh}", f"{mark}{base.title.en}")
    if base.value.kind == "distinct":
        title = Title(
            f"{title.zh}(合计为不同的 {base.value.path} 数)",
            f"{title.en} (the total counts each {base.value.path} once)",
        )
    elif base.value.percent is not None:
        title = Title(f"{title.zh}(合计行为 {base.value})", f"{title.en} (the last line is their {base.value})")
    return build_rows(base.name, title, rows, totals, VALUE_KINDS[base.unit], ctx.language)


def credit_rows(ctx: Context, base: BaseMetric, lines: list[Line], sign: int = 1) -> list[CreditRow]:
    """Return credits as people read them: names, shares, and the cell each value was read from."""
    kind = ctx.store.registry[base.of]
    keys = record_keys(ctx, kind, (one.entity for one in lines))
    labels = record_labels(ctx, kind, (one.entity for one in lines))
    people = record_labels(ctx, ctx.store.registry["person"], {one.person for one in lines if one.person is not None})
    column = base.value.path if base.value.path and base.value.path in kind else ""
    places = _places(ctx, kind, lines, column)
    return [_row(one, keys, labels, people, places, sign) for one in lines]


def _row(
    one: Line,
    keys: dict[int, str],
    labels: dict[int, str],
    people: dict[int, str],
    places: dict[int, str],
    sign: int,
) -> CreditRow:
    key = keys.get(one.entity, f"#{one.entity}")
    label = labels.get(one.entity, "")
    share = None
    if one.share_from is not None and one.share_to is not None:
        share = CONTEXT.divide(Decimal(one.share_to - one.share_from), Decimal(MILLION))
    return CreditRow(
        key,
        label if label != key else "",
        one.day or "",
        people.get(one.person, "") if one.person is not None else "",
        from_e4(sign * one.value),
        share,
        from_e4(sign * one.credit),
        one.currency,
        places.get(one.entity, ""),
    )


def _places(ctx: Context, kind: RecordType, lines: list[Line], column: str) -> dict[int, str]:
    """Return file, sheet and cell of each record's value, and the batch that has edited it since."""
    sources = fetch_sources(ctx.store, {one.source for one in lines if one.source is not None})
    found: dict[int, str] = {}
    for one in lines:
        if one.entity in found:
            continue
        where = origin_of(0, one.source, one.source_row, column, sources).where
        edited = one.edited is not None or not where.file
        told = (str(where) if where.file else "", _edited_place(ctx, kind, one.entity, column) if edited else "")
        found[one.entity] = " · ".join(filter(None, told))
    return found


def _edited_place(ctx: Context, kind: RecordType, entity: int, column: str) -> str:
    lineage = fetch_lineage(ctx.store, kind, entity)
    origin = lineage.get(column) or next(iter(lineage.values()), None)
    if origin is None:
        return ""
    if origin.where.file:
        return str(origin.where)
    return Title(f"批次 {origin.batch}(手工编辑)", f"batch {origin.batch} (by hand)").text(ctx.language)


def explanation_lines(ctx: Context, query: Query) -> list[TraceLine]:
    """Return the definition down to its base metrics, then what went in."""
    lines = [_definition(ctx, query.metric)]
    if query.period is not None:
        counted = counted_query(ctx, query).period or query.period
        first, last = counted.start, counted.last_day
        lines.append(TraceLine(Title(f"期间 {first} 至 {last}(含)", f"period {first} through {last}")))
    if query.by:
        how = [
            Title(f"{name}:按记录当日", f"{name}: as on the record's day")
            if name in ("team", "manager", "role")
            else Title(name, name)
            for name in query.by
        ]
        lines.append(
            TraceLine(Title("分组 " + "、".join(t.zh for t in how), "grouped by " + ", ".join(t.en for t in how)))
        )
    lines += [TraceLine(Title(f"筛选 {each}", f"where {each}")) for each in query.only]
    kinds = [ctx.store.registry[base.of] for base in ctx.catalogue.bases(query.metric)]
    known = known_line(ctx, kinds)
    lines.append(
        TraceLine(
            Title(f"{known.zh}(共 {_records(ctx, kinds)} 条记录)", f"{known.en} ({_records(ctx, kinds)} records)")
        )
    )
    if not ctx.catalogue.is_additive(query.metric):
        lines.append(TraceLine(Title("不可相加:每一级各自计算", "does not add up: each level is computed for itself")))
    return lines


def _grouping(by: tuple[str, ...]) -> Title:
    """Say how lines are grouped: a seat is the one on the record's own day."""
    zh, en = [], []
    for name in by:
        is_seat = DIMENSIONS[name].kind == "seat"
        zh.append(DIMENSIONS[name].title.zh + ("(按记录当日)" if is_seat else ""))
        en.append(DIMENSIONS[name].title.en.lower() + (" (as on the record's day)" if is_seat else ""))
    return Title("分组 " + "、".join(zh), "grouped by " + ", ".join(en))


def _records(ctx: Context, kinds: list[RecordType]) -> str:
    from salescli.store.state import count_records

    names = dict.fromkeys(kind.name for kind in kinds)
    return f"{sum(count_records(ctx.store, ctx.store.registry[name]) for name in names):,}"


def _definition(ctx: Context, name: str) -> TraceLine:
    metric = ctx.catalogue.get(name)
    text = Title(
        f"{metric.title.zh}({name})= {definition_text(metric, 'zh')}",
        f"{metric.title.en} ({name}) = {definition_text(metric, 'en')}",
    )
    if isinstance(metric, BaseMetric):
        return TraceLine(text, source=place_of(ctx, name), children=tuple(_base_lines(ctx, metric)))
    parts = tuple(_definition(ctx, part) for part in references(metric))
    return TraceLine(text, source=place_of(ctx, name), children=parts)


def _base_lines(ctx: Context, metric: BaseMetric) -> list[TraceLine]:
    kind = ctx.store.registry[metric.of]
    credit = {
        "split": Title("归属:按业绩分成,未分成则归负责人", "credit: by its credit split, else wholly to its owner"),
        "owner": Title("归属:全部归负责人", "credit: wholly to its owner"),
        "none": Title("归属:不归个人", "credit: to nobody"),
    }[metric.credit]
    date = (
        Title(f"日期:{kind[metric.date].title.zh}", f"date: {kind[metric.date].title.en}")
        if metric.date
        else Title("无期间:存量", "no period: a stock")
    )
    lines = [TraceLine(Title(f"记录:{kind.titles.zh}", f"records: {kind.titles.en}")), TraceLine(date)]
    lines += [TraceLine(Title(f"条件 {each}", f"where {each}")) for each in metric.where]
    if metric.at_least is not None:
        lines.append(TraceLine(Title(f"至少 {metric.at_least:,f}", f"at least {metric.at_least:,f}")))
    return [*lines, TraceLine(credit)]
