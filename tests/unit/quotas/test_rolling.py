"""`quota roll`: what of a policy goes on to the next year, what does not, and why."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.errors import Refused, UsageError
from salescli.policy.targets import read_targets
from salescli.services.context import open_context
from salescli.services.quota.rolling import RollRequest, roll_quota
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

POLICY = """# plan of 2026
format: 1
targets: receipts-2026
title: {zh: 2026 年回款, en: Receipts 2026}
for_year: 2026
metric: receipts
growth: 20%
base: 2024-12-01 through 2025-11-30   # when it was written
teams: {split_by: history, rationale: {一部: new market}}
people:
  split_by: history
  without_history: team-median
  at_least: 90% of own last year
  at_most: 500,000
  vacant_seats:
    - {seat: S1, team: 一部, from: 2026-07-01}
    - {seat: S2, team: 一部, role: rep}
  fixed: [{person: P1, period: 2026-Q1, amount: 900_000, rest: team}]
months: {split_by: seasonal, history: [2024, 2025]}
"""


@pytest.fixture
def workspace(tmp_path):
    place = create_workspace(tmp_path / "w", "华辰", "CNY", "en")
    (place.config / "targets" / "receipts-2026.yaml").write_text(POLICY, encoding="utf-8")
    with open_context(place, today=date(2027, 1, 10), create=True) as context:
        load(context.store, "team", [{"name": "一部"}])
        load(context.store, "person", [{"number": "P1", "name": "王芳"}, {"number": "P2", "name": "新人"}])
        seat = {"number": "S1", "team": "一部", "from": "2026-07-01", "person": "P2", "taken_on": "2026-09-01"}
        load(context.store, "seat", [seat, {"number": "S3", "team": "一部", "from": "2026-10-01"}])
        months = [f"{year}-{month:02d}-05" for year in (2024, 2025, 2026) for month in range(1, 13)]
        load(
            context.store,
            "receipt",
            [{"number": day, "date": day, "owner": "P1", "amount": 1_000} for day in months],
        )
    return place


def roll(workspace, day=date(2027, 1, 10), **asked):
    with open_context(workspace, today=day, language="en") as context:
        done = roll_quota(context, RollRequest("2027", **asked))
    return done, {row[0]: row[1:] for row in done.report.blocks[0].rows}


def test_a_roll_in_january(workspace):
    done, changed = roll(workspace)
    policy = read_targets(done.path).require()
    assert done.path.name == "receipts-2027.yaml"
    assert (policy.targets, policy.for_year, policy.title.zh) == ("receipts-2027", "2027", "2027 年回款")
    assert policy.base_text.text == "2026-01-01 through 2026-12-31"
    assert changed["base"][2] == "the year before"
    assert policy.months.history == (2025, 2026)
    assert policy.people.fixed == ()
    assert policy.people.at_most is None
    assert policy.people.at_least is not None
    assert [one.seat for one in policy.people.vacant_seats] == ["S2"]
    assert changed["people.vacant_seats"][2] == "taken or closed: S1"
    assert not policy.teams.rationale
    assert "growth" not in changed
    said = [line.en for line in done.report.footer]
    assert "seats still open: S3, S2" in said
    assert "comments that still speak of 2026: line 1" in said
    assert "# when it was written" in done.path.read_text(encoding="utf-8")


def test_a_roll_in_autumn_takes_the_months_that_there_are(workspace):
    done, changed = roll(workspace, day=date(2026, 11, 22), growth="15%")
    policy = read_targets(done.path).require()
    assert policy.base_text.text == "2025-11-01 through 2026-10-31"
    assert changed["base"][2] == "last year is not over: 12 months with figures"
    assert policy.months.history == (2024, 2025)
    assert "months.history" not in changed


def test_fixed_figures_that_are_kept_move_to_the_new_year(workspace):
    done, changed = roll(workspace, keep_fixed=True, amount="1亿", new_name="again")
    policy = read_targets(done.path).require()
    assert policy.people.fixed[0].period == "2027-Q1"
    assert policy.people.at_most.amount == 500_000
    assert (policy.amount, policy.growth) == (100_000_000, None)
    assert changed["growth"] == ("20%", None, "an amount instead")


def test_nothing_is_overwritten_and_the_old_file_stays(workspace):
    old = workspace.config / "targets" / "receipts-2026.yaml"
    roll(workspace)
    with pytest.raises(Refused) as again:
        roll(workspace)
    assert again.value.problems[0].name == "roll-would-overwrite"
    assert old.read_text(encoding="utf-8") == POLICY


def test_an_amount_of_its_own_year_is_never_taken_over(workspace):
    path = workspace.config / "targets" / "receipts-2026.yaml"
    path.write_text(POLICY.replace("growth: 20%", "amount: 5,000"), encoding="utf-8")
    with pytest.raises(UsageError) as needed:
        roll(workspace)
    assert needed.value.problems[0].name == "roll-needs-figure"
    with pytest.raises(UsageError) as both:
        roll(workspace, amount="5", growth="5%")
    assert both.value.problems[0].name == "amount-or-growth"
