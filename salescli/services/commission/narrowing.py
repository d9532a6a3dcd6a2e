"""Credits of a few people: what is read where not everybody is paid.

Whoever shares a record with them is read with it, for a line names the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from salescli.core.metrics.model import Filter
from salescli.core.metrics.query import Query
from salescli.store.batches import latest_batch
from salescli.store.metric_lines import Line, fetch_lines

if TYPE_CHECKING:
    from salescli.services.commission.credits import Part, Task

MOST = 50
"""More people are as well served by reading everybody."""


def narrowed(task: Task, part: Part) -> tuple[Filter, ...]:
    """Return the conditions of a part, with the people asked for where each has only their own credits."""
    metric = part.metric
    if not 0 < len(task.asked) <= MOST or task.people or task.component.credit != "own":
        return part.only
    if metric.value.kind != "sum" or metric.credit == "none":
        return part.only
    return (*part.only, Filter("person", "=", tuple(f"#{one}" for one in task.asked)))


def fetch_part_lines(task: Task, part: Part, rate_day: tuple[str, ...], also: Sequence[tuple[str, ...]]) -> list[Line]:
    """Return the credits of a part, one by one; components that pay on the same credits share one scan for them."""
    store, on = task.context.store, task.context.on.isoformat()
    only = narrowed(task, part)
    if only is part.only:
        return fetch_lines(store, part.metric, Query(part.metric.name, (), part.period, only), on, rate_day, also)
    known = latest_batch(store) if store.known is None else store.known
    key = ("lines", part.metric, only, part.period, on, known, rate_day, tuple(also))
    found = cast("list[Line] | None", store._scanned.get(key))
    if found is None:
        rows = fetch_lines(store, part.metric, Query(part.metric.name, (), part.period, only), on, rate_day, also)
        if any(row.share_to is not None for row in rows):
            query = Query(part.metric.name, (), part.period, part.only)
            rows = fetch_lines(store, part.metric, query, on, rate_day, also, {row.entity for row in rows})
        found = store._scanned[key] = rows
    return found
