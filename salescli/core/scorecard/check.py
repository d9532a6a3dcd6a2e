"""What a shape alone cannot tell: whether metrics are there and read as they can be, and what is worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from salescli.core.metrics.model import BaseMetric, Catalogue, RatioMetric
from salescli.core.money import CONTEXT
from salescli.core.scorecard.curves.base import CurveShape
from salescli.core.scorecard.shape import MetricKpi, Scorecard
from salescli.core.scorecard.values import percent_text, plain
from salescli.core.shapes import AT_KEY, Fault
from salescli.core.title import Title

READ_AS = {
    "actual": Title("实际值", "a figure"),
    "attainment": Title("达成率", "an attainment"),
    "growth": Title("增长率", "a growth rate"),
}


def check_metrics(card: Scorecard, catalogue: Catalogue) -> Iterator[Fault]:
    """Find KPIs on metrics that are not there, that reach nobody, or whose curve is in another unit."""
    for name, kpi in card.kpis.items():
        path = ("kpis", name)
        if not isinstance(kpi, MetricKpi):
            yield from _units(kpi.curve, (*path, "curve"), False, f"rating {kpi.rating}")
        elif kpi.metric not in catalogue:
            yield Fault("unknown-metric", (*path, "metric"), {"text": kpi.metric, "choices": catalogue.names})
        else:
            yield from _metric(kpi, path, catalogue)


def reads_rate(kpi: MetricKpi, catalogue: Catalogue) -> bool:
    """Tell whether a KPI reads a rate, which people write with `%`."""
    return kpi.read_as != "actual" or catalogue.unit(kpi.metric) == "rate"


def _metric(kpi: MetricKpi, path: tuple[str, ...], catalogue: Catalogue) -> Iterator[Fault]:
    if any(base.credit == "none" for base in catalogue.bases(kpi.metric)):
        yield Fault("metric-of-nobody", (*path, "metric"), {"metric": kpi.metric})
    is_quotient = _is_quotient(kpi.metric, catalogue)
    if kpi.read_as != "actual" and is_quotient:
        yield Fault("quotient-read-as", (*path, "read_as"), {"metric": kpi.metric, "read_as": READ_AS[kpi.read_as]})
    elif kpi.min_sample is not None and not is_quotient:
        yield Fault(
            "key-says-nothing",
            (*path, "min_sample", AT_KEY),
            {"key": "min_sample", "needs": Title("比率指标", "a metric that is a ratio")},
        )
    else:
        yield from _units(kpi.curve, (*path, "curve"), reads_rate(kpi, catalogue), kpi.metric)


def _is_quotient(name: str, catalogue: Catalogue) -> bool:
    metric = catalogue.get(name)
    return isinstance(metric, RatioMetric) or (isinstance(metric, BaseMetric) and metric.value.kind == "average")


def _units(curve: CurveShape, path: tuple[str, ...], is_rate: bool, called: str) -> Iterator[Fault]:
    for below, bound in curve.bounds():
        if bound.is_rate != is_rate:
            text = percent_text(bound.value) if bound.is_rate else plain(bound.value)
            example = f"{text}%" if is_rate else plain(CONTEXT.multiply(bound.value, Decimal(100)))
            values: dict[str, object] = {"text": text, "reads": called, "kind": _KIND[is_rate], "example": example}
            yield Fault("curve-in-other-unit", (*path, *below), values)
            return


_KIND: dict[bool, Title] = {True: Title("比率", "a rate"), False: Title("数值", "a number")}


def lint(card: Scorecard) -> Iterator[Fault]:
    """Find what is allowed and worth a look: a heavy KPI, a view outside its share, scores without a grade."""
    values: dict[str, object]
    for name, kpi in card.kpis.items():
        if card.kpi_at_most is not None and kpi.weight > card.kpi_at_most:
            values = {"kpi": name, "weight": percent_text(kpi.weight), "limit": percent_text(card.kpi_at_most)}
            yield Fault("kpi-heavy", ("kpis", name, "weight"), values)
    for name, view in card.views.items():
        share = Decimal(0)
        for kpi in card.kpis.values():
            share = CONTEXT.add(share, kpi.weight if kpi.view == name else Decimal(0))
        low, high = view.at_least or Decimal(0), view.at_most if view.at_most is not None else Decimal(1)
        if not low <= share <= high:
            values = {
                "view": view.title,
                "share": percent_text(share),
                "limits": f"{percent_text(low)}–{percent_text(high)}",
            }
            yield Fault("view-share", ("views", name, AT_KEY), values)
    lowest = min(card.grades, key=lambda line: line.threshold)
    floor = card.score.at_least if card.score is not None else Decimal(0)
    if lowest.threshold > floor:
        index = card.grades.index(lowest)
        path = ("grades", index, lowest.key, AT_KEY)
        yield Fault("scores-without-grade", path, {"text": plain(lowest.threshold), "floor": plain(floor)})
