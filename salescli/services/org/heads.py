"""Whose figures make the capacity of a head, and who left: what a capacity plan is measured from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.periods import Period, add_months
from salescli.core.quotas.heads import Attrition, Left, Producer, RampTable, compute_attrition
from salescli.core.quotas.inputs import MemberInput
from salescli.errors import UsageError, problem
from salescli.services.context import Context
from salescli.services.quota.figures import Metric, fetch_figures
from salescli.services.quota.inputs import Directory

FEWEST = 3
"""Fewer people, or fewer leavers, make no rate."""
YEARS = 2

Members = Mapping[int, Sequence[MemberInput]]


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


def measure_attrition(context: Context, directory: Directory, members: Members, window: Period) -> Attrition:
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
