"""Runs, windows and spans: the calendar of one payee under one plan.

The runs are numbered from the first run in which the person is on the plan to the run that is being computed. A
window or span is a range of run numbers `[first, last]` beside its days `[start, end)`, cut at the plan's and
the person's dates. A window that somebody leaves and does not come back in ends with the leaving; one that the person
comes back in goes on, and one that the person is away for all of is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from salescli.core.commission.away import Days, leaves_at
from salescli.core.periods import FiscalCalendar, Period, WindowGrain

Pay = Literal["monthly", "quarterly"]
GRAIN: dict[Pay, WindowGrain] = {"monthly": "month", "quarterly": "quarter"}
LENGTH = {"each-transaction": 0, "month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of runs: a window of a component, or what a gate or factor governs.

    `start` and `end` are its days after cutting, `whole_start` the first day of the uncut calendar window.
    `is_whole` says that its last run is on the timeline, so that what is decided at its end is decided.
    """

    start: date
    end: date
    whole_start: date
    first: int
    last: int
    is_whole: bool
    runs: tuple[Period, ...]

    def day_of(self, run: int) -> date:
        """The last day of a run that is inside the span."""
        return min(self.runs[run].end, self.end) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The runs from the first on the plan to the one computed, and the days on the plan `[start, end)`."""

    calendar: FiscalCalendar
    pay: Pay
    start: date
    end: date
    runs: tuple[Period, ...]
    away: tuple[Days, ...] = ()
    _spans: dict[tuple[WindowGrain, date, date], tuple[Span, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def now(self) -> int:
        """The number of the run that is being computed."""
        return len(self.runs) - 1

    def index(self, day: date) -> int | None:
        """Return the number of the run that holds a day, or None where there is none yet."""
        if not self.runs or day < self.runs[0].start or day >= self.runs[-1].end:
            return None
        first = self.runs[0].start
        months = (day.year - first.year) * 12 + day.month - first.month
        return months if self.pay == "monthly" else months // 3

    def spans(self, grain: WindowGrain, start: date, end: date) -> tuple[Span, ...]:
        """Cut `[start, end)` into calendar windows, as far as the timeline goes."""
        key = (grain, start, end)
        if key not in self._spans:
            self._spans[key] = self._cut(grain, start, end)
        return self._spans[key]

    def _cut(self, grain: WindowGrain, start: date, end: date) -> tuple[Span, ...]:
        found: list[Span] = []
        begin, stop = max(start, self.start), min(end, self.end)
        while begin < stop and begin < self.runs[-1].end:
            window = self.calendar.window(grain, begin)
            cut_end = leaves_at(self.away, begin, min(window.end, stop))
            if cut_end == begin:  # away for all of it
                begin = window.end
                continue
            first, last = self.index(begin), self.index(cut_end - timedelta(days=1))
            if first is None:
                break
            found.append(
                Span(
                    begin,
                    cut_end,
                    window.start,
                    first,
                    self.now if last is None else last,
                    last is not None,
                    self.runs,
                )
            )
            begin = window.end
        return tuple(found)


@lru_cache(maxsize=512)
def build_timeline(
    calendar: FiscalCalendar, pay: Pay, start: date, end: date, upto: Period, since: date | None = None,
    away: tuple[Days, ...] = (),
) -> Timeline:  # fmt: skip
    """Number the runs from `start` (or an earlier `since`) through `upto`. Kept: most payees of a run have the same."""
    runs: list[Period] = []
    run = calendar.window(GRAIN[pay], min(start, since or start, upto.start))
    while run.start < upto.end:
        runs.append(run)
        run = calendar.window(GRAIN[pay], run.end)
    return Timeline(calendar, pay, start, end, tuple(runs), away)


def shorter(one: str, two: str) -> WindowGrain:
    """Return the shorter of two windows (`each-transaction` counts as the other one)."""
    lengths = {LENGTH[name]: name for name in (one, two) if LENGTH[name]}
    return lengths[min(lengths)]  # type: ignore[return-value]
