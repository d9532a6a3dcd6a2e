"""Laws of a thing that several people share: divided it is one, in full it is as many as they are, else it is one's."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.commission.components.per_unit import unit_of

MILLION = 1_000_000


@st.composite
def splits(draw) -> tuple[Decimal, ...]:
    """Shares of one to five people; the house has what is missing to the whole."""
    marks = sorted(draw(st.lists(st.integers(1, MILLION), min_size=1, max_size=5, unique=True)))
    parts = [after - before for before, after in zip((0, *marks), marks, strict=False)]
    return tuple(Decimal(one).scaleb(-6) for one in draw(st.permutations(parts)))


@given(splits())
def test_what_is_divided_is_never_more_than_one(shares):
    units = [unit_of("divide", shares, seat) for seat in range(len(shares))]
    house = 1 - sum(shares)
    assert sum(units) + house == 1 and all(one > 0 for one in units)


@given(splits())
def test_what_counts_for_each_is_one_for_each(shares):
    assert [unit_of("each", shares, seat) for seat in range(len(shares))] == [1] * len(shares)


@given(splits())
def test_the_largest_share_has_all_whoever_asks(shares):
    units = [unit_of("largest-share", shares, seat) for seat in range(len(shares))]
    assert sum(units) == 1
    first = units.index(1)
    assert shares[first] == max(shares) and max(shares) not in shares[:first], "of equal shares the first"
    doubled = (*shares, shares[first])
    assert unit_of("largest-share", doubled, len(shares)) == 0, "an equal share later in the split has nothing"
