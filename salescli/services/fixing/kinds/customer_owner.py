"""Customers that nobody owns, where others have an owner."""

from __future__ import annotations

from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.fixing.people import people_offered
from salescli.store.waiting import fetch_customers_without_owner

TITLE = Title("没有负责人的客户", "Customers without an owner")
WHY = Title("其回款没有别的归属时不计入任何人", "what they pay has no other way to anybody")


def find(context: Context) -> Section | None:
    """Find customers without an owner."""
    found = fetch_customers_without_owner(context.store)
    if not found:
        return None
    columns = (
        FixColumn("number", "number", role="key", shown_as="id", width=14),
        FixColumn("name", "name", role="key", width=30),
        FixColumn("owner", "owner", role="fill", choices=people_offered(context)),
    )
    rows = [FixRow({"number": number, "name": name}) for _, number, name in found]
    return build_section(context, "customer-owner", "customer", (TITLE, WHY), columns, rows)


KIND = FixKind("customer-owner", TITLE, find)
