"""What `commission adjust` is asked, held against the plans before anything is written.

A record that a file brings is taken and said to be paid to nobody: its plan may come later. What somebody types now is
refused where no plan could ever pay it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from salescli.core.money import CONTEXT, smallest_amount
from salescli.core.periods import ONE_DAY, Period
from salescli.core.scalars import TextRefused, parse_amount
from salescli.errors import DecisionNeeded, ProblemsFound, SalesCliError, problem
from salescli.policy.plans import PlanFile
from salescli.services.commission.deducting import stints_of, taker
from salescli.services.commission.payees import fetch_seats, payees_of
from salescli.services.commission.plan_names import no_such_plan
from salescli.services.commission.posted import KIND
from salescli.services.commission.running import read_plans
from salescli.services.context import Context
from salescli.store.entities import resolve
from salescli.store.runs import closed_runs


def settle_currency(context: Context, period: Period, person: str, plan: str, currency: str, amount: str) -> str:
    """Return the currency of a manual adjustment: the one that is named, else that of the plan that takes it.

    Raises:
        ProblemsFound: there is no such plan, it pays in another currency, or the amount is finer than money.
        DecisionNeeded: several plans of the person could take it, and none is named.
    """
    try:
        files = {file.name: file for file in read_plans(context)}
    except SalesCliError:  # without sound plans nothing can be held against it
        return currency
    if plan and plan not in files:
        if plan not in _kept(context):
            raise ProblemsFound(*no_such_plan(plan, files).problems)
        return currency
    name = plan or _plan_of(context, files, period, person)
    own = files[name].require().currency if name else ""
    if currency and own and currency != own:
        raise ProblemsFound(problem("adjustment-not-in-currency", currency=currency, wanted=own, plan=name))
    settled = currency or own
    _refuse_fine(amount, settled or context.workspace.settings.currency)
    return settled


def _kept(context: Context) -> set[str]:
    """Return the plans that closed months keep: their files may be gone."""
    return {entry["plan"] for run in closed_runs(context.store, KIND).values() for entry in run.manifest["plans"]}


def _plan_of(context: Context, files: Mapping[str, PlanFile], period: Period, person: str) -> str:
    """Return the plan that somebody is on as a month ends, or was on last; "" where there is none."""
    found = resolve(context.store, context.store.registry["person"], [person]).found.get(person)
    if found is None:
        return ""
    seats = fetch_seats(context.store)
    stints: set[tuple[date, date, str]] = set()
    for file in files.values():
        for payee in payees_of(context.store, file.require(), seats):
            if payee.entity == found:
                stints.update(stints_of(payee, file.require()))
    last = period.end - ONE_DAY
    now = sorted({name for start, end, name in stints if start <= last < end})
    if len({files[name].require().currency for name in now}) > 1:
        raise DecisionNeeded(problem("adjustment-which-plan", person=person, month=period.label, choices=now))
    return taker(stints, last)


def _refuse_fine(amount: str, currency: str) -> None:
    """Refuse an amount that nobody could be paid: finer than the smallest amount of its currency."""
    try:
        value = parse_amount(amount.strip())
    except TextRefused:
        return  # the record says what is wrong with it
    smallest = smallest_amount(currency)
    if CONTEXT.remainder(value, smallest):
        raise ProblemsFound(problem("adjustment-too-fine", text=amount, currency=currency, smallest=str(smallest)))
