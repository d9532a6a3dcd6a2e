"""Contracts that nobody owns: what comes in on them is in nobody's credit."""

from __future__ import annotations

from salescli.core.money import from_e4
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.fixing.people import people_offered
from salescli.services.fixing.values import customer_names, day_of
from salescli.store.waiting import fetch_contracts_without_owner

TITLE = Title("没有签约人的合同", "Contracts without an owner")
WHY = Title("其回款不计入任何人", "what they bring is in nobody's credit")


def find(context: Context) -> Section | None:
    """Find contracts without an owner or a split."""
    found = fetch_contracts_without_owner(context.store)
    if not found:
        return None
    names = customer_names(context, (row[2] for row in found))
    columns = (
        FixColumn("number", "number", role="key", shown_as="id", width=18),
        FixColumn("customer", title=Title("客户", "Customer"), width=28),
        FixColumn("signed", title=Title("签订日期", "Signed"), shown_as="date", width=12),
        FixColumn("owner", "owner", role="fill", choices=people_offered(context)),
    )
    rows = [
        FixRow(
            {"number": number, "customer": names.get(customer), "signed": day_of(signed)},
            None if amount is None else from_e4(amount),
            currency,
        )
        for _, number, customer, signed, currency, amount in found
    ]
    return build_section(context, "contract-owner", "contract", (TITLE, WHY), columns, rows)


KIND = FixKind("contract-owner", TITLE, find)
