"""The point of the list before closing that what was paid is what was payable: in every month that is paid so far."""

from __future__ import annotations

from decimal import Decimal

from salescli.core.title import Title
from salescli.reports.commission.checklist import Detail
from salescli.services.commission.check_state import Check, sums_by_currency
from salescli.services.commission.paid import PaidBeside, paid_beside
from salescli.services.commission.posted import KIND
from salescli.store.entities import labels
from salescli.store.payments import fetch_paid_months
from salescli.store.runs import closed_runs


def look_at_payments(check: Check) -> None:
    """Differences of paid months stay on the list for as long as they stand; nothing is shown before the first one."""
    months = [month for month in fetch_paid_months(check.context.store) if month <= check.period.label]
    if not months:
        return
    closed = closed_runs(check.context.store, KIND)
    apart: list[tuple[str, PaidBeside]] = [
        (month, one)
        for month in months
        if month in closed
        for one in paid_beside(check.context, closed[month])
        if one.difference
    ]
    names = labels(check.context.store, check.context.store.registry["person"], {one.person for _, one in apart})
    for month, one in apart:
        due, paid = f"{one.payable or Decimal(0):,}", f"{one.paid or Decimal(0):,}"
        said = Title(f"{month} 应发 {due},实发 {paid}", f"{month}: payable {due}, paid {paid}")
        who = names.get(one.person, "")
        check.details.append(Detail("payments", who, said, one.difference, one.source, one.currency))
    said = (
        Title("实发与应发不符,应发不变", "paid otherwise than payable, which stays")
        if apart
        else Title("相符", "agree")
    )
    amounts = sums_by_currency((one.currency, one.difference) for _, one in apart)
    title = Title("实发与应发", "Paid and payable")
    check.add("payments", title, "look" if apart else "ok", said, len(apart), amounts)
