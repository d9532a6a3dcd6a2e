"""The point of the list before closing about plans that have ended for people: what is left under them."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.money import CONTEXT
from salescli.core.title import Title
from salescli.reports.commission.checklist import Detail
from salescli.services.commission.check_state import Check, sums_by_currency
from salescli.services.commission.remaining import find_remaining


def look_at_remaining(check: Check) -> None:
    """Balances under plans whose last day has come, which no plan has taken over; said only where there are some."""
    plans = {one.plan.name: one.plan for one in check.done.computed}
    paid = [(one.payee.entity, one.payee.name, one.result) for one in check.done.computed]
    left = find_remaining(check.context, check.period, paid, plans)
    found = [one for one in left if set(one.figures) - {"kept"}]  # what was kept has its own date
    if not found:
        return
    amounts = []
    for one in found:
        due = [one.figures.get(name, Decimal(0)) for name in ("owed", "waiting")]
        back = CONTEXT.subtract(CONTEXT.add(*due), one.figures.get("carried", Decimal(0)))
        amounts.append((one.currency, back))
        check.details.append(Detail("remaining", one.name, one.words, back, "", one.currency))
    said = Title("没有方案接管,应收回见金额", "taken over by no plan: what has to come back is shown")
    title = Title("已结束方案的余额", "Balances of ended plans")
    check.add("remaining", title, "look", said, len(found), sums_by_currency(amounts))
