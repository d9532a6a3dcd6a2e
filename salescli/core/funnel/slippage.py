"""Slippage: how often and how far the expected close of deals moved, and what of a period's commitments was pushed out.

What a deal said of its expected close is read from every version of its record. Only what it said while it was open is
a promise; a day repeated is one saying. A push moves the day later, a pull earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from salescli.core.funnel.model import History
from salescli.core.periods import Period

Fate = Literal["won", "lost", "pending", "pushed"]


@dataclass(frozen=True, slots=True)
class Saying:
    """One version of a deal: when it was to close, what it was worth, and whether it was open then."""

    batch: int
    expected: date | None
    amount_e4: int | None = None
    is_open: bool = True
    source: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What a deal promised over time, in order: the sayings of which each names another day than the one before."""

    history: History
    sayings: tuple[Saying, ...]

    @property
    def moves(self) -> list[int]:
        """Days from each expected close to the next: later ones are pushes, earlier ones pulls."""
        days = [each.expected for each in self.sayings if each.expected is not None]
        return [(after - before).days for before, after in pairwise(days)]

    @property
    def pushes(self) -> list[int]:
        """Days of each push."""
        return [days for days in self.moves if days > 0]

    def committed(self, period: Period | None) -> Saying | None:
        """Return the first saying that promised the deal for a period; without one, the first of all."""
        return next((each for each in self.sayings if period is None or _day(each) in period), None)

    def fate(self, period: Period) -> Fate:
        """Return what became of a deal that was promised for a period.

        Won or lost by the end of the period; pushed: it was to close later when it last said so; else pending.
        """
        history = self.history
        is_over = history.ended is None or history.ended < period.end
        if history.outcome == "won" and is_over:
            return "won"
        if history.outcome == "lost" and is_over:
            return "lost"
        return "pushed" if history.outcome != "open" or _day(self.sayings[-1]) >= period.end else "pending"


def _day(saying: Saying) -> date:
    assert saying.expected is not None
    return saying.expected


def trace_promise(history: History, said: Iterable[Saying]) -> Promise | None:
    """Return the promises of a deal; None where it never said a day while it was open."""
    kept: list[Saying] = []
    for each in sorted(said, key=lambda one: one.batch):
        if each.is_open and each.expected is not None and (not kept or kept[-1].expected != each.expected):
            kept.append(each)
    return Promise(history, tuple(kept)) if kept else None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A deal promised for a period: what it was worth when it first was, and what became of it."""

    promise: Promise
    amount_e4: int | None
    fate: Fate | None  # None where no period is asked

    @property
    def currency(self) -> str:
        """The currency of the deal."""
        return self.promise.history.facts.currency


def compute_slippage(promises: Iterable[Promise], period: Period | None = None) -> list[Commitment]:
    """Return the deals promised for a period, or ever, with what became of each."""
    found = []
    for each in promises:
        first = each.committed(period)
        if first is not None:
            worth = first.amount_e4 if first.amount_e4 is not None else each.history.amount_e4
            found.append(Commitment(each, worth, each.fate(period) if period is not None else None))
    return found


@dataclass(frozen=True, slots=True)
class Pushes:
    """Pushes in sum: how many, of how many deals, by how many days."""

    deals: int
    pushed_deals: int
    count: int
    days: int
    longest: int | None
    pulls: int


def count_pushes(found: Sequence[Commitment]) -> Pushes:
    """Add up the moves of expected closes."""
    pushes = [days for each in found for days in each.promise.pushes]
    pulls = sum(days < 0 for each in found for days in each.promise.moves)
    moved = sum(bool(each.promise.pushes) for each in found)
    return Pushes(len(found), moved, len(pushes), sum(pushes), max(pushes, default=None), pulls)
