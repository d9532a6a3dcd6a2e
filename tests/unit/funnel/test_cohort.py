"""The funnel of a cohort under each mode, policy of skips and policy of moves backward, with its leaks and rates."""

from __future__ import annotations

from fractions import Fraction

import pytest

from salescli.core.funnel.cohort import Policy, compute_funnel, compute_stock
from salescli.core.funnel.rates import compute_win_rates
from tests.unit.funnel.build import LATE, PROCESS, change, day, deal, history, way

WON = way("lead", "needs", "proposal", "won", number=1, amount=100)
SKIPPED = way("lead", "proposal", "won", number=2, amount=200)
LOST = way("lead", "needs", "lost", number=3, amount=50, reason="price")
STANDING = way("lead", "needs", number=4, amount=70)
INFERRED = history(facts=deal("lost", created=0, closed=9, number=5))
ALL = [WON, SKIPPED, LOST, STANDING, INFERRED]


def counts(histories, **policy):
    funnel = compute_funnel(histories, PROCESS, Policy(**policy))
    return [line.count for line in funnel.lines], funnel.won.count


def test_reached_fills_back_what_was_skipped():
    assert counts(ALL) == ([5, 4, 2], 2)
    assert counts(ALL, skips="as-is") == ([5, 3, 2], 2)


def test_exclude_leaves_out_deals_that_skip_or_may_have():
    funnel = compute_funnel(ALL, PROCESS, Policy(skips="exclude"))
    assert [line.count for line in funnel.lines] == [3, 3, 1]
    assert [each.deal for each in funnel.left_out] == [2, 5]


def test_strict_counts_whoever_went_through_every_stage():
    funnel = compute_funnel(ALL, PROCESS, Policy("strict"))
    assert ([line.count for line in funnel.lines], funnel.won.count) == ([4, 3, 1], 1)
    assert [line.gone_on for line in funnel.lines] == [1, 0, 0]
    assert [each.deal for each in funnel.left_out] == [5]


def test_what_came_no_further_is_lost_or_open_here():
    funnel = compute_funnel(ALL, PROCESS, Policy())
    assert [(len(line.lost), len(line.still_open)) for line in funnel.lines] == [(0, 0), (1, 1), (0, 0)]
    assert (funnel.open_count, funnel.lost_count, funnel.inferred_count) == (1, 2, 1)
    assert funnel.biggest_leak.stage.name == "needs"
    leaks = [(leak.stage.name if leak.stage else "", leak.reason, leak.count) for leak in funnel.leaks]
    assert leaks == [("needs", "price", 1), ("", "", 1)]


BACK = history(change("lead", 0), change("proposal", 10), change("needs", 14), change("lost", 30))


@pytest.mark.parametrize(
    ("regress", "reached", "days"),
    [("all", [1, 1, 1], [10, 16, 4]), ("first", [1, 1, 1], [10, 16, 4]), ("last", [1, 1, 0], [10, 16, None])],
)
def test_moves_backward(regress, reached, days):
    funnel = compute_funnel([BACK], PROCESS, Policy(regress=regress))
    assert [line.count for line in funnel.lines] == reached
    assert [line.median_days for line in funnel.lines] == days


def test_days_of_all_visits_add_up_or_the_first_alone_counts():
    twice = history(change("lead", 0), change("needs", 5), change("lead", 7), change("needs", 17), change("won", 20))
    both = compute_funnel([twice], PROCESS, Policy())
    assert [line.median_days for line in both.lines] == [15, 5, None]
    first = compute_funnel([twice], PROCESS, Policy(regress="first"))
    assert [line.median_days for line in first.lines] == [5, 2, None]
    last = compute_funnel([twice], PROCESS, Policy(regress="last"))
    assert [line.median_days for line in last.lines] == [10, 3, None]


def test_median_is_of_those_who_left():
    funnel = compute_funnel([WON, LOST, STANDING], PROCESS, Policy())
    assert funnel.lines[1].median_days == 10 and funnel.lines[1].days_known == 2
    pair = compute_funnel([way("lead", "lost", step=3), way("lead", "lost", step=4)], PROCESS, Policy())
    assert pair.lines[0].median_days == Fraction(7, 2)


def test_value_in_a_stage_is_what_was_said_there_else_before_else_of_the_deal_else_later():
    said = history(change("lead", 0), change("needs", 5, 90), change("proposal", 9), change("won", 12, 80))
    funnel = compute_funnel([said], PROCESS, Policy())
    assert [line.amounts for line in funnel.lines] == [{"CNY": 90}] * 3
    assert funnel.won.amounts == {"CNY": 80}
    own = history(change("lead", 0), change("needs", 5, 90), facts=deal(None, created=0, amount_e4=70))
    assert [line.amounts for line in compute_funnel([own], PROCESS, Policy()).lines] == [{"CNY": 70}, {"CNY": 90}, {}]


def test_rates_have_named_denominators():
    waiting = history(facts=deal("lead", created=0, number=6, expected=day(5)))
    funnel = compute_funnel([*ALL, waiting], PROCESS, Policy())
    rates = {rate.of: (rate.won, rate.cases) for rate in compute_win_rates(funnel.paths, PROCESS, LATE)}
    assert rates == {"closed": (2, 4), "engaged": (2, 5), "all": (2, 6), "closed-overdue": (2, 5)}
    early = {rate.of: rate.cases for rate in compute_win_rates(funnel.paths, PROCESS, day(5))}
    assert early["closed-overdue"] == 4  # due on the day itself is not overdue


def test_no_rate_of_overdue_where_nobody_says_when():
    funnel = compute_funnel(ALL, PROCESS, Policy())
    assert [rate.of for rate in compute_win_rates(funnel.paths, PROCESS, LATE)] == ["closed", "engaged", "all"]


def test_rate_by_value_is_won_over_entered_and_says_what_lacks_an_amount():
    funnel = compute_funnel(ALL, PROCESS, Policy())
    closed, _, every = compute_win_rates(funnel.paths, PROCESS, LATE)
    assert (closed.won_amounts, closed.amounts, closed.without_amount) == ({"CNY": 300}, {"CNY": 350}, 1)
    assert (every.amounts, every.without_amount) == ({"CNY": 420}, 1)


def test_a_stock_is_where_deals_stand():
    stock = compute_stock(ALL, PROCESS)
    assert {line.stage.name: line.count for line in stock} == {
        "lead": 0,
        "needs": 1,
        "proposal": 0,
        "won": 2,
        "lost": 2,
    }
    assert stock[3].amounts == {"CNY": 300}


def test_an_empty_cohort_is_all_zeros():
    funnel = compute_funnel([], PROCESS, Policy())
    assert ([line.count for line in funnel.lines], funnel.biggest_leak, funnel.leaks) == ([0, 0, 0], None, ())
