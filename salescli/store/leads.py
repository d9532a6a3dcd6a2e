"""Leads with what they are grouped by, and the deals that they became: named by the lead, or naming it."""

from __future__ import annotations

from typing import Any, NamedTuple

from salescli.core.funnel.grouping import CAMPAIGN, GROUPINGS
from salescli.core.metrics.model import Aggregate, BaseMetric
from salescli.core.title import Title
from salescli.store.connection import Store
from salescli.store.frames import prepare
from salescli.store.givers import with_givers
from salescli.store.metric_paths import Plan, dimension_sql, path_sql, source_sql
from salescli.store.state import state_of

_LEADS = BaseMetric("leads", Title("线索", "Leads"), "lead", Aggregate("count"), "created", (), "owner", "count")


class LeadRow(NamedTuple):
    """A lead as stored."""

    lead: int
    created: str | None
    converted: int | None
    converted_on: str | None
    deal: int | None
    owner: int | None
    group: Any
    source: int | None
    row: int | None


def fetch_leads(store: Store, on: str, by: str = "") -> list[LeadRow]:
    """Return all leads; `by` names a dimension that a lead reaches, read as it was on the day it came."""
    prepare(store, "seat", "dated")
    plan = Plan(store, _LEADS, store.registry["lead"], on)
    group, join = "NULL", ""
    owner = path_sql(plan, ("owner",))
    if by and GROUPINGS[by].kind == "seat":
        day = plan.day_or_on
        group = f'q."{by}"'
        join = f'LEFT JOIN temp.sitting AS q ON q.person = {owner} AND q.start <= {day} AND {day} < q."end"'
    elif by == CAMPAIGN:
        group = path_sql(plan, (CAMPAIGN,))
    elif by:
        group = dimension_sql(plan, by)
    select = (
        f"SELECT t.id, t.created, t.converted, t.converted_on, t.deal_id, {owner}, {group}, t.source_id, t.source_row\n"
        f"FROM {source_sql(plan)}\n{join}\nORDER BY t.id"
    )
    return with_givers(store, plan.kind, [LeadRow(*row) for row in store.db.execute(select, plan.values)])


def fetch_deals_of_leads(store: Store) -> dict[int, set[int]]:
    """Return the deals of each lead, whichever of the two names the other."""
    found: dict[int, set[int]] = {}
    for lead, deal in store.db.execute(
        f"SELECT lead_id, id FROM {state_of(store, 'deal')} WHERE lead_id IS NOT NULL "
        f"UNION SELECT id, deal_id FROM {state_of(store, 'lead')} WHERE deal_id IS NOT NULL"
    ):
        found.setdefault(lead, set()).add(deal)
    return found
