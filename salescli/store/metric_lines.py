"""The credits behind a figure, one line each: what adds up to what `metric_sql` sums."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import cast

from salescli.core.metrics.model import BaseMetric
from salescli.core.metrics.query import Query
from salescli.store.batches import latest_batch
from salescli.store.connection import Store
from salescli.store.givers import Given, Givers, value_mask
from salescli.store.metric_credit import credit_sql, currency_sql, scale_of, value_sql
from salescli.store.metric_filters import conditions_sql
from salescli.store.metric_paths import path_sql, source_sql
from salescli.store.metric_sql import start_plan


@dataclass(frozen=True, slots=True)
class Line:
    """One credit: the record, its days, who and what share, amounts in ten-thousandths, and who gave its value.

    `day` is the crediting date, `own_day` the record's own (a refund is credited on the day of what it undoes).
    `share_from` and `share_to` are None where nothing is split. `rate_day` is the day whose exchange rate counts, where
    that was asked for.
    """

    entity: int
    day: str | None
    own_day: str | None
    person: int | None
    value: int
    share_from: int | None
    share_to: int | None
    credit: int
    currency: str
    customer: int | None
    contract: int | None
    source: int | None
    source_row: int | None
    undoes: int | None  # the receipt that a refund names
    rate_day: str | None = None
    also: tuple[str | int | None, ...] = ()  # what was asked for besides
    edited: int | None = None  # the batch that has set its value by hand since it was read


_NAMES = [one.name for one in fields(Line)]
_CREDIT, _SOURCE = _NAMES.index("credit") + 1, _NAMES.index("source") + 1  # in a row, which begins with the cells given


def fetch_lines(
    store: Store,
    metric: BaseMetric,
    query: Query,
    on: str,
    rate_day: tuple[str, ...] = (),
    also: Sequence[tuple[str, ...]] = (),
    records: Collection[int] | None = None,
) -> list[Line]:
    """Return the credits behind a figure in the order of day, record and share; `rate_day` are paths to a day.

    `also` are more paths, each a column of its own; `records` are those that alone are asked for.
    """
    plan = start_plan(store, metric, query, on)
    person, value = credit_sql(plan, needs_person=True)
    where = conditions_sql(plan, query)
    if records is not None:
        where += " AND t.id IN (SELECT value FROM json_each(?))"
        plan.values.append(json.dumps(sorted(records)))
    own_day = f'substr(t."{plan.kind[plan.kind.date].column}", 1, 10)' if plan.kind.date else "NULL"
    shares = ("s.share_from", "s.share_to") if "s" in plan.joins else ("NULL", "NULL")
    links = [path_sql(plan, plan.kind.paths.get(name, ())) for name in ("customer", "contract")]
    undoes = path_sql(plan, ("receipt",)) if plan.kind.name == "refund" else "NULL"
    more = [f"substr({path_sql(plan, rate_day)}, 1, 10)"] if rate_day else []
    record = ["t.id", plan.day, own_day, person, value_sql(plan), *shares, value, currency_sql(plan), *links]
    asked = [path_sql(plan, paths) for paths in also]
    columns = ", ".join(["t.given", *record, "t.source_id", "t.source_row", undoes, *more, *asked])
    select = f"SELECT {columns}\nFROM {source_sql(plan)}\nWHERE {where}\nORDER BY 3, 2, 7"
    scale = scale_of(store, metric)
    # A record without a value adds nothing, and is no credit of zero.
    givers = Givers(store, plan.kind, value_mask(store, plan.kind, metric.value.path))
    rows = [row for row in store.db.execute(select, plan.values) if row[_CREDIT] is not None]
    if also:
        found = [replace(Line(*row[1 : -len(also)]), also=row[-len(also) :]) for row in rows]
    else:
        found = [Line(*row[1:]) for row in rows]
    unsaid = {row[1] for row in rows if not givers.speaks(row[_SOURCE], row[0])}
    given = givers.find(unsaid)
    if given:
        found = [_given(one, given.get(one.entity)) for one in found]
    return found if scale == 1 else [replace(one, value=one.value * scale, credit=one.credit * scale) for one in found]


def _given(line: Line, given: Given | None) -> Line:
    """Let a credit say who gave its value, where the version in force does not."""
    return line if given is None else replace(line, source=given.source, source_row=given.row, edited=given.edited)


def fetch_lines_of_some(
    store: Store, metric: BaseMetric, query: Query, whole: Query, on: str, rate_day: tuple[str, ...],
    also: Sequence[tuple[str, ...]],
) -> list[Line]:  # fmt: skip
    """Return the credits of a query for some people, with everybody's of the records that they share (`whole`).

    They are read once for one batch: components that pay on the same credits ask for the same ones.
    """
    known = latest_batch(store) if store.known is None else store.known
    key = ("lines", metric, query.only, query.period, on, known, rate_day, tuple(also))
    found = cast("list[Line] | None", store._scanned.get(key))
    if found is None:
        found = fetch_lines(store, metric, query, on, rate_day, also)
        if any(row.share_to is not None for row in found):
            found = fetch_lines(store, metric, whole, on, rate_day, also, {row.entity for row in found})
        store._scanned[key] = found
    return found
