"""Closed deals counted by competitor, reason and stage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.analysis.outcomes import Closed, tally_deals
from salescli.core.table import Ratio

NAMES = st.none() | st.sampled_from(["甲", "乙", "丙"])
DEALS = st.builds(Closed, st.booleans(), NAMES, NAMES, st.none() | st.integers(0, 4), st.none() | st.integers(0, 10**9))


def test_most_lost_first_and_what_names_none_last() -> None:
    deals = [
        Closed(False, None, None, None, 5),
        Closed(False, None, None, None, 5),
        Closed(True, "甲", None, None, 7),
        Closed(False, "乙", None, None, None),
    ]
    found = tally_deals(deals, lambda deal: deal.competitor)
    assert [one.group for one in found] == ["乙", "甲", None]
    assert [one.rate for one in found] == [Ratio(0, 1), Ratio(1, 1), Ratio(0, 2)]
    assert [(one.won_e4, one.lost_e4, one.unvalued) for one in found] == [(0, 0, 1), (7, 0, 0), (0, 10, 0)]


@given(st.lists(DEALS, max_size=40))
def test_every_deal_is_in_one_group(deals: list[Closed]) -> None:
    for group_of in (lambda deal: deal.competitor, lambda deal: deal.reason, lambda deal: deal.stage):
        found = tally_deals(deals, group_of)
        assert sum(one.closed for one in found) == len(deals)
        assert sum(one.won for one in found) == sum(deal.is_won for deal in deals)
        assert sum(one.lost_e4 + one.won_e4 for one in found) == sum(deal.value_e4 or 0 for deal in deals)
        assert len({one.group for one in found}) == len(found)
