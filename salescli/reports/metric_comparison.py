"""A metric in two periods: the figure, what it was before, the change, and the change in percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from salescli.core.metrics.change import Number, compute_difference, compute_growth
from salescli.core.table import Block, Column, Report, Table, Value
from salescli.core.title import Title
from salescli.reports.metrics import VALUE_KINDS, Asked, build_figures_report

NO_BASE = Title("无可比基数", "no base")


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line: the names of its groups, its currency, and its figures now and before."""

    names: tuple[str, ...]
    currency: str
    now: Number
    before: Number


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of two periods: lines, their totals per currency, and the period before in words."""

    lines: tuple[ComparedLine, ...]
    totals: tuple[ComparedLine, ...]
    before: str
    said: tuple[Title, ...]  # what a reader has to know of the span compared
    why_empty: Title


def build_comparison(asked: Asked, compared: Compared, extra: Sequence[Block]) -> Report:
    """Build the comparison of two periods; the totals are queries of their own."""
    currencies = sorted({line.currency for line in (*compared.lines, *compared.totals)})
    table = _table(asked, compared, currencies)
    report = build_figures_report(asked, table, extra, len(currencies) > 1)
    against = Title(f" · 对比 {compared.before}", f" · against {compared.before}")
    title = Title(report.title.zh + against.zh, report.title.en + against.en)
    return replace(report, title=title, footer=(*compared.said, *report.footer))


def _table(asked: Asked, compared: Compared, currencies: Sequence[str]) -> Table:
    kind = VALUE_KINDS[asked.unit]
    single = currencies[0] if len(currencies) == 1 and kind == "money" else ""
    places = 2 if kind == "ratio" else None
    is_rate = kind == "ratio"
    change = Title("变化(百分点)", "Change, points") if is_rate else Title("变化", "Change")
    columns = [Column(name, title) for name, title in asked.dimensions]
    if len(currencies) > 1:
        columns.append(Column("currency", Title("币种", "Currency"), "id"))
    columns += [
        Column("value", asked.metric.title, kind, currency=single, decimals=places),
        Column("before", Title("上期", "Before"), kind, currency=single, decimals=places),
        Column("change", change, kind, currency=single, decimals=places),
    ]
    if not is_rate:
        columns.append(Column("growth", Title("变化率", "Change %"), "ratio", blank=NO_BASE))
    rows = [_row(line, len(currencies) > 1, is_rate) for line in compared.lines]
    has_total = bool(asked.dimensions) and len(compared.totals) == 1 and len(currencies) == 1
    last = None
    if has_total:
        whole = replace(compared.totals[0], names=("",) * len(asked.dimensions))
        last = _row(whole, False, is_rate)
    return Table("figures", tuple(columns), tuple(rows), total=last, empty=compared.why_empty)


def _row(line: ComparedLine, has_currency: bool, is_rate: bool) -> tuple[Value, ...]:
    row: list[Value] = [*line.names, *([line.currency] if has_currency else [])]
    row += [line.now, line.before, compute_difference(line.now, line.before)]
    return tuple(row) if is_rate else (*row, compute_growth(line.now, line.before))
