"""Exact money: the only module that rounds, splits a whole, or crosses between Decimal and stored integers.

An amount in Python is a `Decimal` of the currency unit. Stored, it is an `int` count of ten-thousandths (`_e4`).
A float never enters arithmetic; one that came out of a spreadsheet passes `from_float` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, DecimalTuple
from fractions import Fraction
from math import lcm

E4 = 10_000
MILLION = 1_000_000
CENT = Decimal("0.01")
SMALLEST = Decimal("0.0001")
Exact = Decimal | Fraction | int

# Nothing here reads the ambient decimal context. 60 digits hold every sum of stored amounts exactly.
CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)


class FinerThanStored(ValueError):
    """An amount has digits below 0.0001 that are not binary noise."""


def to_e4(amount: Decimal) -> int:
    """Return the stored integer of an exact amount.

    Raises:
        FinerThanStored: the amount is not a whole number of ten-thousandths.

    >>> to_e4(Decimal("12.5"))
    125000
    """
    scaled = CONTEXT.multiply(amount, Decimal(E4))
    whole = scaled.to_integral_value(rounding=ROUND_DOWN)
    if whole != scaled:
        raise FinerThanStored(str(amount))
    return int(whole)


def from_e4(stored: int) -> Decimal:
    """Return the amount of a stored integer, with at least two decimals.

    >>> from_e4(125000)
    Decimal('12.50')
    """
    amount = Decimal(stored).scaleb(-4, CONTEXT)
    return amount.quantize(CENT, context=CONTEXT) if stored % 100 == 0 else amount


def from_float(number: float) -> Decimal:
    """Return the amount a spreadsheet cell means: its shortest text, freed of binary noise.

    The text is snapped to the nearest ten-thousandth when it is within 1e-9 of it (relative above a million);
    anything truly finer keeps its digits, and `to_e4` refuses it.

    >>> from_float(125.43999999999998)
    Decimal('125.4400')
    """
    exact = Decimal(repr(number))
    if exact.adjusted() >= 30:
        return exact  # beyond any noise, and beyond what is stored
    nearest = exact.quantize(SMALLEST, rounding=ROUND_HALF_UP, context=CONTEXT)
    allowed = CONTEXT.multiply(Decimal("1e-9"), max(Decimal(1), CONTEXT.divide(abs(exact), Decimal(MILLION))))
    return nearest if abs(CONTEXT.subtract(exact, nearest)) <= allowed else exact


def round_half_away(amount: Exact, unit: Decimal = CENT) -> Decimal:
    """Round an exact amount to a multiple of `unit`, half away from zero.

    >>> round_half_away(Decimal("1.005")), round_half_away(Decimal("-1.005"))
    (Decimal('1.01'), Decimal('-1.01'))
    """
    return CONTEXT.multiply(Decimal(units_half_away(Fraction(amount), Fraction(unit))), unit)


def units_half_away(amount: Fraction, unit: Fraction) -> int:
    """Return how many whole units an exact amount rounds to, half away from zero.

    >>> units_half_away(Fraction(201, 200), Fraction(1, 100))
    101
    """
    numerator = amount.numerator * unit.denominator
    denominator = amount.denominator * unit.numerator
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def allocate(whole: int, weights: Sequence[Exact]) -> list[int]:
    """Split an integer by weights of either sign: floors, then the largest fractions; ties go to the earlier part.

    Unlike `largest_remainder` it serves lines among which there are refunds; the parts add up to the whole, always.

    Raises:
        ValueError: the weights sum to zero while there is something to split.

    >>> allocate(100, [3, -1])
    [150, -50]
    """
    shares, _ = over_one_denominator(weights)
    total = sum(shares)
    if total == 0:
        if whole:
            raise ValueError("the weights sum to zero")
        return [0] * len(weights)
    if total < 0:
        shares, total = [-share for share in shares], -total
    cut = [divmod(whole * share, total) for share in shares]
    parts = [floor for floor, _ in cut]
    order = sorted(range(len(parts)), key=lambda index: (-cut[index][1], index))
    for index in order[: whole - sum(parts)]:
        parts[index] += 1
    return parts


def over_one_denominator(values: Sequence[Exact]) -> tuple[list[int], int]:
    """Return exact values as integers over one denominator: many sums and comparisons then cost next to nothing.

    >>> over_one_denominator([Fraction(1, 2), Decimal("0.2"), 3])
    ([5, 2, 30], 10)
    """
    ratios = [value.as_integer_ratio() for value in values]
    common = lcm(*{below for _, below in ratios})
    return [above * (common // below) for above, below in ratios], common


def largest_remainder(whole: int, weights: Sequence[Exact]) -> list[int]:
    """Split an integer by weights: floors, then the largest fractions; ties go to the earlier part.

    The parts add up to the whole, always. A negative whole is the exact negative of its reversal.

    Raises:
        ValueError: a weight is negative, or they sum to zero while there is something to split.

    >>> largest_remainder(100, [1, 1, 1])
    [34, 33, 33]
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is negative")
    if whole < 0:
        return [-part for part in largest_remainder(-whole, weights)]
    return allocate(whole, weights)


def apportion(values: Sequence[Fraction]) -> list[int]:
    """Round exact values of either sign to integers that add up to their rounded sum.

    Floors, then one more for the largest fractions; ties go to the earlier value. What is whole stays as it is.

    >>> apportion([Fraction(1, 3)] * 3 + [Fraction(-5)])
    [1, 0, 0, -5]
    """
    parts = [value.numerator // value.denominator for value in values]
    whole = units_half_away(sum(values, Fraction(0)), Fraction(1))
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - values[index], index))
    for index in order[: whole - sum(parts)]:
        parts[index] += 1
    return parts


def part(amount: int, upto: int) -> int:
    """Return what belongs to the first `upto` millionths of a stored amount (truncated toward zero).

    The same formula stands in SQL. Shares are differences of it, so they add up for any split, and the part of
    a reversal is exactly the negative.

    >>> part(100, 333333), part(-100, 333333)
    (33, -33)
    """
    quotient, rest = divmod(abs(amount), MILLION)
    value = quotient * upto + rest * upto // MILLION
    return value if amount >= 0 else -value


def share(amount: int, share_from: int, share_to: int) -> int:
    """Return the credit of the interval `[share_from, share_to)` in millionths of a stored amount."""
    return part(amount, share_to) - part(amount, share_from)


def round_off_bounds(value: Exact, bounds: Iterable[Exact], places: int = 2) -> Decimal:
    """Round for showing, half away from zero, but never onto or over a bound that the exact value has not reached.

    Where a bound is nearer than a unit of the last place, more places are shown.

    >>> round_off_bounds(Fraction(84999, 1000), [Fraction(85)]), round_off_bounds(Fraction(85), [Fraction(85)])
    (Decimal('84.99'), Decimal('85.00'))
    """
    exact, marks = Fraction(value), [Fraction(bound) for bound in bounds]
    for digits in range(places, places + 12):
        unit = Decimal(1).scaleb(-digits, CONTEXT)
        step = Fraction(unit)
        count = units_half_away(exact, step)
        for mark in marks:
            if exact < mark <= count * step:
                count = -(-mark // step) - 1
            elif count * step <= mark < exact:
                count = mark // step + 1
        keeps = all((exact > mark) == (count * step > mark) for mark in marks if exact != mark)
        if keeps and abs(count * step - exact) < step:
            break
    return CONTEXT.multiply(Decimal(count), unit)


WHOLE_CURRENCIES = frozenset({"CLP", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "XAF", "XOF", "XPF"})
"""Currencies of business that have no decimals."""


def smallest_amount(currency: str) -> Decimal:
    """Return the smallest amount of a currency: 0.01, or 1 where it has no decimals.

    >>> smallest_amount("CNY"), smallest_amount("JPY")
    (Decimal('0.01'), Decimal('1'))
    """
    return Decimal(1) if currency in WHOLE_CURRENCIES else CENT


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add amounts exactly.

    >>> total([Decimal("0.1")] * 3)
    Decimal('0.3')
    """
    found = Decimal(0)
    for amount in amounts:
        found = CONTEXT.add(found, amount)
    return found


def decimal_places(number: Decimal) -> int:
    """Return how many digits stand after the point."""
    parts: DecimalTuple = number.as_tuple()
    return max(0, -int(parts.exponent))


def to_decimal(value: Exact, places: int = 28) -> Decimal:
    """Return a Fraction as a Decimal of at most `places` decimals, for showing; exact where it terminates."""
    if isinstance(value, Decimal):
        return value
    above, below = value.as_integer_ratio()
    number = CONTEXT.divide(Decimal(above), Decimal(below))
    if below != 1 and decimal_places(number) > places:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=CONTEXT)
    return number
