"""From leads to deals to wins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.funnel.leads import Lead, compute_lead_funnel
from salescli.core.funnel.path import compute_path
from tests.unit.funnel.build import PROCESS, day, deal, history


def path(stage, number=1, amount=5):
    closed = 9 if stage in ("won", "lost") else None
    return compute_path(history(facts=deal(stage, number=number, closed=closed, amount_e4=amount)), PROCESS)


def test_a_deal_is_a_conversion_whatever_the_lead_says():
    found = compute_lead_funnel(
        [Lead(1, day(0), False, (path("lead"),)), Lead(2, day(0), True), Lead(3, day(0), False)]
    )
    assert (found.count, found.converted, found.with_deal, found.won, found.still_open) == (3, 2, 1, 0, 1)


def test_a_deal_of_two_leads_is_worth_once_and_a_lead_of_two_deals_counts_once():
    won, again = path("won", 1), path("won", 2, 7)
    found = compute_lead_funnel([Lead(1, None, True, (won, again)), Lead(2, None, True, (won, path("needs", 3)))])
    assert (found.won, found.still_open, found.amounts) == (2, 0, {"CNY": 12})


@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.sampled_from(["lead", "won", "lost", "needs"]), max_size=3)), max_size=12
    )
)
def test_no_count_exceeds_the_one_before(drawn):
    leads = [
        Lead(number, day(number), flag, tuple(path(stage, number * 10 + at) for at, stage in enumerate(stages)))
        for number, (flag, stages) in enumerate(drawn)
    ]
    found = compute_lead_funnel(leads)
    assert found.count >= found.converted >= found.with_deal >= found.won + found.still_open
