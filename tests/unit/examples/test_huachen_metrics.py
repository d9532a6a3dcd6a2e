"""Every metric that the example's plans and targets name is in the catalogue."""

from __future__ import annotations

import pytest

from salescli.policy.layers import policy_files
from salescli.policy.metrics import read_catalogue
from salescli.policy.plans import load_plan
from salescli.policy.targets import read_targets, target_files
from tests.unit.examples.huachen_files import FOLDER

CATALOGUE, PROBLEMS = read_catalogue(policy_files(FOLDER / "config", "metrics"))
PLANS = sorted((FOLDER / "config" / "plans").glob("*.yaml"))
TARGETS = target_files(FOLDER / "config")


def test_the_catalogue_is_sound() -> None:
    assert PROBLEMS == []
    assert PLANS and TARGETS


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_metrics_of_a_plan_resolve(path) -> None:
    read = load_plan(path, metrics=CATALOGUE.names)
    assert read.problems == ()
    plan = read.require()
    assert [metric for one in plan.components.values() for metric in one.metrics]


@pytest.mark.parametrize("path", TARGETS, ids=lambda path: path.stem)
def test_the_metric_of_a_target_resolves(path) -> None:
    policy = read_targets(path).value
    assert policy is not None
    assert policy.metric in CATALOGUE


def test_a_misspelt_metric_would_be_found() -> None:
    text = PLANS[0].read_text(encoding="utf-8").replace("collection-rate", "collectoin-rate")
    found = load_plan(text, "plan.yaml", CATALOGUE.names).problems
    assert [(one.name, one.values["nearest"]) for one in found] == [("unknown-metric-in-plan", "collection-rate")]
