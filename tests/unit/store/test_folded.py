"""One scan answers for all who ask: a year for its months, days for months; a changed state is read again."""

from __future__ import annotations

import pytest

from salescli.core.metrics.query import Query
from salescli.core.periods import parse_period
from salescli.store import folded
from salescli.store.folded import BY_DAY, BY_MONTH, fetch_folded
from salescli.store.metric_sql import fetch_measured
from tests.unit.store.test_metric_sql import CALENDAR, COUNT, RECEIPTS, filled
from tests.unit.store_support import load

ON = "2026-04-05"


def asked(by, period, metric=RECEIPTS):
    return Query(metric.name, by, parse_period(period, CALENDAR))


def both(store, query, metric=RECEIPTS):
    """Return the answer out of what was scanned, and the plain one, in one order."""
    plain = fetch_measured(store, metric, query, CALENDAR, ON)
    return (sorted(rows, key=repr) for rows in (fetch_folded(store, metric, query, CALENDAR, ON), plain))


@pytest.mark.parametrize("metric", [RECEIPTS, COUNT])
@pytest.mark.parametrize("first", [BY_MONTH, BY_DAY])
def test_a_scan_answers_as_a_query_of_its_own_does(metric, first):
    store = filled()
    fetch_folded(store, metric, asked(first, "2026", metric), CALENDAR, ON)
    for by in (BY_MONTH, BY_DAY):
        for period in ("2026", "2026-Q1", "2026-03", "2025", "2026-04"):
            ours, plain = both(store, asked(by, period, metric), metric)
            assert ours == plain


def test_what_is_held_is_not_scanned_again(monkeypatch):
    store, scanned = filled(), []
    for name in ("_add_up", "fetch_measured"):
        was = getattr(folded, name)
        monkeypatch.setattr(folded, name, lambda *given, was=was: scanned.append(given[2]) or was(*given))
    for by, period in ((BY_MONTH, "2026"), (BY_MONTH, "2026"), (BY_MONTH, "2026-03"), (BY_DAY, "2026-03")):
        fetch_folded(store, RECEIPTS, asked(by, period), CALENDAR, ON)
    assert [(query.by, str(query.period)) for query in scanned] == [(BY_MONTH, "2026"), (BY_DAY, "2026-03")]


def test_a_changed_state_and_an_earlier_one_are_read():
    store = filled()
    query = asked(BY_MONTH, "2026")
    before = sorted(fetch_folded(store, RECEIPTS, query, CALENDAR, ON), key=repr)
    (batch,) = store.db.execute("SELECT max(id) FROM batch").fetchone()
    load(store, "receipt", [{"number": "R5", "date": "2026-05-01", "owner": "李娜", "amount": 9}])
    ours, plain = both(store, query)
    assert ours == plain != before
    ours, plain = both(store.at(batch), query)
    assert ours == plain == before
