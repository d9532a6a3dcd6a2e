"""Figures by team: days are folded into one where no seat changes inside the period, and to the same figures."""

from __future__ import annotations

from datetime import date

from salescli.core.metrics.query import Query
from salescli.core.periods import FiscalCalendar, Period
from salescli.policy.layers import policy_files
from salescli.policy.metrics import read_catalogue
from salescli.store.metric_sql import build_select, fetch_measured
from tests.unit.store_support import load, new_store

CATALOGUE, _ = read_catalogue(policy_files(None, "metrics"))
CALENDAR = FiscalCalendar()
YEAR = Period(date(2025, 1, 1), date(2026, 1, 1), "2025")
QUARTER = Period(date(2025, 7, 1), date(2025, 10, 1), "2025-Q3")
ON = "2026-01-05"


def filled():
    """P1 moves from A to B on 15 May 2025; P2 sits in B all the time."""
    store = new_store()
    load(store, "team", [{"number": "A", "name": "A"}, {"number": "B", "name": "B"}])
    load(store, "person", [{"number": "P1", "name": "P1"}, {"number": "P2", "name": "P2"}])
    load(
        store,
        "assignment",
        [
            {"person": "P1", "team": "A", "from": "2024-01-01"},
            {"person": "P1", "team": "B", "from": "2025-05-15"},
            {"person": "P2", "team": "B", "from": "2024-01-01"},
        ],
    )
    rows = [("2025-05-14", "P1", 100), ("2025-05-15", "P1", 20), ("2025-08-01", "P1", 3), ("2025-09-30", "P2", 4)]
    load(
        store,
        "receipt",
        [
            {"number": f"R{at}", "date": day, "owner": owner, "amount": amount}
            for at, (day, owner, amount) in enumerate(rows)
        ],
    )
    return store


def by_team(store, period):
    metric = CATALOGUE.get("receipts")
    query = Query("receipts", ("team",), period)
    sql, _ = build_select(store, metric, query, CALENDAR, ON)
    names = dict(store.db.execute("SELECT id, name FROM team").fetchall())
    figures = {names[one.group[0]]: one.value for one in fetch_measured(store, metric, query, CALENDAR, ON)}
    return figures, f"'{period.start}' AS \"day\"" in sql


def test_a_move_inside_the_period_keeps_the_days():
    figures, is_folded = by_team(filled(), YEAR)
    assert figures == {"A": 1_000_000, "B": 270_000}
    assert not is_folded


def test_without_a_move_all_days_are_one():
    figures, is_folded = by_team(filled(), QUARTER)
    assert figures == {"B": 70_000}
    assert is_folded
