"""Targets of ratios (win rate, margin): the parent's against its children weighted, never summed.

A ratio of a whole is the mean of the ratios of its parts, each weighted by its denominator. The denominators of a year
to come are not known; those of the trailing 12 months stand for them, and are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from salescli.core.quotas.reconcile import Held, Kind, nearest_above

BAND = Fraction(1, 100)
"""How far the weighted mean may be from the parent's target, as a share of it: denominators move."""


class Weighed(NamedTuple):
    """One child: its key, its target and its weight; None where nothing is known of its denominator."""

    key: str
    target: Decimal
    weight: Fraction | None


@dataclass(frozen=True, slots=True)
class RatioLine:
    """A parent's ratio in the months that say the same, and its children's; `mean` is None without any weight."""

    metric: str
    level: str
    kind: Kind
    team: str
    months: tuple[str, ...]
    target: Decimal
    children: tuple[Weighed, ...]

    @property
    def mean(self) -> Fraction | None:
        """The children's targets weighted by their denominators."""
        weighed = [(Fraction(one.target), one.weight) for one in self.children if one.weight is not None]
        whole = sum((weight for _, weight in weighed), Fraction(0))
        return sum((target * weight for target, weight in weighed), Fraction(0)) / whole if whole else None

    @property
    def is_right(self) -> bool:
        """Tell whether the mean is near the parent's target; without weights nothing can be said."""
        mean, target = self.mean, Fraction(self.target)
        return mean is None or abs(mean - target) <= BAND * abs(target)


def compute_ratios(
    held: Iterable[Held],
    parents: Mapping[str, str],
    team_weights: Mapping[tuple[str, str], Fraction],
    person_weights: Mapping[tuple[str, str], Fraction],
) -> list[RatioLine]:
    """Compare every parent's ratio with its children's, month by month; equal months are one line.

    Args:
        held: targets in force of ratio metrics.
        parents: the team above each team.
        team_weights: the denominator of (metric, team) over the trailing 12 months.
        person_weights: the denominator of (metric, person).
    """
    cells: dict[tuple[str, str, str], list[Held]] = {}
    for one in held:
        cells.setdefault((one.leaf.metric, one.leaf.level, one.leaf.month), []).append(one)
    found: dict[RatioLine, list[str]] = {}
    for (metric, level, month), members in sorted(cells.items()):
        teams = {one.leaf.team: one.leaf.amount for one in members if one.leaf.holder == "team"}
        company = [one.leaf.amount for one in members if one.leaf.holder == "company"]
        above = {team: nearest_above(team, parents, teams) for team in teams}
        for team, target in [*(("", amount) for amount in company[:1]), *sorted(teams.items())]:
            below = [
                Weighed(key, amount, team_weights.get((metric, key)))
                for key, amount in sorted(teams.items())
                if above[key] == team
            ]
            kind: Kind = "sub-teams" if team else "teams"
            if team and not below:
                kind, below = (
                    "people",
                    [
                        Weighed(one.leaf.holder_key, one.leaf.amount, person_weights.get((metric, one.leaf.holder_key)))
                        for one in sorted(members, key=lambda each: each.leaf.holder_key)
                        if one.leaf.holder == "person" and one.leaf.team == team
                    ],
                )
            if below:
                line = RatioLine(metric, level, kind, team, (), target, tuple(below))
                found.setdefault(line, []).append(month)
    return [
        RatioLine(line.metric, line.level, line.kind, line.team, tuple(months), line.target, line.children)
        for line, months in found.items()
    ]
