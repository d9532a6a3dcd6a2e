"""A metric by one dimension with what stands beside it: share, growth, and other metrics of the same groups.

Reports of products, channels and regions are made of it. Every total is a question of its own, and whoever had a figure
in the earlier period only has a line too, so that lines add up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from salescli.core.analysis.mix import compute_share
from salescli.core.metrics.interval import FEW_CASES
from salescli.core.metrics.trend import compute_change
from salescli.core.money import CONTEXT, total
from salescli.core.table import Column, Ratio, Value
from salescli.core.title import Title
from salescli.reports.answers import GroupFigure, Results
from salescli.reports.declaration import FiguresNeed, Need, TraceNeed
from salescli.reports.measures import (
    Number,
    as_ratio,
    definition_line,
    earlier_columns,
    earlier_line,
    earlier_of,
    exact,
    incomplete_line,
    value_column,
)
from salescli.reports.params import AMOUNT, COMPARE, Asked

SALES = replace(AMOUNT, help=Title("数额指标(默认:有目标的那个)", "the amount (default: the one that has targets)"))
AGAINST = replace(COMPARE, default="previous")
WIN_RATE = "win-rate"
UNITS = {"order-line": "order-quantity"}  # what stands beside an amount, by the type of its records
MARGINS = {"order-line": "order-margin"}


@dataclass(frozen=True)
class Part:
    """One line: its figure, the earlier one, and the other metrics by the names of their columns.

    `key` is None for what reaches nothing; `others` counts the parts that one line stands for. Of a period without data
    nothing `is_known`: it has not fallen to nothing.
    """

    key: str | None
    name: str | Title
    value: Number
    earlier: Number
    beside: Mapping[str, Number]
    others: int = 0
    is_known: bool = True

    @property
    def base(self) -> Fraction | None:
        """The earlier figure to compare with; None while nothing is known of the period."""
        return exact(self.earlier) if self.is_known else None

    @property
    def growth(self) -> Fraction | None:
        """How much more it is than the earlier figure."""
        return compute_change(exact(self.value), self.base)


def beside_metric(table: Mapping[str, str], asked: Asked) -> str | None:
    """Return the metric that stands beside the one asked, by the type of its records."""
    return next((table[of] for of in asked.metric.of if of in table), None)


def breakdown_needs(asked: Asked, by: str, beside: Mapping[str, str | None]) -> dict[str, Need]:
    """Ask for a metric by a dimension, for the total and the earlier period, and for other metrics likewise."""
    metric, counted = asked.metric.name, asked.counted
    found: dict[str, Need] = {
        "lines": FiguresNeed(metric, (by,), counted),
        "total": FiguresNeed(metric, (), counted),
        "trace": TraceNeed(metric, (by,), counted, (), asked.flag("rows"), asked.flag("explain")),
    }
    if asked.earlier is not None:
        found["earlier"] = FiguresNeed(metric, (), asked.earlier)
        found["earlier-lines"] = FiguresNeed(metric, (by,), asked.earlier)
    for key, name in beside.items():
        if name:
            found[key] = FiguresNeed(name, (by,), counted, is_optional=True)
            found[f"{key}-total"] = FiguresNeed(name, (), counted, is_optional=True)
    return found


def gather_parts(asked: Asked, results: Results, beside: Iterable[str]) -> list[Part]:
    """Return a part per group, the largest first; what reaches nothing stands last."""
    lines = results.figures("lines")
    values, earlier = lines.by_key(), results.optional_figures("earlier-lines")
    others = {key: found.by_key() for key in beside if (found := results.optional_figures(key)) is not None}
    listed: list[GroupFigure] = [*lines.lines, *(earlier.lines if earlier else ())]
    for key in others:
        listed += [line for line in results.figures(key).lines if line.keys[0] is not None]
    names = {line.keys: line.names[0] for line in reversed(listed)}
    parts = [
        Part(
            keys[0],
            name,
            values.get(keys, Decimal(0)),
            earlier_of(earlier, keys, asked),
            {key: of.get(keys) for key, of in others.items()},
            is_known=_has_data(asked),
        )
        for keys, name in names.items()
    ]
    return sorted(parts, key=lambda one: (one.key is None, -(exact(one.value) or 0), str(one.name), one.key or ""))


def gather_total(asked: Asked, results: Results, beside: Iterable[str]) -> Part:
    """Return the whole, each figure of it asked for by itself."""
    found = {key: results.optional_figures(f"{key}-total") for key in beside}
    values = {key: figures.single for key, figures in found.items() if figures is not None}
    earlier = earlier_of(results.optional_figures("earlier"), (), asked)
    value = results.figures("total").single
    return Part("", "", Decimal(0) if value is None else value, earlier, values, is_known=_has_data(asked))


def _has_data(asked: Asked) -> bool:
    """Tell whether the data reaches into the period at all."""
    return asked.through is not None and asked.through >= asked.period.start


def limit_parts(parts: Sequence[Part], most: int) -> list[Part]:
    """Return the largest parts, and the others as one line before what reaches nothing, so that all still add up."""
    named = [part for part in parts if part.key is not None]
    if not most or len(named) <= most + 1:
        return list(parts)
    rest = named[most:]
    name = Title(f"其余 {len(rest):,} 项", f"{len(rest):,} others")
    beside = {key: _added(part.beside[key] for part in rest) for key in rest[0].beside}
    value, earlier = _added(part.value for part in rest), _added(part.earlier for part in rest)
    others = Part("", name, value, earlier, beside, len(rest), is_known=rest[0].is_known)
    return [*named[:most], others, *parts[len(named) :]]


def _added(values: Iterable[Number]) -> Number:
    known = [value for value in values if value is not None]
    ratios = [value for value in known if isinstance(value, Ratio)]
    if ratios:
        above = total(Decimal(value.numerator) for value in ratios)
        return Ratio(above, total(Decimal(value.denominator) for value in ratios))
    return total(value for value in known if isinstance(value, Decimal)) if known else None


def says_something(key: str, parts: Sequence[Part], whole: Part) -> bool:
    """Tell whether a metric beside is known: of some group, and not 0 of every one, which is a field nobody filled."""
    values = [part.beside.get(key) for part in parts if part.key is not None]
    ratios = [value for value in values if isinstance(value, Ratio) and value.denominator]
    if any(isinstance(value, Ratio) for value in (*values, whole.beside.get(key))):
        is_filled = any(value.numerator for value in ratios) or key == WIN_RATE
        return bool(ratios) and is_filled
    return any(values)


def few_cases(value: Value) -> Title | None:
    """Say that a rate stands on few cases."""
    if isinstance(value, Ratio) and value.denominator and value.denominator < FEW_CASES:
        count = f"{Decimal(value.denominator).normalize(CONTEXT):f}"
        return Title(f"例数少({count})", f"few cases ({count})")
    return None


def value_title(asked: Asked) -> Title:
    """Return the name of the main column: the metric's own where it is short."""
    title = asked.metric.title
    return title if len(title.zh) < 10 else Title("实际", "Actual")


def main_columns(asked: Asked, by: str, title: Title) -> list[Column]:
    """Return the columns that all breakdowns begin with."""
    return [
        Column(by, title),
        value_column("value", value_title(asked), asked.metric),
        Column("share", Title("占比", "Share"), "ratio"),
        Column("bar", Title("图", "Bar"), "bar", give_way="narrow"),
        earlier_columns(asked)[0],
        Column("growth", Title("增长", "Growth"), "ratio"),
    ]


def main_cells(part: Part, whole: Part, best: Fraction) -> list[Value]:
    """Return the values under `main_columns`."""
    share, value = compute_share(exact(part.value), exact(whole.value)), exact(part.value)
    length = as_ratio(value / best) if value is not None and value > 0 and best > 0 and not part.others else None
    return [part.name, part.value, as_ratio(share), length, part.earlier, as_ratio(part.growth)]


def largest(parts: Sequence[Part]) -> Fraction:
    """Return the largest figure that a bar is drawn for."""
    return max((exact(part.value) or Fraction(0) for part in parts if not part.others), default=Fraction(0))


def total_cells(whole: Part) -> list[Value]:
    """Return the total under `main_columns`."""
    is_something = bool(exact(whole.value))
    name = Title("合计", "Total")
    return [name, whole.value, Ratio(1, 1) if is_something else None, None, whole.earlier, as_ratio(whole.growth)]


def breakdown_footer(asked: Asked, results: Results, *said: Title) -> tuple[Title, ...]:
    """Return the state of knowledge, what is compared, what else is to be said, and the definition."""
    lines = (results.known, *incomplete_line(asked), *earlier_line(asked), *said)
    return (*lines, definition_line(asked.metric))
