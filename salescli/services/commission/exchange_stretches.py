"""Which exchange block converts which months: a closed month keeps its plan's, and the mean that its run knew.

A corrected rate of a day is a late fact, as any record is. A month's mean is no record: it was found when the month
was closed, and rates that arrive afterwards do not move it. What it had no rate for takes the rates known now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from salescli.core.commission.exchanged import PlanRates
from salescli.core.metrics.conversion import FxRate
from salescli.core.periods import Period
from salescli.services.commission.exchange import Exchanging
from salescli.services.commission.vintages import Vintage
from salescli.services.context import Context
from salescli.store.conversion import fetch_fx_rates
from salescli.store.runs import Run

if TYPE_CHECKING:
    from salescli.core.commission.exchange import Exchange
    from salescli.core.commission.plan import Plan

FrozenPlans = Mapping[str, Mapping[str, "Plan"]]
"""Closed month → plan name → the plan as that month's run knew it."""


def cut_by_exchange(
    context: Context, plan: Plan, known_as: Sequence[Vintage], closed: Sequence[Run], frozen: FrozenPlans
) -> list[Vintage]:
    """Cut stretches of months where credits are converted otherwise; each has what converts them."""
    kept = {run.period: frozen.get(run.period, {}).get(plan.plan) for run in closed}
    if plan.exchange is None and not any(one is not None and one.exchange is not None for one in kept.values()):
        return list(known_as)
    recorded = fetch_fx_rates(context.store)
    today = _open(context, plan, plan.exchange, recorded)
    apart = []
    for run in sorted(closed, key=lambda one: one.period):
        was = kept[run.period]
        block = was.exchange if was is not None and was.exchange is not None else plan.exchange
        is_mean = block is not None and block.rates == "month-average"
        rates = fetch_fx_rates(context.store, run.known) if is_mean else recorded
        month = context.parse_period(run.period)
        if block != plan.exchange or _upto(rates, month) != _upto(recorded, month):
            found = _open(context, plan, block, rates)
            if found is not None:
                found.otherwise = today.rates if today is not None else None
            apart.append((month, found))
    return [piece for each in known_as for piece in _pieces(replace(each, exchanging=today), apart)]


def open_exchanging(context: Context, plan: Plan) -> Exchanging | None:
    """Return what converts a plan's credits by the rates known now; None where the plan converts nothing."""
    return None if plan.exchange is None else _open(context, plan, plan.exchange, fetch_fx_rates(context.store))


def _open(context: Context, plan: Plan, block: Exchange | None, recorded: Sequence[FxRate]) -> Exchanging | None:
    if block is None:
        return None
    return Exchanging(plan, PlanRates(block, plan.currency, recorded, context.currency), store=context.store)


def _upto(rates: Sequence[FxRate], month: Period) -> set[tuple[object, ...]]:
    end = month.end.isoformat()
    return {(one.base, one.quote, one.day, one.rate) for one in rates if one.day < end}


def _pieces(vintage: Vintage, apart: Sequence[tuple[Period, Exchanging | None]]) -> list[Vintage]:
    found, start, end = [], vintage.period.start, vintage.period.end
    for month, exchanging in apart:
        if month.end <= start or end <= month.start:
            continue
        if start < month.start:
            found.append(replace(vintage, period=Period(start, month.start)))
        first, start = max(month.start, vintage.period.start), min(month.end, end)
        found.append(replace(vintage, period=Period(first, start), exchanging=exchanging))
    return [*found, replace(vintage, period=Period(start, end))] if start < end else found
