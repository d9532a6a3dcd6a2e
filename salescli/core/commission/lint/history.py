"""What a plan would have paid: its results over months that have been, person by person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, PayeeResult
from salescli.core.money import CONTEXT, total
from salescli.core.periods import FiscalCalendar, Period

OwnByRun = dict[str, dict[date, Decimal]]


@dataclass(frozen=True, slots=True)
class Past:
    """One person: the facts, the results of the runs that end a window (and of the last), and what each run earns.

    `own` is by component and run, `earned` by run: all components together, runs without any left out.
    """

    person: str
    inputs: PayeeInputs
    results: tuple[PayeeResult, ...]
    own: OwnByRun
    earned: Mapping[date, Decimal]


@dataclass(frozen=True, slots=True)
class History:
    """A plan over its runs in the past. `window` names the days that were looked at."""

    plan: Plan
    window: str
    runs: tuple[Period, ...]
    people: tuple[Past, ...]

    def components(self, name: str) -> Iterator[tuple[Past, PayeeResult, ComponentResult]]:
        """Yield what a component came to, for everybody and every result that there is."""
        for past in self.people:
            for result in past.results:
                yield past, result, result.component(name)


def recompute(plan: Plan, person: str, inputs: PayeeInputs, runs: tuple[Period, ...]) -> Past:
    """Compute the runs of somebody as if nothing had been paid or opened before."""
    bare = replace(
        inputs, posted=(), posted_kept=(), posted_runs=(), frozen={}, openings=(), opening=None,
        owed=Decimal(0), carried=Decimal(0),
    )  # fmt: skip
    mine = [run for run in runs if run.start < inputs.end and inputs.start < run.end]
    ends = [run for run in mine if run == mine[-1] or _ends_a_window(plan, inputs.calendar, run)]
    results = tuple(compute_payee(plan, bare, run) for run in ends)
    own = own_by_run(results[-1]) if results else {}
    return Past(person, bare, results, own, _together(own))


def _ends_a_window(plan: Plan, calendar: FiscalCalendar, run: Period) -> bool:
    grains = {one.window for one in plan.components.values()} | {one.over for one in plan.limits}
    return any(calendar.window(grain, run.start).end == run.end for grain in grains if grain != "each-transaction")


def own_by_run(result: PayeeResult) -> OwnByRun:
    """Return what each run earns by component: with nothing posted, earlier runs are the differences of the last."""
    return {
        one.component: {**{each.period: each.amount for each in one.differences}, result.run: one.own}
        for one in result.components
    }


def _together(own: OwnByRun) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    for by_run in own.values():
        for run, amount in by_run.items():
            found[run] = CONTEXT.add(found.get(run, Decimal(0)), amount)
    return {run: amount for run, amount in sorted(found.items()) if amount}


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """One run over all people: what all earned, how many anything at all, and the least of one of them."""

    run: Period
    amount: Decimal
    people: int
    least_person: str
    least: Decimal


def months_paid(history: History) -> tuple[MonthPaid, ...]:
    """Return what each run would have paid."""
    found = []
    for run in history.runs:
        moved = [(past.earned[run.start], past.person) for past in history.people if run.start in past.earned]
        least, person = min(moved, default=(Decimal(0), ""))
        found.append(MonthPaid(run, total(amount for amount, _ in moved), len(moved), person, least))
    return tuple(found)
