"""Key figures: each metric beside its target and the periods before; what commission comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from salescli.core.book import FigureLine, KeyFigures
from salescli.core.metrics.model import Unit
from salescli.core.periods import Period
from salescli.core.table import Column, ColumnKind, Ratio, Value
from salescli.core.title import Title
from salescli.reports.export.standing import standing_of
from salescli.reports.export.trend import change

_KINDS: dict[Unit, ColumnKind] = {
    "money": "money", "count": "count", "quantity": "quantity", "days": "quantity", "rate": "ratio",
}  # fmt: skip
_RATIO = Column("ratio", Title("", ""), "ratio")
_WORD = Column("word", Title("", ""))


class Paid(NamedTuple):
    """What runs come to in one currency, and how many people are paid."""

    earned: Decimal
    holdback: Decimal
    payable: Decimal
    people: int


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One metric: its figure, its target if any, and its figures of the period before and of the year before."""

    metric: str
    title: Title
    unit: Unit
    currency: str  # where a metric has several
    now: object
    target: Value
    attainment: Value
    pace: Value
    before: object
    year_before: object


def build_figures(lines: Sequence[KeyLine], periods: tuple[Period, Period, Period], is_over: bool) -> KeyFigures:
    """Build the key figures; targets and standing only where any line has a target."""
    has_targets = any(line.target is not None for line in lines)
    now, before, year = (str(period) for period in periods)
    headings = [
        Title("关键指标", "Key figure"),
        Title(f"本期 {now}", f"{now}"),
        *((Title("目标", "Target"), Title("达成率", "Attainment"), Title("评价", "Standing")) if has_targets else ()),
        Title(f"上期 {before}", f"Before: {before}"),
        Title(f"去年同期 {year}", f"Year before: {year}"),
        Title("同比", "Year on year"),
    ]
    return KeyFigures("key-figures", tuple(headings), tuple(_line(line, has_targets, is_over) for line in lines))


def _line(line: KeyLine, has_targets: bool, is_over: bool) -> FigureLine:
    shown = Column(line.metric, line.title, _KINDS[line.unit])
    name = Title(f"{line.title.zh} {line.currency}".strip(), f"{line.title.en} {line.currency}".strip())
    measured = line.attainment if is_over else line.pace
    standing = standing_of(measured, line.target is not None, is_over) if line.target is not None else None
    target = ((shown, line.target), (_RATIO, line.attainment), (_WORD, standing)) if has_targets else ()
    values = (
        (shown, _value(line.now)),
        *target,
        (shown, _value(line.before)),
        (shown, _value(line.year_before)),
        (_RATIO, _change(line.now, line.year_before)),
    )
    return FigureLine(name, values)


def _value(value: object) -> Value:
    return value if isinstance(value, (Decimal, int, Ratio)) else None


def _change(now: object, before: object) -> Ratio | None:
    """Growth of an amount; a rate's growth in per cent would be read as points."""
    return change(now, before) if isinstance(now, Decimal) and isinstance(before, Decimal) else None


def build_pay(now: Paid, before: Paid | None, period: Period, earlier: Period, currency: str = "") -> KeyFigures:
    """Build what commission comes to; `currency` is said where there are several."""
    headings = (
        Title(f"提成 {currency}".strip(), f"Commission {currency}".strip()),
        Title(f"本期 {period}", f"{period}"),
        *((Title(f"上期 {earlier}", f"Before: {earlier}"),) if before else ()),
    )
    names = (
        Title("应计", "Earned"),
        Title("留存", "Holdback"),
        Title("应发", "Payable"),
        Title("有应发的人数", "People paid"),
    )
    lines = []
    for place, name in enumerate(names):
        column = Column("figure", name, "money" if place < 3 else "count")
        lines.append(FigureLine(name, tuple((column, paid[place]) for paid in (now, before) if paid)))
    return KeyFigures("pay", headings, tuple(lines))
