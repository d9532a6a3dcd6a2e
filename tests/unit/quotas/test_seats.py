"""Vacant seats as records: open until taken, then the remaining months are of whoever took it. Worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescli.cli.root import main
from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.records.registry import built_in
from salescli.services.context import open_context
from salescli.services.quota.splitting import accept_quota, show_quota, split_quota
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

POLICY = """format: 1
targets: t
for_year: 2026
metric: receipts
amount: 144,000
teams: {split_by: equal}
people:
  split_by: equal
%s
months: {split_by: equal}
"""
RAMP = "  ramp: {account-manager: [0%, 50%]}\n  ramp_gap: open"
SEAT = {"number": "S1", "team": "一部", "role": "account-manager", "from": "2026-01-01"}


def workspace_of(tmp_path, people="", seats=(SEAT,), assignments=(), joined=None):
    place = create_workspace(tmp_path / "w", "华辰", "CNY", "en")
    (place.config / "targets" / "t.yaml").write_text(POLICY % people, encoding="utf-8")
    with open_context(place, today=date(2026, 1, 2), create=True) as context:
        load(context.store, "team", [{"name": "一部"}])
        new = {"number": "P3", "name": "新人"} | ({"joined": joined} if joined else {})
        load(context.store, "person", [{"number": "P1", "name": "王芳"}, {"number": "P2", "name": "赵磊"}, new])
        seat = {"team": "一部", "role": "account-manager"}
        rows = [{"person": who, "from": "2024-01-01", **seat} for who in ("P1", "P2")]
        load(context.store, "assignment", rows + [{"person": "P3", "team": "一部", **one} for one in assignments])
        if seats:
            load(context.store, "seat", list(seats))
    return place


def split(place):
    """Months of each holder by key, and the names of what was said."""
    with open_context(place, today=date(2026, 1, 2)) as context:
        outcome = split_quota(context, grain="month")
    rows = {row[1]: row[3:-1] for row in outcome.report.blocks[0].rows if row[1]}
    return rows, [one.name for one in outcome.problems]


def test_an_open_seat_of_the_records_has_a_part(tmp_path):
    rows, said = split(workspace_of(tmp_path))
    assert rows["S1"] == (Decimal("4000.00"),) * 12  # 12,000 a month among two people and the seat
    assert rows["P1"] == rows["P2"] == (Decimal("4000.00"),) * 12
    assert said == []


def test_whoever_takes_a_seat_takes_the_remaining_months_and_nobody_else_moves(tmp_path):
    taken = SEAT | {"person": "P3", "taken_on": "2026-07-01"}
    rows, _ = split(workspace_of(tmp_path, seats=[taken]))
    assert rows["S1"] == (Decimal("4000.00"),) * 6 + (None,) * 6
    assert rows["P3"] == (None,) * 6 + (Decimal("4000.00"),) * 6
    assert rows["P1"] == (Decimal("4000.00"),) * 12


def test_a_blend_does_not_move_others_when_a_seat_is_taken(tmp_path):
    weights = "  split_by: {weights: 70%, equal: 30%}\n  weights: {P1: 2, P2: 1, S1: 1}"
    policy = POLICY.replace("  split_by: equal\n", "", 1) % weights
    for name, seat in (("open", SEAT), ("taken", SEAT | {"person": "P3", "taken_on": "2026-07-01"})):
        place = workspace_of(tmp_path / name, seats=[seat])
        (place.config / "targets" / "t.yaml").write_text(policy, encoding="utf-8")
        rows, _ = split(place)
        # of 12,000: 70 % by 2 : 1 : 1 and 30 % equally
        assert rows["P1"][0] == Decimal("5400.00")
        assert rows["P2"][11] == Decimal("3300.00")
        assert rows["S1"][0] == Decimal("3300.00")
    assert rows["P3"][6:] == (Decimal("3300.00"),) * 6


def test_a_seat_taken_in_the_middle_of_a_month_is_divided_by_days(tmp_path):
    rows, _ = split(workspace_of(tmp_path, seats=[SEAT | {"person": "P3", "taken_on": "2026-04-16"}]))
    assert rows["S1"][3] == rows["P3"][3] == Decimal("2000.00")  # 15 days of 30 each
    assert rows["P1"][3] == Decimal("4000.00")


def test_the_ramp_is_the_one_of_the_person_who_took_it(tmp_path):
    taken = SEAT | {"person": "P3", "taken_on": "2026-07-01"}
    rows, _ = split(workspace_of(tmp_path, people=RAMP, seats=[taken], joined="2026-07-01"))
    assert rows["P3"][6:9] == (Decimal("0.00"), Decimal("2000.00"), Decimal("4000.00"))
    assert rows["ramp-gap"][6:8] == (Decimal("4000.00"), Decimal("2000.00"))


@pytest.mark.parametrize("start", ["2026-07-01", "2026-07-20"])
def test_an_assignment_in_the_team_ends_the_seat_and_nobody_counts_twice(tmp_path, start):
    taken = SEAT | {"person": "P3", "taken_on": "2026-07-01"}
    rows, _ = split(workspace_of(tmp_path, seats=[taken], assignments=[{"from": start, "role": "account-manager"}]))
    assert rows["S1"][5:7] == (Decimal("4000.00"), None)
    assert rows["P3"] == (None,) * 6 + (Decimal("4000.00"),) * 6


def test_a_newcomer_with_an_assignment_has_the_weight_of_the_seat(tmp_path):
    weights = "  split_by: {weights: 70%, equal: 30%}\n  weights: {P1: 2, P2: 1, S1: 1}"
    taken = SEAT | {"person": "P3", "taken_on": "2026-07-01"}
    place = workspace_of(tmp_path, seats=[taken], assignments=[{"from": "2026-07-01", "role": "account-manager"}])
    policy = POLICY.replace("  split_by: equal\n", "", 1) % weights
    (place.config / "targets" / "t.yaml").write_text(policy, encoding="utf-8")
    rows, _ = split(place)
    assert rows["P1"] == (Decimal("5400.00"),) * 12
    assert rows["P3"][6:] == (Decimal("3300.00"),) * 6


def test_a_colleague_who_takes_a_seat_of_the_own_team_keeps_the_own_quota(tmp_path):
    rows, _ = split(workspace_of(tmp_path, seats=[SEAT | {"person": "P2", "taken_on": "2026-07-01"}]))
    assert rows["S1"] == (Decimal("4000.00"),) * 6 + (None,) * 6
    assert rows["P2"] == (Decimal("4000.00"),) * 6 + (Decimal("6000.00"),) * 6


def test_a_seat_that_is_closed_or_half_taken(tmp_path):
    closed = SEAT | {"through": "2026-03-31"}
    half = SEAT | {"number": "S2", "from": "2026-10-01", "person": "P3"}
    rows, said = split(workspace_of(tmp_path, seats=[closed, half]))
    assert rows["S1"] == (Decimal("4000.00"),) * 3 + (None,) * 9
    assert rows["S2"] == (None,) * 9 + (Decimal("4000.00"),) * 3
    assert rows["P1"][4] == Decimal("6000.00")
    assert said == ["seat-half-taken"]


def test_the_record_wins_over_the_policy(tmp_path):
    rows, said = split(
        workspace_of(tmp_path, people="  vacant_seats: [{seat: S1, team: 一部, from: 2026-10-01}]", seats=[SEAT])
    )
    assert rows["S1"] == (Decimal("4000.00"),) * 12
    assert said == ["seat-said-twice"]


def test_seats_are_shown_by_number_and_role(tmp_path):
    place = workspace_of(tmp_path)
    with open_context(place, today=date(2026, 1, 2)) as context:
        split_quota(context)
        accept_quota(context)
        report = show_quota(context, parse_period("2026", FiscalCalendar()))
    assert ("S1", "S1 account-manager") in {row[1:3] for row in report.blocks[0].rows}


@pytest.mark.parametrize("word", ["seat", "空缺席位", "席位", "Vacant seats", "vacancy"])
def test_the_type_is_found_by_its_names(word):
    assert built_in().find(word).name == "seat"


@pytest.mark.parametrize(
    "text",
    [
        "席位编号,岗位,团队,空缺起始日,接任人,接任日期\nS1,account-manager,一部,2026-01-01,新人,2026-07-01\n",
        "Seat number,Role,Team,Vacant from,Taken by,Taken on\nS1,account-manager,一部,2026-01-01,P3,2026-07-01\n",
    ],
)
def test_a_list_of_seats_is_recognised_and_imported(tmp_path, monkeypatch, capsys, text):
    place = workspace_of(tmp_path, seats=())
    (place.folder / "空缺.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("SALESCLI_TODAY", "2026-01-02")
    assert main(["import", "空缺.csv"]) == 0
    capsys.readouterr()
    rows, _ = split(place)
    assert rows["S1"] == (Decimal("4000.00"),) * 6 + (None,) * 6
    assert rows["P3"] == (None,) * 6 + (Decimal("4000.00"),) * 6


def test_seats_and_street_add_up_in_every_month(tmp_path):
    seats = [
        SEAT | {"person": "P3", "taken_on": "2026-04-16"},
        SEAT | {"number": "S2", "from": "2026-03-10", "through": "2026-08-20"},
    ]
    place = workspace_of(tmp_path, people=RAMP + "\n  street_above: 5%", seats=seats, joined="2026-04-16")
    rows, _ = split(place)
    with open_context(place, today=date(2026, 1, 2)) as context:
        team = next(row for row in split_quota(context, grain="month").report.blocks[0].rows if row[0] and not row[1])
    for month in range(12):
        parts = sum((cells[month] for cells in rows.values() if cells[month] is not None), Decimal(0))
        assert parts == team[3 + month] * Decimal("1.05")
