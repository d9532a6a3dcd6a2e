"""A metric by month beside its target and the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import CONTEXT, total
from salescli.core.table import Column, ColumnKind, Ratio, Report, Table, Value
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One month: what came, what was asked, what came a year before; None where there is nothing."""

    month: str
    actual: Decimal | None
    target: Decimal | None
    before: Decimal | None


def build_trend(title: Title, currency: str, lines: Sequence[TrendLine], known: Title, is_last_open: bool) -> Report:
    """Build the table of months; its total compares like with like, or not at all."""
    kind: ColumnKind = "money" if currency else "quantity"
    columns = (
        Column("month", Title("月份", "Month")),
        Column("actual", Title("实际", "Actual"), kind, currency),
        Column("target", Title("目标", "Target"), kind, currency),
        Column("attainment", Title("达成率", "Attainment"), "ratio"),
        Column("before", Title("去年同期", "Year before"), kind, currency),
        Column("change", Title("同比", "Year on year"), "ratio"),
    )
    rows = tuple(_row(line) for line in lines)
    by_column = zip(*((line.actual, line.target, line.before) for line in lines), strict=True)
    sums = [_sum(values) for values in by_column]
    whole = _row(TrendLine("", *sums)) if sums else (None,) * len(columns)
    footer = [known]
    if is_last_open and lines:
        month = lines[-1].month
        footer.append(Title(f"{month} 尚未结束", f"{month} is not over"))
    table = Table("trend", columns, rows, None, (None, *whole[1:]))
    return Report("export-trend", Title(f"走势 · {title.zh}", f"Trend · {title.en}"), (table,), tuple(footer))


def _row(line: TrendLine) -> tuple[Value, ...]:
    return (
        line.month,
        line.actual,
        line.target,
        _ratio(line.actual, line.target),
        line.before,
        change(line.actual, line.before),
    )


def change(now: Decimal | None, before: Decimal | None) -> Ratio | None:
    """Return by how much a figure grew; None where there is no figure to grow from.

    >>> change(Decimal(11), Decimal(10)).exact()
    Fraction(1, 10)
    """
    if now is None or not before or before < 0:
        return None
    return Ratio(CONTEXT.subtract(now, before), before)


def _ratio(actual: Decimal | None, target: Decimal | None) -> Ratio | None:
    return Ratio(actual, target) if actual is not None and target else None


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """Add the months up where every one has a figure; a sum of some would be compared with one of all."""
    known = [value for value in values if value is not None]
    return total(known) if known and len(known) == len(values) else None
