"""ABC classes: which few make most of a total. Largest first, until 80 % is reached (A), then until 95 % (B)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

Grade = Literal["A", "B", "C"]
USUAL = (Fraction(80, 100), Fraction(95, 100))


def classify_abc(values: Sequence[Fraction | None], bounds: tuple[Fraction, Fraction] = USUAL) -> list[Grade | None]:
    """Return the class of each value; None where the value is unknown or nothing is positive.

    A value is A where those larger than it make less than the first bound of all that is positive: whichever crosses
    the bound still belongs above it, so the A values together always reach it. Equal values share a class. What is
    zero or negative is C, and counts in no sum.

    >>> classify_abc([Fraction(n) for n in (70, 15, 8, 5, 2, 0)])
    ['A', 'A', 'B', 'C', 'C', 'C']
    """
    positive = sorted((value for value in values if value is not None and value > 0), reverse=True)
    whole = sum(positive, Fraction(0))
    if not whole:
        return [None] * len(values)
    grades: dict[Fraction, Grade] = {}
    above = Fraction(0)
    for value in positive:
        if value not in grades:
            grades[value] = "A" if above < bounds[0] * whole else "B" if above < bounds[1] * whole else "C"
        above += value
    return [None if value is None else grades.get(value, "C") for value in values]
