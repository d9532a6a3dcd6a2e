"""The parameters of a report from the words that people type: periods, metrics, people, dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.model import BaseMetric, Metric, RatioMetric
from salescli.core.periods import ONE_DAY, Period, add_months, month_of
from salescli.errors import Problem, Refused, UsageError, problem
from salescli.reports.metrics import definition_text
from salescli.reports.params import Asked, MetricAsked, Param, PersonAsked
from salescli.services.context import Context
from salescli.services.knowledge import record_keys, record_labels
from salescli.services.metric.converting import Converting, open_converting, parse_currency
from salescli.services.metric.showing import MetricRequest, parse_query, place_of
from salescli.services.record.finding import find_record, find_type
from salescli.store.lineage import fetch_data_through
from salescli.store.state import count_records

_COMMON = ("receipts-net", "receipts", "bookings", "won-value", "order-sales")


def parse_params(ctx: Context, params: tuple[Param, ...], given: Mapping[str, object]) -> Asked:
    """Give the parameters of a report their values.

    Raises:
        UsageError: everything wrong with them, together.
    """
    values: dict[str, object] = {}
    wrong: list[Problem] = []
    for param in sorted(params, key=lambda one: _ORDER.index(one.kind)):
        word = given.get(param.key)
        try:
            values[param.key] = _PARSERS[param.kind](ctx, param, word, values)
        except (UsageError, Refused) as error:
            wrong += error.problems
    if wrong:
        raise UsageError(*wrong)
    metric, period = values.get("metric"), values.get("period")
    first, last = data_days(ctx, metric) if isinstance(metric, MetricAsked) else (None, None)
    currency = str(values.get("currency") or "")
    through = data_through(ctx, metric, period, last, currency) if isinstance(metric, MetricAsked) else None
    earlier = None
    if isinstance(period, Period) and values.get("compare"):
        earlier = earlier_period(ctx, period, str(values["compare"]), through)
    return Asked(values, ctx.today, ctx.on, through, first, last, earlier, ctx.language)


def describe_metric(ctx: Context, name: str) -> MetricAsked:
    """Return what a report has to know of a metric."""
    metric = ctx.catalogue.get(name)
    bases = ctx.catalogue.bases(name)
    unit = ctx.catalogue.unit(name)
    is_rate_of_cases = isinstance(metric, RatioMetric) and all(base.unit == "count" for base in bases)
    return MetricAsked(
        name,
        metric.title,
        unit,
        ctx.currency if unit == "money" else "",
        ctx.catalogue.is_additive(name),
        is_rate_of_cases,
        definition_text(metric, ctx.language),
        place_of(ctx, name),
        all(base.date is not None for base in bases),
        tuple(dict.fromkeys(base.of for base in bases)),
        _quantity_of(ctx, metric),
    )


def _quantity_of(ctx: Context, metric: Metric) -> str:
    """Return the metric that adds up the quantity of the very records whose amounts this one adds up; "" for none."""
    if not isinstance(metric, BaseMetric) or str(metric.value) != "sum amount":
        return ""
    same = (metric.of, metric.date, metric.where, metric.credit)
    bases = [other for other in ctx.catalogue if isinstance(other, BaseMetric) and other.unit == "quantity"]
    for other in bases:
        if other.value.kind == "sum" and (other.of, other.date, other.where, other.credit) == same:
            return other.name
    return ""


def in_currency(metric: MetricAsked, converting: Converting | None) -> MetricAsked:
    """Return a metric whose amounts are in the currency asked."""
    return replace(metric, currency=converting.into) if converting is not None and metric.currency else metric


def data_days(ctx: Context, metric: MetricAsked) -> tuple[date | None, date | None]:
    """Return the days of the first and the last record of a metric, up to the day asked."""
    found = []
    for base in ctx.catalogue.bases(metric.name):
        if base.date:
            found.append(fetch_data_through(ctx.store, ctx.store.registry[base.of], base.date, ctx.on.isoformat()))
    days = [(date.fromisoformat(one[0]), date.fromisoformat(one[1])) for one in found if one]
    return min((one[0] for one in days), default=None), max((one[1] for one in days), default=None)


def data_through(
    ctx: Context, metric: MetricAsked, period: object, last: date | None, currency: str = ""
) -> date | None:
    """Return the last day, up to the day asked, on which the metric has a record; the same as for attainment."""
    if metric.is_additive and metric.has_period and isinstance(period, Period):
        from salescli.services.quota.figures import find_metric, last_day_of_data

        converting = open_converting(ctx, currency, metric.name)
        found = replace(find_metric(ctx, metric.name), fetch=converting.fetch if converting else None)
        return last_day_of_data(ctx, found, period)
    return last


def earlier_period(ctx: Context, period: Period, how: str, through: date | None) -> Period:
    """Return the period to compare with; as many days of it as have gone by of a period that is not over."""
    if how == "last-year":
        start = add_months(period.start, -12)
        whole = _window(ctx, period, start) or Period(start, add_months(period.end, -12))
    else:
        before = period.start - ONE_DAY
        whole = _window(ctx, period, before) or Period(period.start - period.days * ONE_DAY, period.start)
    if through is None or not period.start <= through < period.last_day:
        return whole
    return Period(whole.start, min(whole.start + (through - period.start) + ONE_DAY, whole.end))


def _window(ctx: Context, period: Period, day: date) -> Period | None:
    """The month, quarter or year that holds a day, where the period is one itself."""
    if period.grain in ("month", "quarter", "year"):
        return ctx.calendar.window(period.grain, day)
    return None


def _parse_period(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> Period:
    return ctx.parse_period(str(word or param.default))


def _parse_metric(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> MetricAsked:
    name = str(word or param.default) or _usual_metric(ctx, values.get("period"))
    parse_query(ctx, MetricRequest(name))
    found = in_currency(describe_metric(ctx, name), open_converting(ctx, str(values.get("currency") or ""), name))
    if param.adds_up and not (found.is_additive and found.has_period):
        raise UsageError(problem("report-needs-sum", metric=name))
    return found


def _usual_metric(ctx: Context, period: object) -> str:
    """Return the metric with targets in the period; without targets the first common one that has records."""
    from salescli.services.quota.attainment import metric_with_targets

    try:
        return metric_with_targets(ctx, period if isinstance(period, Period) else month_of(ctx.on))
    except Refused:
        pass
    known = [name for name in _COMMON if name in ctx.catalogue] or list(ctx.catalogue.names)
    for name in known:
        if any(count_records(ctx.store, ctx.store.registry[base.of]) for base in ctx.catalogue.bases(name)):
            return name
    return known[0]


def _parse_person(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> PersonAsked:
    if not word:
        raise UsageError(problem("report-needs-person"))
    kind = ctx.store.registry["person"]
    entity = find_record(ctx, kind, str(word))
    return PersonAsked(record_keys(ctx, kind, [entity])[entity], record_labels(ctx, kind, [entity])[entity], entity)


def _parse_dimension(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> str:
    text, metric = str(word or param.default), values.get("metric")
    if not text or not isinstance(metric, MetricAsked):
        return text
    (name,) = parse_query(ctx, MetricRequest(metric.name, (text,))).by
    if DIMENSIONS[name].kind == "time":
        raise UsageError(problem("report-by-time", text=text))
    return name


def _parse_text(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> str:
    return str(word or param.default)


def _parse_currency(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> str:
    return parse_currency(str(word)) if word else ""


def _parse_count(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> int:
    return int(str(param.default if word is None else word))


def _parse_flag(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> bool:
    return bool(word)


def _parse_type(ctx: Context, param: Param, word: object, values: Mapping[str, object]) -> str:
    return find_type(ctx, str(word)).name if word else ""


_Parse = Callable[[Context, Param, object, Mapping[str, Any]], object]
_PARSERS: dict[str, _Parse] = {
    "currency": _parse_currency,
    "period": _parse_period,
    "metric": _parse_metric,
    "person": _parse_person,
    "dimension": _parse_dimension,
    "choice": _parse_text,
    "count": _parse_count,
    "flag": _parse_flag,
    "type": _parse_type,
    "text": _parse_text,
}
_ORDER = tuple(_PARSERS)  # a metric may follow from the period, a dimension is checked against the metric
