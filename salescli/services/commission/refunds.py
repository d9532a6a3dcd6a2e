"""Refunds that no component sees: a plan that pays on what comes in, by a metric without refunds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.metrics.model import Aggregate
from salescli.core.periods import Period
from salescli.errors import Problem
from salescli.services.context import Context
from salescli.store.state import condition

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan


def find_unseen_refunds(context: Context, plan: Plan, run: Period) -> list[Problem]:
    """Return a warning for each component that pays on sums of receipts and takes no refund back, if there are any.

    `refunds: recompute` alone takes nothing back: the metric has to hold the refunds, as `receipts-gross` does.
    """
    found = []
    for name, component in plan.components.items():
        for metric in component.metrics:
            parts = [part for part, _ in context.catalogue.base_parts(metric)]
            sums = any(part.of == "receipt" and part.value == Aggregate("sum", "amount") for part in parts)
            if not sums or any(part.of == "refund" for part in parts):
                continue
            count = _count(context, plan, run)
            if count:
                values = {"plan": plan.plan, "component": name, "metric": metric, "count": count}
                found.append(Problem("refunds-unseen", values=values, severity="warning"))
    return found


def _count(context: Context, plan: Plan, run: Period) -> int:
    (count,) = context.store.db.execute(
        f"SELECT count(*) FROM refund WHERE {condition(context.store.known)} AND date >= ? AND date < ?",
        (plan.start.isoformat(), min(run.end, plan.end).isoformat()),
    ).fetchone()
    return int(count)
