"""Histories: what stage changes tell, what may be inferred without them, and what had not happened yet."""

from __future__ import annotations

from salescli.core.funnel.history import trace_history
from tests.unit.funnel.build import LATE, PROCESS, change, day, deal, history, names, way


def test_changes_in_any_order_make_visits_that_end_where_the_next_begins():
    found = history(change("proposal", 25), change("lead", 0), change("needs", 10))
    assert names(found) == ["lead", "needs", "proposal"]
    assert [visit.days for visit in found.visits] == [10, 15, None]
    assert (found.begun, found.ended, found.outcome) == (day(0), None, "open")
    assert not found.is_inferred


def test_a_stage_said_twice_is_one_visit_with_its_later_amount():
    found = history(change("lead", 0, 5), change("lead", 4, 7), change("needs", 9))
    assert names(found) == ["lead", "needs"]
    assert found.visits[0].amount_e4 == 7 and found.visits[0].days == 9


def test_changes_of_one_day_follow_their_times_and_without_times_the_funnel():
    timed = history(change("needs", 0, time="09:00:00"), change("lead", 0, time="10:00:00"))
    assert names(timed) == ["needs", "lead"]
    untimed = history(change("needs", 0, time="09:00:00"), change("lead", 0))
    assert names(untimed) == ["lead", "needs"]


def test_what_comes_after_the_day_asked_has_not_happened():
    changes = [change("lead", 0), change("needs", 10), change("won", 20)]
    facts = deal("won", closed=20)
    earlier = history(*changes, on=day(15), facts=facts)
    assert (names(earlier), earlier.outcome, earlier.ended) == (["lead", "needs"], "open", None)
    assert trace_history(facts, changes, PROCESS, day(-1)) is None


def test_without_changes_only_beginning_and_present_stage_are_known():
    found = history(facts=deal("won", created=0, closed=30))
    assert names(found) == ["lead", "won"]
    assert found.is_inferred and found.cycle == 30
    assert found.visits[0].days is None  # what lay between is not recorded
    standing = history(facts=deal("proposal"))
    assert names(standing) == ["lead", "proposal"] and standing.visits[1].entered is None


def test_a_deal_that_closed_later_was_open_then():
    found = history(facts=deal("won", created=0, closed=30), on=day(10))
    assert (names(found), found.outcome, found.ended) == (["lead"], "open", None)


def test_no_stage_and_no_changes_is_no_history():
    assert trace_history(deal(None), [], PROCESS, LATE) is None


def test_the_deals_own_stage_goes_beyond_its_last_change():
    found = history(change("lead", 0), facts=deal("won", closed=30))
    assert (names(found), found.is_amended, found.outcome, found.ended) == (["lead", "won"], True, "won", day(30))
    unsaid = history(change("lead", 0), facts=deal("proposal"))
    assert unsaid.visits[-1].entered is None and unsaid.visits[0].days is None
    same = history(change("lead", 0), facts=deal("lead"))
    assert not same.is_amended


def test_a_deal_created_before_its_first_change_began_in_the_first_stage():
    found = history(change("proposal", 9), facts=deal(None, created=2))
    assert names(found) == ["lead", "proposal"]
    assert found.begun == day(2) and found.visits[0].days is None


def test_worth_of_a_lost_deal_is_what_was_said_before():
    assert way("lead", "lost", amount=0).amount_e4 is None
    found = history(change("lead", 0, 500), change("needs", 5, 450), change("lost", 9, 0))
    assert found.amount_e4 == 450
    assert history(facts=deal("lost", closed=3, amount_e4=0)).amount_e4 is None
    assert history(facts=deal("won", closed=3, amount_e4=0)).amount_e4 == 0
