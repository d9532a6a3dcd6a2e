"""Medians, percentiles, the median that counts what still runs, cycles and ageing."""

from __future__ import annotations

import pytest

from salescli.core.funnel.ageing import compute_ageing
from salescli.core.funnel.cycle import P90, compute_censored_median, compute_cycles, compute_median, compute_percentile
from salescli.core.funnel.path import compute_path
from tests.unit.funnel.build import PROCESS, change, day, deal, history


def paths(*histories):
    return [compute_path(each, PROCESS) for each in histories]


def closed(stage, days, number=1):
    return history(facts=deal(stage, created=0, closed=days, number=number))


def test_percentile_is_a_value_that_occurred():
    assert compute_percentile(list(range(1, 11)), P90) == 9
    assert compute_percentile(list(range(1, 12)), P90) == 10
    assert compute_percentile([5], P90) == 5
    assert compute_percentile([], P90) is None
    assert compute_median([]) is None


@pytest.mark.parametrize(
    ("ended", "running", "median"),
    [
        ([1, 2, 3, 4], [], 2),
        ([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], 23),  # Gehan 1965, 6-MP
        ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [], 8),  # its placebo arm
        ([3], [9, 9, 9], None),
        ([], [4], None),
    ],
)
def test_censored_median(ended, running, median):
    assert compute_censored_median(ended, running) == median


def test_cycles_by_outcome_and_by_stage():
    going = history(change("lead", 0), change("needs", 4), facts=deal(None, created=None, number=9))
    done = history(change("lead", 0), change("needs", 10), change("won", 16), facts=deal(None, created=None, number=8))
    later = compute_cycles(paths(closed("won", 30), closed("lost", 7), done, going), PROCESS, day(40))
    assert (later.won.count, later.won.total, later.won.median, later.won.longest) == (2, 46, 23, 30)
    assert (later.closed.count, later.closed.running) == (3, 1)
    assert [(each.count, each.running) for each in later.by_stage] == [(2, 0), (1, 1), (0, 0)]
    assert later.undated == 0


def test_a_closed_deal_without_a_beginning_is_counted_apart():
    found = compute_cycles(paths(history(facts=deal("won", created=None, closed=9))), PROCESS, day(20))
    assert (found.won.count, found.undated) == (0, 1)


def test_stuck_is_older_than_the_longest_won_cycle():
    at_limit = history(facts=deal("needs", created=10, number=2))
    over = history(facts=deal("needs", created=9, number=3))
    undated = history(facts=deal("needs", created=None, number=4))
    found = compute_ageing(paths(closed("won", 30), at_limit, over, undated), PROCESS, day(40))
    assert found.won.longest == 30
    assert [(each.deal, each.age, each.mark) for each in found.deals] == [(3, 31, "stuck"), (2, 30, ""), (4, None, "")]
    assert (found.undated, [each.deal for each in found.marked("stuck")]) == (1, [3])


def test_slow_is_longer_in_its_stage_than_nine_in_ten_won():
    won = history(change("lead", 0), change("needs", 5), change("won", 40), facts=deal(None, created=None))
    slow = history(change("lead", 10), facts=deal(None, created=None, number=2))
    quick = history(change("lead", 14), facts=deal(None, created=None, number=3))
    later = compute_ageing(paths(won, slow, quick), PROCESS, day(41))
    assert later.limits[0] == 5
    assert {each.deal: each.mark for each in later.deals} == {2: "slow", 3: "slow"}
    near = compute_ageing(paths(won, quick), PROCESS, day(19))
    assert {each.deal: each.mark for each in near.deals} == {3: ""}


def test_nothing_won_nothing_stuck():
    found = compute_ageing(paths(history(facts=deal("lead", created=0))), PROCESS, day(900))
    assert [each.mark for each in found.deals] == [""]
