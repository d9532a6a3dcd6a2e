"""Scorecard files: what is refused, where, and in which words; what is only worth a look."""

from __future__ import annotations

import pytest

from salescli.messages import hint, sentence
from salescli.policy.layers import policy_files
from salescli.policy.scorecards import load_scorecard
from tests.unit.scorecard.sample import CONDUCT, FACTORS, GRADES, RECEIPTS, shipped, text

ONE = RECEIPTS.replace("60%", "100%")


def found(**parts: str) -> list[tuple[int, str]]:
    """Return line and name of each problem."""
    problems = load_scorecard(text(**parts), "card.yaml", shipped()).problems
    return [(one.where.line, one.name) for one in problems]


def kpi(old: str, new: str) -> str:
    assert old in ONE
    return ONE.replace(old, new)


def curve(written: str) -> str:
    return kpi("{type: linear, zero_at: 0%, full_at: 100%}", written)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"kpis": RECEIPTS + CONDUCT.replace("40%", "30%")}, [(6, "weights-not-100")]),
        ({"kpis": RECEIPTS + CONDUCT.replace("40%", "40.01%")}, [(6, "weights-not-100")]),
        ({"kpis": RECEIPTS + CONDUCT.replace("40%", "40")}, [(15, "rate-without-percent")]),
        ({"kpis": kpi("metric: receipts", "metric: reciepts")}, [(9, "unknown-metric")]),
        ({"kpis": kpi("metric: receipts", "metric: collection-rate")}, [(11, "quotient-read-as")]),
        ({"kpis": kpi("read_as: attainment", "read_as: actual")}, [(12, "curve-in-other-unit")]),
        ({"kpis": kpi("read_as: attainment", "read_as: growth")}, [(7, "missing-key")]),
        ({"kpis": kpi("read_as: attainment", "read_as: actual\n    against: year-before")}, [(12, "key-says-nothing")]),
        ({"kpis": kpi("read_as: attainment", "read_as: attainment\n    min_sample: 3")}, [(12, "key-says-nothing")]),
        ({"kpis": kpi("if_missing: exclude", "if_missing: neutral")}, [(7, "missing-key")]),
        ({"kpis": kpi("    if_missing: exclude\n", "")}, [(7, "missing-key")]),
        ({"kpis": curve("{type: linear, zero_at: 50%, full_at: 50%}")}, [(12, "curve-flat")]),
        ({"kpis": curve("{type: linear, zero_at: 0, full_at: 50%}")}, [(12, "curve-mixed-bounds")]),
        ({"kpis": curve("{type: step, steps: [from 10%: 1, from 5%: 2]}")}, [(12, "curve-steps-not-ascending")]),
        ({"kpis": curve("{type: step, out_of: 5, steps: [from 10%: 6]}")}, [(12, "points-above-full")]),
        ({"kpis": curve("{type: stairs}")}, [(12, "unknown-choice")]),
        (
            {"kpis": curve("{type: capped, zero_at: 9%, full_at: 1%, nothing_below: 5%, at_least: 0, at_most: 9}")},
            [(12, "curve-less-is-better")],
        ),
        (
            {"kpis": curve("{type: deduction, start_with: 1, at: 1%, for_each: 1%, count: whole-units}")},
            [(12, "one-of-keys-missing")],
        ),
        (
            {"grades": "grades:\n  - from 85: A\n  - from 95: S\n  - from 0: D\n", "factors": ""},
            [(22, "grades-not-in-order")],
        ),
        ({"grades": GRADES.replace("from 85: A", "from 95: A")}, [(21, "grades-not-in-order")]),
        ({"grades": GRADES.replace("from 85: A", "from 85%: A")}, [(21, "grade-bound-is-rate")]),
        ({"factors": FACTORS.replace("A: 1.2, ", "")}, [(24, "missing-key")]),
        ({"factors": FACTORS.replace("A:", "E:")}, [(24, "missing-key"), (24, "unknown-choice")]),
        ({"head": "views: {money: {title: Money}}\n"}, [(8, "missing-key"), (15, "missing-key")]),
        ({"head": "from: 2026-03-01\nthrough: 2026-02-01\n"}, [(7, "scorecard-backwards")]),
        ({"whose": ""}, [(4, "one-of-keys-missing")]),
        ({"grades": "grades:\n  - from 60: C\n", "factors": ""}, [(20, "scores-without-grade")]),
        ({"head": "kpi_at_most: 50%\n"}, [(9, "kpi-heavy")]),
    ],
)
def test_problem_has_its_place(parts: dict[str, str], expected: list[tuple[int, str]]) -> None:
    assert found(**parts) == expected


def test_weights_of_90_are_said_with_their_sum() -> None:
    file = load_scorecard(text(kpis=RECEIPTS + CONDUCT.replace("40%", "30%")), "card.yaml", shipped())
    (one,) = file.problems
    assert file.card is None
    assert sentence(one, "en") == "the weights of 2 KPIs sum to 90%, not 100%"
    assert sentence(one, "zh") == "2 项考核的权重合计 90%,应为 100%"


def test_an_unknown_metric_has_its_neighbour() -> None:
    file = load_scorecard(text(kpis=kpi("metric: receipts", "metric: reciepts")), "card.yaml", shipped())
    assert hint(file.problems[0], "en") == "did you mean `receipts`?"


def test_a_view_outside_its_share_is_a_note() -> None:
    view = "views: {money: {title: Money, at_least: 35%, at_most: 50%}, rest: {title: Rest}}\n"
    kpis = RECEIPTS.replace("    weight", "    view: money\n    weight") + CONDUCT.replace(
        "    weight", "    view: rest\n    weight"
    )
    file = load_scorecard(text(head=view, kpis=kpis), "card.yaml", shipped())
    assert file.card is not None
    assert [(one.name, one.severity) for one in file.problems] == [("view-share", "note")]
    assert sentence(file.problems[0]) == "the KPIs of Money weigh 60% together; this scorecard asks for 35%–50%"


@pytest.mark.parametrize("file", policy_files(None, "scorecards"), ids=lambda file: file.name)
def test_shipped_scorecards_have_no_problem(file: object) -> None:
    loaded = load_scorecard(file.path, "", shipped())  # type: ignore[attr-defined]
    assert not loaded.problems
    card = loaded.require()
    assert card.scorecard == file.name  # type: ignore[attr-defined]
    assert [(line.word, str(line.threshold)) for line in card.grades] == [
        ("S", "95"), ("A", "85"), ("B", "70"), ("C", "60"), ("D", "0")
    ]  # fmt: skip
    assert {word: str(factor) for word, factor in card.bonus_factors.items()} == {
        "S": "1.5", "A": "1.2", "B": "1.0", "C": "0.7", "D": "0"
    }  # fmt: skip
