"""What people read beside figures of a metric: the names of groups, and why nothing counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salescli.core.metrics.dimensions import DIMENSIONS, NONE
from salescli.core.metrics.model import Catalogue
from salescli.core.metrics.query import Query
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.knowledge import record_labels
from salescli.services.metric.periods import counted_query
from salescli.services.record.finding import nearest_of
from salescli.store.entities import fetch_keys
from salescli.store.lineage import fetch_data_through
from salescli.store.state import count_records


def nearest_metric(catalogue: Catalogue, text: str) -> str:
    """Return the name of the metric that is called so on the screens, else the closest name, else ""."""
    titles = {word.casefold(): metric.name for metric in catalogue for word in metric.title}
    return titles.get(text.strip().casefold()) or nearest_of(text, catalogue.names)


def group_names(ctx: Context, dimension: str, values: Sequence[Any]) -> dict[Any, str]:
    """Return what people call the groups of a dimension; what reaches nothing is `(none)`."""
    each = DIMENSIONS[dimension]
    names: dict[Any, str] = {value: str(value) for value in values}
    if each.ref:
        names.update(told_apart(ctx, each.ref, {value for value in values if value is not None}))
    if dimension == "stage" and ctx.language == "zh":
        for text, (stage, _, _) in ctx.stages.items():
            if names.get(stage) == stage and not text.isascii():
                names[stage] = text
    names[None] = NONE.text(ctx.language)
    return names


def told_apart(ctx: Context, type_name: str, ids: set[Any]) -> dict[Any, str]:
    """Return what people call records; those that share a name are called by their number too."""
    kind = ctx.store.registry[type_name]
    names: dict[Any, str] = dict(record_labels(ctx, kind, ids))
    seen: dict[str, int] = {}
    for name in names.values():
        seen[name] = seen.get(name, 0) + 1
    shared = [one for one, name in names.items() if seen[name] > 1]
    keys = fetch_keys(ctx.store, kind, shared) if shared else {}
    return {**names, **{one: f"{names[one]} {keys[one]}" for one in shared if keys[one] != names[one]}}


def why_empty(ctx: Context, query: Query) -> Title:
    """Say why nothing counts: no such records, none in the period, or none under the filters."""
    for base in ctx.catalogue.bases(query.metric):
        kind = ctx.store.registry[base.of]
        if not count_records(ctx.store, kind):
            return Title(
                f"没有{kind.titles.zh}记录:先导入", f"there are no {kind.titles.en} records: import them first"
            )
    base = ctx.catalogue.bases(query.metric)[0]
    kind = ctx.store.registry[base.of]
    days = fetch_data_through(ctx.store, kind, base.date or "") if base.date else None
    if base.date and days is None:
        field = kind[base.date].title
        return Title(f"没有一条{kind.titles.zh}写有{field.zh}", f"no {kind.titles.en} has a {field.en} date")
    period = counted_query(ctx, query).period
    if period is not None and days and (days[1] < str(period.start) or days[0] > str(period.last_day)):
        return Title(
            f"{period} 内没有{kind.titles.zh}:现有日期 {days[0]} 至 {days[1]}",
            f"no {kind.titles.en} in {period}: dates run from {days[0]} through {days[1]}",
        )
    conditions = [str(each) for each in (*base.where, *query.only)]
    said = ", ".join(conditions)
    if not said:
        return Title(f"期间内没有{kind.titles.zh}", f"no {kind.titles.en} in the period")
    return Title(f"没有{kind.titles.zh}符合:{said}", f"no {kind.titles.en} in the period has {said}")
