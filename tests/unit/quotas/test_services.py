"""Quotas over a small workspace: gathered from records, split, accepted, shown, measured."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescli.core.periods import FiscalCalendar, parse_period
from salescli.errors import ProblemsFound, Refused, UsageError
from salescli.messages import sentence
from salescli.services.context import open_context
from salescli.services.quota.attainment import show_attainment
from salescli.services.quota.setting import TargetRequest, set_quota
from salescli.services.quota.splitting import accept_quota, show_quota, show_run, split_quota
from salescli.services.workspace import create_workspace
from salescli.store.batches import fetch_batches, latest_batch
from salescli.store.state import dump_state
from salescli.store.versions import undo_batch
from tests.unit.store_support import load

PLAN_DAY = date(2025, 12, 20)
POLICY = """format: 1
targets: receipts-2026
for_year: 2026
metric: receipts
growth: 20%
base: 2024-12-01 through 2025-11-30
teams: {split_by: history, street_above: 3%}
people:
  split_by: history
  without_history: team-median
  street_above: 5%
  ramp: {account-manager: [0%, 50%, 100%]}
  ramp_gap: open
  vacant_seats: [{seat: S1, team: 二部, role: account-manager, from: 2026-07-01}]
months: {split_by: equal}
round_to: 100
"""


def fill(store):
    load(
        store,
        "team",
        [
            {"name": "销售中心"},
            {"name": "一部", "parent": "销售中心"},
            {"name": "二部", "parent": "销售中心"},
            {"name": "空部"},
        ],
    )
    people = [
        {"number": "P1", "name": "王芳"},
        {"number": "P2", "name": "赵磊"},
        {"number": "P3", "name": "李娜"},
        {"number": "P4", "name": "钱强", "joined": "2026-02-01"},
        {"number": "M1", "name": "周经理"},
    ]
    load(store, "person", people)
    seat = {"from": "2024-01-01", "role": "account-manager"}
    load(
        store,
        "assignment",
        [
            {"person": "P1", "team": "一部", "manager": "M1", **seat},
            {"person": "P2", "team": "一部", "manager": "M1", **seat},
            {"person": "P3", "team": "二部", **seat},
            {"person": "P4", "team": "二部", "from": "2026-02-01", "role": "account-manager"},
            {"person": "M1", "team": "一部", "from": "2024-01-01", "role": "sales-manager"},
        ],
    )
    load(
        store,
        "receipt",
        [
            {"number": "R1", "date": "2025-01-10", "owner": "P1", "amount": 60_000},
            {"number": "R2", "date": "2025-05-10", "owner": "P2", "amount": 20_000},
            {"number": "R3", "date": "2025-06-10", "owner": "P3", "amount": 20_000},
            {"number": "R4", "date": "2026-01-12", "owner": "P1", "amount": 7_000},
            {"number": "R5", "date": "2026-02-13", "owner": "P3", "amount": 500},
            {"number": "R6", "date": "2024-03-13", "owner": "P3", "amount": 99_999},
        ],
    )


@pytest.fixture
def workspace(tmp_path):
    place = create_workspace(tmp_path / "团队 a", "华辰", "CNY", "zh")
    (place.config / "targets" / "receipts-2026.yaml").write_text(POLICY, encoding="utf-8")
    with open_context(place, today=PLAN_DAY, create=True) as context:
        fill(context.store)
    return place


def at(workspace, day=PLAN_DAY, **values):
    return open_context(workspace, today=day, **values)


def lines(report, block=0):
    return {(row[0], row[1], row[2]): row[3:] for row in report.blocks[block].rows}


def test_a_split_from_records(workspace):
    with at(workspace) as context:
        outcome = split_quota(context, grain="year")
    found = lines(outcome.report)
    assert found["", "", "公司"] == (Decimal("120000.00"),)  # 100,000 × 1.2
    assert found["一部", "", "团队"] == (Decimal("98900.00"),)  # 123,600 × 80 %
    assert found["二部", "", "团队"] == (Decimal("24700.00"),)
    assert found["一部", "P1", "王芳"][0] + found["一部", "P2", "赵磊"][0] == Decimal("103845.00")
    assert ("一部", "M1", "周经理") not in found
    assert sum(row[0] for key, row in found.items() if key[0] == "二部" and key[2] != "团队") == Decimal("25935.00")
    assert found["二部", "S1", "S1"][0] > 0
    assert found["二部", "ramp-gap", "爬坡缺口"][0] > 0
    assert [one.name for one in outcome.problems] == ["base-incomplete", "team-left-out"]
    assert any("周经理" in line.zh for line in outcome.report.footer)


def test_splitting_again_is_the_same_run_and_accepting_writes_targets(workspace):
    with at(workspace) as context:
        first, again = split_quota(context), split_quota(context)
        assert first.run.id == again.run.id
        assert again.report.blocks == show_run(context, first.run.id).blocks
        before = dump_state(context.store)
        done = accept_quota(context)
        assert done.new > 100
        assert accept_quota(context, first.run.id) == type(done)(None, 0, 0, done.new, 0)
        assert latest_batch(context.store) == done.batch
        year = parse_period("2026", FiscalCalendar())
        assert lines(show_quota(context, year)) == lines(first.report)
        with context.store.transaction():
            undo_batch(context.store, done.batch)
        assert dump_state(context.store) == before


def test_accepting_another_split_ends_what_is_no_longer_there(workspace):
    path = workspace.config / "targets" / "receipts-2026.yaml"
    with at(workspace) as context:
        split_quota(context)
        accept_quota(context)
        path.write_text(
            POLICY.replace("  vacant_seats: [{seat: S1, team: 二部, role: account-manager, from: 2026-07-01}]\n", "")
        )
        split_quota(context)
        done = accept_quota(context)
        assert done.ended == 6  # the seat's months; the gap has its own
        found = lines(show_quota(context, parse_period("2026", FiscalCalendar())))
        assert not any(key[1] == "S1" for key in found)
        assert [batch.kind for batch in fetch_batches(context.store)][:2] == ["edit", "edit"]


def test_attainment_by_team_and_person(workspace):
    with at(workspace) as context:
        split_quota(context)
        accept_quota(context)
    with at(workspace, date(2026, 2, 20)) as context:
        quarter = parse_period("2026-Q1", FiscalCalendar())
        table = show_attainment(context, quarter, "team").blocks[0]
        keys = [column.key for column in table.columns]
        first = next(dict(zip(keys, row, strict=True)) for row in table.rows if "一部" in row)
        assert (first["actual"], first["target"]) == (Decimal("7000.00"), Decimal("24700.00"))
        assert first["variance"] == Decimal("-17700.00")
        company = dict(zip(keys, table.total, strict=True))
        assert (company["actual"], company["target"]) == (Decimal("7500.00"), Decimal("30000.00"))
        people = show_attainment(context, quarter, "person")
        keys = [column.key for column in people.blocks[0].columns]
        by_name = {row[keys.index("name")]: row[keys.index("actual")] for row in people.blocks[0].rows}
        assert by_name["赵磊"] == Decimal(0)
        assert any(line.en.startswith("incomplete: data through 2026-02-13") for line in people.footer)


def test_without_targets_it_says_so(workspace):
    with at(workspace) as context:
        for ask in (show_quota, show_attainment):
            with pytest.raises(Refused) as caught:
                ask(context, parse_period("2026", FiscalCalendar()))
            assert caught.value.problems[0].name == "no-targets"
        with pytest.raises(UsageError) as none:
            accept_quota(context)
        assert none.value.problems[0].name == "no-quota-run"


def test_problems_of_a_policy_have_their_place(workspace):
    path = workspace.config / "targets" / "receipts-2026.yaml"
    path.write_text(POLICY.replace("team: 二部", "team: 二步") + "title: {zh: x, en: y}\n", encoding="utf-8")
    with at(workspace) as context, pytest.raises(ProblemsFound) as caught:
        split_quota(context)
    (found,) = caught.value.problems
    assert (found.name, found.where.file, found.where.line) == ("unknown-team", "config/targets/receipts-2026.yaml", 14)
    assert "二部" in str(found.values["nearest"])
    path.write_text(POLICY.replace("metric: receipts", "metric: win-rate"), encoding="utf-8")
    with at(workspace) as context, pytest.raises(ProblemsFound) as ratio:
        split_quota(context)
    assert str(ratio.value.problems[0].where) == "config/targets/receipts-2026.yaml:4:9"


def test_set_writes_a_policy_that_can_be_split(workspace):
    with at(workspace) as context:
        path = set_quota(
            context, TargetRequest("2026", "receipts", growth="10%", base="2025-01-01 through 2025-12-31", name="more")
        ).path
        outcome = split_quota(context, "more", "year")
        assert lines(outcome.report)["", "", "公司"] == (Decimal("110000.00"),)
        with pytest.raises(Refused):
            set_quota(context, TargetRequest("2026", "receipts", amount="1", name="more"))
        with pytest.raises(UsageError):
            set_quota(context, TargetRequest("2026", "receipts"))
        with pytest.raises(ProblemsFound) as wrong:
            set_quota(context, TargetRequest("2026", "receipts", amount="12x", name="other"))
        assert sentence(wrong.value.problems[0]) == "`12x` is not an amount"
    assert path.read_text(encoding="utf-8").startswith("format: 1\ntargets: more\n")
