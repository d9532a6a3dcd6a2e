"""Heads needed for a target (D-29), and what the heads at hand can bring.

heads needed = target ÷ Σ over months (capacity per head × ramp factor of the tenure month × (1 − expected attrition)).
All exact: rounding is for whoever shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from salescli.core.periods import Period
from salescli.core.quotas.capacity import compute_capacity
from salescli.core.quotas.inputs import MemberInput, MonthInput

Average = Literal["median", "mean"]
YEAR = 12
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class RampTable:
    """The ramp of each role; `every` is that of all of them. A role without one is fully productive at once."""

    by_role: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)
    every: tuple[Decimal, ...] = ()

    def of(self, role: str) -> Sequence[Decimal]:
        """Return the ramp of a role."""
        return self.every or self.by_role.get(role, ())


@dataclass(frozen=True, slots=True)
class Yield:
    """What one fully productive head brings: `per_month`, of which `lost` of the period is expected to leave."""

    per_month: Fraction
    lost: Fraction = NOTHING

    @property
    def kept(self) -> Fraction:
        """What one head brings in a month after attrition."""
        return self.per_month * (1 - self.lost)

    def per_head(self, months: int) -> Fraction:
        """Return what one fully productive head brings in so many months, after attrition."""
        return self.kept * months


@dataclass(frozen=True, slots=True)
class TeamHeads:
    """A team's people and vacant seats as productive months: one for each month of the period."""

    team: str
    heads: int
    vacant: int
    productive: tuple[Fraction, ...]

    @property
    def total(self) -> Fraction:
        """Productive months of the period."""
        return sum(self.productive, NOTHING)


@dataclass(frozen=True, slots=True)
class Producer:
    """A fully ramped person who was in seat in every month of the window, with the figure of these months."""

    key: str
    name: str
    team: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who left, by the last day in seat."""

    key: str
    name: str
    team: str
    day: date


@dataclass(frozen=True, slots=True)
class Attrition:
    """The yearly rate with what it was measured from; nobody and no days where it was given."""

    yearly: Fraction
    leavers: tuple[Left, ...] = ()
    mean_heads: Fraction = Fraction(0)
    window: Period | None = None


@dataclass(frozen=True, slots=True)
class HireOption:
    """Hires that all start in one month: what one of them brings by the end of the period, and how many it takes."""

    start: MonthInput
    brings: Fraction
    hires: int | None


def compute_average(figures: Sequence[Fraction], how: Average) -> Fraction:
    """Return the median or the mean of figures, of which there is at least one.

    >>> compute_average([Fraction(1), Fraction(2), Fraction(9)], "median"), compute_average([Fraction(3)], "mean")
    (Fraction(2, 1), Fraction(3, 1))
    """
    if how == "mean":
        return sum(figures, NOTHING) / len(figures)
    ordered, middle = sorted(figures), len(figures) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def compute_attrition(leavers: int, seat_days: int, window_days: int, years: int) -> Fraction:
    """Return the yearly rate: leavers ÷ mean heads of the window ÷ its years.

    >>> compute_attrition(3, 10 * 730, 730, 2)
    Fraction(3, 20)
    """
    return Fraction(leavers * window_days, seat_days * years) if seat_days else NOTHING


def expected_loss(yearly: Fraction, months: int) -> Fraction:
    """Return the attrition of a period of so many months at a yearly rate."""
    return yearly * months / YEAR


def heads_of_team(
    team: str,
    members: Sequence[MemberInput],
    months: Sequence[MonthInput],
    on: date,
    ramps: RampTable,
) -> TeamHeads:
    """Return the productive months of a team; `heads` are those in seat on a day, `vacant` the seats of the period."""
    lines = [compute_capacity(months, one.start, one.end, one.hired, ramps.of(one.role)) for one in members]
    productive = tuple(sum(column, NOTHING) for column in zip(*lines, strict=True)) or (NOTHING,) * len(months)
    people = {one.key for one in members if not one.is_seat and one.start <= on < one.end}
    seats = {one.key for one in members if one.is_seat}
    return TeamHeads(team, len(people), len(seats), productive)


def heads_needed(target: Fraction, each: Yield, months: int) -> Fraction | None:
    """Return how many fully productive heads a target takes; None where a head brings nothing."""
    brings = each.per_head(months)
    return target / brings if brings > 0 else None


def compute_hires(
    gap: Fraction, each: Yield, rates: Sequence[Decimal], months: Sequence[MonthInput], earliest: date
) -> tuple[HireOption, ...]:
    """Return, for each month from `earliest` on, how many hires starting then close a gap by the end of the period."""
    found = []
    for month in months:
        if month.start < earliest:
            continue
        ramped = sum(compute_capacity(months, month.start, months[-1].end, month.start, rates), NOTHING)
        brings = each.kept * ramped
        found.append(HireOption(month, brings, whole_hires(gap, brings)))
    return tuple(found)


def whole_hires(gap: Fraction, brings: Fraction) -> int | None:
    """Return the smallest number of hires that closes a gap; None where none can."""
    if gap <= 0:
        return 0
    return -(-gap // brings) if brings > 0 else None


def latest_start(options: Sequence[HireOption]) -> HireOption | None:
    """Return the last month in which no more hires are needed than in the first; None where hires cannot close it."""
    if not options or options[0].hires is None:
        return None
    return [one for one in options if one.hires == options[0].hires][-1]
