"""Capacity: by what a person or team can bring in the year (`core.quotas.capacity` computes it).

A team weighs the sum of its seats: days in seat × ramp factor. A person's days in seat count in every method, so
that here a person weighs the mean ramp factor of those days.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from salescli.core.quotas.methods.model import Method, Options, Part
from salescli.core.title import Title


def weigh(parts: Sequence[Part], options: Options) -> list[Fraction]:
    """Weigh each part by its capacity."""
    return [part.capacity or Fraction(0) for part in parts]


METHOD = Method("capacity", Title("人员产能", "productive capacity"), frozenset({"teams", "people"}), weigh)
