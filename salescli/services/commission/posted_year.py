"""What closed runs of a year have posted, by plan and person: earned, with what draw and deductions add to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salescli.core.commission.result import PayeeResult
from salescli.core.money import CONTEXT
from salescli.core.periods import Period
from salescli.services.commission.posted import KIND
from salescli.services.commission.stored import read_result
from salescli.services.context import Context
from salescli.store.runs import closed_runs, fetch_results


@dataclass(frozen=True)
class PostedYear:
    """The sums by (plan, person); `known` is the first day of the year that no closed run is of, `open` of all days."""

    sums: dict[tuple[str, int], Decimal]
    known: date
    open: date | None

    def of(self, plan: str, person: int) -> Decimal:
        """Return what was posted to somebody under a plan."""
        return self.sums.get((plan, person), Decimal("0.00"))

    def people(self, plan: str) -> set[int]:
        """Return everybody to whom a plan has posted."""
        return {person for name, person in self.sums if name == plan}


def fetch_posted_year(context: Context, year: Period) -> PostedYear:
    """Read the closed runs of a year."""
    sums: dict[tuple[str, int], Decimal] = {}
    known, following = year.start, None
    for label, run in closed_runs(context.store, KIND).items():
        month = context.parse_period(label)
        following = month.end
        if not year.start <= month.start < year.end:
            continue
        known = month.end
        for item, text in fetch_results(context.store, run.id).items():
            plan, _, person = item.rpartition("|#")
            key = (plan, int(person))
            sums[key] = CONTEXT.add(sums.get(key, Decimal(0)), posted_of(read_result(text)))
    return PostedYear(sums, known, following)


def posted_of(result: PayeeResult) -> Decimal:
    """Return what a run posts, with what draw and deductions add to it."""
    return CONTEXT.add(result.earned, result.balance.adjusted) if result.balance is not None else result.earned
