"""Findings of `quota check` about imported targets: no policy, six people, two years of history; all in one look."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescli.messages import hint, sentence
from salescli.services.context import open_context
from salescli.services.quota.checking import check_quota
from salescli.services.quota.reconciling import reconcile_quota
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

TODAY = date(2026, 1, 5)
MONTHS = [f"2026-{number:02d}" for number in range(1, 13)]
QUOTAS = {"P1": 105, "P2": 110, "P3": 110, "P4": 112, "P5": 300, "P6": 10}


@pytest.fixture
def context(tmp_path):
    place = create_workspace(tmp_path / "w", "华辰", "CNY", "en")
    with open_context(place, today=TODAY, create=True) as opened:
        fill(opened.store)
        yield opened


def fill(store):
    load(store, "team", [{"name": "A"}, {"name": "B"}])
    load(store, "person", [{"number": key, "name": f"n{key}"} for key in (*QUOTAS, "P7")])
    seats = [{"person": key, "team": "A", "from": "2023-01-01", "role": "rep"} for key in (*QUOTAS, "P7")]
    load(store, "assignment", seats)
    load(
        store,
        "receipt",
        [
            {
                "number": f"{key}-{year}-{month}",
                "date": f"{year}-{month:02d}-10",
                "owner": key,
                "amount": 90 + month % 3 * 10,
            }
            for key in QUOTAS
            for year in (2023, 2024, 2025)
            for month in range(1, 13)
        ],
    )
    rows = [
        {"person": key, "team": "A", "month": month, "amount": each} for key, each in QUOTAS.items() for month in MONTHS
    ]
    rows += [{"team": "A", "month": month, "amount": sum(QUOTAS.values())} for month in MONTHS[:11]]
    rows += [{"team": "B", "month": month, "amount": 5} for month in MONTHS]
    rows += [{"month": month, "amount": 752} for month in MONTHS]
    load(store, "target", [{"metric": "receipts", **row} for row in rows])


def test_all_that_is_odd_is_found_at_once(context):
    done = check_quota(context, statistics=True, seed=2)
    found = {}
    for each in done.problems:
        found.setdefault(each.name, []).append(each)
        for language in ("zh", "en"):
            assert "<" not in sentence(each, language) + hint(each, language)
    assert set(found) == {
        "quota-outside-team",
        "quota-too-high",
        "quota-too-low",
        "quota-months-missing",
        "quota-team-without-people",
        "seat-without-quota",
    }
    assert [each.values["person"] for each in found["quota-outside-team"]] == ["nP5", "nP6"]
    assert "nP5" in [each.values["person"] for each in found["quota-too-high"]]
    assert [each.values["person"] for each in found["quota-too-low"]] == ["nP6"]
    assert [each.values["months"] for each in found["quota-months-missing"]] == ["2026-12"]
    assert [each.values["person"] for each in found["seat-without-quota"]] == ["nP7"]
    assert {each.severity for each in done.problems} == {"warning"}
    assert "fairness" not in [block.name for block in done.report.blocks]  # six people


def test_months_that_the_data_does_not_reach_are_to_come(context):
    def chances():
        blocks = {block.name: block for block in check_quota(context, statistics=True).report.blocks}
        return blocks["chance"].rows

    before = chances()
    context.on = date(2026, 4, 5)
    assert chances() == before
    load(context.store, "receipt", [{"number": "x", "date": "2026-03-10", "owner": "P2", "amount": 1}])
    assert chances() != before


def test_growth_is_by_hand(context):
    """1,200 in 2025: 4 × 100, 4 × 110 and 4 × 90; a quota of 12 × 110 asks for 10 % more."""
    done = check_quota(context)
    rows = {str(row[1]): row for row in done.report.blocks[0].rows}
    assert rows["nP2"][2:4] == (Decimal(1320), Decimal(1200))
    assert str(rows["nP2"][4].exact()) == "1/10"
    assert "chance" not in [block.name for block in done.report.blocks]


def test_a_month_without_the_teams_target_is_named(context):
    done = reconcile_quota(context, context.parse_period("2026"))
    assert {(line.kind, line.team): [month.month for month in line.wrong] for line in done.lines} == {
        ("teams", ""): ["2026-12"],
        ("people", "A"): ["2026-12"],
    }
    states = {line.team: line.state for line in done.lines}
    assert states == {"": "short", "A": "over"}
