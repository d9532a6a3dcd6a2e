"""Credits of a few people: what is read where not everybody is paid.

Whoever shares a record with them is read with it, for a line names the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salescli.core.metrics.model import Filter
from salescli.core.metrics.query import Query
from salescli.store.metric_lines import Line, fetch_lines, fetch_lines_of_some

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
    query = Query(part.metric.name, (), part.period, only)
    if only is part.only:
        return fetch_lines(store, part.metric, query, on, rate_day, also)
    whole = Query(part.metric.name, (), part.period, part.only)
    return fetch_lines_of_some(store, part.metric, query, whole, on, rate_day, also)
