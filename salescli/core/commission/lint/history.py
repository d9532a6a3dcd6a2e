"""What a plan would have paid: its results over months that have been, person by person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from salescli.core.commission.engine import compute_payee
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import ComponentResult, PayeeResult
from salescli.core.money import total
from salescli.core.periods import Period


@dataclass(frozen=True, slots=True)
class Past:
    """One person: the facts, and the result of every run in which the person was on the plan."""

    person: str
    inputs: PayeeInputs
    results: tuple[PayeeResult, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A plan over its runs in the past. `window` names the days that were looked at."""

    plan: Plan
    window: str
    runs: tuple[Period, ...]
    people: tuple[Past, ...]

    def components(self, name: str) -> Iterator[tuple[Past, PayeeResult, ComponentResult]]:
        """Yield what a component came to, for everybody and every run."""
        for past in self.people:
            for result in past.results:
                yield past, result, result.component(name)


def recompute(plan: Plan, person: str, inputs: PayeeInputs, runs: tuple[Period, ...]) -> Past:
    """Compute every run of somebody as if nothing had been paid or opened before."""
    bare = replace(
        inputs, posted=(), posted_kept=(), posted_runs=(), frozen={}, openings=(), opening=None,
        owed=Decimal(0), carried=Decimal(0),
    )  # fmt: skip
    mine = [run for run in runs if run.start < inputs.end and inputs.start < run.end]
    return Past(person, bare, tuple(compute_payee(plan, bare, run) for run in mine))


def earned(result: PayeeResult) -> Decimal:
    """Return what a run earns by itself, all components together."""
    return total(one.own for one in result.components)


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
        mine = [
            (earned(result), past.person)
            for past in history.people
            for result in past.results
            if result.run == run.start
        ]
        moved = [one for one in mine if one[0]]
        least, person = min(moved, default=(Decimal(0), ""))
        found.append(MonthPaid(run, total(amount for amount, _ in mine), len(moved), person, least))
    return tuple(found)
