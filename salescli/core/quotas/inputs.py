"""What a quota split is computed from: plain values, gathered by whoever knows the store.

Amounts are exact Decimals of the currency unit. Periods are half-open. Keys are the natural keys of records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import CENT
from salescli.core.periods import BEGINNING, FOREVER, FiscalCalendar

CALENDAR_YEAR = FiscalCalendar()
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class MonthInput:
    """One month of the target year, `[start, end)`, with its working days."""

    label: str
    start: date
    end: date
    working_days: int = 0

    @property
    def number(self) -> int:
        """The calendar month, 1 to 12."""
        return self.start.month

    def seat_share(self, start: date, end: date) -> tuple[int, int]:
        """Return (days of the month inside `[start, end)`, days of the month)."""
        days = (min(self.end, end) - max(self.start, start)).days
        return max(0, days), (self.end - self.start).days


def covers(months: Sequence[MonthInput], start: date, end: date) -> bool:
    """Tell whether `[start, end)` holds every day of the months."""
    return start <= months[0].start and end >= months[-1].end


@dataclass(frozen=True, slots=True)
class MemberInput:
    """A person in a team, or a vacant seat of it, for the days `[start, end)`.

    `history` holds the person's own figures of the base window by month; without any, the person is "without
    history". `hired` begins the ramp: the month it falls in is the first. `weighs_as` is the vacant seat that the
    person took: the stretch has its weight. `manager` is the key of whom the person answers to. `potential` and
    `pipeline` are the member's figures of the day asked.
    """

    key: str
    name: str = ""
    role: str = ""
    start: date = BEGINNING
    end: date = FOREVER
    hired: date | None = None
    history: Mapping[str, Decimal] = field(default_factory=dict)
    is_seat: bool = False
    weighs_as: str = ""
    manager: str = ""
    manager_name: str = ""
    potential: Fraction = NOTHING
    pipeline: Fraction = NOTHING


@dataclass(frozen=True, slots=True)
class TeamInput:
    """A team with its members, its own figures of the base window, and its potential and pipeline.

    None of them is of its sub-teams: those name it as their `parent`.
    """

    key: str
    name: str = ""
    members: tuple[MemberInput, ...] = ()
    history: Mapping[str, Decimal] = field(default_factory=dict)
    parent: str = ""
    potential: Fraction = NOTHING
    pipeline: Fraction = NOTHING


@dataclass(frozen=True, slots=True)
class SplitInputs:
    """Everything a split needs beside its policy.

    `base` is the company's figure of the base window (for `growth`). `season` holds the company's figure of each
    month `YYYY-MM` of past years; a month that is not complete is left out. `smallest` is the smallest amount of
    the currency (1 where it has no decimals). `kept` holds, by level, the company's months that a revision leaves
    as they are: the others have what is left of the year.
    """

    months: tuple[MonthInput, ...]
    teams: tuple[TeamInput, ...]
    base: Decimal | None = None
    season: Mapping[str, Decimal] = field(default_factory=dict)
    smallest: Decimal = CENT
    currency: str = ""
    calendar: FiscalCalendar = CALENDAR_YEAR
    kept: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
