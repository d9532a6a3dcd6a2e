"""Whether targets are sane: growth against the trailing 12 months, who is outside the team's range, coverage needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from salescli.core.metrics.interval import FEW_CASES
from salescli.core.money import CONTEXT
from salescli.core.table import Ratio

Scope = Literal["company", "team", "person"]
FEWEST = 4
"""A range needs so many people of a team whose growth can be compared."""
LEAST_SPREAD = Fraction(1, 4)
"""Within 25 points of the median nobody is outside, however close together the others are."""
DEVIATIONS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A holder's target and its own figure of the trailing 12 months.

    `is_comparable` is False where one of both covers a part of its year only (a joiner, a leaver, a mover): then the
    growth would say how long somebody was there.
    """

    scope: Scope
    team: str
    key: str
    target: Decimal
    trailing: Decimal | None
    is_comparable: bool = True
    is_whole: bool = True
    median: Fraction | None = None
    is_outside: bool = False

    @property
    def growth(self) -> Ratio | None:
        """(target − trailing) ÷ trailing; None where nothing can be compared."""
        if not self.is_comparable or self.trailing is None or self.trailing <= 0:
            return None
        return Ratio(CONTEXT.subtract(self.target, self.trailing), self.trailing)


def median(values: Iterable[Fraction]) -> Fraction:
    """Return the middle of values, or the mean of the two in the middle.

    >>> median([Fraction(1), Fraction(9), Fraction(2), Fraction(4)])
    Fraction(3, 1)
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing has no median")
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def find_range(growths: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return median, lowest and highest growth that is within the range of a team; None where it has too few people.

    The range is the median ± 3 × the median distance from it, and never less than ± 25 points.

    >>> find_range([Fraction(1, 10)] * 4)
    (Fraction(1, 10), Fraction(-3, 20), Fraction(7, 20))
    """
    if len(growths) < FEWEST:
        return None
    middle = median(growths)
    spread = max(DEVIATIONS * median(abs(growth - middle) for growth in growths), LEAST_SPREAD)
    return middle, middle - spread, middle + spread


def judge_growth(asked: Iterable[Asked]) -> list[Asked]:
    """Mark the people whose growth is outside their team's range."""
    rows = list(asked)
    by_team: dict[str, list[Fraction]] = {}
    for row in rows:
        if row.scope == "person" and (growth := _growth(row)) is not None:
            by_team.setdefault(row.team, []).append(growth)
    ranges = {team: find_range(growths) for team, growths in by_team.items()}
    return [_judged(row, ranges.get(row.team)) if row.scope == "person" else row for row in rows]


def _judged(row: Asked, found: tuple[Fraction, Fraction, Fraction] | None) -> Asked:
    growth = _growth(row)
    if found is None or growth is None:
        return row
    middle, low, high = found
    return replace(row, median=middle, is_outside=not low <= growth <= high)


def _growth(row: Asked) -> Fraction | None:
    return None if row.growth is None else row.growth.exact()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is open of a year against the open pipeline: needed = gap ÷ win rate (won ÷ closed, by number of deals)."""

    team: str
    target: Decimal
    actual: Decimal
    won: int
    closed: int
    pipeline: Decimal

    @property
    def gap(self) -> Decimal:
        """Target less actual, never below zero."""
        return max(Decimal(0), CONTEXT.subtract(self.target, self.actual))

    @property
    def win_rate(self) -> Ratio | None:
        """Won of closed; None where nothing was closed."""
        return Ratio(self.won, self.closed) if self.closed else None

    @property
    def is_few(self) -> bool:
        """Tell whether the rate is of few cases."""
        return self.closed < FEW_CASES

    @property
    def needed(self) -> Fraction | None:
        """The pipeline that would close the gap at the win rate; None without a rate or with a rate of zero."""
        return Fraction(self.gap) * self.closed / self.won if self.won else None

    @property
    def covered(self) -> Ratio | None:
        """Open pipeline ÷ what is needed."""
        needed = self.needed
        if not needed:
            return None
        return Ratio(CONTEXT.multiply(self.pipeline, Decimal(needed.denominator)), Decimal(needed.numerator))

    @property
    def is_short(self) -> bool:
        """Tell whether the pipeline does not cover the gap; of few cases nothing is concluded."""
        needed = self.needed
        return not self.is_few and needed is not None and Fraction(self.pipeline) < needed


def gather_coverage(
    targets: Mapping[str, Decimal],
    actuals: Mapping[str, Decimal],
    deals: Mapping[str, tuple[int, int]],
    pipeline: Mapping[str, Decimal],
) -> list[Coverage]:
    """Put together what is known of each team ("" is the company); `deals` are (won, closed)."""
    nothing = Decimal(0)
    return [
        Coverage(team, target, actuals.get(team, nothing), *deals.get(team, (0, 0)), pipeline.get(team, nothing))
        for team, target in sorted(targets.items())
    ]
