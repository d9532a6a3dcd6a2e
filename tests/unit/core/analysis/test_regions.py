"""Shares that shift, and targets of teams gathered by region."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.analysis.covering import Holder, gather_targets
from salescli.core.analysis.mix import compute_share, compute_shift

PAIRS = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1)


@given(PAIRS)
def test_shifts_add_up_to_nothing(pairs: list[tuple[int, int]]) -> None:
    now, before = (Fraction(sum(column)) for column in zip(*pairs, strict=True))
    shifts = [compute_shift(Fraction(one), now, Fraction(two), before) for one, two in pairs]
    if now and before:
        assert sum((shift for shift in shifts if shift is not None), Fraction(0)) == 0
        assert None not in shifts
    else:
        assert set(shifts) == {None}


def test_what_is_not_known_has_no_share() -> None:
    assert compute_share(None, Fraction(1)) is None
    assert compute_share(Fraction(1), Fraction(0)) is None
    assert compute_share(Fraction(1), Fraction(-1)) is None


def test_a_team_below_one_that_has_a_target_counts_no_more() -> None:
    ten, six = Decimal(10), Decimal(6)
    teams = [
        Holder("top", None, "华东", ten),
        Holder("below", "top", "华东", six),
        Holder("under", "below", "华东", six),
        Holder("other", None, "华南", six),
        Holder("second", "none-such", "华南", six),
        Holder("blank", None, "", ten),
        Holder("under-blank", "blank", "华北", ten),
        Holder("without", None, "西南", None),
    ]
    assert gather_targets(teams) == {"华东": ten, "华南": Decimal(12), "华北": ten}


def test_teams_in_a_circle_end() -> None:
    assert gather_targets([Holder("a", "b", "东", None), Holder("b", "a", "东", Decimal(1))]) == {"东": Decimal(1)}
