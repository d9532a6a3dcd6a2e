"""Base metrics as SELECTs: splits, seats, dated owners, roll-up, exact integers."""

from __future__ import annotations

from salescli.core.metrics.model import Aggregate, BaseMetric, Filter
from salescli.core.metrics.query import Query
from salescli.core.periods import FiscalCalendar, parse_period
from salescli.core.title import Title
from salescli.store.entities import labels
from salescli.store.frames import save_stages
from salescli.store.metric_sql import fetch_measured, fetch_rows
from tests.unit.store_support import REGISTRY, load, new_store

CALENDAR = FiscalCalendar()
RECEIPTS = BaseMetric(
    "receipts", Title("回款", "Receipts"), "receipt", Aggregate("sum", "amount"), "date", (), "split", "money"
)
COUNT = BaseMetric("receipt-count", Title("", ""), "receipt", Aggregate("count"), "date", (), "split", "count")
WON = BaseMetric(
    "won", Title("", ""), "deal", Aggregate("count"), "closed", (Filter("stage.kind", "=", ("won",)),), "owner", "count"
)


def filled():
    store = new_store()
    load(
        store,
        "team",
        [{"name": "销售中心"}, {"name": "一部", "parent": "销售中心"}, {"name": "二部", "parent": "销售中心"}],
    )
    people = [{"number": "1", "name": "王芳"}, {"number": "2", "name": "赵磊"}, {"number": "3", "name": "李娜"}]
    load(store, "person", people)
    seats = [
        {"person": "1", "from": "2025-01-01", "team": "一部", "role": "account-manager"},
        {"person": "2", "from": "2025-01-01", "team": "一部"},
        {"person": "2", "from": "2026-03-01", "team": "二部"},
        {"person": "3", "from": "2025-01-01", "team": "销售中心", "through": "2026-02-28"},
    ]
    load(store, "assignment", seats)
    load(store, "contract", [{"number": "C1", "owner": "王芳"}, {"number": "C2", "owner": "赵磊"}])
    load(
        store,
        "credit-split",
        [{"contract": "C1", "person": "1", "share": "33.3333%"}, {"contract": "C1", "person": "2", "share": "60%"}],
    )
    receipts = [
        {"number": "R1", "date": "2026-02-10", "contract": "C1", "amount": "100.01"},
        {"number": "R2", "date": "2026-03-10", "contract": "C2", "amount": 50},
        {"number": "R3", "date": "2026-03-11", "owner": "李娜", "amount": 7},
        {"number": "R4", "date": "2026-04-01", "amount": 1},
    ]
    load(store, "receipt", receipts)
    return store


def ask(store, metric, *by, period="2026-Q1", below=False, only=()):
    query = Query(metric.name, by, parse_period(period, CALENDAR), only)
    rows = fetch_measured(store, metric, query, CALENDAR, "2026-04-05", below=below)
    names = {}
    for kind in ("person", "team"):
        ids = [value for row in rows for value in row.group if isinstance(value, int)]
        names.update(labels(store, REGISTRY[kind], ids))
    return {tuple(names.get(v, v) for v in row.group): row.value for row in rows}


def test_shares_of_a_split_add_up_and_the_missing_part_is_nobodys():
    store = filled()
    by_person = ask(store, RECEIPTS, "person", period="2026-02")
    assert by_person == {("王芳",): 333_366, ("赵磊",): 600_060, (None,): 1_000_100 - 333_366 - 600_060}
    assert ask(store, COUNT, "person", period="2026-02")[("赵磊",)] == 6_000


def test_days_far_outside_have_their_own_months():
    store = filled()
    far = [("X1", "1902-05-07", 10), ("X2", "1969-12-31", 20), ("X3", "2206-03-01", 30)]
    load(store, "receipt", [{"number": n, "date": day, "amount": a} for n, day, a in far], feed="far")
    for grain, names in (
        ("month", ("1902-05", "1969-12", "2206-03")),
        ("quarter", ("FY1902-Q1", "FY1969-Q3", "FY2205-Q4")),
    ):
        rows = fetch_measured(store, RECEIPTS, Query("receipts", (grain,)), FiscalCalendar(4), "2026-04-05")
        found = {row.group[0]: row.value for row in rows}
        assert [found.get(name) for name in names] == [100_000, 200_000, 300_000], found
        assert None not in found and len(found) == len(names) + (3 if grain == "month" else 2)


def test_a_credit_goes_to_the_team_of_its_own_day():
    store = filled()
    by_team = ask(store, RECEIPTS, "team", "month")
    assert by_team[("二部", "2026-03")] == 50_0000
    assert by_team[("一部", "2026-02")] == 333_366 + 600_060
    assert by_team[(None, "2026-03")] == 7_0000  # the seat had ended
    assert sum(by_team.values()) == 157_0100


def test_roll_up_counts_in_every_team_above():
    store = filled()
    rolled = ask(store, RECEIPTS, "team", below=True)
    assert rolled[("销售中心",)] == rolled[("一部",)] + rolled[("二部",)]


def test_a_changed_owner_counts_from_its_day_on():
    store = filled()
    moved = [{"number": "C2", "owner": "王芳"}]
    load(store, "contract", moved, dated="2026-03-15")
    assert ask(store, RECEIPTS, "person", period="2026-03")[("赵磊",)] == 50_0000
    load(store, "contract", [{"number": "C2", "owner": "李娜"}], dated="2026-03-01")
    assert ask(store, RECEIPTS, "person", period="2026-03")[("李娜",)] == 57_0000


def test_filters_reach_through_references_and_refuse_unknown_names():
    store = filled()
    by = ask(store, RECEIPTS, "person", only=(Filter("contract.owner", "=", ("王芳",)),))
    assert sum(by.values()) == 1_000_100
    team = ask(store, RECEIPTS, only=(Filter("team", "=", ("一部",)),))
    assert team == {(): 333_366 + 600_060}


def test_rows_behind_a_number_add_up_to_it():
    store = filled()
    query = Query("receipts", (), parse_period("2026-Q1", CALENDAR))
    rows = fetch_rows(store, RECEIPTS, query, "2026-04-05")
    assert sum(row[6] for row in rows) == ask(store, RECEIPTS)[()]
    assert len(rows) == 5 and all(row[9] for row in rows)


def test_stage_kinds_come_from_the_process():
    store = filled()
    load(
        store,
        "deal",
        [{"number": "D1", "stage": "赢单", "closed": "2026-01-02", "owner": "1"}, {"number": "D2", "stage": "谈判"}],
    )
    save_stages(store, {"赢单": ("won", "won", 5), "谈判": ("negotiation", "open", 4)})
    assert ask(store, WON, "person") == {("王芳",): 1_0000}


def test_a_receipt_allocated_to_two_contracts_is_credited_to_both_owners():
    store = filled()
    rows = [{"receipt": "R2", "contract": "C1", "amount": 20}, {"receipt": "R2", "contract": "C2", "amount": 25}]
    load(store, "allocation", rows)
    by_person = ask(store, RECEIPTS, "person", period="2026-03")
    assert (
        by_person[("赵磊",)] == 250_000 + 120_000 + 50_000
    )  # C2, 60 % of C1's 20, and what is left on the receipt's own
    assert sum(by_person.values()) == 57_0000
