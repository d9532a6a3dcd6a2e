"""Checks across metrics: names that resolve, no circles, like with like, overrides that keep the kind of number."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.metrics.model import (
    ADDED,
    PER_RECORD,
    BaseMetric,
    Catalogue,
    CumulativeMetric,
    RatioMetric,
    SumMetric,
    references,
)
from salescli.core.records import kinds
from salescli.core.records.model import Field, RecordType
from salescli.core.records.registry import Registry
from salescli.errors import Problem, Where, problem
from salescli.policy.metric_conditions import check_condition
from salescli.policy.shape_problems import nearest

# Paths that are no stored field: they are answered by a policy.
_BY_POLICY = {("deal", "stage.kind")}
NUMBERS = (kinds.MONEY, kinds.QUANTITY, kinds.WHOLE)  # stored as integers; all else is stored as it was written


def check_catalogue(catalogue: Catalogue) -> tuple[Catalogue, list[Problem]]:
    """Leave out the metrics that do not resolve, until all do, and say what is wrong with each."""
    problems = [*_unknown(catalogue), *_cycles(catalogue)]
    sound = sound_part(catalogue, {str(one.values["metric"]) for one in problems})
    found = [*_not_addable(sound), *_not_cumulative(sound), *_mixed_units(sound)]
    problems += found
    return sound_part(sound, {str(one.values["metric"]) for one in found}), problems


def sound_part(catalogue: Catalogue, broken: set[str]) -> Catalogue:
    """Return the catalogue without the broken metrics, and without those that need one."""
    kept = {name: metric for name, metric in catalogue.metrics.items() if name not in broken}
    while lost := [name for name, metric in kept.items() if any(part not in kept for part in references(metric))]:
        for name in lost:
            del kept[name]
    return Catalogue(kept, catalogue.places, catalogue.layers)


def _unknown(catalogue: Catalogue) -> list[Problem]:
    return [
        problem(
            "metric-part-unknown",
            catalogue.places[metric.name],
            metric=metric.name,
            text=part,
            nearest=nearest(part, catalogue.names),
        )
        for metric in catalogue
        for part in references(metric)
        if part not in catalogue
    ]


def _cycles(catalogue: Catalogue) -> list[Problem]:
    """Report each metric that is made of itself, with the way round."""
    found = []
    for metric in catalogue:
        way = _way_back(catalogue, metric.name)
        if way:
            found.append(
                problem("metric-cycle", catalogue.places[metric.name], metric=metric.name, way=" → ".join(way))
            )
    return found


def _way_back(catalogue: Catalogue, start: str) -> list[str]:
    """Return the names from a metric back to itself, or nothing."""
    waiting = [[start]]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        if way[-1] not in catalogue:
            continue
        for part in references(catalogue.get(way[-1])):
            if part == start:
                return [*way, part]
            if part not in seen:
                seen.add(part)
                waiting.append([*way, part])
    return []


def _not_addable(catalogue: Catalogue) -> list[Problem]:
    """A ratio, an average and a percentile cannot be added, and a ratio is made of sums."""
    found = []
    for metric in catalogue:
        for part in references(metric):
            of = catalogue.get(part)
            is_per_record = isinstance(of, BaseMetric) and of.value.kind in PER_RECORD
            if isinstance(of, RatioMetric | CumulativeMetric) or is_per_record:
                found.append(
                    problem("metric-not-addable", catalogue.places[metric.name], metric=metric.name, text=part)
                )
    return found


def _not_cumulative(catalogue: Catalogue) -> list[Problem]:
    """What runs on must add up over time: no count of different things, and no stock, which has no date."""
    broken = {str(one.values["metric"]) for one in _not_addable(catalogue)}
    return [
        problem("metric-not-cumulative", catalogue.places[metric.name], metric=metric.name, text=metric.part)
        for metric in catalogue
        if isinstance(metric, CumulativeMetric) and metric.name not in broken
        if not catalogue.is_additive(metric.part) or any(base.date is None for base in catalogue.bases(metric.part))
    ]


def _mixed_units(catalogue: Catalogue) -> list[Problem]:
    broken = {str(one.values["metric"]) for one in _not_addable(catalogue)}
    return [
        problem("metric-mixes-units", catalogue.places[metric.name], metric=metric.name, units=sorted(units))
        for metric in catalogue
        if isinstance(metric, SumMetric) and metric.name not in broken
        for units in [{catalogue.unit(part) for part in references(metric)}]
        if len(units) > 1
    ]


def check_overrides(catalogue: Catalogue, lower: Catalogue) -> tuple[Catalogue, list[Problem]]:
    """An override may say how a number is computed, but not make it another kind of number.

    Returns:
        The catalogue with every refused override taken back, and a problem for each.
    """
    before, now = check_catalogue(lower)[0], check_catalogue(catalogue)[0]
    metrics, found = dict(catalogue.metrics), []
    for name in before.names:
        if name in now and _nature(before, name) != _nature(now, name) and lower.get(name) != catalogue.get(name):
            values = {"metric": name, "was": _nature(before, name), "now": _nature(now, name)}
            found.append(Problem("metric-override-differs", catalogue.places[name], values))
            metrics[name] = lower.get(name)
    return Catalogue(metrics, catalogue.places, catalogue.layers), found


def check_fields(catalogue: Catalogue, types: Registry) -> list[Problem]:
    """Check that every base metric names a record type and fields that there are."""
    found = []
    for metric in catalogue:
        if not isinstance(metric, BaseMetric):
            continue
        where = catalogue.places[metric.name]
        if metric.of not in types:
            near = nearest(metric.of, types.names)
            found.append(problem("metric-unknown-type", where, metric=metric.name, text=metric.of, nearest=near))
            continue
        dates = (metric.date or "").split("|") if metric.date else []  # the first of several that is there
        paths = [metric.value.path, *dates, *(one.path for one in metric.where)]
        if metric.at_least is not None:
            paths.append("amount")
        if metric.value.kind == "first-ever" and metric.value.path in types[metric.of].paths:
            paths.remove(metric.value.path)  # a dimension: the customer of a contract, where the record names none
        for path in dict.fromkeys(path for path in paths if path is not None):
            missing = _missing_field(types, types[metric.of], path)
            if missing is not None and (metric.of, path) not in _BY_POLICY:
                near = nearest(path.rpartition(".")[2], tuple(missing.by_name))
                values = {"metric": metric.name, "text": path, "type": missing.name, "nearest": near}
                found.append(Problem("metric-unknown-field", where, values))
        found += _unfit_kinds(metric, types, where)
        for one in metric.where:
            target = _field_at(types, types[metric.of], one.path)
            if target is not None or (metric.of, one.path) in _BY_POLICY:
                found += check_condition(one.path, target, one.values, metric.name, where)
    return found


def _unfit_kinds(metric: BaseMetric, types: Registry, where: Where) -> Iterator[Problem]:
    """Find fields that are there and of another kind: a text that is added, amounts called days, no date."""
    of, value = types[metric.of], metric.value
    added = _field_at(types, of, value.path) if value.kind in ADDED else None
    said: dict[str, object] = {"metric": metric.name, "text": value.path, "type": of.name}
    if added is not None and added.kind not in NUMBERS:
        fields = [each.name for each in of.stored if each.kind in NUMBERS]
        yield Problem("metric-not-a-number", where, {**said, "fields": fields})
    elif added is not None and (added.kind is kinds.MONEY) != (metric.unit == "money"):
        is_money = added.kind is kinds.MONEY
        yield Problem(
            "metric-unit-differs", where, {**said, "unit": metric.unit, "kind": "money" if is_money else "quantity"}
        )
    elif metric.unit == "money" and value.kind in ("count", "distinct"):
        yield Problem("metric-unit-differs", where, {**said, "text": str(value), "unit": "money", "kind": "count"})
    for path in (metric.date or "").split("|") if metric.date else ():
        day = _field_at(types, of, path)
        if day is not None and day.kind not in (kinds.DATE, kinds.MOMENT):
            dates = [each.name for each in of.stored if each.kind in (kinds.DATE, kinds.MOMENT)]
            yield Problem("metric-not-a-date", where, {**said, "text": path, "fields": dates})


def _field_at(types: Registry, of: RecordType, path: str | None) -> Field | None:
    if path is None or _missing_field(types, of, path) is not None:
        return None
    *steps, last = path.split(".")
    for step in steps:
        of = types[of[step].ref]
    return of[last]


def _missing_field(types: Registry, of: RecordType, path: str) -> RecordType | None:
    """Return the type at which a path like `product.line` leads nowhere, or None where it arrives."""
    *steps, last = path.split(".")
    for step in steps:
        if step not in of or of[step].ref not in types:
            return of
        of = types[of[step].ref]
    return None if last in of else of


def _nature(catalogue: Catalogue, name: str) -> str:
    types = sorted({base.of for base in catalogue.bases(name)})
    return " ".join((*types, catalogue.unit(name), "additive" if catalogue.is_additive(name) else "not-additive"))
