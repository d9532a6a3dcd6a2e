"""Contracts without the end of their warranty, where commission is held back or an instalment waits until then."""

from __future__ import annotations

from salescli.core.money import from_e4
from salescli.core.title import Title
from salescli.errors import SalesCliError
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.fixing.values import customer_names, day_of
from salescli.store.waiting import fetch_contracts_without_warranty

TITLE = Title("没有质保到期日的合同", "Contracts without warranty end")
WHY = Title("质保金与留存无从释放", "what is held back until then is never released")
FIELD = "contract.warranty_end"


def find(context: Context) -> Section | None:
    """Find contracts whose warranty ends on no day, if anything waits for it."""
    found = fetch_contracts_without_warranty(context.store, only_planned=not _is_held_back(context))
    if not found:
        return None
    names = customer_names(context, (row[2] for row in found))
    columns = (
        FixColumn("number", "number", role="key", shown_as="id", width=18),
        FixColumn("customer", title=Title("客户", "Customer"), width=28),
        FixColumn("accepted", title=Title("验收日期", "Accepted on"), shown_as="date", width=12),
        FixColumn("warranty_end", "warranty_end", role="fill", shown_as="date", width=14),
    )
    rows = [
        FixRow(
            {"number": number, "customer": names.get(customer), "accepted": day_of(accepted)},
            None if amount is None else from_e4(amount),
            currency,
        )
        for _, number, customer, accepted, currency, amount in found
    ]
    return build_section(context, "warranty-end", "contract", (TITLE, WHY), columns, rows)


def _is_held_back(context: Context) -> bool:
    """Tell whether a plan keeps something until the end of the warranty; plans that cannot be read say nothing."""
    if not any(context.workspace.config.glob("plans/*.y*ml")):
        return False
    from salescli.services.commission.running import read_plans

    try:
        plans = [one.require() for one in read_plans(context)]
    except SalesCliError:
        return False
    return any(each.until.text == FIELD for one in plans if one.payout for each in one.payout.holdback)


KIND = FixKind("warranty-end", TITLE, find)
