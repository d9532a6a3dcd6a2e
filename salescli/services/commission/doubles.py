"""People whom two plans would pay for one day: refused, unless one of the plans says it is paid beside the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

from salescli.core.periods import ONE_DAY, Period
from salescli.errors import Problem, ProblemsFound, problem
from salescli.policy.plans import PlanFile
from salescli.services.commission.payees import Payee, Seat, fetch_seats, payees_of
from salescli.services.context import Context

if TYPE_CHECKING:
    from salescli.services.commission.running import CommissionRun


@dataclass(frozen=True, slots=True)
class Double:
    """Somebody on two plans over `[start, end)`; `is_meant` where a plan says so."""

    payee: Payee
    one: PlanFile
    two: PlanFile
    start: date
    end: date
    is_meant: bool

    def problem(self, severity: Literal["error", "warning"] = "error") -> Problem:
        """Return it as a problem at the second plan's `for`."""
        return problem(
            "two-plans",
            self.two.where("for"),
            severity=severity,
            person=self.payee.name,
            plan=self.two.name,
            other=self.one.name,
            place=self.one.place(("for",)),
            start=f"{self.start}",
            through=f"{self.end - ONE_DAY}",
        )


def find_doubles(
    context: Context, files: Sequence[PlanFile], start: date = date.min, end: date = date.max,
    seats: list[Seat] | None = None,
) -> Iterator[Double]:  # fmt: skip
    """Yield who is on two plans on one day of `[start, end)`: pairs of plans in order, people by key."""
    seats = fetch_seats(context.store) if seats is None else seats
    payees = {file.name: {one.entity: one for one in payees_of(context.store, file.require(), seats)} for file in files}
    for one, two in combinations(files, 2):
        first, second = one.require(), two.require()
        is_meant = second.plan in first.beside or first.plan in second.beside
        for person, payee in payees[one.name].items():
            other = payees[two.name].get(person)
            if other is None:
                continue
            bounds = max(first.start, second.start, start), min(first.end, second.end, end)
            for mine, others in product(payee.stays, other.stays):
                since, until = max(mine[0], others[0], bounds[0]), min(mine[1], others[1], bounds[1])
                if since < until:
                    yield Double(payee, one, two, since, until, is_meant)


def doubles_of(context: Context, period: Period, done: CommissionRun) -> list[Double]:
    """Return who is on two plans on a day that a run pays, or that a closed one has paid: it would be paid again."""
    quarter = any(file.require().pay == "quarterly" for file in done.plans)
    first = context.calendar.window("quarter", period.start).start if quarter else period.start
    paid = [context.parse_period(name).start for name in done.closed]
    start = min([first, *paid, *([done.opening.first] if done.opening is not None else [])])
    return [one for one in find_doubles(context, done.plans, start, period.end) if not one.is_meant]


def refuse_doubles(context: Context, period: Period, done: CommissionRun) -> None:
    """Refuse to pay anybody twice for one day.

    Raises:
        ProblemsFound: somebody is on two plans, neither of which says that it is paid beside the other; all are named.
    """
    found = doubles_of(context, period, done)
    if found:
        raise ProblemsFound(*(one.problem() for one in found))


def find_unknown_beside(files: Sequence[PlanFile]) -> Iterator[Problem]:
    """Yield plans named in `beside` that are not there: a misspelt name says nothing."""
    names = [file.name for file in files]
    for file in files:
        for place, name in enumerate(file.require().beside):
            if name not in names:
                where = file.where("beside", place)
                yield problem("beside-unknown-plan", where, severity="warning", text=name, choices=names)
