"""The tree of teams and the managers of leavers, from records."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.core.periods import FiscalCalendar, parse_period
from salescli.services.context import open_context
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.splitting import accept_quota, show_quota, show_run, split_quota
from salescli.services.quota.tree import team_parents, team_ranks, tree_day
from salescli.services.workspace import create_workspace
from salescli.store.batches import begin_batch
from salescli.store.dated import put_dated
from tests.unit.store_support import load

POLICY = """format: 1
targets: receipts-2026
for_year: 2026
metric: receipts
amount: 1,200,000
teams: {split_by: equal}
people: {split_by: equal, leavers: manager}
months: {split_by: equal}
"""
YEAR = parse_period("2026", FiscalCalendar())


@pytest.fixture
def context(tmp_path):
    place = create_workspace(tmp_path / "a", "华辰", "CNY", "zh")
    (place.config / "targets" / "receipts-2026.yaml").write_text(POLICY, encoding="utf-8")
    with open_context(place, today=date(2026, 1, 5), create=True) as opened:
        fill(opened.store)
        yield opened


def fill(store):
    teams = [
        {"name": "北区"},
        {"name": "南区", "manager": "M1"},
        {"name": "一部", "parent": "北区"},
        {"name": "二部", "parent": "南区"},
    ]
    people = [
        {"number": key, "name": name} for key, name in (("M1", "周宁"), ("P1", "王芳"), ("P2", "赵磊"), ("P3", "李娜"))
    ]
    load(store, "person", people)
    load(store, "team", teams)
    seats = [
        {"person": "P1", "team": "一部", "manager": "P3", "through": "2026-06-30"},
        {"person": "P2", "team": "一部"},
        {"person": "P3", "team": "二部"},
        {"person": "M1", "team": "南区"},
    ]
    load(store, "assignment", [{"from": "2024-01-01", "role": "rep", **seat} for seat in seats])


def rows(report):
    return [(row[0], row[1], row[2]) for row in report.blocks[0].rows]


def test_parents_above_people_have_targets_and_rows_are_in_tree_order(context):
    first = split_quota(context, grain="year")
    shown = rows(first.report)
    assert shown == [
        ("", "", "公司"),
        ("北区", "", "团队"),
        ("一部", "", "团队"),
        ("一部", "P1", "王芳"),
        ("一部", "P2", "赵磊"),
        ("一部", "P3", "李娜"),  # the manager of P1 has the months left
        ("南区", "", "团队"),
        ("二部", "", "团队"),
        ("二部", "P3", "李娜"),
    ]
    assert show_run(context, first.run.id, "year").blocks == first.report.blocks
    accept_quota(context)
    assert rows(show_quota(context, YEAR, grain="year")) == shown


def test_a_team_moves_to_another_parent_on_its_day(context):
    directory = open_directory(context)
    keys = {image["name"]: team for team, image in directory.teams.items()}
    with context.store.transaction("team"):
        batch = begin_batch(context.store, "edit", "move")
        put_dated(context.store, batch, keys["一部"], "parent", "2026-07-01", keys["南区"])
    parents = {day: team_parents(context, open_directory(context), day) for day in (YEAR.start, date(2026, 7, 1))}
    assert [parents[day][keys["一部"]] for day in parents] == [keys["北区"], keys["南区"]]
    assert tree_day(context, YEAR) == date(2026, 1, 5)
    assert tree_day(context, parse_period("2027", FiscalCalendar())) == date(2027, 1, 1)


def test_every_team_is_followed_by_what_is_below_it(context):
    assert list(team_ranks(open_directory(context))) == ["北区", "一部", "南区", "二部"]
