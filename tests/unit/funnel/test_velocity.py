"""The factors of velocity over a window."""

from __future__ import annotations

from fractions import Fraction

from salescli.core.funnel.path import compute_path
from salescli.core.funnel.velocity import compute_velocity
from salescli.core.periods import Period
from tests.unit.funnel.build import PROCESS, day, deal, history

WINDOW = Period(day(0), day(100))


def path(stage, closed=None, amount=None, created=0):
    return compute_path(history(facts=deal(stage, created=created, closed=closed, amount_e4=amount)), PROCESS)


def test_each_factor_over_the_window():
    found = compute_velocity(
        [
            path("lead"),  # open, but not qualified
            path("needs"),
            path("proposal"),
            path("won", 20, 1000),
            path("won", 40, 500),
            path("lost", 50),
            path("lost", 60),
            path("won", 200, 9999),  # after the window
        ],
        PROCESS,
        WINDOW,
    )
    assert (len(found.open), len(found.won), found.closed, found.days, found.timed) == (2, 2, 4, 60, 2)
    assert found.average_e4("CNY") == 750
    assert found.per_day_e4("CNY") == 2 * Fraction(1, 2) * 750 / Fraction(30)


def test_won_deals_without_an_amount_are_left_out_of_the_average():
    found = compute_velocity([path("needs"), path("won", 10, 300), path("won", 10)], PROCESS, WINDOW)
    assert (found.average_e4("CNY"), found.valued) == (300, 1)
    assert found.per_day_e4("CNY") == 30


def test_an_unknown_factor_gives_no_velocity():
    assert compute_velocity([path("needs"), path("lost", 10)], PROCESS, WINDOW).per_day_e4("CNY") is None
    assert compute_velocity([path("won", 0, 100)], PROCESS, WINDOW).per_day_e4("CNY") is None
    assert compute_velocity([], PROCESS, WINDOW).per_day_e4("CNY") is None
