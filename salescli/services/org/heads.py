"""Whose figures make the capacity of a head, and who left: what a capacity plan is measured from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from salescli.core.periods import Period, add_months
from salescli.core.quotas.heads import (
    YEAR,
    Attrition,
    Average,
    Left,
    Producer,
    RampTable,
    compute_attrition,
    compute_average,
)
from salescli.core.quotas.inputs import MemberInput
from salescli.errors import Problem, UsageError, problem
from salescli.services.context import Context
from salescli.services.org.options import Options
from salescli.services.quota.figures import Metric, fetch_figures
from salescli.services.quota.inputs import Directory, find_members

if TYPE_CHECKING:
    from salescli.core.quotas.shape import PeopleShape

FEWEST = 3
"""Fewer people, or fewer leavers, make no rate."""
YEARS = 2

Members = Mapping[int, Sequence[MemberInput]]


class Head(NamedTuple):
    """What a fully productive head brings in a month, with whose figures of which months it was measured from."""

    per_month: Fraction
    producers: tuple[Producer, ...] = ()
    window: Period | None = None


class Measured(NamedTuple):
    """The two rates of a plan."""

    head: Head
    attrition: Attrition


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose figures of which metric are sought."""

    context: Context
    metric: Metric
    directory: Directory
    people: PeopleShape

    def members(self, period: Period) -> dict[int, list[MemberInput]]:
        """Return who has a quota in a period, by team."""
        return find_members(self.context, self.people, self.directory, period)


def measure(sought: Sought, options: Options, ramps: RampTable, average: Average) -> Measured:
    """Take the capacity of a head and attrition as they were given, else from the records.

    Raises:
        UsageError: too few people to measure what was not given.
    """
    found: list[Problem] = []
    head, attrition = Head(Fraction(options.per_head or 0) / YEAR), Attrition(Fraction(options.attrition or 0))
    if options.per_head is None:
        try:
            head = _measure_head(sought, ramps, average)
        except UsageError as error:
            found += error.problems
    if options.attrition is None:
        window = last_months(sought.context.on, YEARS * YEAR)
        try:
            attrition = measure_attrition(sought.directory, sought.members(window), window)
        except UsageError as error:
            found += error.problems
    if found:
        raise UsageError(*found)
    return Measured(head, attrition)


def _measure_head(sought: Sought, ramps: RampTable, average: Average) -> Head:
    window = last_months(sought.context.on, YEAR)
    producers = fetch_producers(sought.context, sought.metric, sought.directory, sought.members(window), window, ramps)
    year = compute_average([Fraction(one.amount) for one in producers], average)
    if year <= 0:
        raise UsageError(problem("capacity-of-nothing", window=str(window), count=len(producers)))
    return Head(year / YEAR, tuple(producers), window)


def last_months(on: date, count: int) -> Period:
    """Return the last whole months before a day."""
    end = on.replace(day=1)
    start = add_months(end, -count)
    return Period(start, end, f"{start:%Y-%m}..{add_months(end, -1):%Y-%m}")


def fetch_producers(
    context: Context, metric: Metric, directory: Directory, members: Members, window: Period, ramps: RampTable
) -> list[Producer]:
    """Return who was in seat and fully ramped on every day of the window, with what each brought.

    Raises:
        UsageError: they are too few to take an average of.
    """
    figures = {
        directory.person_key(group[0]): value
        for group, value in fetch_figures(context, metric, ("person",), window).items()
        if group[0] in directory.people
    }
    names = directory.team_names()
    stretches: dict[str, list[tuple[MemberInput, str]]] = {}
    for team, each in members.items():
        for one in each:
            if not one.is_seat:
                stretches.setdefault(one.key, []).append((one, names[directory.team_key(team)]))
    found = []
    for key, mine in sorted(stretches.items()):
        days = sum(Period(one.start, one.end).overlap(window) for one, _ in mine)
        last, place = max(mine, key=lambda pair: pair[0].start)
        steps = max((len(ramps.of(one.role)) for one, _ in mine), default=0)
        if days == window.days and _is_ramped(last.hired, steps, window.start):
            found.append(Producer(key, last.name, place, figures.get(key, Decimal(0))))
    if len(found) < FEWEST:
        raise UsageError(problem("too-few-ramped", window=str(window), count=len(found), fewest=FEWEST))
    return found


def measure_attrition(directory: Directory, members: Members, window: Period) -> Attrition:
    """Return the attrition of a window: whoever had a seat in it and has none after the last day, in any team.

    Raises:
        UsageError: too few left to make a rate.
    """
    names = directory.team_names()
    ends: dict[str, Left] = {}
    seat_days = 0
    for team, each in members.items():
        for one in each:
            if one.is_seat:
                continue
            seat_days += Period(one.start, one.end).overlap(window)
            day = date.fromordinal(one.end.toordinal() - 1)
            if one.key not in ends or ends[one.key].day < day:
                ends[one.key] = Left(one.key, one.name, names[directory.team_key(team)], day)
    leavers = tuple(sorted((one for one in ends.values() if one.day in window), key=lambda one: (one.day, one.key)))
    if len(leavers) < FEWEST:
        raise UsageError(problem("too-few-leavers", window=str(window), count=len(leavers), fewest=FEWEST))
    yearly = compute_attrition(len(leavers), seat_days, window.days, YEARS)
    return Attrition(yearly, leavers, Fraction(seat_days, window.days), window)


def _is_ramped(hired: date | None, steps: int, start: date) -> bool:
    return hired is None or add_months(hired.replace(day=1), steps) <= start
