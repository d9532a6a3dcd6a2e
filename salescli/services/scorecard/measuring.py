"""What each KPI reads of each person: figures of metrics, targets, earlier figures, ratings; and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salescli.core.metrics.query import Query
from salescli.core.money import total
from salescli.core.periods import ONE_DAY, Period, add_months, parse_period
from salescli.core.quotas.result import Leaf
from salescli.core.scorecard.result import Reading
from salescli.core.table import Ratio
from salescli.errors import Problem, UsageError, problem
from salescli.services.context import Context
from salescli.services.metric.showing import base_count, figures_of
from salescli.services.quota.figures import add_note
from salescli.services.quota.inputs import Directory, open_directory
from salescli.services.quota.targets import fetch_targets
from salescli.services.scorecard.people import Judged
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.core.scorecard.shape import MetricKpi, RatingKpi, Scorecard

Figures = Mapping[int, Decimal | Ratio]


@dataclass
class Measured:
    """The readings by person and KPI, and what is to be said about them."""

    readings: dict[int, dict[str, Reading]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Task:
    """What every KPI is measured with; targets and figures are fetched once."""

    context: Context
    card: Scorecard
    period: Period
    judged: tuple[Judged, ...]
    directory: Directory
    names: Mapping[int, str]
    figures: dict[tuple[str, str, Period], Figures] = field(default_factory=dict)
    leaves: list[Leaf] | None = None


def measure(context: Context, card: Scorecard, period: Period, judged: Iterable[Judged]) -> Measured:
    """Read every KPI of everyone; each kind of fact by one query for all of them."""
    from salescli.core.scorecard.shape import MetricKpi

    context.prepare_stages()
    directory = open_directory(context)
    people = tuple(judged)
    names = {one.person: str(directory.people[one.person]["name"]) for one in people if one.person in directory.people}
    task = _Task(context, card, period, people, directory, names)
    found = Measured({one.person: {} for one in people})
    for name, kpi in card.kpis.items():
        readings = _of_metric(task, kpi) if isinstance(kpi, MetricKpi) else _of_rating(task, kpi)
        for person, reading in readings.items():
            found.readings[person][name] = reading
        found.problems += _missing(task, name, readings)
    return found


def _of_metric(task: _Task, kpi: MetricKpi) -> dict[int, Reading]:
    query = Query(kpi.metric, (), task.period)
    if not any(base_count(task.context, query)):
        return {one.person: Reading(missing="no-records") for one in task.judged}
    now = _figures(task, kpi, task.period)
    if kpi.read_as == "attainment":
        return {one.person: _attained(task, kpi, one, now) for one in task.judged}
    if kpi.read_as == "growth":
        then = _figures(task, kpi, earlier_period(task.context, task.period, kpi.against or ""))
        return {one.person: _grown(kpi, one, now, then) for one in task.judged}
    return {one.person: _actual(kpi, one, now) for one in task.judged}


def earlier_period(context: Context, period: Period, against: str) -> Period:
    """Return the period that growth is read against: the one before, or the same of the year before."""
    if against == "period-before":
        return context.calendar.window(period.grain, period.start - ONE_DAY)  # type: ignore[arg-type]
    return context.calendar.window(period.grain, add_months(period.start, -12))  # type: ignore[arg-type]


def _figures(task: _Task, kpi: MetricKpi, period: Period) -> Figures:
    """Return a metric's figures by person, or by team with all teams below; another currency is said and left out."""
    key = (kpi.metric, kpi.of, period)
    if key not in task.figures:
        by, below = (("person",), False) if kpi.of == "own" else (("team",), True)
        found: dict[int, Decimal | Ratio] = {}
        for figure in figures_of(task.context, Query(kpi.metric, by, period), below=below):
            (group,) = figure.group
            if figure.currency not in ("", task.context.currency):
                note = {"metric": kpi.metric, "currency": figure.currency}
                add_note(task.context, problem("other-currency", severity="warning", **note))
            elif isinstance(group, int) and figure.value is not None:
                found[group] = figure.value
        task.figures[key] = found
    return task.figures[key]


def _holder(kpi: MetricKpi, one: Judged) -> int | None:
    return one.person if kpi.of == "own" else one.team


def _plain(figures: Figures, holder: int) -> Decimal:
    value = figures.get(holder, Decimal(0))
    assert isinstance(value, Decimal), "a quotient is read as it is"
    return value


def _actual(kpi: MetricKpi, one: Judged, figures: Figures) -> Reading:
    holder = _holder(kpi, one)
    if holder is None:
        return Reading(missing="no-team")
    value = figures.get(holder)
    if isinstance(value, Ratio) or (value is None and any(isinstance(each, Ratio) for each in figures.values())):
        return _quotient(kpi, value)
    return Reading(_plain(figures, holder))


def _quotient(kpi: MetricKpi, value: Ratio | None) -> Reading:
    """A quotient by nothing is undefined; of fewer cases than asked for it says too little."""
    above = Decimal(value.numerator) if value is not None else Decimal(0)
    below = Decimal(value.denominator) if value is not None else Decimal(0)
    if not below:
        return Reading(above, below, "undefined")
    if kpi.min_sample is not None and below < kpi.min_sample:
        return Reading(above, below, "few-cases")
    return Reading(above, below)


def _attained(task: _Task, kpi: MetricKpi, one: Judged, figures: Figures) -> Reading:
    holder = _holder(kpi, one)
    if holder is None:
        return Reading(missing="no-team")
    actual, target = _plain(figures, holder), _target(task, kpi, holder)
    if target is None:
        return Reading(actual, None, "no-target")
    return Reading(actual, target, "" if target > 0 else "zero-target")


def _target(task: _Task, kpi: MetricKpi, holder: int) -> Decimal | None:
    """Return the sum of the months' targets in force, or None where there is none."""
    if task.leaves is None:
        task.leaves = fetch_targets(task.context, task.directory, task.period)[0]
    if kpi.of == "own":
        key = task.directory.person_key(holder)
        mine = [leaf for leaf in task.leaves if leaf.holder == "person" and leaf.holder_key == key]
    else:
        key = task.directory.team_key(holder)
        mine = [leaf for leaf in task.leaves if leaf.holder == "team" and leaf.team == key]
    amounts = [leaf.amount for leaf in mine if leaf.metric == kpi.metric and leaf.level == kpi.level]
    return total(amounts) if amounts else None


def _grown(kpi: MetricKpi, one: Judged, now: Figures, then: Figures) -> Reading:
    holder = _holder(kpi, one)
    if holder is None:
        return Reading(missing="no-team")
    base = _plain(then, holder)
    return Reading(_plain(now, holder), base, "" if base > 0 else "no-base")


def _of_rating(task: _Task, kpi: RatingKpi) -> dict[int, Reading]:
    """Read the scores given by hand for the period; of several, the last one that became known."""
    kind = task.context.store.registry["rating"]
    found: dict[int, tuple[str, Reading]] = {}
    for image in fetch_images(task.context.store, kind).values():
        if image["scorecard"] != task.card.scorecard or image["kpi"] != kpi.rating or image["score"] is None:
            continue
        known = image["known_on"] or ""
        if known > task.context.on.isoformat() or not _is_period(task, image):
            continue
        score = Decimal(str(kind["score"].kind.to_python(image["score"])))
        if image["person"] not in found or found[image["person"]][0] <= known:
            found[image["person"]] = (known, Reading(score, evidence=image["evidence"] or ""))
    missing = Reading(missing="no-rating")
    return {one.person: found[one.person][1] if one.person in found else missing for one in task.judged}


def _is_period(task: _Task, image: Mapping[str, Any]) -> bool:
    try:
        said = parse_period(image["period"], task.context.calendar)
    except UsageError:
        return False
    return (said.start, said.end) == (task.period.start, task.period.end)


def _missing(task: _Task, name: str, readings: Mapping[int, Reading]) -> list[Problem]:
    """Say once per KPI what could not be read, and of whom."""
    kpi: Any = task.card.kpis[name]
    title = kpi.title or (task.context.catalogue.get(kpi.metric).title if hasattr(kpi, "metric") else kpi.rating)
    said = {"kpi": title, "period": str(task.period), "missing": kpi.if_missing, "severity": "warning"}
    by_reason: dict[str, list[int]] = {}
    for person, reading in readings.items():
        by_reason.setdefault(reading.missing, []).append(person)
    found = []
    if "no-records" in by_reason:
        found.append(problem("kpi-no-records", metric=kpi.metric, **said))
    if "no-target" in by_reason:
        found.append(problem("kpi-no-target", metric=kpi.metric, people=_called(task, by_reason["no-target"]), **said))
    if "no-rating" in by_reason:
        found.append(problem("kpi-no-rating", rating=kpi.rating, people=_called(task, by_reason["no-rating"]), **said))
    return found


def _called(task: _Task, people: list[int]) -> list[str]:
    """Name the first few people; the rest are counted."""
    names = [task.names.get(person, f"#{person}") for person in people[:5]]
    return [*names, f"+{len(people) - 5}"] if len(people) > 5 else names
