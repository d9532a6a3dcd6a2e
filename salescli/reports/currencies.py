"""Other currencies of a report: a line for each, which is neither added nor converted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from salescli.core.metrics.query import Figure
from salescli.core.table import Column, Report, Table
from salescli.core.title import Title
from salescli.reports.measures import value_column
from salescli.reports.params import MetricAsked

OTHERS = Title("其他币种", "Other currencies")


@dataclass(frozen=True, slots=True)
class OtherLine:
    """A figure in another currency than the report's, with the names of its groups."""

    names: tuple[str, ...]
    figure: Figure


def add_other_currencies(
    report: Report,
    metric: MetricAsked,
    dimensions: Sequence[tuple[str, Title]],
    lines: Sequence[OtherLine],
    *,
    can_convert: bool,
) -> Report:
    """Return a report with a line per group and currency behind its main table, and that nothing is added."""
    columns = (
        *(Column(name, title) for name, title in dimensions),
        Column("currency", Title("币种", "Currency"), "id"),
        value_column("value", metric.title, replace(metric, currency="")),
    )
    rows = tuple((*line.names, line.figure.currency, line.figure.value) for line in lines)
    table = Table("other-currencies", columns, rows, OTHERS)
    option = f"--currency {metric.currency}"
    said = Title(
        f"币种不同,不合计:其余各表和合计只含 {metric.currency}" + (f";折成一种:{option}" if can_convert else ""),
        f"several currencies: no total of them; all other figures are {metric.currency} alone"
        + (f"; in one: {option}" if can_convert else ""),
    )
    return replace(report, blocks=(*report.blocks[:1], table, *report.blocks[1:]), footer=(said, *report.footer))
