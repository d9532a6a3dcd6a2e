"""Pipeline: by the open deals of a person or team, weighted by the probability of their stage."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.quotas.methods.model import Method, Options, Part
from salescli.core.title import Title


def weigh(parts: Sequence[Part], options: Options) -> list[Fraction]:
    """Weigh each part by its open pipeline; without any it weighs nothing."""
    return [max(part.pipeline or Fraction(0), Fraction(0)) for part in parts]


METHOD = Method("pipeline", Title("在手商机", "open pipeline"), frozenset({"teams", "people"}), weigh)
