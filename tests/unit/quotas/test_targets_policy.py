"""Target policies: what is refused, where, and in which words."""

from pathlib import Path

import pytest

from salescli.core.quotas import methods
from salescli.core.quotas.findings import Finding
from salescli.core.quotas.methods.registry import METHODS, names_for
from salescli.core.quotas.shape import TargetsPolicy
from salescli.messages import hint, sentence
from salescli.policy.schema import json_schema
from salescli.policy.targets import placed, read_targets
from tests.unit.quotas.build import text


def problems(source):
    return [(one.where.line, one.where.column, one.name) for one in read_targets(source, "t.yaml").problems]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"people": "split_by: {equal: 60%, weights: 30%}, weights: {P1: 1}"}, ["blend-not-100"]),
        ({"people": "split_by: weights, weights: {P1: 0}"}, ["weights-sum-to-zero"]),
        ({"people": "split_by: weights"}, ["missing-key"]),
        ({"people": "split_by: equal, weights: {P1: 1}"}, ["weights-not-used"]),
        ({"people": "split_by: history"}, ["missing-key"]),
        ({"people": "split_by: equal, ramp: {am: [0%]}"}, ["missing-key"]),
        ({"people": "split_by: equal, successors: {P1: P1}"}, ["own-successor"]),
        ({"people": "split_by: capacity"}, ["missing-key"]),
        ({"people": "split_by: equal, capacity: {am: [50%]}"}, ["method-not-used"]),
        ({"people": "split_by: capacity, capacity: {am: [150%]}"}, ["number-too-large"]),
        (
            {"people": "split_by: capacity, capacity: {am: [5%]}, ramp: {am: [5%]}, ramp_gap: open"},
            ["ramp-counted-twice"],
        ),
        ({"more": "potential: customer-potential\n"}, ["method-not-used"]),
        ({"more": "base: 0\n"}, ["number-too-small"]),
        ({"more": "base: last year\n"}, ["bad-window"]),
        ({"more": "base: {window: '100,000'}\n"}, ["bad-window"]),
        ({"more": "base: {metric: receipts}\n"}, ["missing-key"]),
        ({"people": "split_by: seasonal"}, ["unknown-choice"]),
        ({"people": "split_by: equal, at_least: 90%"}, ["bad-quota-limit"]),
        (
            {"people": "split_by: equal, at_least: 90% of own last year, at_most: 80% of own last year"},
            ["floor-above-ceiling"],
        ),
        ({"months": "split_by: seasonal"}, ["missing-key"]),
        ({"months": "split_by: equal, together: [[1, 13]]"}, ["bad-month-number"]),
        ({"more": "growth: 5%\n"}, ["keys-exclude-each-other", "missing-key"]),
        ({"more": "levels: {stretch: 110%}\n"}, ["base-level-not-100"]),
        ({"more": "year: 2026\n"}, ["unknown-key"]),
        ({"amount": "0"}, ["number-too-small"]),
    ],
)
def test_what_is_refused(change, expected):
    document = read_targets(text(**change), "t.yaml")
    assert sorted(one.name for one in document.problems) == expected
    for one in document.problems:
        assert "<" not in sentence(one, "en") + sentence(one, "zh")


def test_all_problems_at_once_each_with_its_place():
    source = text(people="split_by: potentials, at_least: 9x", months="split_by: seasonl")
    assert problems(source) == [
        (7, 20, "unknown-choice"),
        (7, 42, "bad-amount"),
        (8, 20, "unknown-choice"),
    ]


def test_findings_of_a_split_get_their_place_and_words():
    document = read_targets(text(teams="split_by: weights, weights: {A: 1, Z: 1}"), "t.yaml")
    (one,) = placed(
        document, [Finding("unknown-team", ("teams", "weights", "Z"), {"text": "Z", "nearest": "A"}, at_key=True)]
    )
    assert str(one.where) == "t.yaml:6:44"
    assert sentence(one) == "`Z` is not a team of the year"
    assert hint(one) == "did you mean `A`?"


def test_every_method_says_where_it_may_be_used():
    assert all(method.places for method in METHODS.values())


def test_every_file_of_methods_is_registered():
    folder = Path(methods.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "model", "registry"}
    assert files == set(METHODS)


def test_the_schema_names_what_split_by_may_be():
    schema = json_schema(TargetsPolicy)
    assert schema["$defs"]["MonthsShape"]["properties"]["split_by"]["anyOf"][0]["enum"] == list(names_for("months"))
