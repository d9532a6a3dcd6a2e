"""Which version of a month's target counts, and versions that take a target away, wherever targets are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salescli.core.commission.facts import Quotas
from salescli.core.commission.needs import ReadingNeed
from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.quotas.versions import add_versions, is_effective, version_in_force
from salescli.services.commission.facts import Asked, fetch_quotas, fetch_readings
from salescli.services.commission.payees import Hierarchy, Payee
from salescli.services.commission.vintages import Vintage
from salescli.services.context import open_context
from salescli.services.quota.attainment import show_attainment
from salescli.services.quota.splitting import show_quota
from salescli.services.workspace import create_workspace
from salescli.store.waiting import fetch_targets as fetch_people_with_targets
from tests.unit.store_support import load

JULY = parse_period("2026-07", FiscalCalendar())
QUARTER = parse_period("2026-Q3", FiscalCalendar())


@pytest.mark.parametrize(
    ("seen", "month", "expected"),
    [
        ("2026-06", "2026-08", "first"),  # as seen before the revision
        ("2026-07", "2026-08", "second"),
        ("2026-12", "2026-08", "second"),  # effective from September: not for August
        ("2026-12", "2026-09", "third"),
        ("2026-12", "2026-06", "first"),  # the past keeps its own
    ],
)
def test_the_newest_version_by_the_month_and_the_day(seen, month, expected):
    versions = [("2026-09", "third"), ("", "first"), ("2026-07", "second")]
    assert version_in_force(versions, month, seen) == expected


def test_none_is_effective_yet():
    assert version_in_force([("2026-07", 1)], "2026-08", "2026-06") is None
    assert not is_effective(date(2026, 7, 15), date(2026, 7, 31), date(2026, 7, 14))


def test_versions_of_a_sum():
    """100 in one team; from July 40 there and 50 in another; from September nothing at all."""
    start = date.min
    july, september = date(2026, 7, 1), date(2026, 9, 1)
    one = [(start, Decimal(100)), (july, Decimal(40)), (september, None)]
    other = [(july, Decimal(50)), (september, None)]
    assert add_versions([one, other]) == [(start, Decimal(100)), (july, Decimal(90)), (september, None)]


def test_a_withdrawn_month_is_no_quota_of_a_payee():
    august, july = date(2026, 8, 1), date(2026, 7, 1)
    quotas = Quotas([(august, date.min, Decimal(100)), (august, july, None)])
    assert quotas.total(august, date(2026, 9, 1), date(2026, 6, 30)) == 100
    assert quotas.total(august, date(2026, 9, 1), date(2026, 8, 31)) is None


@pytest.fixture
def context(tmp_path):
    place = create_workspace(tmp_path, "华辰", "CNY", "en")
    with open_context(place, today=date(2026, 8, 31), create=True) as opened:
        load(opened.store, "person", [{"number": "P1", "name": "王芳"}, {"number": "P2", "name": "赵磊"}])
        load(
            opened.store,
            "team",
            [
                {"number": "T", "name": "中心", "manager": "P2"},
                {"number": "T1", "name": "一部", "parent": "T", "manager": "P2"},
                {"number": "T2", "name": "二部", "parent": "T"},
            ],
        )
        yield opened


def targets(context, *rows):
    load(context.store, "target", [{"metric": "receipts", "month": "2026-07", **row} for row in rows])


def test_a_withdrawn_target_is_no_target_and_not_zero(context):
    targets(
        context,
        {"person": "P1", "team": "T1", "amount": 100},
        {"person": "P1", "team": "T1", "amount": 0, "effective_from": "2026-07", "withdrawn": "yes"},
        {"person": "P2", "team": "T2", "amount": 20},
    )
    load(context.store, "receipt", [{"number": "R1", "date": "2026-07-05", "owner": "P1", "amount": 10}])
    rows = {row[0]: row for row in show_attainment(context, JULY, "person").blocks[0].rows}
    names = [column.key for column in show_attainment(context, JULY, "person").blocks[0].columns]
    assert {row[names.index("name")]: row[names.index("target")] for row in rows.values()} == {
        "王芳": None,
        "赵磊": Decimal(20),
    }
    assert [row[1] for row in show_quota(context, QUARTER).blocks[0].rows] == ["P2"]
    assert [row[2] for row in fetch_people_with_targets(context.store, "2026-07")] == [
        entity for entity, image in _people(context).items() if image["number"] == "P2"
    ]


def test_a_mover_s_quota_is_the_sum_of_both_teams_in_every_version(context):
    targets(
        context,
        {"person": "P1", "team": "T1", "amount": 100},
        {"person": "P1", "team": "T1", "amount": 40, "effective_from": "2026-07"},
        {"person": "P1", "team": "T2", "amount": 50, "effective_from": "2026-07"},
    )
    (person,) = [entity for entity, image in _people(context).items() if image["number"] == "P1"]
    quotas = fetch_quotas(context, {person: None}, "CNY")[person]
    assert [(one.effective_from, one.amount) for one in quotas] == [(date.min, 100), (date(2026, 7, 1), 90)]


def test_commission_has_no_quota_for_a_withdrawn_month(context):
    targets(
        context,
        {"person": "P1", "team": "T1", "amount": 100},
        {"person": "P1", "team": "T1", "amount": 0, "effective_from": "2026-07", "withdrawn": "yes"},
    )
    (person,) = [entity for entity, image in _people(context).items() if image["number"] == "P1"]
    first, second = fetch_quotas(context, {person: None}, "CNY")[person]
    assert (first.amount, first.withdrawn, second.withdrawn) == (100, False, True)
    need = ReadingNeed("receipts-attainment", "own", JULY.start, JULY.start, "full-window", end=JULY.end)
    asked = Asked(
        {person: Payee(person, "P1", "王芳", date(2026, 1, 1), date.max)},
        Hierarchy([]),
        {person: (first, second)},
        "CNY",
    )
    whole = [Vintage(context, QUARTER)]
    (reading,) = fetch_readings(whole, [need], asked)[person]
    assert reading.denominator == 0
    (reading,) = fetch_readings(whole, [need], replace(asked, quotas={person: (first,)}))[person]
    assert reading.denominator == 100


def test_whoever_leads_a_team_and_the_team_above_it_has_the_upper_one_only(context):
    targets(context, {"team": "T", "amount": 300}, {"team": "T1", "amount": 100}, {"team": "T2", "amount": 200})
    (person,) = [entity for entity, image in _people(context).items() if image["number"] == "P2"]
    assert [(one.of, one.amount) for one in fetch_quotas(context, {person: None}, "CNY")[person]] == [("team", 300)]


def _people(context):
    from salescli.store.state import fetch_images

    return fetch_images(context.store, context.store.registry["person"])
