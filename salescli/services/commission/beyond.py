"""What closed months paid and a run's plans do not reach by themselves: people off the plan, and plans that have ended.

A closed month is put right for as long as it is paid upon. Somebody whose records no longer put them on the plan
has nothing to expect from it, so what was posted comes back; a plan that has ended still posts what comes late for
its months, releases what it kept, and carries what is owed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.result import PayeeResult
from salescli.core.periods import Period
from salescli.errors import Problem, problem
from salescli.policy.plans import PlanFile, load_plan
from salescli.services.commission.payees import Payee, person_keys
from salescli.services.context import Context
from salescli.store.entities import fetch_keys, labels
from salescli.store.runs import Run, fetch_document


def plans_of(items: Iterable[str]) -> frozenset[str]:
    """Return the plans of a run's items."""
    return frozenset(item.rpartition("|#")[0] for item in items)


def plans_in(
    plans: Iterable[PlanFile], context: Context, period: Period, paid: frozenset[str] = frozenset()
) -> list[tuple[PlanFile, Period]]:
    """Return the plans that a run pays, with the period that each pays: a quarterly plan pays in its last month.

    A plan that has ended goes on where closed months have paid by it (`paid`).
    """
    found = ((file, _pays_for(file, context, period)) for file in plans)
    return [(file, upto) for file, upto in found if upto.end == period.end and _goes_on(file, upto, paid)]


def plans_going_on(
    plans: Iterable[PlanFile], context: Context, period: Period, paid: frozenset[str] = frozenset()
) -> list[PlanFile]:
    """Return the plans that pay in a run, or will in a later one of what is of its month."""
    return [file for file in plans if _goes_on(file, _pays_for(file, context, period), paid)]


def _pays_for(file: PlanFile, context: Context, period: Period) -> Period:
    """Return what a plan pays at once around a month: the month, or its quarter."""
    return context.calendar.window("month" if file.require().pay == "monthly" else "quarter", period.start)


def _goes_on(file: PlanFile, upto: Period, paid: frozenset[str]) -> bool:
    plan = file.require()
    return plan.start < upto.end and (upto.start < plan.end or file.name in paid)


def gone_payees(
    context: Context, file: PlanFile, items: Iterable[str], present: Collection[int], people: Collection[int]
) -> list[Payee]:
    """Return who was paid by a plan and is on it no more by today's records: for no day at all; `people`: some only."""
    plan = file.require()
    parts = (item.rpartition("|#") for item in items)
    gone = {int(entity) for name, _, entity in parts if name == file.name} - set(present)
    gone &= set(people) if people else gone
    if not gone:
        return []
    kind = context.store.registry["person"]
    keys = {**fetch_keys(context.store, kind, gone), **person_keys(context.store, gone)}
    names = labels(context.store, kind, gone)
    found = [Payee(one, keys.get(one, str(one)), names.get(one, ""), plan.start, date.min) for one in gone]
    return sorted(found, key=lambda payee: payee.key)


def no_facts(context: Context, payee: Payee) -> PayeeInputs:
    """Return the inputs of somebody who is not on the plan."""
    return PayeeInputs(person=payee.key, calendar=context.calendar, start=payee.start, end=payee.end, away=payee.away)


def is_idle(result: PayeeResult) -> bool:
    """Tell whether a result moves and owes nothing."""
    moved = (result.earned, result.kept_change, result.payable, result.carried_in, result.carried_out)
    said = result.adjustments or result.transfers or any(one.differences for one in result.components)
    return not any(moved) and not said


def has_balance(result: PayeeResult) -> bool:
    """Tell whether anything is left to come, or to come back: owed, carried, waiting or kept."""
    balance = result.balance
    left = (balance.owed, balance.waiting) if balance is not None else ()
    return any((result.carried_out, *left, *(one.kept_to_date for one in result.kept)))


def missing_plans(
    context: Context, period: Period, closed: Iterable[Run], plans: Collection[PlanFile]
) -> tuple[list[PlanFile], list[Problem]]:
    """Return the plans that closed months kept and whose files are gone: the ended ones go on from the kept text.

    One that would still be in force is a problem: nobody can know whether it was renamed, which would pay it twice.
    """
    have = {one.name for one in plans}
    kept = {entry["plan"]: (run, entry) for run in closed for entry in run.manifest["plans"]}
    found, problems = [], []
    for name, (run, entry) in sorted(kept.items()):
        if name in have:
            continue
        _, text = fetch_document(context.store, entry["sha256"])
        file = load_plan(text, entry["file"])
        if file.plan is None or period.start < file.plan.end:
            problems.append(problem("plan-gone", plan=name, period=run.period, file=entry["file"]))
        else:
            found.append(file)
    return found, problems
