"""Laws of attainment: months make their period, a rate is as asked where each month is, the parts of a line agree."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.money import CONTEXT, total
from salescli.core.periods import FiscalCalendar, months_in
from salescli.core.quotas.attainment import MonthTarget, compute_attainment, compute_clock, compute_due, prorate
from salescli.core.quotas.ratios import compute_ratio_attainment, compute_ratio_target
from salescli.core.table import Ratio

YEAR = FiscalCalendar().year(2026)
MONTHS = tuple(months_in(YEAR))
AMOUNTS = st.integers(min_value=0, max_value=10**9).map(lambda cents: Decimal(cents).scaleb(-2, CONTEXT))
DAYS = st.integers(min_value=0, max_value=364).map(lambda days: YEAR.start + timedelta(days=days))


def months_of(amounts: list[Decimal]) -> list[MonthTarget]:
    return [MonthTarget(month.start, month.end, amount) for month, amount in zip(MONTHS, amounts, strict=True)]


@given(actual=AMOUNTS, target=AMOUNTS, through=DAYS)
def test_the_figures_of_a_line_agree(actual: Decimal, target: Decimal, through: date) -> None:
    clock = compute_clock(YEAR, through)
    standing = compute_attainment(actual, target or None, clock)
    if not target:
        assert (standing.target, standing.attainment, standing.variance_rate, standing.to_go) == (None,) * 4
        return
    assert standing.variance is not None and standing.to_go is not None and standing.variance_rate is not None
    assert standing.variance == actual - target
    assert standing.to_go == max(Decimal(0), -standing.variance)
    assert standing.attainment is not None
    assert standing.attainment.exact() == 1 + (standing.variance_rate.exact() or 0)
    if actual == 0:
        assert standing.variance_rate.exact() == -1
    if standing.required is not None:  # what is needed each day, to within half a cent of each
        left = clock.working.left
        assert abs(standing.required * left - standing.to_go) <= Decimal("0.005") * left


@given(amounts=st.lists(AMOUNTS, min_size=12, max_size=12), through=DAYS)
def test_the_seasonal_curve_rises_to_the_whole(amounts: list[Decimal], through: date) -> None:
    months = months_of(amounts)
    whole = Fraction(total(amounts))
    due, next_day = compute_due(months, through), compute_due(months, through + timedelta(days=1))
    assert 0 <= due <= next_day <= whole
    assert compute_due(months, YEAR.last_day) == whole
    assert total(month.amount for month in prorate(months, YEAR)) == total(amounts)


@given(
    cases=st.lists(st.integers(min_value=0, max_value=500), min_size=12, max_size=12),
    rates=st.lists(st.integers(min_value=1, max_value=100), min_size=12, max_size=12),
)
def test_a_rate_as_asked_in_every_month_is_as_asked_in_the_year(cases: list[int], rates: list[int]) -> None:
    """The mean by denominators is the one target that months which are each exactly as asked reach exactly."""
    asked = [Decimal(rate).scaleb(-2, CONTEXT) for rate in rates]
    weights = {month.label: Decimal(count) for month, count in zip(MONTHS, cases, strict=True)}
    found = compute_ratio_target(months_of(asked), weights)
    if len(set(asked)) == 1:
        assert found == (asked[0], "same")
        return
    if not sum(cases):
        assert found == (None, "unknown")
        return
    assert found.amount is not None
    assert min(asked) <= found.amount <= max(asked)
    reached = sum((Fraction(count) * Fraction(rate) for count, rate in zip(cases, asked, strict=True)), Fraction(0))
    year = compute_ratio_attainment(Ratio(0, sum(cases)), found.amount, compute_clock(YEAR, None))
    assert (year.to_go, year.required, year.pace, year.projected) == (None,) * 4
    assert year.variance_rate is not None and year.variance_rate.exact() == -1
    assert abs(Fraction(found.amount) - reached / sum(cases)) < Fraction(1, 10**11)
