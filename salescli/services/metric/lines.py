"""The lines of a metric: figures with the names of their groups, in the order asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.query import Figure, Query
from salescli.core.table import Ratio, Report, Table
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.metric.words import group_names

Sort = Literal["value", "name"]


def shorten(report: Report, limit: int | None) -> Report:
    """Keep the first lines of the figures and say how many there are; their total stays that of all."""
    table = report.blocks[0]
    if limit is None or not isinstance(table, Table) or len(table.rows) <= limit:
        return report
    said = Title(f"共 {len(table.rows)} 行,只列前 {limit} 行", f"the first {limit} of {len(table.rows)} lines")
    first = replace(table, rows=table.rows[:limit])
    return replace(report, blocks=(first, *report.blocks[1:]), footer=(said, *report.footer))


def sort_lines(
    ctx: Context, query: Query, figures: Sequence[Figure], sort: Sort | None
) -> tuple[tuple[tuple[str, ...], Figure], ...]:
    """Return figures with the names of their groups, in the order asked; what reaches nothing comes last."""
    names = [group_names(ctx, name, [figure.group[place] for figure in figures]) for place, name in enumerate(query.by)]
    lines = [
        (tuple(of_dimension[figure.group[place]] for place, of_dimension in enumerate(names)), figure)
        for figure in figures
    ]
    has_time = any(DIMENSIONS[name].kind == "time" for name in query.by)
    chosen = sort or ("name" if has_time else "value")
    if chosen == "name":
        lines.sort(key=lambda line: ([value is None for value in line[1].group], line[0], line[1].currency))
    else:
        lines.sort(
            key=lambda line: (
                [value is None for value in line[1].group],
                line[1].currency,
                *_descending(line[1]),
                line[0],
            )
        )
    return tuple(lines)


def _descending(figure: Figure) -> tuple[bool, Any]:
    value = figure.value.exact() if isinstance(figure.value, Ratio) else figure.value
    return (value is None, -value if value is not None else 0)
