"""Velocity: what the pipeline is worth per day, from four factors of one window.

Open qualified deals x win rate x average won value / average days of a won cycle. Open deals are those of the last day;
the win rate, the value and the days are those of deals that closed in the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.funnel.cohort import Amounts, add_amounts
from salescli.core.funnel.model import Process
from salescli.core.funnel.path import Path
from salescli.core.funnel.rates import has_left_first
from salescli.core.periods import Period


@dataclass(frozen=True, slots=True)
class Velocity:
    """The factors, each with what it is made of; `valued` won deals say an amount, `timed` ones tell their days."""

    open: tuple[Path, ...]
    won: tuple[Path, ...]
    closed: int
    amounts: Amounts  # of won deals
    valued: int
    days: int
    timed: int

    def average_e4(self, currency: str) -> Fraction | None:
        """Return the average won value; of several currencies each is a part of it, and the parts are not added."""
        return Fraction(self.amounts.get(currency, 0), self.valued) if self.valued else None

    def per_day_e4(self, currency: str) -> Fraction | None:
        """Return the velocity in ten-thousandths per day; None where a factor is not known, or nothing took a day."""
        average = self.average_e4(currency)
        if average is None or not self.closed or not self.days:
            return None
        return len(self.open) * Fraction(len(self.won), self.closed) * average * Fraction(self.timed, self.days)


def compute_velocity(paths: Sequence[Path], process: Process, window: Period) -> Velocity:
    """Take the factors of a window from deals as they were on its last day."""
    closed = [
        path
        for path in paths
        if path.history.outcome != "open" and path.history.ended is not None and path.history.ended in window
    ]
    won = tuple(path for path in closed if path.history.outcome == "won")
    cycles = [path.history.cycle for path in won if path.history.cycle is not None]
    return Velocity(
        tuple(path for path in paths if path.history.outcome == "open" and has_left_first(path, process)),
        won,
        len(closed),
        add_amounts((path.history.facts.currency, path.won_amount) for path in won),
        sum(path.won_amount is not None for path in won),
        sum(cycles),
        len(cycles),
    )
