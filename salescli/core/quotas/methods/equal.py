"""Equal parts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.quotas.methods.model import Method, Options, Part
from salescli.core.title import Title


def weigh(parts: Sequence[Part], options: Options) -> list[Fraction]:
    """Weigh every part the same."""
    return [Fraction(1)] * len(parts)


METHOD = Method("equal", Title("平均", "equal parts"), frozenset({"teams", "people", "months"}), weigh)
