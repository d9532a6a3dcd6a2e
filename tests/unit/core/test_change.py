"""What has become of a figure: the difference and the growth, and where there is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.metrics.change import Number, compute_difference, compute_growth
from salescli.core.table import Ratio

money = st.decimals(-(10**15), 10**15, places=4)


@given(money, money)
def test_the_difference_leads_from_before_to_now(now: Decimal, before: Decimal) -> None:
    change = compute_difference(now, before)
    assert isinstance(change, Decimal)
    assert before + change == now
    growth = compute_growth(now, before)
    if before > 0:
        assert growth is not None
        assert before * Decimal(growth.numerator) / Decimal(growth.denominator) == pytest.approx(change)
    else:
        assert growth is None


@pytest.mark.parametrize(
    ("now", "before", "difference"),
    [
        (Ratio(3, 4), Ratio(1, 2), Ratio(1, 4)),
        (Ratio(Decimal("1.5"), 2), Ratio(0, 3), Ratio(3, 4)),
        (Ratio(3, 4), Ratio(0, 0), None),
        (None, Decimal(1), None),
        (Decimal(1), None, None),
    ],
)
def test_rates_and_what_is_unknown(now: Number, before: Number, difference: Number) -> None:
    assert compute_difference(now, before) == difference
