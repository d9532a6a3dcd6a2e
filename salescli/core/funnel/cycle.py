"""How long things take: mean, median, percentiles, and the median that counts what has not ended yet.

Days are whole calendar days. Everything is exact: a mean keeps its sum and its count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from salescli.core.funnel.model import History, Outcome, Process
from salescli.core.funnel.path import Path

P90 = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Durations:
    """What a set of durations says: how many, their sum, and where the middle, the 90th percentile and the end lie.

    `running` is how many have not ended; `censored_median` counts them as lasting at least so long.
    """

    count: int
    total: int
    median: Fraction | None
    p90: int | None
    longest: int | None
    running: int = 0
    censored_median: int | None = None


def compute_durations(ended: Iterable[int], running: Iterable[int] = ()) -> Durations:
    """Sum up durations in days."""
    days, lasting = sorted(ended), list(running)
    return Durations(
        len(days),
        sum(days),
        compute_median(days),
        compute_percentile(days, P90),
        days[-1] if days else None,
        len(lasting),
        compute_censored_median(days, lasting),
    )


def compute_median(days: Iterable[int]) -> Fraction | None:
    """Return the middle value, or the mean of the two middle ones.

    >>> compute_median([3, 1, 10, 2])
    Fraction(5, 2)
    """
    ordered = sorted(days)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return Fraction(ordered[middle]) if len(ordered) % 2 else Fraction(ordered[middle - 1] + ordered[middle], 2)


def compute_percentile(days: Sequence[int], share: Fraction) -> int | None:
    """Return the smallest value that at least this share of all does not exceed (nearest rank).

    >>> compute_percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Fraction(9, 10))
    9
    """
    if not days:
        return None
    ordered = sorted(days)
    rank = -(-len(ordered) * share.numerator // share.denominator)
    return ordered[max(rank, 1) - 1]


def compute_censored_median(ended: Iterable[int], running: Iterable[int]) -> int | None:
    """Return the day by which half have ended, where some still last; None where half have not ended.

    E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations (1958).

    >>> compute_censored_median([2, 4, 6], [5, 9])
    6
    """
    ends, lasts = Counter(ended), Counter(running)
    at_risk = sum(ends.values()) + sum(lasts.values())
    surviving = Fraction(1)
    for day in sorted(ends.keys() | lasts.keys()):
        if ends[day]:
            surviving *= Fraction(at_risk - ends[day], at_risk)
            if surviving <= Fraction(1, 2):
                return day
        at_risk -= ends[day] + lasts[day]
    return None


@dataclass(frozen=True, slots=True)
class Cycles:
    """How long deals took: won, lost, both with those still open; and in each live stage."""

    won: Durations
    lost: Durations
    closed: Durations
    by_stage: tuple[Durations, ...]
    undated: int  # closed deals whose beginning or end nobody knows


def compute_cycles(paths: Sequence[Path], process: Process, on: date) -> Cycles:
    """Measure deals from beginning to end, and in each stage; open ones have lasted until `on`."""
    histories = [path.history for path in paths]
    won, lost = _cycles(histories, "won"), _cycles(histories, "lost")
    open_ages = [age for each in histories if each.outcome == "open" and (age := each.age(on)) is not None]
    closed = sum(each.outcome != "open" for each in histories)
    stages = tuple(_stage_durations(paths, step, on) for step in range(len(process.live)))
    both = compute_durations([*won, *lost], open_ages)
    return Cycles(compute_durations(won), compute_durations(lost), both, stages, closed - len(won) - len(lost))


def _cycles(histories: Iterable[History], outcome: Outcome) -> list[int]:
    return [days for each in histories if each.outcome == outcome and (days := each.cycle) is not None]


def _stage_durations(paths: Sequence[Path], step: int, on: date) -> Durations:
    ended, running = [], []
    for path in paths:
        if (days := path.days_in(step)) is not None:
            ended.append(days)
        elif (lasting := lasting_days(path, step, on)) is not None:
            running.append(lasting)
    return compute_durations(ended, running)


def lasting_days(path: Path, step: int, on: date) -> int | None:
    """Return how long an open deal has stood in the stage it is in, earlier visits included; None where unknown."""
    visits = path.stays.get(step, ())
    if path.history.outcome != "open" or not visits or visits[-1] is not path.history.last:
        return None
    before = [visit.days for visit in visits[:-1]]
    last = visits[-1].entered
    if last is None or None in before:
        return None
    return (on - last).days + sum(day for day in before if day is not None)
