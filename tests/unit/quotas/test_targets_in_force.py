"""Targets as records: typed, imported or accepted, they are the same; versions by month; split credits against them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescli.core.periods import FiscalCalendar, parse_period
from salescli.errors import UsageError
from salescli.services.context import open_context
from salescli.services.quota.attainment import show_attainment
from salescli.services.quota.history import show_log, show_versions
from salescli.services.quota.inputs import open_directory
from salescli.services.quota.splitting import show_quota
from salescli.services.quota.targets import fetch_targets
from salescli.services.workspace import create_workspace
from salescli.store.batches import latest_batch
from salescli.store.versions import undo_batch
from tests.unit.store_support import load

MARCH = parse_period("2026-03", FiscalCalendar())
QUARTER = parse_period("2026-Q1", FiscalCalendar())


@pytest.fixture
def context(tmp_path):
    place = create_workspace(tmp_path, "华辰", "CNY", "en")
    with open_context(place, today=date(2026, 4, 1), create=True) as opened:
        load(opened.store, "person", [{"number": "P1", "name": "王芳"}, {"number": "P2", "name": "赵磊"}])
        yield opened


def targets(context, *rows):
    load(context.store, "target", [{"metric": "receipts", "month": "2026-03", **row} for row in rows])


def rows_of(context, **values):
    table = show_attainment(context, MARCH, "person", **values).blocks[0]
    keys = [column.key for column in table.columns]
    return {row[keys.index("name")]: dict(zip(keys, row, strict=True)) for row in table.rows}


def test_a_split_credit_counts_with_its_share(context):
    """Quantity 20 split in halves against 50: 10 and −40. 5 at 100 % and 10 at 50 %: 10, not 15."""
    targets(context, {"person": "P1", "amount": 50}, {"person": "P2", "amount": 50})
    load(context.store, "contract", [{"number": "C1", "owner": "P1"}, {"number": "C2", "owner": "P2"}])
    load(
        context.store,
        "credit-split",
        [{"contract": "C1", "person": "P1", "share": "50%"}, {"contract": "C1", "person": "P2", "share": "50%"}],
    )
    load(
        context.store,
        "receipt",
        [
            {"number": "R1", "date": "2026-03-05", "contract": "C1", "amount": 10},
            {"number": "R2", "date": "2026-03-31", "contract": "C2", "amount": 5},
        ],
    )
    found = rows_of(context)
    assert (found["王芳"]["actual"], found["王芳"]["variance"]) == (Decimal(5), Decimal(-45))
    assert (found["赵磊"]["actual"], found["赵磊"]["variance"]) == (Decimal(10), Decimal(-40))


def test_whoever_has_no_target_is_not_at_zero_percent(context):
    targets(context, {"person": "P1", "amount": 50}, {"person": "P2", "amount": 0})
    load(context.store, "receipt", [{"number": "R1", "date": "2026-03-31", "owner": "P2", "amount": 9}])
    found = rows_of(context)
    none = found["赵磊"]
    assert (none["actual"], none["target"], none["attainment"], none["variance"]) == (Decimal(9), None, None, None)
    assert found["王芳"]["attainment"].exact() == 0
    assert found["王芳"]["variance_rate"].exact() == -1  # nothing sold is −100 %, never blank


def test_the_version_of_a_month_by_the_day_asked(context):
    targets(
        context,
        {"person": "P1", "amount": 50},
        {"person": "P1", "amount": 70, "effective_from": "2026-03"},
        {"person": "P1", "amount": 90, "effective_from": "2026-04"},
        {"person": "P1", "month": "2026-02", "amount": 5},
    )
    directory = open_directory(context)

    def amounts(on):
        context.on = on
        return {leaf.month: leaf.amount for leaf in fetch_targets(context, directory, QUARTER)[0]}

    assert amounts(date(2026, 2, 20)) == {"2026-02": Decimal(5), "2026-03": Decimal(50)}
    assert amounts(date(2026, 5, 1)) == {"2026-02": Decimal(5), "2026-03": Decimal(70)}


def test_several_metrics_are_never_mixed(context):
    targets(context, {"person": "P1", "amount": 50}, {"person": "P1", "amount": 3, "metric": "deals-won"})
    with pytest.raises(UsageError) as caught:
        show_quota(context, MARCH)
    assert caught.value.problems[0].values["metrics"] == ("deals-won", "receipts")
    assert show_quota(context, MARCH, "deals-won", grain="month").blocks[0].rows[0][3] == Decimal(3)
    with pytest.raises(UsageError):
        show_quota(context, MARCH, "bookings")


def test_targets_in_two_currencies_are_never_added(context):
    targets(
        context,
        {"person": "P1", "amount": 50, "currency": "CNY"},
        {"person": "P2", "amount": 7, "currency": "USD"},
    )
    assert [(leaf.holder_key, leaf.amount) for leaf in fetch_targets(context, open_directory(context), MARCH)[0]] == [
        ("P1", Decimal(50))
    ]
    assert [(one.name, one.values["currency"]) for one in context.notes] == [("other-currency", "USD")]
    leaves, currencies = fetch_targets(context, open_directory(context), MARCH, "USD")
    assert [(leaf.holder_key, leaf.amount) for leaf in leaves] == [("P2", Decimal(7))]
    assert currencies == {"receipts": "USD"}


def test_a_target_of_somebody_who_is_gone_is_not_the_company_s(context):
    """Its import undone, a person or a team is gone: their targets count for nobody, and that is said."""
    load(context.store, "team", [{"number": "T1", "name": "一部"}])
    batch = latest_batch(context.store)
    targets(context, {"amount": 900}, {"person": "P1", "amount": 50}, {"team": "T1", "amount": 70})
    undo_batch(context.store, batch)
    undo_batch(context.store, 1)
    leaves, _ = fetch_targets(context, open_directory(context), MARCH)
    assert [(leaf.holder, leaf.amount) for leaf in leaves] == [("company", Decimal(900))]
    fetch_targets(context, open_directory(context), MARCH)
    assert [(note.name, note.values["count"]) for note in context.notes] == [("targets-of-nobody", 2)]


def shown(context, period=QUARTER, **asked):
    table = show_quota(context, period, **asked).blocks[0]
    keys = [column.key for column in table.columns]
    return table, {row[keys.index("holder")]: dict(zip(keys, row, strict=True)) for row in table.rows}


def ratio_targets(context):
    rows = [("P1", "2026-01", 0.58), ("P1", "2026-02", 0.58), ("P2", "2026-01", 0.4), ("P2", "2026-02", 0.5)]
    load(
        context.store,
        "target",
        [{"metric": "win-rate", "person": who, "month": month, "amount": Decimal(str(at))} for who, month, at in rows],
    )


def test_a_ratio_s_months_are_never_added(context):
    """58 % in both months is 58 % of both; 40 and 50 % are not 90 %, and nobody can say what they are together."""
    ratio_targets(context)
    table, found = shown(context)
    assert {column.key: column.kind for column in table.columns}["2026-01..2026-03"] == "ratio"
    assert found["王芳"]["2026-01..2026-03"] == Decimal("0.58")
    assert found["赵磊"]["2026-01..2026-03"] is None
    table, found = shown(context, grain="month")
    assert (found["赵磊"]["2026-01"], found["赵磊"]["2026-02"], found["赵磊"]["year"]) == (
        Decimal("0.4"),
        Decimal("0.5"),
        None,
    )
    assert "ratios are never added" in show_quota(context, QUARTER).footer[-1].en


def test_versions_and_log_of_a_ratio_are_not_added_either(context):
    ratio_targets(context)
    load(context.store, "target", [{"metric": "win-rate", "month": f"2026-0{n}", "amount": "0.6"} for n in (1, 2)])
    table = show_versions(context, QUARTER).blocks[0]
    assert [(row[2], row[3]) for row in table.rows] == [
        ("公司", Decimal("0.6")),
        ("王芳", Decimal("0.58")),
        ("赵磊", None),
    ]
    totals = show_log(context).blocks[1]
    assert [row[-3:] for row in totals.rows] == [(None, Decimal("0.6"), None)]
    assert totals.columns[-1].kind == "ratio"


def test_counts_are_no_money_and_levels_stand_in_their_order(context):
    targets(context, *({"person": "P1", "amount": 7, "level": each} for each in ("challenge", "stretch", "base")))
    report = show_quota(context, MARCH)
    assert [block.name for block in report.blocks] == ["targets-base", "targets-stretch", "targets-challenge"]
    load(context.store, "target", [{"metric": "deals-won", "person": "P1", "month": "2026-03", "amount": 7}])
    assert [column.kind for column in show_quota(context, MARCH, "deals-won").blocks[0].columns][-1] == "quantity"


def test_of_whom_is_asked_by_key_or_unique_name(context):
    targets(context, {"person": "P1", "amount": 50}, {"amount": 90})
    assert list(shown(context, person="王芳")[1]) == ["王芳"]
    for asked in ({"person": "王方"}, {"team": "东区"}):
        with pytest.raises(UsageError) as refused:
            show_quota(context, QUARTER, **asked)
        assert refused.value.problems[0].name == "unknown-record"


def test_who_has_no_target_stands_in_the_team_of_the_last_seat(context):
    load(context.store, "team", [{"number": "T1", "name": "一部"}, {"number": "T2", "name": "二部"}])
    seats = [("P2", "T1", "2025-01-01"), ("P2", "T2", "2026-03-16"), ("P1", "T1", "2025-01-01")]
    load(context.store, "assignment", [{"person": who, "team": team, "from": start} for who, team, start in seats])
    targets(context, {"person": "P1", "team": "T2", "amount": 50})
    load(context.store, "receipt", [{"number": "R1", "date": "2026-03-31", "owner": "P2", "amount": 9}])
    found = rows_of(context)
    assert (found["王芳"]["team"], found["赵磊"]["team"]) == ("二部", "二部")
    assert found["赵磊"]["target"] is None
