"""What to do with a product: grow, improve or retire it, by its class, its growth and its margin."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from salescli.core.analysis.abc import Grade
from salescli.core.analysis.growth import Phase

Verdict = Literal["grow", "improve", "retire"]


def judge_product(grade: Grade | None, phase: Phase | None, margin: Fraction | None, floor: Fraction) -> Verdict | None:
    """Return what to do with a product; None where nothing stands out.

    Three marks speak against it: class C, falling, a margin below the floor. All three retire it, two improve it. To
    grow is what grows and does not lie below the floor. A margin that nobody knows is no mark: nothing is then retired.

    >>> judge_product("C", "falling", Fraction(5, 100), Fraction(10, 100))
    'retire'
    """
    is_low = margin is not None and margin < floor
    marks = (grade == "C") + (phase in ("falling", "ended")) + is_low
    if marks == 3:
        return "retire"
    if marks == 2:
        return "improve"
    return "grow" if phase == "growing" and not is_low else None
