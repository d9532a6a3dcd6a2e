"""Deals with what they are grouped by, and their stage changes: one SELECT each, as the store's `known` has them.

What deals are grouped by is read as it was on the day a deal was created; its own columns as they stand in the record.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from salescli.core.funnel.grouping import CAMPAIGN, CAMPAIGN_PATHS, GROUPINGS
from salescli.core.metrics.model import Aggregate, BaseMetric
from salescli.core.title import Title
from salescli.store.connection import Store
from salescli.store.frames import prepare
from salescli.store.givers import with_givers
from salescli.store.metric_paths import Plan, dimension_sql, path_sql, source_sql
from salescli.store.state import state_of

_DEALS = BaseMetric("funnel", Title("漏斗", "Funnel"), "deal", Aggregate("count"), "created", (), "owner", "count")


class DealRow(NamedTuple):
    """A deal as stored: days as ISO text, its stage as the file wrote it, entities by id."""

    deal: int
    created: str | None
    closed: str | None
    stage: str | None
    amount_e4: int | None
    currency: str | None
    expected: str | None
    reason: str | None
    owner: int | None
    group: Any
    customer: int | None
    source: int | None
    row: int | None


class ChangeRow(NamedTuple):
    """A stage change as stored."""

    record: int
    deal: int
    stage: str
    at: str
    amount_e4: int | None
    source: int | None
    row: int | None


def fetch_deals(store: Store, on: str, by: str = "") -> list[DealRow]:
    """Return all deals; `by` names a dimension that a deal reaches, of a day without it those of `on`."""
    prepare(store, "seat", "dated")
    plan = Plan(store, _DEALS, store.registry["deal"], on)
    group, join = "NULL", ""
    if by and GROUPINGS[by].kind == "seat":
        owner, day = path_sql(plan, ("owner",)), plan.day_or_on
        group = f'q."{by}"'
        join = f'LEFT JOIN temp.sitting AS q ON q.person = {owner} AND q.start <= {day} AND {day} < q."end"'
    elif by == CAMPAIGN:
        group = f"coalesce({path_sql(plan, CAMPAIGN_PATHS)}, l.campaign_id)"
        leads = f"SELECT deal_id, campaign_id, min(id) FROM {state_of(store, 'lead')} AS t"
        join = f"LEFT JOIN ({leads} WHERE campaign_id IS NOT NULL GROUP BY deal_id) AS l ON l.deal_id = t.id"
    elif by:
        group = dimension_sql(plan, by)
    select = (
        "SELECT t.id, t.created, t.closed, t.stage, t.amount_e4, t.currency, t.expected, t.lost_reason, t.owner_id, "
        f"{group}, t.customer_id, t.source_id, t.source_row\nFROM {source_sql(plan)}\n{join}\nORDER BY t.id"
    )
    return with_givers(store, plan.kind, [DealRow(*row) for row in store.db.execute(select, plan.values)])


def fetch_changes(store: Store) -> dict[int, list[ChangeRow]]:
    """Return the stage changes of each deal."""
    rows = store.db.execute(
        f"SELECT id, deal_id, stage, at, amount_e4, source_id, source_row FROM {state_of(store, 'stage-change')} AS t "
        "ORDER BY deal_id, at, id"
    )
    found: dict[int, list[ChangeRow]] = {}
    for change in with_givers(store, store.registry["stage-change"], [ChangeRow(*row) for row in rows]):
        found.setdefault(change.deal, []).append(change)
    return found
