"""The seasonal index of each month of the target year, from past years (D-2).

index of a month = mean over years of (its figure ÷ the year's mean month). A year that is not complete counts with
the months it has: its mean is set so that those months stand, together, where the complete years have them. Where no
year is complete, months that are taken together stand in for each other. The twelve indexes sum to 12; a month below
zero counts as zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from salescli.core.quotas.findings import CannotSplit, finding
from salescli.core.quotas.inputs import MonthInput

Curve = dict[int, Fraction]


def compute_season(
    season: Mapping[str, Decimal],
    years: Sequence[int],
    months: Sequence[MonthInput],
    pull_to_equal: Decimal = Decimal(0),
    together: Sequence[Sequence[int]] = (),
) -> list[Fraction]:
    """Return the index of each month of `months`, in their order; they sum to the number of months.

    Each month is pulled toward 1: index' = 1 + (index − 1) × (1 − pull). Months taken together have one index
    between them, which is shared by working days.

    Raises:
        CannotSplit: `no-complete-year` or `no-history-in-year`.
    """
    found = _curves(season, years, together)
    mean = {number: _mean([curve[number] for curve in found if number in curve]) for number in range(1, 13)}
    mean = {number: max(value, Fraction(0)) for number, value in mean.items()}
    total = sum(mean.values(), Fraction(0))
    index = {number: value * 12 / total for number, value in mean.items()}
    for group in together:
        joint = _mean([index[number] for number in group])
        index.update(dict.fromkeys(group, joint))
    keep = 1 - Fraction(pull_to_equal)
    pulled = {number: 1 + (value - 1) * keep for number, value in index.items()}
    return _share_by_working_days(pulled, months, together)


def _curves(season: Mapping[str, Decimal], years: Sequence[int], together: Sequence[Sequence[int]]) -> list[Curve]:
    """One curve per year; those of incomplete years are scaled to the mean of the complete ones.

    Where no year is complete, one of which each group taken together has a month counts as complete by groups.
    """
    raw = {year: _figures(season, year) for year in years}
    empty = [year for year in years if sum(raw[year].values(), Fraction(0)) <= 0]
    if empty:
        raise CannotSplit(finding("no-history-in-year", "months", "history", years.index(y), year=y) for y in empty)
    whole = [_scaled(curve, Fraction(12)) for curve in raw.values() if len(curve) == 12]
    if not whole:
        raw = {year: _filled(curve, together) for year, curve in raw.items()}
        whole = [_scaled(curve, Fraction(12)) for curve in raw.values() if len(curve) == 12]
    if not whole:
        raise CannotSplit([finding("no-complete-year", "months", "history", years=", ".join(map(str, years)))])
    mean = {number: _mean([curve[number] for curve in whole]) for number in range(1, 13)}
    partial = [curve for curve in raw.values() if len(curve) < 12]
    return whole + [_scaled(curve, sum((mean[number] for number in curve), Fraction(0))) for curve in partial]


def _filled(curve: Curve, together: Sequence[Sequence[int]]) -> Curve:
    """Give each month that is not there the mean of those it is taken together with."""
    filled = dict(curve)
    for group in together:
        known = [curve[number] for number in group if number in curve]
        if known:
            filled.update((number, _mean(known)) for number in group if number not in curve)
    return filled


def incomplete_years(season: Mapping[str, Decimal], years: Sequence[int]) -> tuple[int, ...]:
    """Return the years of which at least one month is not there."""
    return tuple(year for year in years if len(_figures(season, year)) < 12)


def _figures(season: Mapping[str, Decimal], year: int) -> Curve:
    labels = {number: f"{year:04d}-{number:02d}" for number in range(1, 13)}
    return {number: Fraction(season[label]) for number, label in labels.items() if label in season}


def _scaled(curve: Curve, total: Fraction) -> Curve:
    whole = sum(curve.values(), Fraction(0))
    return {number: value * total / whole for number, value in curve.items()}


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _share_by_working_days(
    index: Curve, months: Sequence[MonthInput], together: Sequence[Sequence[int]]
) -> list[Fraction]:
    shared = dict(index)
    for group in together:
        days = {month.number: month.working_days for month in months if month.number in group}
        total = sum(days.values())
        if total:
            whole = sum((index[number] for number in group), Fraction(0))
            shared.update({number: whole * count / total for number, count in days.items()})
    return [shared[month.number] for month in months]
