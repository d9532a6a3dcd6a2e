"""A point of the list before closing: receipts up to the month's end that name no contract, the oldest first."""

from __future__ import annotations

from salescli.core.money import from_e4
from salescli.core.title import Title
from salescli.services.commission.check_state import Check
from salescli.store.claims import sum_claims


def look_at_claims(check: Check) -> None:
    """Open claims of all months so far: what is claimed later is paid later."""
    found = sum_claims(check.context.store, check.period.end.isoformat())
    title = Title("回款没有合同", "Receipts without a contract")
    if not found:
        check.add("claims", title, "ok", Title("没有", "none"), 0)
        return
    oldest = min(one.oldest[:10] for one in found)
    said = Title(f"最早 {oldest}:salescli receipt claims", f"since {oldest}: salescli receipt claims")
    amounts = {one.currency: from_e4(one.amount) for one in found}
    check.add("claims", title, "look", said, sum(one.count for one in found), amounts)
