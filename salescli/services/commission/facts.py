"""What else the engine must know of each payee: quotas, gate readings, terms, dates of contracts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from salescli.core.commission.inputs import Deduction, Of, QuotaMonth, Reading, Term
from salescli.core.commission.needs import ReadingNeed
from salescli.core.metrics.model import Catalogue, RatioMetric
from salescli.core.metrics.query import Query
from salescli.core.money import from_e4, total
from salescli.core.periods import Period, add_months
from salescli.core.quotas.versions import add_versions, version_in_force
from salescli.errors import Problem, ProblemsFound, problem
from salescli.services.commission.exchange import fetch_in_currency
from salescli.services.commission.payees import Hierarchy, Payee
from salescli.services.commission.places import Places
from salescli.services.commission.vintages import Vintage
from salescli.services.context import Context
from salescli.store.state import fetch_images

ATTAINMENT = "-attainment"
TERMS = {
    "target_incentive": "target-incentive",
    "base_rate": "base-rate",
    "performance_base": "performance-base",
    "draw": "draw",
}


def fetch_quotas(context: Context, payees: Mapping[int, Payee], currency: str) -> dict[int, tuple[QuotaMonth, ...]]:
    """Return the quotas of each payee: their own, and their teams' as `of: team`; money only in the plan's currency.

    Whoever has a month in two teams, or leads two, has the sum of both in every version.
    """
    led = teams_led(context)
    lines: dict[tuple[int, str, date, str, Of], dict[int | None, list[tuple[date, Decimal | None]]]] = {}
    for image in fetch_images(context.store, context.store.registry["target"]).values():
        if not image["month"] or len(image["month"]) != 7 or _is_foreign(context, image, currency):
            continue
        month = date.fromisoformat(f"{image['month']}-01")
        since = date.fromisoformat(f"{image['effective_from']}-01") if image["effective_from"] else date.min
        version = (since, None if image["withdrawn"] else from_e4(image["amount"]))
        of: Of = "own" if image["person"] in payees else "team"
        holders = (image["person"],) if of == "own" else led.get(image["team"], ()) if _is_of_team(image) else ()
        for holder in holders:
            if holder in payees:
                key = (holder, image["metric"], month, image["level"] or "base", of)
                lines.setdefault(key, {}).setdefault(image["team"], []).append(version)
    found: dict[int, list[QuotaMonth]] = {}
    for (holder, metric, month, level, of), by_team in lines.items():
        found.setdefault(holder, []).extend(
            QuotaMonth(metric, month, amount or Decimal(0), since, level, of, withdrawn=amount is None)
            for since, amount in add_versions(by_team.values())
        )
    return {person: tuple(sorted(quotas, key=_quota_order)) for person, quotas in found.items()}


def _is_of_team(target: Mapping[str, Any]) -> bool:
    return target["person"] is None and not target["seat"] and target["team"] is not None


def _is_foreign(context: Context, target: Mapping[str, Any], currency: str) -> bool:
    """A quota of money in another currency is no quota of this plan; a count has none."""
    name = target["metric"]
    is_money = name in context.catalogue and context.catalogue.unit(name) == "money"
    return is_money and target["currency"] not in (None, currency)


def _quota_order(quota: QuotaMonth) -> tuple[object, ...]:
    return (quota.metric, quota.level, quota.of, quota.month, quota.effective_from)


def teams_led(context: Context) -> dict[int, set[int]]:
    """Return whose quota a team's is: its manager's, but for one who leads a team above it, which has it already."""
    teams = fetch_images(context.store, context.store.registry["team"])
    found: dict[int, set[int]] = {}
    for team, image in teams.items():
        if image["manager"] is not None and image["manager"] not in _managers_above(team, teams):
            found[team] = {image["manager"]}
    return found


def _managers_above(team: int, teams: Mapping[int, Mapping[str, Any]]) -> set[int]:
    found: set[int] = set()
    seen = {team}
    above = teams[team]["parent"]
    while above in teams and above not in seen:
        seen.add(above)
        found.add(teams[above]["manager"])
        above = teams[above]["parent"]
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose readings are wanted, and by what they are measured."""

    payees: Mapping[int, Payee]
    hierarchy: Hierarchy
    quotas: Mapping[int, tuple[QuotaMonth, ...]]
    currency: str

    def is_wanted(self, person: int | None, day: date) -> bool:
        """Tell whether a payee, or a team of theirs, is read by what a person is credited with on a day."""
        if person is None or person in self.payees:
            return person is not None
        return any(above in self.payees for above in self.hierarchy.above(person, day, everyone=True))


def fetch_readings(
    known_as: Iterable[Vintage], needs: Iterable[ReadingNeed], asked: Asked
) -> dict[int, tuple[Reading, ...]]:
    """Return the metrics that gates and factors read, over each window so far, by payee.

    A month is read with the metrics of its vintage; money counts in the plan's currency only, or is converted into it.
    """
    found: dict[int, list[Reading]] = {}
    cache: dict[tuple[str, Period, int], dict[int, Decimal]] = {}
    stretches = list(known_as)
    for need in needs:
        vintage = next(one for one in stretches if need.month in one.period or one is stretches[-1])
        period = Period(need.start, add_months(need.month, 1))
        above, below = _parts(vintage.context.catalogue, need.metric)
        numerators = _by_person(vintage, above, period, asked, cache)
        denominators = _by_person(vintage, below, period, asked, cache) if below else {}
        for person, payee in asked.payees.items():
            if payee.start >= period.end:
                continue
            people = (
                {person} if need.of == "own" else _below(person, asked.hierarchy, {*numerators, *denominators}, period)
            )
            denominator = _total(denominators, people) if below else Decimal(1)
            if need.quota:
                denominator = _quota(asked.quotas.get(person, ()), above, need, period)
            reading = Reading(
                need.metric,
                need.month,
                _total(numerators, people),
                denominator,
                max(need.start, payee.start),
                need.of,  # type: ignore[arg-type]
                additive=not below and not need.quota,
                basis=need.basis,
            )
            found.setdefault(person, []).append(reading)
    return {person: tuple(readings) for person, readings in found.items()}


def _quota(quotas: Iterable[QuotaMonth], metric: str, need: ReadingNeed, so_far: Period) -> Decimal:
    """Return the quota that an attainment is measured by, in the versions effective by the end of the period so far."""
    end = need.end if need.quota == "full-window" else so_far.end
    months: dict[date, list[tuple[date, QuotaMonth]]] = {}
    for quota in quotas:
        is_asked = (quota.metric, quota.level, quota.of) == (metric, need.level, need.of)
        if is_asked and need.start <= quota.month < end:
            months.setdefault(quota.month, []).append((quota.effective_from, quota))
    newest = (version_in_force(versions, month, so_far.last_day) for month, versions in months.items())
    return total(quota.amount for quota in newest if quota is not None and not quota.withdrawn)


def _parts(catalogue: Catalogue, name: str) -> tuple[str, str]:
    """Return numerator and denominator of a metric that a gate reads; an attainment's denominator is the quota."""
    if name not in catalogue and name.endswith(ATTAINMENT) and name.removesuffix(ATTAINMENT) in catalogue:
        return name.removesuffix(ATTAINMENT), ""
    if name not in catalogue:
        raise ProblemsFound(problem("unknown-metric", text=name, nearest=""))
    metric = catalogue.get(name)
    return (metric.numerator, metric.denominator) if isinstance(metric, RatioMetric) else (name, "")


def _by_person(
    vintage: Vintage, name: str, period: Period, asked: Asked, cache: dict[tuple[str, Period, int], dict[int, Decimal]]
) -> dict[int, Decimal]:
    context, exchanging = vintage.context, vintage.exchanging
    mark = (name, period, id(vintage))
    if mark not in cache:
        sums: dict[int, int] = {}
        vintage.enter()
        for metric, sign in context.catalogue.base_parts(name):
            is_one = metric.unit == "money" and exchanging is None
            query = Query(metric.name, ("person",), period, (), asked.currency if is_one else "")
            for row in fetch_in_currency(exchanging, context, metric, query, asked.is_wanted):
                if isinstance(row.group[0], int):
                    sums[row.group[0]] = sums.get(row.group[0], 0) + sign * row.value
        cache[mark] = {person: from_e4(value) for person, value in sums.items()}
    return cache[mark]


def _below(person: int, hierarchy: Hierarchy, people: Iterable[int], period: Period) -> set[int]:
    return {one for one in people if person in hierarchy.above(one, period.last_day, everyone=True)} | {person}


def _total(values: Mapping[int, Decimal], people: Iterable[int]) -> Decimal:
    return total(values.get(person, Decimal(0)) for person in people)


def fetch_terms(context: Context) -> dict[int, tuple[Term, ...]]:
    """Return people's own terms, each from a day through a day. What a record leaves blank it does not say."""
    kind = context.store.registry["person-terms"]
    images, places = fetch_images(context.store, kind), Places(context).of_all(kind)
    terms: dict[int, list[Term]] = {}
    for entity, image in sorted(images.items(), key=lambda one: (one[1]["from"], one[0])):
        start = date.fromisoformat(image["from"])
        through = date.fromisoformat(image["through"]) if image["through"] else None
        said = (start, through, image["approved_by"] or "", image["reason"] or "", places.get(entity, ""))
        terms.setdefault(image["person"], []).extend(
            Term(term, kind[name].kind.to_python(image[name]), *said)
            for name, term in TERMS.items()
            if image[name] is not None
        )
    return {person: tuple(found) for person, found in terms.items()}


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


def fetch_deductions(context: Context, currency: str) -> tuple[dict[int, tuple[Deduction, ...]], list[Problem]]:
    """Return what is to be taken from each person's pay, by day and key; another currency is said and left out."""
    found: dict[int, list[Deduction]] = {}
    problems = []
    kind = context.store.registry["deduction"]
    for image in sorted(fetch_images(context.store, kind).values(), key=lambda one: (one["date"], one["number"])):
        if image["currency"] not in (None, currency):
            said = {"number": image["number"], "currency": image["currency"], "wanted": currency}
            problems.append(problem("deduction-other-currency", **said, severity="warning"))
            continue
        day, amount = date.fromisoformat(image["date"]), from_e4(image["amount"])
        entry = Deduction(day, amount, image["number"], image["reason"] or "")
        found.setdefault(image["person"], []).append(entry)
    return {person: tuple(entries) for person, entries in found.items()}, problems
