"""Attainment of what does not add up: rates, averages, counts of different things. Nothing of it is ever summed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from salescli.core.money import to_decimal
from salescli.core.quotas.attainment import Attainment, Clock, MonthTarget
from salescli.core.table import Ratio

PLACES = 12  # of a quotient that does not end
How = Literal["none", "same", "weighted", "unknown"]
Figure = Decimal | Ratio | None


class RatioTarget(NamedTuple):
    """The target of a period, and how it follows from those of its months."""

    amount: Decimal | None
    how: How


def compute_ratio_target(months: Sequence[MonthTarget], weights: Mapping[str, Decimal]) -> RatioTarget:
    """Return the target of a period of what does not add up.

    Months that ask for the same ask for it together. Else each counts by its denominator, the cases that it had: months
    that are each just as asked make exactly this rate of the whole. Where no month has one, there is no target.

    Args:
        months: the targets of the months.
        weights: the denominators, by label of the month (`2026-03`).

    >>> from datetime import date
    >>> march = MonthTarget(date(2026, 3, 1), date(2026, 4, 1), Decimal("0.2"))
    >>> april = MonthTarget(date(2026, 4, 1), date(2026, 5, 1), Decimal("0.5"))
    >>> compute_ratio_target([march, april], {"2026-03": Decimal(20), "2026-04": Decimal(10)})
    RatioTarget(amount=Decimal('0.3'), how='weighted')
    """
    if not months:
        return RatioTarget(None, "none")
    if len({month.amount for month in months}) == 1:
        return RatioTarget(months[0].amount, "same")
    pairs = [(Fraction(weights.get(f"{month.start:%Y-%m}", Decimal(0))), Fraction(month.amount)) for month in months]
    cases = sum((weight for weight, _ in pairs), Fraction(0))
    if cases <= 0:
        return RatioTarget(None, "unknown")
    return RatioTarget(to_decimal(sum((w * a for w, a in pairs), Fraction(0)) / cases, PLACES), "weighted")


def compute_ratio_attainment(figure: Figure, target: Decimal | None, clock: Clock) -> Attainment:
    """Return a holder's standing in what does not add up: no pace, nothing to go, no rate to carry to the end."""
    exact = figure.exact() if isinstance(figure, Ratio) else None if figure is None else Fraction(figure)
    rate = figure if isinstance(figure, Ratio) else Ratio(0, 0) if figure is None else None
    actual = Decimal(0) if exact is None else to_decimal(exact, PLACES)
    if not target:
        return Attainment(actual, None, None, None, None, None, None, None, clock, rate)
    if exact is None:
        return Attainment(actual, target, None, None, None, None, None, None, clock, rate)
    reached, variance = exact / Fraction(target), to_decimal(exact - Fraction(target), PLACES)
    attainment = Ratio(reached.numerator, reached.denominator)
    return Attainment(actual, target, attainment, variance, None, None, None, None, clock, rate)


def add_ratios(figures: Sequence[Figure]) -> Figure:
    """Return the figure of several groups together: a ratio of sums; what has no parts cannot be told from groups."""
    if len(figures) == 1:
        return figures[0]
    parts = [one for one in figures if isinstance(one, Ratio)]
    if not parts or len(parts) < len(figures):
        return None
    above = sum((Fraction(one.numerator) for one in parts), Fraction(0))
    below = sum((Fraction(one.denominator) for one in parts), Fraction(0))
    return Ratio(to_decimal(above, PLACES), to_decimal(below, PLACES))
