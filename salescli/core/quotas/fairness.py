"""Fairness of quotas among people: how unequal, whether they follow history and potential, how far growth spreads.

Among fewer than 12 people these figures say nothing, and there are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from salescli.core.analysis.concentration import compute_concentration
from salescli.core.quotas.sanity import median

FEWEST_PEOPLE = 12
_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class PersonQuota:
    """One person's quota with its own figure of the trailing 12 months and its potential, where they are known."""

    key: str
    team: str
    quota: Fraction
    history: Fraction | None = None
    potential: Fraction | None = None
    growth: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Fairness:
    """`gini` of the quotas; `by_history` and `by_potential` are Spearman's ρ, None of fewer than 12 pairs.

    `growth` is (lowest, lower quartile, median, upper quartile, highest); `per_head` the mean quota by team with how
    many people it is of.
    """

    people: int
    gini: Fraction | None
    by_history: Decimal | None
    by_potential: Decimal | None
    growth: tuple[Fraction, Fraction, Fraction, Fraction, Fraction] | None
    per_head: Mapping[str, tuple[Fraction, int]]


def compute_fairness(people: Sequence[PersonQuota]) -> Fairness | None:
    """Return the figures; None of fewer than 12 people."""
    if len(people) < FEWEST_PEOPLE:
        return None
    found = compute_concentration(one.quota for one in people)
    history = [(one.quota, one.history) for one in people if one.history is not None]
    potential = [(one.quota, one.potential) for one in people if one.potential is not None]
    growths = sorted(one.growth for one in people if one.growth is not None)
    teams: dict[str, list[Fraction]] = {}
    for one in people:
        teams.setdefault(one.team, []).append(one.quota)
    return Fairness(
        len(people),
        found.gini if found else None,
        spearman(history) if len(history) >= FEWEST_PEOPLE else None,
        spearman(potential) if len(potential) >= FEWEST_PEOPLE else None,
        _five(growths) if len(growths) >= FEWEST_PEOPLE else None,
        {team: (sum(quotas, Fraction(0)) / len(quotas), len(quotas)) for team, quotas in sorted(teams.items())},
    )


def spearman(pairs: Sequence[tuple[Fraction, Fraction]]) -> Decimal | None:
    """Return Spearman's rank correlation, cut to 4 decimals; ties share their mean rank. None of a constant.

    >>> spearman([(Fraction(1), Fraction(10)), (Fraction(2), Fraction(30)), (Fraction(3), Fraction(20))])
    Decimal('0.5000')
    """
    left, right = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    count = len(pairs)
    mean = Fraction(count + 1, 2)
    both = sum(((a - mean) * (b - mean) for a, b in zip(left, right, strict=True)), Fraction(0))
    own = [sum(((rank - mean) ** 2 for rank in ranks), Fraction(0)) for ranks in (left, right)]
    if not own[0] or not own[1]:
        return None
    square = both * both / (own[0] * own[1])
    scaled = isqrt(square.numerator * _SCALE * _SCALE // square.denominator)
    return Decimal(scaled if both >= 0 else -scaled).scaleb(-4)


def _ranks(values: Sequence[Fraction]) -> list[Fraction]:
    """Ranks from 1; equal values share the mean of their places."""
    places: dict[Fraction, list[int]] = {}
    for place, value in enumerate(sorted(values), 1):
        places.setdefault(value, []).append(place)
    return [Fraction(sum(places[value]), len(places[value])) for value in values]


def _five(ordered: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction, Fraction, Fraction]:
    """Quartiles as medians of the halves, the middle one left out of both where the number is odd."""
    half = len(ordered) // 2
    return ordered[0], median(ordered[:half]), median(ordered), median(ordered[-half:]), ordered[-1]
