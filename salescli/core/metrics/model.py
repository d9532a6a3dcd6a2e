"""What a metric is: a base metric (one aggregate over one record type), a ratio, or a sum with signs.

A base metric compiles to one SELECT; ratios and sums are arithmetic on base results at the grouping asked. A
catalogue holds them by name. It is checked when it is built from its files, so that here every name resolves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias, assert_never

from salescli.core.periods import WindowGrain
from salescli.core.title import Title
from salescli.errors import Where

AggregateKind = Literal["sum", "count", "distinct", "average", "percentile", "first-ever", "collected"]
PER_RECORD: tuple[AggregateKind, ...] = ("average", "percentile")  # of the records that have a value, each whole
ADDED: tuple[AggregateKind, ...] = ("sum", *PER_RECORD)  # of a number that is stored
Operator = Literal["=", "!=", ">", ">=", "<", "<="]
Credit = Literal["split", "owner", "none"]
Unit = Literal["money", "count", "quantity", "days", "rate"]
MEDIAN = Decimal(50)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """How the records of a metric become one number: `sum amount`, `count`, `first-ever customer within 12 months`.

    `first-ever` counts the record that is the first of its customer, or of whatever `path` leads to, within `months`.
    `collected` is what of an instalment has been received by the end of the period. `percent` is the place of a
    percentile: 50 is the median.
    """

    kind: AggregateKind
    path: str | None = None
    months: int = 0
    percent: Decimal | None = None

    def __str__(self) -> str:
        if self.kind == "first-ever":
            return f"{self.kind} {self.path} within {self.months} months"
        if self.percent is not None:
            return f"median {self.path}" if self.percent == MEDIAN else f"{self.kind} {self.path} {self.percent:f}"
        return f"{self.kind} {self.path}" if self.path else self.kind


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a field path. Several values mean any of them (`=`), or none of them (`!=`).

    The values are the texts of the policy; the kind of the field gives them their type.
    """

    path: str
    op: Operator
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path} {self.op} {' | '.join(self.values)}"


@dataclass(frozen=True, slots=True)
class BaseMetric:
    """An aggregate over the records of one type.

    `date` is the field that puts a record into a period; None for a stock, which has no period. `credit` says
    how a record reaches people: by its credit split, wholly to its owner, or not at all. `at_least` is the amount, in
    the base currency, that a record needs to be counted as the first one of its customer.
    """

    name: str
    title: Title
    of: str
    value: Aggregate
    date: str | None
    where: tuple[Filter, ...]
    credit: Credit | Literal["overlay"]  # overlay: what is declared besides, for the plans that pay on it
    unit: Unit
    at_least: Decimal | None = None
    owned_on: tuple[str, ...] = ()  # paths to the day whose owner counts, where it is not the crediting date
    finds_receipts: bool = False  # of refunds: one that names only its contract undoes the latest receipts of it


@dataclass(frozen=True, slots=True)
class RatioMetric:
    """One metric over another, of the sums: never averaged, never added."""

    name: str
    title: Title
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class SumMetric:
    """Metrics added, and others subtracted."""

    name: str
    title: Title
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CumulativeMetric:
    """What adds up, from the beginning of its month, quarter or fiscal year to the end of the period asked."""

    name: str
    title: Title
    part: str
    over: WindowGrain


Metric: TypeAlias = BaseMetric | RatioMetric | SumMetric | CumulativeMetric


@dataclass(frozen=True)
class Catalogue:
    """All metrics by name, in the order of their files, with the place and the layer of each definition.

    Layer 0 ships with the program, layer 1 is the workspace.
    """

    metrics: Mapping[str, Metric]
    places: Mapping[str, Where] = field(default_factory=dict)
    layers: Mapping[str, int] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name in self.metrics

    def __iter__(self) -> Iterator[Metric]:
        return iter(self.metrics.values())

    def get(self, name: str) -> Metric:
        """Return a metric.

        Raises:
            KeyError: there is none of that name.
        """
        return self.metrics[name]

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in the order of the files."""
        return tuple(self.metrics)

    def base_parts(self, name: str) -> list[tuple[BaseMetric, int]]:
        """Return the base metrics that add up to a metric, each with its sign; a running total is of longer days.

        Raises:
            ValueError: the metric is a ratio; ask for the parts of its numerator and its denominator.
        """
        metric = self.get(name)
        if isinstance(metric, BaseMetric):
            return [(metric, 1)]
        if isinstance(metric, RatioMetric):
            raise ValueError(f"{name} is a ratio and has no parts that add up")
        if isinstance(metric, CumulativeMetric):
            return self.base_parts(metric.part)
        signed = [(part, 1) for part in metric.plus] + [(part, -1) for part in metric.minus]
        return [(base, sign * inner) for part, sign in signed for base, inner in self.base_parts(part)]

    def bases(self, name: str) -> tuple[BaseMetric, ...]:
        """Return every base metric that a metric needs, once each."""
        found = {base.name: base for part in self._addable(name) for base, _ in self.base_parts(part)}
        return tuple(found.values())

    def is_additive(self, name: str) -> bool:
        """Say whether lines of this metric may be added: sums and counts may, all else may not."""
        metric = self.get(name)
        if isinstance(metric, RatioMetric | CumulativeMetric):
            return False
        return all(base.value.kind in ("sum", "count") for base, _ in self.base_parts(name))

    def unit(self, name: str) -> Unit:
        """Return the unit of a metric; a ratio of like units is a rate, anything per count keeps its unit."""
        metric = self.get(name)
        if isinstance(metric, BaseMetric):
            return metric.unit
        if isinstance(metric, SumMetric):
            return self.unit(metric.plus[0])
        if isinstance(metric, CumulativeMetric):
            return self.unit(metric.part)
        if isinstance(metric, RatioMetric):
            above, below = self.unit(metric.numerator), self.unit(metric.denominator)
            return above if above != below and below in ("count", "quantity") else "rate"
        assert_never(metric)

    def _addable(self, name: str) -> tuple[str, ...]:
        metric = self.get(name)
        return (metric.numerator, metric.denominator) if isinstance(metric, RatioMetric) else (name,)


def references(metric: Metric) -> tuple[str, ...]:
    """Return the names of the metrics that a metric is made of."""
    if isinstance(metric, RatioMetric):
        return (metric.numerator, metric.denominator)
    if isinstance(metric, SumMetric):
        return (*metric.plus, *metric.minus)
    return (metric.part,) if isinstance(metric, CumulativeMetric) else ()
