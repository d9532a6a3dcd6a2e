"""Shares of a whole under limits: proportional to the weights, no part below its floor or above its ceiling.

Water-filling: every part gets `level × weight`, cut to its limits, with the one level at which the parts add up.
Exact fractions throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.money import over_one_denominator

Limit = Fraction | None


class LimitsImpossible(ValueError):
    """No level satisfies the limits: the floors add up to more than the whole, or the ceilings to less.

    `side` is `floor` or `ceiling`, `total` what the binding limits add up to, `whole` what there is to share,
    `binding` the indexes that bind.
    """

    def __init__(self, side: str, whole: Fraction, total: Fraction, binding: tuple[int, ...]) -> None:
        super().__init__(f"{side}s add up to {total}, and there is {whole}")
        self.side = side
        self.whole = whole
        self.total = total
        self.binding = binding


def compute_shares(
    whole: Fraction, weights: Sequence[Fraction], floors: Sequence[Limit] = (), ceilings: Sequence[Limit] = ()
) -> list[Fraction]:
    """Split a whole by weights within limits. The shares add up to the whole exactly.

    Raises:
        LimitsImpossible: no shares within the limits add up to the whole.
        ValueError: a weight is negative, or they sum to zero.

    >>> [int(share) for share in compute_shares(Fraction(100), [Fraction(1)] * 4, [Fraction(40), None, None, None])]
    [40, 20, 20, 20]
    """
    parts, _ = over_one_denominator(weights)
    total = sum(parts)
    if total <= 0 or min(parts) < 0:
        raise ValueError("weights must not be negative and must sum to more than zero")
    above, below = whole.numerator, whole.denominator * total
    shares = [Fraction(above * part, below) for part in parts]
    low = list(floors) or [None] * len(weights)
    high = list(ceilings) or [None] * len(weights)
    if all(_cut(share, *limits) is share for share, limits in zip(shares, zip(low, high, strict=True), strict=True)):
        return shares  # no limit binds: the proportional shares are the only ones at one level
    _check_reach(whole, parts, low, high)
    level = _find_level(whole, parts, low, high)
    return [_cut(level * part, *limits) for part, limits in zip(parts, zip(low, high, strict=True), strict=True)]


def _cut(share: Fraction, low: Limit, high: Limit) -> Fraction:
    if low is not None and share < low:
        return low
    if high is not None and share > high:
        return high
    return share


def _check_reach(whole: Fraction, weights: Sequence[int], low: list[Limit], high: list[Limit]) -> None:
    """Compare the whole with the least and the most that the limits let through."""
    least = sum((limit for limit in low if limit is not None), Fraction(0))
    if least > whole:
        raise LimitsImpossible("floor", whole, least, tuple(i for i, limit in enumerate(low) if limit))
    most = [_most(weight, *limits) for weight, limits in zip(weights, zip(low, high, strict=True), strict=True)]
    if all(limit is not None for limit in most):
        total = sum((limit for limit in most if limit is not None), Fraction(0))
        if total < whole:
            raise LimitsImpossible("ceiling", whole, total, tuple(i for i, weight in enumerate(weights) if weight))


def _most(weight: int, low: Limit, high: Limit) -> Limit:
    """The most a part can take: without weight it takes its floor and no more."""
    return (low or Fraction(0)) if weight == 0 else high


def _find_level(whole: Fraction, weights: Sequence[int], low: list[Limit], high: list[Limit]) -> Fraction:
    """Walk up the levels at which a part leaves its floor or meets its ceiling; between two, the sum is linear."""
    events: list[tuple[Fraction, int, int]] = []
    fixed, slope = Fraction(0), 0
    for index, weight in enumerate(weights):
        floor, ceiling = low[index], high[index]
        fixed += floor or Fraction(0)
        if weight == 0:
            continue
        if floor:
            events.append((floor / weight, 0, index))
        else:
            slope += weight
        if ceiling is not None:
            events.append((ceiling / weight, 1, index))
    for level, kind, index in sorted(events):
        if fixed + slope * level >= whole:
            return (whole - fixed) / slope if slope else level
        limit = (high if kind else low)[index] or Fraction(0)
        slope += -weights[index] if kind else weights[index]
        fixed += limit if kind else -limit
    return (whole - fixed) / slope if slope else max((level for level, _, _ in events), default=Fraction(0))
