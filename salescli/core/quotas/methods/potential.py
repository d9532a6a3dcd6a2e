"""Potential: by what the customers of a person or team may buy. Without any, a part weighs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.quotas.methods.model import Method, Options, Part
from salescli.core.title import Title


def weigh(parts: Sequence[Part], options: Options) -> list[Fraction]:
    """Weigh each part by its potential."""
    return [max(part.potential or Fraction(0), Fraction(0)) for part in parts]


METHOD = Method("potential", Title("客户潜力", "customer potential"), frozenset({"teams", "people"}), weigh)
