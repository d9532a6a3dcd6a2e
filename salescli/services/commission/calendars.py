"""The working days that a run is kept with, where a plan counts them: a closed month keeps its own.

What calendar records say is kept as the days that are not as their weekday: off from Monday to Friday, worked at a
weekend. Days that are said later, or otherwise, count in windows that begin in the open month or later. A closed month
follows them on purpose only, by a restatement, and with it what began in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.commission.timeline import GRAIN
from salescli.core.periods import ONE_DAY, Period
from salescli.core.quotas.attainment import weekday_works
from salescli.services.calendar_days import fetch_working
from salescli.services.context import Context
from salescli.store.runs import Run

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

WORKING = "working"
Working = Mapping[date, bool]


def kept_working(context: Context, plans: Iterable[Plan], period: Period) -> dict[str, Any]:
    """Return what a run of a month keeps of the calendar for its plans: nothing where none counts working days."""
    starts = [plan.start for plan in plans if plan.counts_working_days]
    if not starts:
        return {}
    first = context.calendar.window("year", min(starts)).start
    last = context.calendar.window("year", period.last_day).end - ONE_DAY
    return {WORKING: {"from": str(first), "through": str(last), **_apart(fetch_working(context), first, last)}}


def kept_calendars(
    context: Context, plan: Plan, closed: Sequence[Run], frozen: Mapping[str, Mapping[str, Plan]], today: Working
) -> dict[date, Working]:
    """Return, by a closed run's first day, the working days that it knew, where today's are others.

    Runs that knew the same days have one object.
    """
    found: dict[date, Working] = {}
    read: list[tuple[Any, Working]] = []
    for run in closed:
        said = run.manifest.get(WORKING)
        if said is None or plan.plan not in frozen.get(run.period, {}):
            continue
        first = context.calendar.window(GRAIN[plan.pay], context.parse_period(run.period).start).start
        found.pop(first, None)
        if _apart(today, date.fromisoformat(said["from"]), date.fromisoformat(said["through"])) == _days(said):
            continue
        known = next((days for one, days in read if one == said), None)
        if known is None:
            known = _read(said, today)
            read.append((said, known))
        found[first] = known
    return found


def _apart(working: Working, first: date, last: date) -> dict[str, list[str]]:
    """Return the days that are not as their weekday."""
    inside = sorted(day for day, works in working.items() if first <= day <= last and works != weekday_works(day))
    return {
        "off": [str(day) for day in inside if not working[day]],
        "on": [str(day) for day in inside if working[day]],
    }


def _days(said: Mapping[str, Any]) -> dict[str, list[str]]:
    return {"off": said["off"], "on": said["on"]}


def _read(said: Mapping[str, Any], today: Working) -> Working:
    """Return the days of a manifest; outside of what it kept, today's."""
    outside = {day: works for day, works in today.items() if not said["from"] <= str(day) <= said["through"]}
    off, on = ({date.fromisoformat(day): works for day in said[name]} for name, works in (("off", False), ("on", True)))
    return {**outside, **off, **on}
