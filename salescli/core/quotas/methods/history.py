"""Trailing share: by each part's own figure of the base window.

A part without history weighs the median of the others, or nothing, as the policy says. A figure below zero (more
refunds than sales) weighs nothing: a share cannot be negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.money import over_one_denominator
from salescli.core.quotas.methods.model import Method, Options, Part
from salescli.core.title import Title

NOTHING = Fraction(0)


def weigh(parts: Sequence[Part], options: Options) -> list[Fraction]:
    """Weigh each part by its history.

    >>> weigh([Part("a", Fraction(3)), Part("b", Fraction(1)), Part("c")], Options("team-median"))
    [Fraction(3, 1), Fraction(1, 1), Fraction(2, 1)]
    """
    given = [part.history for part in parts if part.history is not None]
    counts, unit = over_one_denominator(given)
    known = [max(count, 0) for count in counts]
    blank = _median(known, unit) if options.without_history == "team-median" else NOTHING
    own = iter(known)
    return [blank if part.history is None else Fraction(next(own), unit) for part in parts]


def _median(counts: list[int], unit: int) -> Fraction:
    """Where nobody has a history, everybody weighs the same."""
    if not counts:
        return Fraction(1)
    ordered, middle = sorted(counts), len(counts) // 2
    twice = 2 * ordered[middle] if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]
    return Fraction(twice, 2 * unit)


METHOD = Method("history", Title("历史占比", "share of history"), frozenset({"teams", "people"}), weigh)
