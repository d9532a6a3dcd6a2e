"""What else the engine must know of each payee: quotas, gate readings, terms, dates of contracts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.inputs import QuotaMonth, Reading, Term
from salescli.core.commission.needs import ReadingNeed
from salescli.core.metrics.model import Catalogue, Filter, RatioMetric
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.periods import Period, add_months
from salescli.errors import ProblemsFound, problem
from salescli.services.commission.payees import Hierarchy, Payee
from salescli.services.context import Context
from salescli.store.metric_sql import fetch_measured
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

ATTAINMENT = "-attainment"
TERMS = {
    "target_incentive": "target-incentive",
    "base_rate": "base-rate",
    "performance_base": "performance-base",
    "draw": "draw",
}


def fetch_quotas(context: Context, payees: Mapping[int, Payee]) -> dict[int, tuple[QuotaMonth, ...]]:
    """Return the quotas of each payee: their own, and their teams' as `of: team`."""
    registry = context.store.registry
    led = _teams_led(context)
    found: dict[int, list[QuotaMonth]] = {}
    for image in fetch_images(context.store, registry["target"]).values():
        if not image["month"] or len(image["month"]) != 7:
            continue
        month = date.fromisoformat(f"{image['month']}-01")
        since = date.fromisoformat(f"{image['effective_from']}-01") if image["effective_from"] else date.min
        amount, level = from_e4(image["amount"]), image["level"] or "base"
        if image["person"] in payees:
            quota = QuotaMonth(image["metric"], month, amount, since, level, "own")
            found.setdefault(image["person"], []).append(quota)
        elif image["person"] is None and not image["seat"] and image["team"] is not None:
            for leader in led.get(image["team"], ()):
                if leader in payees:
                    quota = QuotaMonth(image["metric"], month, amount, since, level, "team")
                    found.setdefault(leader, []).append(quota)
    return {person: tuple(sorted(quotas, key=_quota_order)) for person, quotas in found.items()}


def _quota_order(quota: QuotaMonth) -> tuple[object, ...]:
    return (quota.metric, quota.level, quota.of, quota.month, quota.effective_from)


def _teams_led(context: Context) -> dict[int, set[int]]:
    """Return the managers of each team."""
    teams = fetch_images(context.store, context.store.registry["team"])
    return {team: {image["manager"]} for team, image in teams.items() if image["manager"] is not None}


def fetch_readings(
    context: Context, needs: Iterable[ReadingNeed], payees: Mapping[int, Payee], hierarchy: Hierarchy
) -> dict[int, tuple[Reading, ...]]:
    """Return the metrics that gates and factors read, over each window so far, by payee."""
    found: dict[int, list[Reading]] = {}
    cache: dict[tuple[str, Period], dict[int, Decimal]] = {}
    for need in needs:
        period = Period(need.start, add_months(need.month, 1))
        above, below = _parts(context.catalogue, need.metric)
        numerators = _by_person(context, above, period, cache)
        denominators = _by_person(context, below, period, cache) if below else {}
        for person, payee in payees.items():
            if payee.start >= period.end:
                continue
            people = {person} if need.of == "own" else _below(person, hierarchy, {*numerators, *denominators}, period)
            start = max(need.start, payee.start)
            numerator = _total(numerators, people)
            denominator = _total(denominators, people) if below else Decimal(1)
            reading = Reading(need.metric, need.month, numerator, denominator, start, need.of, not below)  # type: ignore[arg-type]
            found.setdefault(person, []).append(reading)
    return {person: tuple(readings) for person, readings in found.items()}


def _parts(catalogue: Catalogue, name: str) -> tuple[str, str]:
    """Return numerator and denominator of a metric that a gate reads; an attainment's denominator is the quota."""
    if name not in catalogue and name.endswith(ATTAINMENT) and name.removesuffix(ATTAINMENT) in catalogue:
        return name.removesuffix(ATTAINMENT), ""
    if name not in catalogue:
        raise ProblemsFound(problem("unknown-metric", text=name, nearest=""))
    metric = catalogue.get(name)
    return (metric.numerator, metric.denominator) if isinstance(metric, RatioMetric) else (name, "")


def _by_person(
    context: Context, name: str, period: Period, cache: dict[tuple[str, Period], dict[int, Decimal]]
) -> dict[int, Decimal]:
    if (name, period) not in cache:
        sums: dict[int, int] = {}
        for metric, sign in context.catalogue.base_parts(name):
            query = Query(metric.name, ("person",), period)
            for row in fetch_measured(context.store, metric, query, context.calendar, context.on.isoformat()):
                if isinstance(row.group[0], int):
                    sums[row.group[0]] = sums.get(row.group[0], 0) + sign * row.value
        cache[name, period] = {person: from_e4(value) for person, value in sums.items()}
    return cache[name, period]


def _below(person: int, hierarchy: Hierarchy, people: Iterable[int], period: Period) -> set[int]:
    return {one for one in people if person in hierarchy.above(one, period.last_day, everyone=True)} | {person}


def _total(values: Mapping[int, Decimal], people: Iterable[int]) -> Decimal:
    from salescli.core.money import total

    return total(values.get(person, Decimal(0)) for person in people)


def fetch_terms(context: Context) -> dict[int, tuple[Term, ...]]:
    """Return people's own terms, from their days on."""
    found: dict[int, list[Term]] = {}
    kind = context.store.registry["person-terms"]
    images = fetch_images(context.store, kind).values()
    for image in sorted(images, key=lambda one: one["from"]):
        for name, term in TERMS.items():
            if image[name] is not None:
                value = kind[name].kind.to_python(image[name])
                found.setdefault(image["person"], []).append(
                    Term(term, value, date.fromisoformat(image["from"]), image["approved_by"] or "")
                )
    return {person: tuple(terms) for person, terms in found.items()}


def fetch_contract_dates(context: Context, fields: Iterable[str]) -> dict[tuple[str, str], date | None]:
    """Return the dates that release kept money, by contract number and field."""
    fields = tuple(fields)
    if not fields:
        return {}
    images = fetch_images(context.store, context.store.registry["contract"]).values()
    return {
        (image["number"], field): date.fromisoformat(image[field]) if image.get(field) else None
        for image in images
        for field in fields
    }


def only_of(plan: Plan, component: str) -> tuple[Filter, ...]:
    """Return the filters of a component as they are written."""
    return tuple(Filter(path, "=", tuple(values)) for path, values in plan.components[component].only.items())
