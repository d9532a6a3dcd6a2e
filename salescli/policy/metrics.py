"""`metrics.yaml` to a catalogue: the shapes, the merge of the layers, and the checks across metrics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any

from salescli.core.metrics.model import (
    MEDIAN,
    PER_RECORD,
    Aggregate,
    AggregateKind,
    BaseMetric,
    Catalogue,
    Credit,
    CumulativeMetric,
    Filter,
    Metric,
    Operator,
    RatioMetric,
    SumMetric,
    Unit,
)
from salescli.core.periods import WindowGrain
from salescli.core.shape_marks import PlainValidator, WithJsonSchema, model_validator
from salescli.core.shapes import Amount, Fault, Name, OneOfKeys, OneOrMany, Shape, Title, TitleShape, fault, faults
from salescli.errors import Problem
from salescli.policy.layers import PolicyFile
from salescli.policy.metric_checks import check_catalogue, check_overrides
from salescli.policy.reader import Document, read_document

_AGGREGATES: tuple[AggregateKind, ...] = ("sum", "count", "distinct", "average", "collected")
_FIRST_EVER = re.compile(r"first-ever\s+(\S+)\s+within\s+([1-9][0-9]{0,2})\s+months?")
_PERCENTILE = re.compile(r"percentile\s+(\S+)\s+([0-9]{1,3}(?:\.[0-9]{1,4})?)|median\s+(\S+)")
_OPERATORS: tuple[Operator, ...] = (">=", "<=", "!=", "=", ">", "<")


def parse_aggregate(value: object) -> Aggregate:
    """Read `sum amount`, `count`, `distinct customer`, `first-ever customer within 12 months` and their like."""
    if not isinstance(value, str):
        raise fault("not-a-value")
    kind, *rest = value.split() or [""]
    if first := _FIRST_EVER.fullmatch(value.strip()):
        return Aggregate("first-ever", first[1], int(first[2]))
    if place := _PERCENTILE.fullmatch(value.strip()):
        percent = Decimal(place[2]) if place[2] else MEDIAN
        if percent > 100:
            raise fault("percent-out-of-range", text=value)
        return Aggregate("percentile", place[1] or place[3], percent=percent)
    for known in _AGGREGATES:
        if kind == known and len(rest) == (known != "count"):
            return Aggregate(known, rest[0] if rest else None)
    raise fault("bad-aggregate", text=value)


def parse_filters(value: object) -> tuple[Filter, ...]:
    """Read the conditions of `where`: `{stage.kind: [won, lost], amount: ">= 1,000"}`."""
    if not isinstance(value, dict):
        raise fault("not-a-map")
    wrong: list[Fault] = []
    found = []
    for path, given in value.items():
        texts = given if isinstance(given, list) else [given]
        if not texts or not all(isinstance(text, str) for text in texts):
            wrong.append(Fault("not-a-value", (path,), {}))
            continue
        split = [_split_operator(text) for text in texts]
        operators = {op for op, _ in split}
        if len(operators) > 1 or (len(split) > 1 and not operators <= {"=", "!="}):
            wrong.append(Fault("filter-mixes-operators", (path,), {"key": path}))
            continue
        found.append(Filter(path, split[0][0], tuple(text for _, text in split)))
    if wrong:
        raise faults(wrong)
    return tuple(found)


def _split_operator(text: str) -> tuple[Operator, str]:
    for op in _OPERATORS:
        if text.startswith(op):
            return op, text[len(op) :].strip()
    return "=", text


def _read_date(value: object) -> str | None:
    if not isinstance(value, str):
        raise fault("not-a-value")
    return None if value == "none" else value


_FIELD_SCHEMA = WithJsonSchema({"type": "string"})


class BaseMetricShape(Shape):
    """A base metric as it is written; `date: none` is a stock."""

    called = Title("指标", "a metric")
    title: TitleShape
    of: Name
    value: Annotated[Aggregate, PlainValidator(parse_aggregate), _FIELD_SCHEMA]
    date: Annotated[str | None, PlainValidator(_read_date), _FIELD_SCHEMA]
    where: Annotated[tuple[Filter, ...], PlainValidator(parse_filters), WithJsonSchema({"type": "object"})] = ()
    credit: Credit
    unit: Unit
    at_least: Amount | None = None

    @model_validator(mode="after")
    def _value_has_what_it_needs(self) -> BaseMetricShape:
        if found := list(_unfit(self)):
            raise faults(found)
        return self

    def metric(self, name: str) -> Metric:
        """Return the metric of this definition."""
        return BaseMetric(
            name, self.title, self.of, self.value, self.date, self.where, self.credit, self.unit, self.at_least
        )


def _unfit(shape: BaseMetricShape) -> Iterator[Fault]:
    """Yield what does not go with the value of a metric."""
    value = shape.value
    if value.kind != "first-ever" and shape.at_least is not None:
        yield Fault("at-least-not-used", ("at_least",), {"value": str(value)})
    if value.kind == "first-ever" and shape.date is None:
        yield Fault("value-needs-date", ("date",), {"value": str(value)})
    if value.kind == "collected" and (shape.of, value.path) != ("payment-plan", "amount"):
        yield Fault("collected-of-other", ("value",), {"value": str(value), "type": shape.of})
    if value.kind in PER_RECORD and shape.credit == "split":
        yield Fault("value-not-split", ("credit",), {"value": str(value)})
    unit = {"first-ever": "count", "collected": "money"}.get(value.kind, shape.unit)
    if shape.unit != unit:
        yield Fault("value-needs-unit", ("unit",), {"value": str(value), "unit": unit})


class RatioShape(Shape):
    """A ratio: `ratio: [numerator, denominator]`."""

    called = Title("比率指标", "a ratio")
    title: TitleShape
    ratio: tuple[Name, Name]

    def metric(self, name: str) -> Metric:
        """Return the metric of this definition."""
        return RatioMetric(name, self.title, *self.ratio)


class SumShape(Shape):
    """A sum: `plus: [a, b]`, `minus: [c]`."""

    called = Title("合计指标", "a sum of metrics")
    title: TitleShape
    plus: OneOrMany[Name]
    minus: OneOrMany[Name] = ()

    def metric(self, name: str) -> Metric:
        """Return the metric of this definition."""
        return SumMetric(name, self.title, self.plus, self.minus)


class CumulativeShape(Shape):
    """A running total: `cumulative: receipts`, `over: year`."""

    called = Title("累计指标", "a running total")
    title: TitleShape
    cumulative: Name
    over: WindowGrain

    def metric(self, name: str) -> Metric:
        """Return the metric of this definition."""
        return CumulativeMetric(name, self.title, self.cumulative, self.over)


MetricShape = Annotated[
    BaseMetricShape | RatioShape | SumShape | CumulativeShape,
    OneOfKeys({"of": BaseMetricShape, "ratio": RatioShape, "plus": SumShape, "cumulative": CumulativeShape}),
]
MetricsShape = dict[str, MetricShape]
"""The shape of a whole `metrics.yaml`."""


def read_catalogue(files: Sequence[PolicyFile]) -> tuple[Catalogue, list[Problem]]:
    """Read and merge the metric files, lowest layer first.

    Returns:
        The catalogue of the definitions that are sound, and all problems of the rest.
    """
    documents = [(one, read_document(one.path, MetricsShape)) for one in sorted(files, key=lambda one: one.layer)]
    return merge_catalogue([(one.layer, document) for one, document in documents])


def merge_catalogue(documents: Iterable[tuple[int, Document[Any]]]) -> tuple[Catalogue, list[Problem]]:
    """Merge metric documents by name, the later layer over the earlier, and check across all."""
    catalogue = Catalogue({})
    problems: list[Problem] = []
    is_whole = True
    for layer, document in documents:
        problems += document.problems
        is_whole = is_whole and not document.errors
        merged = _with_layer(catalogue, layer, document)
        catalogue, found = check_overrides(merged, catalogue)
        problems += found
    checked, found = check_catalogue(catalogue)
    # A name that a broken file would have defined is not unknown: those checks wait until all files are sound.
    return checked, [*problems, *found] if is_whole else problems


def _with_layer(catalogue: Catalogue, layer: int, document: Document[Any]) -> Catalogue:
    shapes = document.value or {}
    return Catalogue(
        {**catalogue.metrics, **{name: shape.metric(name) for name, shape in shapes.items()}},
        {**catalogue.places, **{name: document.where(name) for name in shapes}},
        {**catalogue.layers, **dict.fromkeys(shapes, layer)},
    )
