"""The seasonal index."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from salescli.core.quotas.findings import CannotSplit
from salescli.core.quotas.inputs import MonthInput
from salescli.core.quotas.season import compute_season
from tests.unit.quotas.build import months


def curve(year, values):
    return {f"{year}-{number:02d}": Decimal(value) for number, value in enumerate(values, 1)}


STEEP = [0, 0, *[12] * 10]


def test_the_index_is_the_mean_of_years_and_sums_to_twelve():
    index = compute_season(curve(2024, [2, *[1] * 11]) | curve(2025, [*[1] * 11, 2]), [2024, 2025], months())
    assert index[0] == index[11] == Fraction(12, 13) * Fraction(3, 2)
    assert sum(index) == 12


def test_pulling_to_equal():
    index = compute_season(curve(2025, STEEP), [2025], months(), Decimal("0.5"))
    assert index[0] == Fraction(1, 2)
    assert index[5] == 1 + (Fraction(12, 10) - 1) / 2
    assert set(compute_season(curve(2025, STEEP), [2025], months(), Decimal(1))) == {Fraction(1)}


def test_months_together_share_one_index_by_working_days():
    days = [MonthInput(each.label, each.start, each.end, 18 if each.number == 2 else 22) for each in months()]
    index = compute_season(curve(2025, [3, 1, *[2] * 10]), [2025], days, together=[[1, 2]])
    assert (index[0], index[1]) == (Fraction(2 * 22, 40), Fraction(2 * 18, 40))
    assert sum(index) == 12


def test_an_incomplete_year_counts_with_the_months_it_has():
    full = curve(2024, [1] * 6 + [3] * 6)
    part = dict(list(curve(2025, [10] * 6).items()))
    assert compute_season(full | part, [2024, 2025], months()) == compute_season(full, [2024], months())


def test_a_curve_needs_one_complete_year():
    with pytest.raises(CannotSplit, match="no-complete-year"):
        compute_season(curve(2025, [1] * 6), [2025], months())
    with pytest.raises(CannotSplit, match="no-history-in-year"):
        compute_season(curve(2025, [0] * 12), [2025], months())


def test_a_month_below_zero_counts_as_zero():
    index = compute_season(curve(2025, [-5, *[1] * 11]), [2025], months())
    assert index[0] == 0
    assert sum(index) == 12


def test_a_fiscal_year_keeps_its_own_order():
    april = [MonthInput("x", date(2026, 4, 1), date(2026, 5, 1), 20)]
    assert compute_season(curve(2025, [*[1] * 3, 5, *[1] * 8]), [2025], april) == [Fraction(60, 16)]


QUARTERS = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]


def test_months_taken_together_stand_in_for_each_other_where_no_year_is_complete():
    from_march = {label: value for label, value in curve(2025, [0, 0, 2, *[1] * 9]).items() if label >= "2025-03"}
    with pytest.raises(CannotSplit, match="no-complete-year"):
        compute_season(from_march, [2025], months(), together=QUARTERS[1:])
    index = compute_season(from_march, [2025], months(), together=QUARTERS)
    assert index[:4] == [Fraction(24, 15)] * 3 + [Fraction(12, 15)]
    assert sum(index) == 12


def test_a_complete_year_is_enough_without_them():
    full = curve(2024, [1] * 12)
    part = {"2025-03": Decimal(9)}
    assert compute_season(full | part, [2024, 2025], months(), together=QUARTERS) == [Fraction(1)] * 12
