"""What is asked of a metric, and what comes back: exact integers per group, computed up to ratios and sums here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from salescli.core.metrics.model import BaseMetric, Catalogue, CumulativeMetric, Filter, RatioMetric
from salescli.core.metrics.percentile import compute_percentile
from salescli.core.money import from_e4, units_half_away
from salescli.core.periods import FiscalCalendar, Period
from salescli.core.table import Ratio

Group = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A metric by dimensions, over a period (None: all time), with more filters; `only` are paths of the record."""

    metric: str
    by: tuple[str, ...] = ()
    period: Period | None = None
    only: tuple[Filter, ...] = ()
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One group's value in ten-thousandths of the unit, its currency ("" where none), and how many counted.

    Of a percentile a group has one for each different value, with how many records have it.
    """

    group: Group
    currency: str
    value: int
    count: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of an answer: a money or count value, or a ratio that remembers its parts."""

    group: Group
    currency: str
    value: Decimal | Ratio | None


@dataclass(frozen=True)
class Answer:
    """The lines of a query and their total, which is a query of its own and never the sum of the lines."""

    query: Query
    figures: tuple[Figure, ...]
    totals: tuple[Figure, ...]
    is_additive: bool
    notes: Mapping[str, str] = field(default_factory=dict)


FetchBase = Callable[[BaseMetric, Query], list[Measured]]


def compute_figures(
    catalogue: Catalogue, query: Query, fetch: FetchBase, calendar: FiscalCalendar | None = None
) -> list[Figure]:
    """Answer a query at its own grouping: bases are fetched, everything else is arithmetic on them.

    Raises:
        ValueError: a running total is asked for without the calendar or without a period.
    """
    metric = catalogue.get(query.metric)
    if isinstance(metric, CumulativeMetric):
        from salescli.core.metrics.cumulative import compute_running  # it answers with the values of this module

        if calendar is None:
            raise ValueError(f"{metric.name} begins anew by the fiscal calendar, and none is given")
        return sorted(
            compute_running(metric, query, calendar, lambda each: compute_figures(catalogue, each, fetch)),
            key=lambda figure: _order(((figure.group, figure.currency), 0)),
        )
    if isinstance(metric, RatioMetric):
        above, below = (
            {(f.group, f.currency): f.value for f in compute_figures(catalogue, _asks(query, part), fetch)}
            for part in (metric.numerator, metric.denominator)
        )
        codes = {currency for _, currency in above}
        if len(codes) > 1 and {currency for _, currency in below} == {""}:  # money per case: of each currency its own
            below = {
                (figure.group, code): figure.value
                for code in sorted(codes)
                for figure in compute_figures(
                    catalogue, replace(query, metric=metric.denominator, currency=code), fetch
                )
            }
        return _divide(above, below)
    if isinstance(metric, BaseMetric) and metric.value.percent is not None:
        return _percentiles(_sorted(fetch(metric, query)), metric.value.percent)
    if isinstance(metric, BaseMetric) and metric.value.kind == "average":
        return [Figure(m.group, m.currency, Ratio(from_e4(m.value), m.count)) for m in _sorted(fetch(metric, query))]
    sums: dict[tuple[Group, str], int] = {}
    for base, sign in catalogue.base_parts(query.metric):
        for measured in fetch(base, query):
            key = (measured.group, measured.currency)
            sums[key] = sums.get(key, 0) + sign * measured.value
    return [Figure(group, currency, from_e4(value)) for (group, currency), value in sorted(sums.items(), key=_order)]


def _percentiles(measured: list[Measured], percent: Decimal) -> list[Figure]:
    """Fold the values of each group, which come one by one with how many have it, into its percentile."""
    values: dict[tuple[Group, str], list[tuple[int, int]]] = {}
    for one in measured:
        values.setdefault((one.group, one.currency), []).append((one.value, one.count))
    return [Figure(*key, _rounded(compute_percentile(found, percent))) for key, found in values.items()]


def _rounded(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else from_e4(units_half_away(exact, Fraction(1)))


def _divide(above: Mapping[tuple[Group, str], object], below: Mapping[tuple[Group, str], object]) -> list[Figure]:
    """Line ratios up: a count has no currency, so money per count meets on the group alone."""
    if {currency for _, currency in below} == {""} and any(currency for _, currency in above):
        below = {(group, currency): below.get((group, ""), 0) for group, currency in above}
    figures = []
    for key in sorted({*above, *below}, key=lambda one: _order((one, 0))):
        numerator, denominator = above.get(key, Decimal(0)), below.get(key, Decimal(0))
        assert not isinstance(numerator, Ratio) and not isinstance(denominator, Ratio)
        figures.append(Figure(key[0], key[1], Ratio(numerator or 0, denominator or 0)))  # type: ignore[arg-type]
    return figures


def _asks(query: Query, metric: str) -> Query:
    return Query(metric, query.by, query.period, query.only, query.currency)


def _sorted(measured: list[Measured]) -> list[Measured]:
    return sorted(measured, key=lambda m: _order(((m.group, m.currency), m.value)))


def _order(item: tuple[tuple[Group, str], object]) -> tuple[object, ...]:
    (group, currency), _ = item
    return (*((value is None, str(value)) for value in group), currency)
