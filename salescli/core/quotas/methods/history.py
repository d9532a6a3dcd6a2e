"""Trailing share: by each part's own figure of the base window.

A part without history weighs the median of the others, or nothing, as the policy says. A figure below zero (more
refunds than sales) weighs nothing: a share cannot be negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.quotas.methods.model import Method, Options, Part
from salescli.core.title import Title


def weigh(parts: Sequence[Part], options: Options) -> list[Fraction]:
    """Weigh each part by its history.

    >>> weigh([Part("a", Fraction(3)), Part("b", Fraction(1)), Part("c")], Options("team-median"))
    [Fraction(3, 1), Fraction(1, 1), Fraction(2, 1)]
    """
    known = sorted(max(part.history, Fraction(0)) for part in parts if part.history is not None)
    blank = _median(known) if options.without_history == "team-median" else Fraction(0)
    return [blank if part.history is None else max(part.history, Fraction(0)) for part in parts]


def _median(ordered: list[Fraction]) -> Fraction:
    """Where nobody has a history, everybody weighs the same."""
    if not ordered:
        return Fraction(1)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


METHOD = Method("history", Title("历史占比", "share of history"), frozenset({"teams", "people"}), weigh)
