"""The morning screen over a small store: gaps, the months before, and what figures gained since yesterday."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from salescli.core.periods import month_of
from salescli.services.context import Context, open_context
from salescli.services.status.changes import find_changes
from salescli.services.status.standing import find_standings
from salescli.services.workspace import create_workspace
from tests.unit.store_support import load

TODAY = datetime.now(tz=UTC).date()
MONTH = month_of(TODAY)


def day(number: int) -> str:
    return TODAY.replace(day=min(number, TODAY.day)).isoformat()


@pytest.fixture
def context(tmp_path):
    place = create_workspace(tmp_path / "w", "华辰", "CNY", "zh")
    with open_context(place, today=TODAY, create=True) as found:
        fill(found)
        found.store.db.execute("UPDATE batch SET at = ?", ((TODAY - timedelta(days=9)).isoformat() + "T00:00:00Z",))
        yield found


def fill(context: Context) -> None:
    store, label = context.store, MONTH.label
    load(store, "team", [{"name": "一部"}, {"name": "二部"}])
    load(store, "person", [{"number": "P1", "name": "王芳"}, {"number": "P2", "name": "赵磊"}])
    load(
        store,
        "assignment",
        [
            {"person": "P1", "team": "一部", "from": "2024-01-01"},
            {"person": "P2", "team": "一部", "from": "2024-01-01"},
        ],
    )
    load(
        store,
        "target",
        [
            {"metric": "receipts", "month": label, "amount": 1000},
            {"metric": "receipts", "month": label, "team": "一部", "amount": 900},
            {"metric": "receipts", "month": label, "team": "一部", "person": "P1", "amount": 600},
            {"metric": "receipts", "month": label, "team": "一部", "person": "P2", "amount": 400},
        ],
    )
    load(store, "receipt", [{"number": "R1", "date": day(1), "owner": "P1", "amount": 5000}])
    load(store, "receipt", [{"number": "R2", "date": day(1), "owner": "P2", "amount": 30}])


def test_nothing_new_means_no_gain_is_shown(context):
    changes = find_changes(context)
    assert changes.batches == () and changes.before is None
    (found,) = find_standings(context, MONTH, changes.before)
    assert found.company.since is None and [line.since for line in found.teams] == [None]


def test_a_gain_is_todays_figure_less_what_was_known_before(context):
    load(context.store, "receipt", [{"number": "R3", "date": day(1), "owner": "P2", "amount": 70}])
    changes = find_changes(context)
    assert len(changes.batches) == 1 and changes.before == changes.batches[0].id - 1
    (found,) = find_standings(context, MONTH, changes.before)
    assert found.company.row.standing.actual == Decimal(5100)
    assert found.company.since == Decimal(70)
    assert [line.since for line in found.teams] == [Decimal(70)]
    assert context.store.known is None, "the store is read as it is known now again"


def test_the_widest_gap_is_of_someone_behind_and_not_of_who_is_ahead(context):
    (found,) = find_standings(context, MONTH, None)
    (line,) = found.teams
    assert line.gap is not None and (line.gap.name, line.gap.amount) == ("赵磊", Decimal(-370))


def test_a_workspace_without_targets_has_no_standing(tmp_path):
    place = create_workspace(tmp_path / "bare", "华辰", "CNY", "zh")
    with open_context(place, today=TODAY, create=True) as bare:
        assert find_standings(bare, MONTH, None) == ()
