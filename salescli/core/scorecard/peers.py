"""One person beside peers: what is stronger and what is weaker than the median, where there are enough of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from salescli.core.scorecard.result import PersonScore

FEWEST = 5
"""With fewer people a median says more about the others than about the person."""

MOST = 3
Basis = Literal["team", "everyone", "too-few", "no-total"]


@dataclass(frozen=True, slots=True)
class KpiBeside:
    """A KPI's score beside the median of the peers who have one; `points` is what the difference does to the total."""

    kpi: str
    median: Fraction
    difference: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Beside:
    """A person beside peers: who they are, how many, and each KPI that can be compared."""

    basis: Basis
    count: int
    kpis: tuple[KpiBeside, ...] = ()

    @property
    def strengths(self) -> tuple[KpiBeside, ...]:
        """The three KPIs that lift the total most above the median."""
        found = sorted((one for one in self.kpis if one.points > 0), key=lambda one: -one.points)
        return tuple(found[:MOST])

    @property
    def gaps(self) -> tuple[KpiBeside, ...]:
        """The three KPIs that pull the total furthest below the median."""
        found = sorted((one for one in self.kpis if one.points < 0), key=lambda one: one.points)
        return tuple(found[:MOST])

    def of(self, kpi: str) -> KpiBeside | None:
        """Return one KPI's comparison, or None."""
        return next((one for one in self.kpis if one.kpi == kpi), None)


def compare_with_peers(me: PersonScore, everyone: Iterable[PersonScore]) -> Beside:
    """Compare with the team, or with everyone on the scorecard where the team has fewer than five with a total.

    The person is one of the peers. With fewer than five in all nothing is compared.
    """
    scored = [one for one in everyone if one.total is not None]
    if me.total is None:
        return Beside("no-total", len(scored))
    team = [one for one in scored if one.team == me.team and me.team is not None]
    basis: Basis = "team" if len(team) >= FEWEST else "everyone"
    peers = team if basis == "team" else scored
    if len(peers) < FEWEST:
        return Beside("too-few", len(peers))
    found = []
    for mine in me.kpis:
        values = [score for one in peers if (score := one.kpi(mine.kpi).score) is not None]
        if mine.score is None or len(values) < FEWEST:
            continue
        middle = median(values)
        difference = mine.score - middle
        found.append(KpiBeside(mine.kpi, middle, difference, difference * mine.weight))
    return Beside(basis, len(peers), tuple(found))


def median(values: Sequence[Fraction]) -> Fraction:
    """Return the middle value; of an even number, the mean of the two in the middle.

    >>> median([Fraction(3), Fraction(1), Fraction(2), Fraction(10)])
    Fraction(5, 2)
    """
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
