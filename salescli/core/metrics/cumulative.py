"""Running totals: what adds up from the beginning of a month, quarter or fiscal year to the end of each period."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.metrics.dimensions import DIMENSIONS
from salescli.core.metrics.model import CumulativeMetric
from salescli.core.metrics.query import Figure, Group, Query
from salescli.core.money import total
from salescli.core.periods import ONE_DAY, WINDOW_GRAINS, FiscalCalendar, Period, WindowGrain, windows_in

_GRAINS: tuple[WindowGrain, ...] = ("month", "quarter", "year")
Compute = Callable[[Query], list[Figure]]
Added = dict[tuple[Group, str], dict[int, Decimal]]
"""What each group adds in each step of time, by the number of the step."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of time, and the steps that its running total adds up: `first` through `last`."""

    period: Period
    first: int
    last: int


def counted_period(metric: CumulativeMetric, period: Period, calendar: FiscalCalendar) -> Period:
    """Return the days behind the figure of a period: from where its running total begins.

    >>> year = CumulativeMetric("ytd", DIMENSIONS["year"].title, "receipts", "year")
    >>> quarter = FiscalCalendar().quarter(2026, 2)
    >>> str(counted_period(year, quarter, FiscalCalendar()))
    '2026-01-01..2026-06-30'
    """
    start = calendar.window(metric.over, period.last_day).start
    return period if start == period.start else Period(start, period.end)


def compute_running(metric: CumulativeMetric, query: Query, calendar: FiscalCalendar, compute: Compute) -> list[Figure]:
    """Answer a query of a running total from one of what it adds up, which `compute` answers.

    Grouped by time, each line is the total from where its month, quarter or year began to the line's end. Lines run
    through the last step in which anything counts: of a time without records nothing is said yet.

    Raises:
        ValueError: the query has no period.
    """
    if query.period is None:
        raise ValueError(f"{metric.name} runs to the end of a period, and none is asked")
    others = tuple(name for name in query.by if DIMENSIONS[name].kind != "time")
    if len(others) == len(query.by):
        whole = counted_period(metric, query.period, calendar)
        return compute(Query(metric.part, others, whole, query.only, query.currency))
    finest = _finest(query.by)
    grain = finest if finest == "day" else min(finest, metric.over, key=_GRAINS.index)
    wide = Period(calendar.window(metric.over, query.period.start).start, query.period.end)
    steps = _periods(wide, grain, calendar)
    found = _added(compute(Query(metric.part, (*others, grain), wide, query.only, query.currency)), steps)
    through = max((place for added in found.values() for place in added), default=-1)
    lines = [
        line
        for line in _lines(metric, _periods(query.period, finest, calendar), steps, calendar)
        if through >= 0 and line.period.start < steps[through].end
    ]
    return [
        Figure(_group(query.by, group, line.period, calendar), currency, value)
        for (group, currency), added in found.items()
        for line, value in _running(added, lines)
    ]


def _finest(by: Sequence[str]) -> str:
    return "day" if "day" in by else next(grain for grain in _GRAINS if grain in by)


def _periods(period: Period, grain: str, calendar: FiscalCalendar) -> list[Period]:
    if grain != "day":
        return windows_in(period, WINDOW_GRAINS[grain], calendar)
    days = [date.fromordinal(day) for day in range(period.start.toordinal(), period.end.toordinal())]
    return [Period(day, day + ONE_DAY, day.isoformat(), "day") for day in days]


def _added(figures: list[Figure], steps: list[Period]) -> Added:
    """Put figures, of which the step is the last of the group, into their steps."""
    places: dict[object, int] = {str(step): place for place, step in enumerate(steps)}
    found: Added = {}
    for one in figures:
        assert isinstance(one.value, Decimal), "what runs adds up"
        found.setdefault((one.group[:-1], one.currency), {})[places[one.group[-1]]] = one.value
    return found


def _lines(
    metric: CumulativeMetric, periods: list[Period], steps: list[Period], calendar: FiscalCalendar
) -> list[_Line]:
    starts = [step.start for step in steps]
    return [
        _Line(
            period,
            bisect_left(starts, calendar.window(metric.over, period.last_day).start),
            bisect_right(starts, period.last_day) - 1,
        )
        for period in periods
    ]


def _running(added: dict[int, Decimal], lines: list[_Line]) -> list[tuple[_Line, Decimal]]:
    """Return the running total of each line of a group; a line before its first record has none."""
    places = sorted(added)
    found = []
    for line in lines:
        counted = places[bisect_left(places, line.first) : bisect_right(places, line.last)]
        if counted:
            found.append((line, total(added[place] for place in counted)))
    return found


def _group(by: tuple[str, ...], others: Group, line: Period, calendar: FiscalCalendar) -> Group:
    """Put the values of a group and the labels of its line in the order asked."""
    rest = iter(others)
    labels = []
    for name in by:
        if DIMENSIONS[name].kind != "time":
            labels.append(next(rest))
        elif name == "day":
            labels.append(str(line))
        else:
            labels.append(str(calendar.window(WINDOW_GRAINS[name], line.last_day)))
    return tuple(labels)
