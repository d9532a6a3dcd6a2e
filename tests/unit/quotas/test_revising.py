"""Revisions worked by hand: who left, moved, joined with a ramp, took a seat; the past stays, the year adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from salescli.core.periods import FiscalCalendar, months_in, parse_period
from salescli.errors import ProblemsFound, Refused, UsageError
from salescli.services.context import open_context
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.revising import RevisionRequest, revise_quota
from salescli.services.quota.splitting import accept_quota, show_run, split_quota
from salescli.services.quota.targets import fetch_targets
from salescli.services.workspace import create_workspace
from salescli.store.batches import fetch_batches, latest_batch
from salescli.store.runs import add_event, fetch_runs, save_run
from salescli.store.state import dump_state
from salescli.store.versions import undo_batch
from tests.unit.store_support import load

PLAN_DAY = date(2025, 12, 20)
YEAR = parse_period("2026", FiscalCalendar())
LABELS = [month.label for month in months_in(YEAR)]
POLICY = """format: 1
targets: plan
for_year: 2026
metric: receipts
amount: 1,440,000
levels: {base: 100%, stretch: 110%}
teams: {split_by: equal}
people:
  split_by: equal
  street_above: 5%
  ramp: {novice: [0%, 50%, 100%]}
  ramp_gap: open
months: {split_by: equal}
round_to: 1
"""


def fill(store):
    """Two teams of two: 60,000 a month each, and 31,500 a month on the street for everybody."""
    load(store, "team", [{"number": "T1", "name": "一部"}, {"number": "T2", "name": "二部"}])
    load(store, "person", [{"number": f"P{n}", "name": name} for n, name in enumerate("甲乙丙丁戊", 1)])
    load(store, "assignment", [seat("P1", "T1"), seat("P2", "T1"), seat("P3", "T2"), seat("P4", "T2")])


def seat(person, team, start="2025-01-01", through=None, role="rep"):
    return {"person": person, "team": team, "from": start, "through": through, "role": role}


@pytest.fixture
def place(tmp_path):
    found = create_workspace(tmp_path / "团队", "华辰", "CNY", "zh")
    (found.config / "targets" / "plan.yaml").write_text(POLICY, encoding="utf-8")
    with open_context(found, today=PLAN_DAY, create=True) as context:
        fill(context.store)
        split_quota(context)
        accept_quota(context)
    return found


def at(place, day=date(2026, 7, 10), **values):
    return open_context(place, today=day, **values)


def revise(context, month="2026-07", reason="人员变动", **values):
    outcome = revise_quota(context, "", RevisionRequest(month, reason, **values))
    return outcome.run, accept_quota(context, outcome.run.id)


def monthly(context, level="base", on=None, **where):
    """Targets in force by month, as seen at the end of the year or on a day."""
    context.on, before = on or date(2026, 12, 31), context.on
    leaves = fetch_targets(context, open_directory(context), YEAR)[0]
    context.on = before
    found = {}
    for leaf in leaves:
        if leaf.level == level and all(getattr(leaf, name) == value for name, value in where.items()):
            found[leaf.month] = found.get(leaf.month, Decimal(0)) + leaf.amount
    return found


def of(context, key, **more):
    """A person's months as a list; None where there is no target."""
    found = monthly(context, holder_key=key, **more)
    return [None if label not in found else int(found[label]) for label in LABELS]


def check_laws(context, month="2026-07"):
    """Company months sum to the year; teams to the company, everybody to the team's street, in each month revised."""
    for level, year in (("base", 1_440_000), ("stretch", 1_584_000)):
        company = monthly(context, level, holder="company")
        assert sum(company.values()) == year
        for label in (each for each in LABELS if each >= month):
            teams = {key: monthly(context, level, holder="team", team=key)[label] for key in ("T1", "T2")}
            assert sum(teams.values()) == company[label]
            for key, target in teams.items():
                everyone = sum(
                    monthly(context, level, holder=holder, team=key).get(label, Decimal(0))
                    for holder in ("person", "seat", "ramp-gap", "nobody")
                )
                assert everyone == target * Decimal("1.05")


def test_a_leaver_s_months_go_to_the_team(place):
    with at(place) as context:
        load(context.store, "assignment", [seat("P2", "T1", through="2026-06-30")])
        before = of(context, "P2")
        run, done = revise(context)
        assert of(context, "P2") == [31_500] * 6 + [None] * 6
        assert of(context, "P1") == [31_500] * 6 + [63_000] * 6
        assert of(context, "P3") == before == [31_500] * 12
        check_laws(context)
        moves = {row[0]: row[2:] for row in show_run(context, run.id).blocks[-1].rows}
        assert moves == {"P2": ("离开", "一部", "", "2026-07")}
        batch = next(one for one in fetch_batches(context.store) if one.id == done.batch)
        assert batch.title == f"quota accept {run.id} (plan) from 2026-07: 人员变动"
        assert batch.summary["revises"]["reason"] == "人员变动"


def test_a_mover_takes_a_share_of_the_new_team(place):
    """T1 has three from July: 21,000 each; the one who stays in T2 has 63,000."""
    with at(place) as context:
        load(context.store, "assignment", [seat("P3", "T2", through="2026-06-30"), seat("P3", "T1", "2026-07-01")])
        run, _ = revise(context)
        assert of(context, "P3") == [31_500] * 6 + [21_000] * 6
        assert of(context, "P1") == [31_500] * 6 + [21_000] * 6
        assert of(context, "P4") == [31_500] * 6 + [63_000] * 6
        assert of(context, "P3", team="T2") == [31_500] * 6 + [None] * 6
        check_laws(context)
        moves = {row[0]: row[2:] for row in show_run(context, run.id).blocks[-1].rows}
        assert moves == {"P3": ("调动", "二部", "一部", "2026-07")}


def test_a_late_joiner_has_a_ramp_and_the_gap_is_open(place):
    """T2 has three from August: 21,000 each; the joiner begins at 0, then half; July is still for two."""
    with at(place) as context:
        load(context.store, "person", [{"number": "P5", "name": "戊", "joined": "2026-08-01"}])
        load(context.store, "assignment", [seat("P5", "T2", "2026-08-01", role="novice")])
        run, _ = revise(context)
        assert of(context, "P5") == [None] * 7 + [0, 10_500, 21_000, 21_000, 21_000]
        assert of(context, "P3") == [31_500] * 7 + [21_000] * 5
        assert of(context, "ramp-gap")[7:10] == [21_000, 10_500, 0]
        check_laws(context)
        moves = {row[0]: row[2:] for row in show_run(context, run.id).blocks[-1].rows}
        assert moves == {"P5": ("加入", "", "二部", "2026-08")}


def test_a_seat_that_is_taken_gives_its_remaining_months(place):
    """Three equal parts of T2 from March on, one of them a vacant seat, which is taken in September."""
    with at(place) as context:
        load(context.store, "seat", [{"number": "S1", "team": "T2", "role": "rep", "from": "2026-03-01"}])
        revise(context, "2026-03")
        assert of(context, "S1") == [None] * 2 + [21_000] * 10
        row = {
            "number": "S1",
            "team": "T2",
            "role": "rep",
            "from": "2026-03-01",
            "person": "P5",
            "taken_on": "2026-09-01",
        }
        load(context.store, "seat", [row])
        revise(context, "2026-09")
        assert of(context, "S1") == [None] * 2 + [21_000] * 6 + [None] * 4
        assert of(context, "P5") == [None] * 8 + [21_000] * 4
        assert of(context, "P3") == [31_500] * 2 + [21_000] * 10
        check_laws(context, "2026-03")


def test_a_raised_year_and_a_second_revision(place):
    """1,500,000 from July: 60,000 more over six months; 1,560,000 from October: 60,000 more over three."""
    with at(place) as context:
        revise(context, amount="1,500,000")
        assert of(context, "", holder="company") == [120_000] * 6 + [130_000] * 6
        assert [one.name for one in context.notes] == ["revised-beside-policy"]
        revise(context, "2026-10", amount="1,560,000")
        assert of(context, "", holder="company") == [120_000] * 6 + [130_000] * 3 + [150_000] * 3
        assert of(context, "P1") == [31_500] * 6 + [34_125] * 3 + [39_375] * 3


def test_as_seen_on_a_day(place):
    with at(place) as context:
        revise(context, amount="1,500,000")
        revise(context, "2026-10", amount="1,560,000")

        def seen(day):
            return of(context, "", holder="company", on=day)

        assert seen(date(2026, 6, 30)) == [120_000] * 12
        assert seen(date(2026, 7, 1)) == [120_000] * 6 + [130_000] * 6
        assert seen(date(2026, 9, 30)) == [120_000] * 6 + [130_000] * 6
        assert seen(date(2026, 10, 1)) == [120_000] * 6 + [130_000] * 3 + [150_000] * 3


def test_an_earlier_revision_takes_the_place_of_later_ones(place):
    """From October 1,560,000; then from July 1,500,000: October's version no longer counts, and its leaver is back."""
    with at(place) as context:
        load(context.store, "assignment", [seat("P2", "T1", through="2026-09-30")])
        revise(context, "2026-10", amount="1,560,000")
        assert of(context, "P2")[9:] == [None] * 3
        load(context.store, "assignment", [seat("P2", "T1", through="2026-07-31")])
        run, done = revise(context, "2026-07", amount="1,500,000")
        assert "takes the place of the revision from 2026-10 on" in [
            line.en for line in show_run(context, run.id).footer
        ]
        assert of(context, "", holder="company") == [120_000] * 6 + [130_000] * 6
        assert of(context, "P2") == [31_500] * 6 + [34_125] + [None] * 5
        with context.store.transaction():
            undo_batch(context.store, done.batch)
        assert of(context, "", holder="company") == [120_000] * 9 + [160_000] * 3
        assert of(context, "P2")[6:9] == [31_500] * 3


@pytest.mark.parametrize("seed", range(6))
def test_revisions_in_any_order_keep_the_past_and_add_up(place, seed):
    """Months, amounts, leavers and joiners at random: what is before stands, everything from the month on adds up."""
    chance, accepted = Random(seed), 0
    with at(place) as context:
        for turn in range(6):
            month = chance.choice(LABELS[1:])
            amount = 1_440_000 + 60_000 * chance.randrange(9)
            if chance.random() < 0.5:
                who, team = chance.choice([("P2", "T1"), ("P4", "T2")])
                load(context.store, "assignment", [seat(who, team, through=f"2026-{chance.randrange(1, 13):02}-15")])
            elif turn == 2:
                load(context.store, "assignment", [seat("P5", chance.choice(["T1", "T2"]), f"{month}-10")])
            before, state = everything(context), dump_state(context.store)
            try:
                outcome = revise_quota(context, "", RevisionRequest(month, f"turn {turn}", str(amount)))
            except ProblemsFound as found:
                assert {one.name for one in found.problems} == {"kept-above-year"}
                continue
            if outcome.run is None:
                continue
            done, accepted = accept_quota(context, outcome.run.id), accepted + 1
            after = everything(context)
            assert {key: value for key, value in after.items() if key[-1] < month} == {
                key: value for key, value in before.items() if key[-1] < month
            }
            assert sum(value for key, value in after.items() if key[:2] == ("base", "company")) == amount
            check_months(after, month)
            if chance.random() < 0.4:
                with context.store.transaction():
                    undo_batch(context.store, done.batch)
                assert dump_state(context.store) == state
    assert accepted > 2


def everything(context):
    """All targets in force by level, holder, team, key and month, as seen at the end of the year."""
    context.on, before = date(2026, 12, 31), context.on
    leaves = fetch_targets(context, open_directory(context), YEAR)[0]
    context.on = before
    return {(one.level, one.holder, one.team, one.holder_key, one.month): one.amount for one in leaves}


def check_months(found, first):
    """Teams are the company, and people, gaps and months of nobody are a team's street, in each month and level."""
    for level in ("base", "stretch"):
        for month in (label for label in LABELS if label >= first):
            here = {key: value for key, value in found.items() if key[0] == level and key[-1] == month}
            teams = {key[2]: value for key, value in here.items() if key[1] == "team"}
            assert sum(teams.values()) == here[level, "company", "", "", month]
            for team, target in teams.items():
                street = sum(value for key, value in here.items() if key[2] == team and key[1] != "team")
                assert abs(street - target * Decimal("1.05")) <= Decimal("0.01")


def test_undo_brings_the_old_version_back(place):
    with at(place) as context:
        load(context.store, "assignment", [seat("P2", "T1", through="2026-06-30")])
        before = dump_state(context.store)
        _, done = revise(context)
        assert dump_state(context.store) != before
        with context.store.transaction():
            undo_batch(context.store, done.batch)
        assert dump_state(context.store) == before


def test_nothing_changed_writes_nothing(place):
    with at(place) as context:
        batch, runs = latest_batch(context.store), len(fetch_runs(context.store, "quota"))
        outcome = revise_quota(context, "plan", RevisionRequest("2026-07", "Prüfung"))
        assert (outcome.run, outcome.report) == (None, None)
        assert (latest_batch(context.store), len(fetch_runs(context.store, "quota"))) == (batch, runs)
        run, done = revise(context, amount="1,500,000")
        assert revise_quota(context, "", RevisionRequest("2026-07", "again", "1,500,000")).run is None
        assert accept_quota(context, run.id).batch is None
        assert done.batch == latest_batch(context.store)


def test_a_closed_month_is_refused_unless_it_is_a_correction(place):
    with at(place) as context:
        with context.store.transaction():
            closed = save_run(context.store, "commission", "commission", "2026-07", 1, {}, {})
            add_event(context.store, closed.id, "closed")
        with pytest.raises(Refused) as caught:
            revise(context, amount="1,500,000")
        (found,) = caught.value.problems
        assert (found.name, found.values["closed"]) == ("revises-closed-month", ("2026-07",))
        assert revise(context, "2026-08", amount="1,500,000")[1].batch
        run, _ = revise(context, amount="1,560,000", is_correction=True)
        assert any("2026-07" in line.zh and "更正" in line.zh for line in show_run(context, run.id).footer)


def test_a_month_that_was_closed_since_the_draft_is_not_accepted(place):
    with at(place) as context:
        draft = revise_quota(context, "", RevisionRequest("2026-07", "raise", "1,500,000")).run
        with context.store.transaction():
            closed = save_run(context.store, "commission", "commission", "2026-07", 1, {}, {})
            add_event(context.store, closed.id, "closed")
        with pytest.raises(Refused):
            accept_quota(context, draft.id)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (RevisionRequest("2026-07", " "), "revision-needs-reason"),
        (RevisionRequest("2025-07", "x"), "revision-month"),
        (RevisionRequest("2026-Q3", "x"), "revision-month"),
        (RevisionRequest("2026-07", "x", "1", "2%"), "amount-or-growth"),
        (RevisionRequest("2026-07", "x", "12x"), "bad-amount"),
        (RevisionRequest("2026-07", "x", "-5"), "number-too-small"),
        (RevisionRequest("2026-07", "x", growth="5%"), "growth-needs-base"),
    ],
)
def test_what_goes_wrong(place, asked, name):
    with at(place) as context, pytest.raises(UsageError) as caught:
        revise_quota(context, "", asked)
    assert caught.value.problems[0].name == name


def test_there_is_nothing_to_revise(place):
    with at(place) as context:
        with context.store.transaction():
            undo_batch(context.store, latest_batch(context.store))
        with pytest.raises(Refused) as caught:
            revise(context)
        assert caught.value.problems[0].name == "nothing-to-revise"


def test_a_draft_whose_past_has_changed_is_not_accepted(place):
    """A year of 1,320,000 was drafted on another July and August: with the new ones it would not add up to it."""
    with at(place) as context:
        first, _ = revise_drafts(context, ("2026-07", "1,200,000"))
        later, _ = revise_drafts(context, ("2026-09", "1,320,000"))
        accept_quota(context, first.id)
        before = dump_state(context.store)
        with pytest.raises(Refused) as refused:
            accept_quota(context, later.id)
        found = refused.value.problems[0]
        assert (found.name, found.values["run"], found.values["months"]) == (
            "revision-outdated",
            later.id,
            ("2026-07", "2026-08"),
        )
        assert dump_state(context.store) == before
        again, _ = revise_drafts(context, ("2026-09", "1,320,000"))
        accept_quota(context, again.id)
        assert sum(monthly(context, holder="company").values()) == 1_320_000


def revise_drafts(context, asked):
    month, amount = asked
    outcome = revise_quota(context, "", RevisionRequest(month, "新市场", amount=amount))
    return outcome.run, outcome.report


def test_of_two_drafts_from_one_month_either_is_accepted(place):
    with at(place) as context:
        low, _ = revise_drafts(context, ("2026-07", "1,200,000"))
        high, _ = revise_drafts(context, ("2026-07", "1,560,000"))
        accept_quota(context, high.id)
        accept_quota(context, low.id)
        assert sum(monthly(context, holder="company").values()) == 1_200_000
