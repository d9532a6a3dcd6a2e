"""The score of data: how complete, valid, unique, consistent and timely records are, and the mean of the five.

Each part is a share between 0 and 1; a part with nothing to look at is left out, never counted as perfect. The score is
the plain mean of the parts that there are: equal weights, because any other would be an opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from salescli.core.metrics.interval import FEW_CASES

Part = Literal["completeness", "validity", "uniqueness", "consistency", "timeliness"]
PARTS: tuple[Part, ...] = ("completeness", "validity", "uniqueness", "consistency", "timeliness")
FRESH = 31  # days since the last update up to which data is as timely as can be
STALE = 365  # days from which it is not timely at all


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of some records. Each pair is (sound ones, all that were looked at).

    `completeness` counts cells, `validity` and `uniqueness` values that can be checked, `consistency` records; `days`
    are those since the last update, None where no update is known.
    """

    rows: int = 0
    completeness: tuple[int, int] = (0, 0)
    validity: tuple[int, int] = (0, 0)
    uniqueness: tuple[int, int] = (0, 0)
    consistency: tuple[int, int] = (0, 0)
    days: int | None = None

    def __add__(self, other: Tally) -> Tally:
        """Count both; the newest update of either is the last."""
        days = [one for one in (self.days, other.days) if one is not None]
        return Tally(
            self.rows + other.rows,
            _sum(self.completeness, other.completeness),
            _sum(self.validity, other.validity),
            _sum(self.uniqueness, other.uniqueness),
            _sum(self.consistency, other.consistency),
            min(days, default=None),
        )

    @property
    def is_few(self) -> bool:
        """Tell whether there are too few records for their shares to mean much."""
        return self.rows < FEW_CASES


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def compute_part(tally: Tally, part: Part) -> Fraction | None:
    """Return one part as a share; None where there is nothing to look at.

    >>> compute_part(Tally(10, completeness=(45, 60)), "completeness")
    Fraction(3, 4)
    >>> compute_part(Tally(10, days=198), "timeliness")
    Fraction(1, 2)
    """
    if part == "timeliness":
        return compute_timeliness(tally.days)
    sound, looked_at = getattr(tally, part)
    return Fraction(sound, looked_at) if looked_at else None


def compute_timeliness(days: int | None) -> Fraction | None:
    """Return 1 for an update of the last 31 days, 0 for one a year ago, and in between a straight line."""
    if days is None:
        return None
    return min(max(Fraction(STALE - days, STALE - FRESH), Fraction(0)), Fraction(1))


def compute_score(tally: Tally) -> Fraction | None:
    """Return the mean of the parts that there are.

    >>> compute_score(Tally(10, completeness=(1, 2), consistency=(10, 10)))
    Fraction(3, 4)
    """
    parts = [share for part in PARTS if (share := compute_part(tally, part)) is not None]
    return sum(parts, Fraction(0)) / len(parts) if parts and tally.rows else None
