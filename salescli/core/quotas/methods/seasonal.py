"""Months by their seasonal index (`core.quotas.season` computes it)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.quotas.methods.model import Method, Options, Part
from salescli.core.title import Title


def weigh(parts: Sequence[Part], options: Options) -> list[Fraction]:
    """Weigh each month by its index."""
    return [part.season or Fraction(0) for part in parts]


METHOD = Method("seasonal", Title("季节指数", "seasonal index"), frozenset({"months"}), weigh)
