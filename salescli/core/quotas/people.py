"""The people of one team: exact shares of its street total by month, then rounded, then relieved by the ramp.

A team whose members are there all year and have no fixed figure is split by the year: shares, limits, rounding,
and then each year is spread over the months. Otherwise the exact share of every month is laid out first (days in
seat, fixed figures) and the table is rounded as a whole. Amounts are integers of the smallest currency amount.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from salescli.core.quotas.fill import Limit, compute_shares
from salescli.core.quotas.grid import round_half, round_years, spread_shares, spread_years

ALL = Fraction(1)


@dataclass(frozen=True, slots=True)
class Row:
    """One member as the split sees it: weight, presence by month (0 to 1), limits, fixed figures by month.

    `keeps_year` tells that the rest of a fixed figure stays in the member's own year instead of going to the team.
    """

    weight: Fraction
    presence: tuple[Fraction, ...]
    floor: Limit = None
    ceiling: Limit = None
    fixed: Mapping[int, int] = field(default_factory=dict)
    keeps_year: bool = False

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing about the member changes from month to month."""
        return not self.fixed and self.presence.count(ALL) == len(self.presence)


@dataclass(frozen=True, slots=True)
class Split:
    """What each member gets: exact shares, shares within limits, exact totals, rounded cells.

    `nobody` is what no member can be given, by month (nobody in seat). `keeper` has `rest`, what is smaller than
    the unit; -1 where the table was rounded as a whole. `unit` is the unit that was used for months.
    """

    shares: tuple[Fraction, ...]
    limited: tuple[Fraction, ...]
    exact: tuple[Fraction, ...]
    cells: tuple[tuple[int, ...], ...]
    nobody: tuple[int, ...]
    unit: int
    keeper: int = -1
    rest: int = 0


class FixedTooLarge(ValueError):
    """Fixed figures and limits leave less than nothing: of a member's year (`row`), or of a month for the others."""

    def __init__(self, row: int, month: int, over: Fraction) -> None:
        super().__init__(f"over by {over}")
        self.row = row
        self.month = month
        self.over = over


def split_people(columns: Sequence[int], rows: Sequence[Row], unit: int) -> Split:
    """Split a team's street months among its members.

    Args:
        columns: the team's street total of each month.
        rows: the members, ordered by key (ties go to the earlier).
        unit: the rounding unit.

    Raises:
        LimitsImpossible: the limits leave no solution.
        FixedTooLarge: fixed figures are more than there is.
    """
    if sum(columns) and rows and all(row.is_plain for row in rows) and any(row.weight for row in rows):
        return _split_plain(columns, rows, unit)
    return _split_by_month(columns, rows, unit)


def _split_plain(columns: Sequence[int], rows: Sequence[Row], unit: int) -> Split:
    whole = Fraction(sum(columns))
    weights = [row.weight for row in rows]
    shares = compute_shares(whole, weights)
    has_limits = any(row.floor is not None or row.ceiling is not None for row in rows)
    limited = _within_limits(whole, weights, rows) if has_limits else shares
    inside = [share not in (row.floor, row.ceiling) for row, share in zip(rows, limited, strict=True)]
    years = round_years(limited, unit, inside)
    months = spread_years(years.parts, columns, years.unit, years.keeper)
    return Split(
        tuple(shares),
        tuple(limited),
        tuple(limited),
        months.cells,
        (0,) * len(columns),
        months.unit,
        years.keeper,
        years.rest,
    )


def _split_by_month(columns: Sequence[int], rows: Sequence[Row], unit: int) -> Split:
    in_seat = [_in_seat(row, columns) for row in rows]
    covered = [any(row.weight and row.presence[month] for row in rows) for month in range(len(columns))]
    fixed = [any(month in row.fixed for row in rows) for month in range(len(columns))]
    split = [column if there else 0 for column, there in zip(columns, covered, strict=True)]
    weights = [row.weight * share for row, share in zip(rows, in_seat, strict=True)]
    whole = Fraction(sum(split))
    if any(weights):
        shares, limited = compute_shares(whole, weights), _within_limits(whole, weights, rows)
    else:
        shares = limited = [Fraction(0)] * len(rows)
    open_columns = [column if there or has else 0 for column, there, has in zip(columns, covered, fixed, strict=True)]
    table = _exact_table(open_columns, rows, limited)
    rest = [column - sum((line[month] for line in table), Fraction(0)) for month, column in enumerate(columns)]
    months = spread_shares([*_without_fixed(table, rows), rest], unit)
    cells = tuple(
        tuple(row.fixed.get(month, cell) for month, cell in enumerate(line))
        for row, line in zip(rows, months.cells, strict=False)
    )
    exact = tuple(sum(line, Fraction(0)) for line in table)
    return Split(tuple(shares), tuple(limited), exact, cells, months.cells[-1], months.unit)


def _without_fixed(table: Sequence[Sequence[Fraction]], rows: Sequence[Row]) -> list[list[Fraction]]:
    """Take fixed months out of what is rounded: they stand as they are."""
    return [
        [Fraction(0) if month in row.fixed else cell for month, cell in enumerate(line)]
        for row, line in zip(rows, table, strict=True)
    ]


def _within_limits(whole: Fraction, weights: Sequence[Fraction], rows: Sequence[Row]) -> list[Fraction]:
    return compute_shares(whole, weights, [row.floor for row in rows], [row.ceiling for row in rows])


def _in_seat(row: Row, columns: Sequence[int]) -> Fraction:
    """The share of the year, by the weight of its months, that a member is there."""
    whole = sum(columns)
    if not whole:
        return Fraction(0)
    return sum((share * column for share, column in zip(row.presence, columns, strict=True)), Fraction(0)) / whole


def _exact_table(columns: Sequence[int], rows: Sequence[Row], limited: Sequence[Fraction]) -> list[list[Fraction]]:
    """Lay out exact shares by month; a row that leaves its limits on the way is held at the limit."""
    held = {
        index: _held_row(index, row, limited[index], columns)
        for index, row in enumerate(rows)
        if row.fixed or limited[index] in (row.floor, row.ceiling)
    }
    while True:
        table = _share_the_rest(columns, rows, held)
        leaving = [index for index in range(len(rows)) if index not in held and _leaves(rows[index], table[index])]
        if not leaving:
            return table
        for index in leaving:
            year = _cut(rows[index], sum(table[index], Fraction(0)))
            held[index] = _held_row(index, rows[index], year, columns)


def _held_row(index: int, row: Row, year: Fraction, columns: Sequence[int]) -> list[Fraction]:
    """One member's months by days in seat: the year is given, and so are the fixed months."""
    profile = [share * column for share, column in zip(row.presence, columns, strict=True)]
    whole = sum(profile, Fraction(0))
    open_part = sum((part for month, part in enumerate(profile) if month not in row.fixed), Fraction(0))
    left = year - sum(row.fixed.values()) if row.keeps_year else year * open_part / whole if whole else Fraction(0)
    if left < 0 or (left > 0 and not open_part):
        raise FixedTooLarge(index, -1, abs(left))
    return [
        Fraction(row.fixed[month]) if month in row.fixed else left * part / open_part if open_part else Fraction(0)
        for month, part in enumerate(profile)
    ]


def _share_the_rest(
    columns: Sequence[int], rows: Sequence[Row], held: Mapping[int, list[Fraction]]
) -> list[list[Fraction]]:
    """Share what the held rows leave of each month among the others, by weight and days in seat."""
    table = [list(held.get(index, [])) for index in range(len(rows))]
    for month, column in enumerate(columns):
        left = column - sum((line[month] for line in held.values()), Fraction(0))
        if left < 0:
            raise FixedTooLarge(-1, month, -left)
        free = {i: row.weight * row.presence[month] for i, row in enumerate(rows) if i not in held}
        total = sum(free.values(), Fraction(0))
        for index, weight in free.items():
            table[index].append(left * weight / total if total else Fraction(0))
    return table


def _leaves(row: Row, line: Sequence[Fraction]) -> bool:
    year = sum(line, Fraction(0))
    return year != _cut(row, year)


def _cut(row: Row, year: Fraction) -> Fraction:
    if row.floor is not None and year < row.floor:
        return row.floor
    return row.ceiling if row.ceiling is not None and year > row.ceiling else year


def relieve(full: int, rate: Fraction, unit: int) -> int:
    """Return what is left of a full month under the ramp, rounded to the unit and never above the full month.

    >>> [relieve(50_000, Fraction(percent, 100), 500) for percent in (0, 25, 50, 75, 100)]
    [0, 12500, 25000, 37500, 50000]
    """
    if rate >= 1:
        return full
    return min(full, round_half(full * rate / unit) * unit)
