"""What potential and pipeline look at in a store, and what a run keeps of it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from salescli.errors import ProblemsFound
from salescli.services.context import open_context
from salescli.services.quota.splitting import show_run, split_quota
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

ON = date(2026, 4, 5)
POLICY = """format: 1
targets: plan
for_year: 2026
metric: receipts
amount: 1,200,000
teams: {split_by: equal}
people: {split_by: METHOD}
months: {split_by: equal}
"""
STAGES = """format: 1
process: own
stages:
  - {stage: first, title: {zh: 初步, en: First}, kind: open, probability: 20%}
  - {stage: last, title: {zh: 谈判, en: Last}, kind: open}
  - {stage: won, title: {zh: 赢单, en: Won}, kind: won}
  - {stage: lost, title: {zh: 输单, en: Lost}, kind: lost}
"""


@pytest.fixture
def workspace(tmp_path):
    place = create_workspace(tmp_path / "w", "W", "CNY", "en")
    (place.config / "process.yaml").write_text(STAGES, encoding="utf-8")
    with open_context(place, today=ON, create=True) as context:
        store = context.store
        load(store, "team", [{"name": "A"}])
        load(store, "person", [{"number": "1", "name": "Anna"}, {"number": "2", "name": "Ben"}])
        seat = {"team": "A", "from": "2024-01-01", "role": "rep"}
        load(store, "assignment", [{"person": "1", **seat}, {"person": "2", **seat}])
        load(
            store,
            "customer",
            [
                {"number": "C1", "name": "Alba", "owner": "1", "potential": 50_000},
                {"number": "C2", "name": "Brio", "owner": "1", "potential": 25_000},
                {"number": "C3", "name": "Corda", "owner": "2", "potential": 25_000},
                {"number": "C4", "name": "Delta", "owner": "2"},
            ],
        )
    return place


def deals(place, *rows):
    with open_context(place, today=ON) as context:
        keys = ("number", "owner", "stage", "amount", "currency", "created")
        load(context.store, "deal", [dict(zip(keys, row, strict=True)) for row in rows])


def split(place, method, more=""):
    (place.config / "targets" / "plan.yaml").write_text(POLICY.replace("METHOD", method) + more, encoding="utf-8")
    with open_context(place, today=ON, language="en") as context:
        outcome = split_quota(context, grain="year")
        row = context.store.db.execute("SELECT manifest FROM run WHERE id = ?", (outcome.run.id,)).fetchone()
        years = {line[1]: line[3] for line in outcome.report.blocks[0].rows if line[1]}
        stored = show_run(context, outcome.run.id)
        return years, json.loads(row[0])["methods"], outcome, " ".join(line.en for line in stored.footer)


def test_potential_is_that_of_the_customers_owned(workspace):
    years, kept, _, said = split(workspace, "potential")
    assert years == {"1": Decimal("900000.00"), "2": Decimal("300000.00")}
    assert kept["potential"]["people"] == {"1": "75000", "2": "25000"}
    assert kept["potential"]["teams"] == {"A": "100000"}
    assert (kept["potential"]["metric"], kept["potential"]["on"]) == ("customer-potential", "2026-04-05")
    assert "potential (customer potential): Annual potential of customers customer-potential, as of 2026-04-05" in said


def test_another_metric_may_be_the_potential(workspace):
    years, kept, _, said = split(workspace, "potential", "potential: customers-listed\n")
    assert years["1"] == years["2"]
    assert kept["potential"]["metric"] == "customers-listed"
    assert "customers-listed" in said


def test_a_dated_metric_is_of_the_base_window(workspace):
    with open_context(workspace, today=ON) as context:
        load(context.store, "contract", [{"number": "K1", "owner": "2", "signed": "2025-05-01", "amount": 9}])
    years, kept, *_ = split(workspace, "potential", "potential: bookings\nbase: 2025\n")
    assert (years["1"], years["2"]) == (Decimal(0), Decimal(1_200_000))
    assert kept["potential"]["window"] == "2025-01-01..2025-12-31" or kept["potential"]["window"] == "2025"


def test_pipeline_is_open_deals_by_the_probability_of_their_stage(workspace):
    deals(
        workspace,
        ("D1", "1", "First", 100_000, None, "2026-01-05"),
        ("D2", "2", "First", 300_000, None, "2026-01-05"),
        ("D3", "2", "Lost", 900_000, None, "2026-01-05"),
        ("D4", "1", "First", 900_000, "USD", "2026-01-05"),
    )
    years, kept, outcome, said = split(workspace, "pipeline")
    assert years == {"1": Decimal("300000.00"), "2": Decimal("900000.00")}
    assert kept["pipeline"]["people"] == {"1": "20000", "2": "60000"}
    assert kept["pipeline"]["probabilities"] == {"first": "1/5"}
    assert "First 20%" in said
    assert [one.name for one in outcome.problems] == ["other-currency"]


def test_a_stage_of_which_nobody_knows_the_probability_is_refused(workspace):
    deals(workspace, ("D1", "1", "Last", 100_000, None, "2026-01-05"))
    with pytest.raises(ProblemsFound) as caught:
        split(workspace, "pipeline")
    (found,) = caught.value.problems
    assert (found.name, found.values["stages"]) == ("stage-without-probability", ("Last",))
    years, *_ = split(workspace, "pipeline", "pipeline: pipeline-value\n")
    assert years["1"] == Decimal(1_200_000)


def test_without_a_probability_the_share_won_of_deals_that_came_there(workspace):
    deals(
        workspace,
        ("D1", "1", "Last", 100_000, None, "2026-01-05"),
        ("D2", "2", "First", 100_000, None, "2026-01-05"),
        *((f"E{at}", "1", "Won" if at < 3 else "Lost", 1, None, "2025-01-05") for at in range(4)),
    )
    with open_context(workspace, today=ON) as context:
        load(
            context.store,
            "stage-change",
            [
                row
                for at in range(4)
                for row in (
                    {"deal": f"E{at}", "stage": "First", "at": "2025-01-05"},
                    {"deal": f"E{at}", "stage": "Last", "at": "2025-02-05"},
                    {"deal": f"E{at}", "stage": "Won" if at < 3 else "Lost", "at": "2025-03-05"},
                )
            ],
        )
    years, kept, _, said = split(workspace, "pipeline")
    assert kept["pipeline"]["people"] == {"1": "75000", "2": "20000"}
    assert "Last 75% (3/4)" in said
    assert years["1"] + years["2"] == Decimal(1_200_000)


def test_an_unknown_metric_has_its_place(workspace):
    with pytest.raises(ProblemsFound) as caught:
        split(workspace, "potential", "potential: custmer-potential\n")
    (found,) = caught.value.problems
    assert (found.name, found.where.line) == ("unknown-metric", 9)
