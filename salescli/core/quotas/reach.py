"""The chance of reaching a target, from a holder's own months: a bootstrap, seeded by whoever calls.

Months to come are drawn with replacement from the months that were; the share of draws whose sum reaches the target is
the chance. It knows nothing of growth or season, and says nothing of fewer than 24 months.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from salescli.core.table import Ratio

LEAST_MONTHS = 24
MOST_MONTHS = 36
DRAWS = 1000
TOO_HIGH = 5
"""Reached in fewer than one draw of five: too high."""
TOO_LOW = (9, 10)
"""Reached in more than nine draws of ten: too low."""

Draw = Callable[[Sequence[int], int], Sequence[int]]
"""Draws so many figures with replacement; deterministic, by its seed."""

Verdict = Literal["too-high", "too-low", "fair"]


@dataclass(frozen=True, slots=True)
class Reach:
    """How often a target was reached, in so many draws from so many months."""

    hits: int
    draws: int
    months: int

    @property
    def chance(self) -> Ratio:
        """The share of draws that reach the target."""
        return Ratio(self.hits, self.draws)

    @property
    def verdict(self) -> Verdict:
        """Too high below 20 %, too low above 90 %."""
        if self.hits * TOO_HIGH < self.draws:
            return "too-high"
        return "too-low" if self.hits * TOO_LOW[1] > self.draws * TOO_LOW[0] else "fair"


def compute_reach(
    history: Sequence[int], target: int, actual: int, months_left: int, draw: Draw, draws: int = DRAWS
) -> Reach | None:
    """Return the chance that `actual` and the months left reach a target; None of fewer than 24 months.

    Args:
        history: figures of whole months, oldest first, in the smallest amount; the newest 36 are drawn from.
        target: of all months, in the same unit.
        actual: of the months that are over.
        months_left: so many are drawn.
        draw: draws with replacement.
        draws: so often.

    >>> compute_reach([5] * 24, 60, 0, 12, lambda figures, count: figures[:count]).hits
    1000
    """
    if len(history) < LEAST_MONTHS:
        return None
    known = history[-MOST_MONTHS:]
    needed = target - actual
    hits = sum(sum(draw(known, months_left)) >= needed for _ in range(draws))
    return Reach(hits, draws, len(known))
