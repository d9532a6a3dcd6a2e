"""Years and months in multiples of a rounding unit, with the rest kept by the largest share.

All amounts here are integers of the smallest currency amount. `unit` is the rounding unit in them. Where a rest is
larger than the share that has to keep it (a unit too coarse for so many parts), the smallest amount is the unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.money import largest_remainder, over_one_denominator
from salescli.core.quotas.carry import carry_units


@dataclass(frozen=True, slots=True)
class Years:
    """Rounded parts of one whole: `keeper` is the part that has the rest, `unit` the unit that was used."""

    parts: tuple[int, ...]
    keeper: int
    rest: int
    unit: int


@dataclass(frozen=True, slots=True)
class Months:
    """Rounded cells `[row][month]` and the unit that was used."""

    cells: tuple[tuple[int, ...], ...]
    unit: int


def round_years(exact: Sequence[Fraction], unit: int, may_keep: Sequence[bool] = ()) -> Years:
    """Round exact shares of a whole by largest remainder; ties go to the earlier part.

    Args:
        exact: shares that add up to a whole number.
        unit: the rounding unit.
        may_keep: which parts may take the rest that is smaller than the unit; all where empty or none may.

    >>> round_years([Fraction(1000), Fraction(500)], 400).parts
    (1100, 400)
    """
    shares, under = over_one_denominator(exact)
    whole = sum(shares) // under
    rest = whole % unit
    keeper = _largest(shares, may_keep)
    if shares[keeper] < rest * under:
        return round_years(exact, 1, may_keep)
    shares[keeper] -= rest * under
    parts = [part * unit for part in largest_remainder(whole // unit, shares)] if whole // unit else [0] * len(shares)
    parts[keeper] += rest
    return Years(tuple(parts), keeper, rest, unit)


def spread_years(years: Sequence[int], columns: Sequence[int], unit: int, keeper: int) -> Months:
    """Spread rounded years over months whose totals are given: rows and columns both add up.

    Every cell is within one unit of year × column ÷ whole. Rows other than the keeper's are multiples of the unit.
    """
    whole = sum(columns)
    if whole == 0:
        return Months(tuple((0,) * len(columns) for _ in years), unit)
    rests = [column % unit for column in columns]
    table = [[year * column for column in columns] for year in years]
    table[keeper] = [value - rest * whole for value, rest in zip(table[keeper], rests, strict=True)]
    if min(table[keeper]) < 0 or any(year % unit for row, year in enumerate(years) if row != keeper):
        return spread_years(years, columns, 1, keeper)
    return _rounded(table, whole * unit, columns, rests, unit, keeper)


def spread_shares(exact: Sequence[Sequence[Fraction]], unit: int) -> Months:
    """Round a table of exact shares whose columns add up to whole numbers.

    Every column keeps its total, every row ends within one unit of its exact total. The rests of all months stay
    with one row: the largest that has at least the rest in each month.
    """
    cells, common = over_one_denominator([cell for row in exact for cell in row])
    width = len(exact[0]) if exact else 0
    table = [cells[start : start + width] for start in range(0, len(cells), width or 1)]
    columns = [sum(column) // common for column in zip(*table, strict=True)]
    rests = [column % unit for column in columns]
    able = [all(cell >= rest * common for cell, rest in zip(row, rests, strict=True)) for row in table]
    if not any(able):
        return spread_shares(exact, 1)
    keeper = _largest([sum(row) for row in table], able)
    table[keeper] = [value - rest * common for value, rest in zip(table[keeper], rests, strict=True)]
    return _rounded(table, common * unit, columns, rests, unit, keeper)


def cumulative(amounts: Sequence[int], rate: Fraction) -> list[int]:
    """Scale a row of amounts so that every running total is the rounded scaled running total.

    >>> cumulative([101, 101, 101], Fraction(105, 100))
    [106, 106, 106]
    """
    scaled, before, running = [], 0, 0
    for amount in amounts:
        running += amount
        upto = round_half(running * rate)
        scaled.append(upto - before)
        before = upto
    return scaled


def round_half(value: Fraction) -> int:
    """Round to a whole number, half away from zero."""
    return round_ratio(value.numerator, value.denominator)


def round_ratio(above: int, below: int) -> int:
    """Round `above ÷ below` to a whole number, half away from zero; `below` is more than zero.

    >>> [round_ratio(5, 2), round_ratio(-5, 2), round_ratio(12, 5)]
    [3, -3, 2]
    """
    whole = (2 * abs(above) + below) // (2 * below)
    return whole if above >= 0 else -whole


def _rounded(
    table: list[list[int]], denominator: int, columns: Sequence[int], rests: list[int], unit: int, keeper: int
) -> Months:
    units = [(column - rest) // unit for column, rest in zip(columns, rests, strict=True)]
    cells = [[value * unit for value in row] for row in carry_units(table, denominator, units)]
    cells[keeper] = [value + rest for value, rest in zip(cells[keeper], rests, strict=True)]
    return Months(tuple(map(tuple, cells)), unit)


def _largest(shares: Sequence[int], may: Sequence[bool]) -> int:
    allowed = [index for index, may_keep in enumerate(may) if may_keep] or range(len(shares))
    return max(allowed, key=lambda index: (shares[index], -index))
