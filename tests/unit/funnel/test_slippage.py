"""Pushes and pulls of expected closes, and what became of a period's commitments."""

from __future__ import annotations

import pytest

from salescli.core.funnel.slippage import Saying, compute_slippage, count_pushes, trace_promise
from salescli.core.periods import Period
from tests.unit.funnel.build import day, deal, history

QUARTER = Period(day(0), day(90))


def promise(*days, stage="proposal", closed=None, amounts=()):
    worth = dict(enumerate(amounts))
    said = [Saying(at, None if one is None else day(one), worth.get(at)) for at, one in enumerate(days)]
    return trace_promise(history(facts=deal(stage, created=0, closed=closed, amount_e4=7)), said)


def test_moves_are_between_days_that_differ():
    found = promise(10, 10, 40, 30, 30, 100)
    assert (found.moves, found.pushes) == ([30, -10, 70], [30, 70])


def test_a_blank_day_is_no_promise_and_no_move():
    assert promise(None) is None
    assert promise(10, None, 20).moves == [10]


def test_what_is_said_after_the_close_is_no_promise():
    said = [Saying(1, day(10)), Saying(3, day(99), is_open=False), Saying(2, day(30))]
    assert trace_promise(history(facts=deal("won", closed=30)), said).moves == [20]


@pytest.mark.parametrize(
    ("days", "stage", "closed", "fate"),
    [
        ((10, 100), "proposal", None, "pushed"),
        ((10, 100, 80), "proposal", None, "pending"),
        ((10,), "proposal", None, "pending"),
        ((10, 100), "won", 80, "won"),
        ((10, 80), "won", 95, "pushed"),
        ((10,), "lost", 89, "lost"),
        ((10,), "lost", 90, "pushed"),
        ((100, 120), "proposal", None, None),
    ],
)
def test_fate_of_a_commitment(days, stage, closed, fate):
    found = compute_slippage([promise(*days, stage=stage, closed=closed)], QUARTER)
    assert [each.fate for each in found] == ([] if fate is None else [fate])


def test_a_commitment_is_worth_what_it_was_when_it_was_made():
    assert compute_slippage([promise(100, 10, 20, amounts=(1, 2, 3))], QUARTER)[0].amount_e4 == 2
    assert compute_slippage([promise(10)], QUARTER)[0].amount_e4 == 7


def test_pushes_are_counted_by_deal_and_by_day():
    found = count_pushes(compute_slippage([promise(10, 40, 30, 100), promise(20), promise(20, 21)]))
    assert (found.deals, found.pushed_deals, found.count, found.days, found.longest, found.pulls) == (
        3,
        2,
        3,
        101,
        70,
        1,
    )
