"""Receipts in nobody's credit, where nobody keeps contracts: an owner is all that they can have."""

from __future__ import annotations

from datetime import date

from salescli.core.metrics.query import Query
from salescli.core.money import from_e4
from salescli.core.title import Title
from salescli.services.claims.finding import RECEIPTS
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.fixing.people import people_offered
from salescli.store.claims import has_contracts
from salescli.store.metric_lines import fetch_lines
from salescli.store.state import fetch_images

TITLE = Title("没有归属人的回款", "Receipts that reach nobody")
WHY = Title("不计入任何人的提成", "in nobody's commission")


def find(context: Context) -> Section | None:
    """Find receipts without a person; with contracts they are claims, or contracts without an owner."""
    if has_contracts(context.store) or RECEIPTS not in context.catalogue:
        return None
    (metric, _), *_ = context.catalogue.base_parts(RECEIPTS)
    lines = fetch_lines(context.store, metric, Query(metric.name), context.on.isoformat())
    nobody = [line for line in lines if line.person is None]
    if not nobody:
        return None
    images = fetch_images(context.store, context.store.registry["receipt"])
    places = Places(context)
    offered = people_offered(context)
    columns = (
        FixColumn("number", "number", role="key", shown_as="id", width=24),
        FixColumn("date", title=Title("日期", "Date"), shown_as="date", width=12),
        FixColumn("payer", title=Title("付款方/客户", "Payer or customer"), width=28),
        FixColumn("owner", "owner", role="fill", choices=offered),
    )
    rows = [
        FixRow(
            {
                "number": str(images[line.entity]["number"]),
                "date": date.fromisoformat((line.own_day or "")[:10]) if line.own_day else None,
                "payer": str(images[line.entity]["payer"] or places.label("customer", line.customer)),
            },
            from_e4(line.credit),
            line.currency,
        )
        for line in nobody
    ]
    return build_section(context, "receipt-owner", "receipt", (TITLE, WHY), columns, rows)


KIND = FixKind("receipt-owner", TITLE, find)
