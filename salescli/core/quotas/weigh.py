"""Weights of the parts of a whole by a blend of methods (D-1): w = Σ share × (weight by method ÷ its sum)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from salescli.core.money import over_one_denominator
from salescli.core.quotas.methods.model import Options, Part
from salescli.core.quotas.methods.registry import METHODS

NO_OPTIONS = Options()


class WeightsSumToZero(ValueError):
    """A method gives every part nothing, so there is nothing to split by."""

    def __init__(self, method: str) -> None:
        super().__init__(method)
        self.method = method


def compute_weights(
    blend: Sequence[tuple[str, Decimal]], parts: Sequence[Part], options: Options = NO_OPTIONS
) -> list[Fraction]:
    """Return the weight of each part; the weights sum to 1.

    Raises:
        WeightsSumToZero: one method of the blend finds no weight at all.

    >>> compute_weights([("weights", Decimal(1))], [Part("a", given=Fraction(3)), Part("b", given=Fraction(1))])
    [Fraction(3, 4), Fraction(1, 4)]
    """
    weights, under = [0] * len(parts), 1  # numerators, and what is under all of them
    for name, share in blend:
        if not share:
            continue
        found, _ = over_one_denominator(METHODS[name].weigh(parts, options))
        total = sum(found)
        if total == 0:
            raise WeightsSumToZero(name)
        above, below = share.as_integer_ratio()
        below *= total
        common = lcm(under, below)
        kept, taken = common // under, above * (common // below)
        weights = [weight * kept + each * taken for weight, each in zip(weights, found, strict=True)]
        under = common
    return [Fraction(weight, under) for weight in weights]
