"""Instalments that fall due on no day: no collection rate counts them."""

from __future__ import annotations

from salescli.core.money import from_e4
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.knowledge import record_keys
from salescli.store.waiting import fetch_instalments_without_due

TITLE = Title("没有应收日期的期次", "Instalments without a due date")
WHY = Title("不进回款率,也不会逾期", "in no collection rate, and never overdue")


def find(context: Context) -> Section | None:
    """Find instalments without a due date."""
    found = fetch_instalments_without_due(context.store)
    if not found:
        return None
    numbers = record_keys(context, context.store.registry["contract"], {row[0] for row in found})
    columns = (
        FixColumn("contract", "contract", role="key", shown_as="id", width=18),
        FixColumn("instalment", "instalment", role="key", shown_as="id", width=10),
        FixColumn("due", "due", role="fill", shown_as="date", width=14),
    )
    rows = [
        FixRow(
            {"contract": numbers[contract], "instalment": name},
            None if amount is None else from_e4(amount),
            currency,
        )
        for contract, name, currency, amount in found
    ]
    return build_section(context, "instalment-due", "payment-plan", (TITLE, WHY), columns, rows)


KIND = FixKind("instalment-due", TITLE, find)
