"""The months that have been, for a plan that may be younger than they: its latest whole year is computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.curve_facts import Assumed
from salescli.core.commission.inputs import PayeeInputs, Term
from salescli.core.commission.lint.history import History, recompute
from salescli.core.commission.lint.shift import shift_plan
from salescli.core.commission.plan import Plan
from salescli.core.commission.timeline import GRAIN
from salescli.core.metrics.query import Query
from salescli.core.money import total
from salescli.core.periods import ONE_DAY, Period, month_of, months_between
from salescli.policy.plans import PlanFile
from salescli.services.commission.lint_quotas import with_later_facts
from salescli.services.commission.running import compute_period
from salescli.services.context import Context
from salescli.store.metric_sql import fetch_measured

BEGINNING = date(1970, 1, 1)
MOST_YEARS = 30


def fetch_history(context: Context, file: PlanFile) -> History | None:
    """Return what a plan would have paid in its last complete year of data; None where there is no complete month.

    Where the data does not reach back a year, it is the part of the year that the data has.
    """
    plan = file.require()
    data = data_of(context, plan)
    if data is None:
        return None
    years = _years_back(plan, data)
    if years is None:
        return None
    shifted = shift_plan(plan, years)
    runs = _runs(context, shifted, data)
    if not runs:
        return None
    done = compute_period(context, month_of(runs[-1].last_day), plans=[replace(file, plan=shifted)])
    people = tuple(
        recompute(shifted, one.payee.name, with_later_facts(plan, shifted, years, one.inputs), runs)
        for one in done.computed
    )
    return History(shifted, _label(runs), runs, people)


def _label(runs: tuple[Period, ...]) -> str:
    first, last = month_of(runs[0].start).label, month_of(runs[-1].last_day).label
    return first if first == last else f"{first}..{last}"


def data_of(context: Context, plan: Plan) -> Period | None:
    """Return the complete months in which anything is known of what the plan pays on."""
    months: set[str] = set()
    names = {one.pays_on for one in plan.components.values() if isinstance(one, CreditedShape)}
    for name in sorted(names):
        for metric, _ in context.catalogue.base_parts(name):
            query = Query(metric.name, ("month",), Period(BEGINNING, context.on + ONE_DAY))
            rows = fetch_measured(context.store, metric, query, context.calendar, context.on.isoformat())
            months |= {str(row.group[0]) for row in rows if row.value and row.group[0]}
    days = [date.fromisoformat(f"{month}-01") for month in months]
    complete = [day for day in days if month_of(day).end <= context.on + ONE_DAY]
    return Period(min(complete), month_of(max(complete)).end) if complete else None


def _years_back(plan: Plan, data: Period) -> int | None:
    """Return how many years earlier the plan meets most of the data; of equal ones the latest."""
    best: tuple[int, int] | None = None
    for years in range(MOST_YEARS):
        shifted = shift_plan(plan, years)
        start, end = max(shifted.start, data.start), min(shifted.end, data.end)
        months = months_between(start, end) if start < end else 0
        if months > 0 and (best is None or months > best[0]):
            best = (months, years)
        if shifted.end <= data.start:
            break
    return None if best is None else best[1]


def _runs(context: Context, plan: Plan, data: Period) -> tuple[Period, ...]:
    """Return the runs of the plan that the data covers to their end."""
    found = []
    run = context.calendar.window(GRAIN[plan.pay], max(plan.start, data.start))
    while run.start < plan.end and run.end <= max(data.end, run.start):
        found.append(run)
        run = context.calendar.window(GRAIN[plan.pay], run.end)
    return tuple(found)


def typical_of(history: History) -> Assumed:
    """Return the middle quota of a year and the middle own terms of those who were on the plan."""
    quotas = [amount for past in history.people if (amount := _quota_of(past.inputs))]
    values: dict[str, list[Decimal]] = {}
    for past in history.people:
        for name, term in {one.name: one for one in past.inputs.terms}.items():
            values.setdefault(name, []).append(term.value)
    terms = tuple(Term(name, _middle(found)) for name, found in sorted(values.items()))
    return Assumed(_middle(quotas) if quotas else None, terms)


def _quota_of(inputs: PayeeInputs) -> Decimal:
    """Return the quota of a person's year: of the first metric and level that tiers may read."""
    newest: dict[tuple[str, str, str], dict[date, Decimal]] = {}
    for one in inputs.quotas:
        newest.setdefault((one.of, one.metric, one.level), {})[one.month] = one.amount
    if not newest:
        return Decimal(0)
    months = newest[min(newest)]
    return total(months.values())


def _middle(values: Iterable[Decimal]) -> Decimal:
    """Return the lower of the middle values: one that somebody really has."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2]
