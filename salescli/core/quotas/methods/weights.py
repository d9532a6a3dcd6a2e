"""Weights that the policy gives by key; a part without one weighs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.quotas.methods.model import Method, Options, Part
from salescli.core.title import Title


def weigh(parts: Sequence[Part], options: Options) -> list[Fraction]:
    """Weigh each part as given."""
    return [part.given or Fraction(0) for part in parts]


METHOD = Method("weights", Title("权重", "given weights"), frozenset({"teams", "people", "months"}), weigh)
