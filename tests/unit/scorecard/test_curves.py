"""Curves: one case at least for each of the registry, in the words of real sheets."""

from __future__ import annotations

from fractions import Fraction

import pytest

from salescli.core.scorecard.curves import registry
from salescli.core.scorecard.curves.registry import CURVES
from salescli.core.scorecard.shape import Scorecard
from tests.unit.scorecard.sample import card, score

F = Fraction
CASES = {
    "linear": [
        ("{type: linear, zero_at: 0%, full_at: 100%}", F(9, 10), F(90)),
        ("{type: linear, zero_at: 0%, full_at: 100%}", F(3, 2), F(150)),
        ("{type: linear, zero_at: 20%, full_at: 5%}", F(5, 100), F(100)),  # less is better
        ("{type: linear, zero_at: 20%, full_at: 5%}", F(1, 4), F(-100, 3)),
    ],
    "capped": [
        ("{type: capped, zero_at: 0%, full_at: 100%, at_least: 0, at_most: 120}", F(13, 10), F(120)),
        ("{type: capped, zero_at: 50%, full_at: 100%, at_least: 40, at_most: 120}", F(1, 10), F(40)),
        ("{type: capped, zero_at: 0%, full_at: 100%, nothing_below: 60%, at_least: 0, at_most: 120}", F(6, 10), F(60)),
        (
            "{type: capped, zero_at: 0%, full_at: 100%, nothing_below: 60%, at_least: 10, at_most: 120}",
            F(5999, 10_000),
            F(0),
        ),
    ],
    "step": [
        # 四档 10 / 15 / 20 / 25, of 25
        ("{type: step, out_of: 25, steps: [from 0%: 10, from 80%: 15, from 90%: 20, from 100%: 25]}", F(0), F(40)),
        ("{type: step, out_of: 25, steps: [from 0%: 10, from 80%: 15, from 90%: 20, from 100%: 25]}", F(9, 10), F(80)),
        ("{type: step, out_of: 25, steps: [from 0%: 10, from 80%: 15, from 90%: 20, from 100%: 25]}", F(9, 8), F(100)),
        ("{type: step, steps: [from 80%: 60, above 80%: 70]}", F(8, 10), F(60)),
        ("{type: step, steps: [from 80%: 60, above 80%: 70]}", F(80_001, 100_000), F(70)),
        ("{type: step, steps: [from 80%: 60, above 80%: 70]}", F(79_999, 100_000), F(0)),
    ],
    "deduction": [
        # 每增长1%计1分,每下降1%扣1分, ±20
        (
            "{type: deduction, start_with: 80, at: 0%, for_each: 1%, count: whole-units, below: -1, above: 1, "
            "at_least: 60, at_most: 100}",
            F(57, 1000),
            F(85),
        ),
        (
            "{type: deduction, start_with: 80, at: 0%, for_each: 1%, count: whole-units, below: -1, above: 1, "
            "at_least: 60, at_most: 100}",
            F(-5),
            F(60),
        ),
        (
            "{type: deduction, start_with: 100, at: 95%, for_each: 1%, count: in-proportion, below: -2}",
            F(945, 1000),
            F(99),
        ),
        (
            "{type: deduction, start_with: 100, at: 95%, for_each: 1%, count: whole-units, below: -2}",
            F(945, 1000),
            F(100),
        ),
        ("{type: deduction, start_with: 100, at: 95%, for_each: 1%, count: whole-units, below: -2}", F(2), F(100)),
        (
            "{type: deduction, start_with: 20, out_of: 20, at: 0%, for_each: 1%, count: whole-units, above: -5}",
            F(2, 100),
            F(50),
        ),
    ],
}


@pytest.mark.parametrize(
    ("curve", "reading", "expected"),
    [case for cases in CASES.values() for case in cases],
    ids=lambda value: str(value)[:40],
)
def test_score(curve: str, reading: Fraction, expected: Fraction) -> None:
    assert score(curve, reading) == expected


def test_every_curve_has_a_file_a_line_and_a_case() -> None:
    assert set(CASES) == set(CURVES)
    for name, shape in CURVES.items():
        assert shape.__module__ == f"{registry.__package__}.{name}"
        assert shape.called.zh and shape.summary.zh and shape.summary.en


@pytest.mark.parametrize("name", CASES)
def test_the_steps_say_where_the_points_come_from(name: str) -> None:
    for curve, reading, _ in CASES[name]:
        one = _curve(curve)
        steps = list(one.curve("one").steps(reading))
        assert steps and all(step.text.zh and step.text.en and step.path for step in steps)
        assert one.curve("one").sentence().zh and one.curve("one").sentence().en


def _curve(curve: str) -> Scorecard:
    kpi = "  one:\n    weight: 100%\n    metric: win-rate\n    of: own\n    read_as: actual\n"
    return card(kpis=f"{kpi}    curve: {curve}\n    if_missing: nothing\n")
