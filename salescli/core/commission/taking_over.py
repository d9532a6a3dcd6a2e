"""`payout.takes_over: OLD-PLAN`: what is left under a plan that has ended for somebody goes on in the one that follows.

Left are what is owed of the draw, what is carried below zero and the deductions that wait. From the first run that both
plans pay on, or the first of the new one, every run of the old plan hands over what it would leave to its next run, and
the new plan's turn of the same run begins with it. What is kept back stays where it was kept: it has its own dates.

Carried money is posted by both plans with opposite signs, so that nothing is lost or made. What closed runs handed over
stays handed over; where today's facts say another amount, the difference is handed over or given back now. A plan that
by today's facts takes nothing over gives everything back that it was handed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.balance import NOTHING_LEFT, Outcome, State
from salescli.core.money import CONTEXT, total
from salescli.core.shape_faults import Fault

if TYPE_CHECKING:
    from salescli.core.commission.inputs import PayeeInputs
    from salescli.core.commission.plan import Plan
    from salescli.core.commission.series import Series

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What one run of an old plan leaves to the new one, by today's facts."""

    run: date
    plan: str  # the old one
    left: State


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one run moves between two plans of a person, as each of the two posts it.

    `carried` is added to the plan's own money: what was carried below zero leaves the old plan as a positive amount and
    comes into the new one as a negative one. `owed` and `waiting` are by how much the two balances change.
    """

    plan: str  # the other one
    is_taken: bool  # whether it is taken over from the other, or handed to it
    carried: Decimal
    owed: Decimal
    waiting: Decimal


@dataclass(frozen=True, slots=True)
class Handing:
    """What a person's other plans have to do with one: nothing, where no plan takes over."""

    over: tuple[tuple[date, str], ...] = ()  # the runs that hand over what they leave, and to which plan
    brought: tuple[HandedOver, ...] = ()  # what old plans' runs leave, by today's facts
    now: tuple[Transfer, ...] = ()  # what the run moves beside: old plans hand it over, or it comes or goes back

    def before(self, run: date) -> State:
        """Return what old plans leave to the turn of one run."""
        found = [one.left for one in self.brought if one.run == run]
        owed, carried = total(one.owed for one in found), total(one.carried for one in found)
        return State(owed, carried, total(one.waiting for one in found))

    def goes_on(self, run: date) -> bool:
        """Tell whether what a run leaves goes on under another plan."""
        return any(one == run for one, _ in self.over)


NO_HANDING = Handing()


def check_takes_over(plan: Plan) -> Iterator[Fault]:
    """Yield a fault where a plan takes over itself."""
    for place, name in enumerate(plan.payout.takes_over):
        if name == plan.plan:
            yield Fault("takes-over-itself", ("payout", "takes_over", place), {"text": name})


def handed_over(plan: str, series: Series, inputs: PayeeInputs, taken: Iterable[Outcome]) -> tuple[HandedOver, ...]:
    """Return what the paid runs of an old plan hand over by today's facts."""
    runs = series.timeline.runs[series.first_paid :]
    pairs = ((run.start, outcome.handed) for run, outcome in zip(runs, taken, strict=True))
    return tuple(HandedOver(run, plan, left) for run, left in pairs if left != NOTHING_LEFT)


def carried_apart(inputs: PayeeInputs, taken: Iterable[Outcome], now: date) -> Decimal:
    """Return by how much a plan's money differs from its turns, because closed runs moved other amounts than these."""
    replayed = [one.left.carried for one in inputs.handing.brought if one.run <= now]
    handed = total(one.handed.carried for one in taken)
    moved = total(each.carried for one in inputs.posted_runs if one.run < now for each in one.transfers)
    return CONTEXT.add(CONTEXT.subtract(handed, total(replayed)), moved)


def handed_through(series: Series, inputs: PayeeInputs, taken: Iterable[Outcome]) -> dict[str, State]:
    """Return what all runs through this one hand to each plan by today's facts."""
    goes_to, found = dict(inputs.handing.over), dict.fromkeys((to for _, to in inputs.handing.over), NOTHING_LEFT)
    for run, outcome in zip(series.timeline.runs[series.first_paid :], taken, strict=True):
        if run.start in goes_to:
            found[goes_to[run.start]] = found[goes_to[run.start]].with_more(outcome.handed)
    return found


def transfers_of(
    inputs: PayeeInputs, now: date, due: Decimal, handed: Mapping[str, State], *, is_carried: bool
) -> tuple[Transfer, ...]:
    """Return what this run moves: what the old plans have handed over, and what it hands over itself.

    What was moved to a plan in all is made what today's facts hand to it; of money, what is due is moved, and of what
    was moved no more comes back than that.

    Args:
        inputs: of the person under the plan.
        now: first day of the run.
        due: what is due under the plan by itself.
        handed: what the runs hand to each plan by today's facts.
        is_carried: whether what is below zero is carried, not listed.
    """
    found = list(inputs.handing.now)
    due, before = total([due, *(one.carried for one in found)]), _moved_to(inputs, now)
    for to, left in handed.items():
        gone = before.get(to, Transfer(to, False, ZERO, ZERO, ZERO))
        moves = is_carried and (now, to) in inputs.handing.over
        carried = CONTEXT.subtract(ZERO, min(due, gone.carried)) if moves else ZERO
        owed = CONTEXT.subtract(ZERO, CONTEXT.add(left.owed, gone.owed))
        moved = Transfer(to, False, carried, owed, CONTEXT.subtract(ZERO, CONTEXT.add(left.waiting, gone.waiting)))
        found += [moved] if _moves(moved) else []
    return tuple(found)


def given_back(inputs: PayeeInputs, now: date) -> tuple[Transfer, ...]:
    """Return what comes back from plans that take nothing over by today's facts, as the one that handed it posts it."""
    follow = {to for _, to in inputs.handing.over}
    found = (_as_other(one, to, is_taken=False) for to, one in _moved_to(inputs, now).items() if to not in follow)
    return tuple(one for one in found if _moves(one))


def taken_from(old: str, handed: Transfer) -> Transfer:
    """Return what an old plan hands over, or gets back, as the other plan posts it."""
    return _as_other(handed, old, is_taken=True)


def _moved_to(inputs: PayeeInputs, now: date) -> dict[str, Transfer]:
    """Return what closed runs handed to each plan in all."""
    found: dict[str, Transfer] = {}
    for one in (each for run in inputs.posted_runs if run.run < now for each in run.transfers if not each.is_taken):
        sums = found.get(one.plan, Transfer(one.plan, False, ZERO, ZERO, ZERO))
        carried, owed = CONTEXT.add(sums.carried, one.carried), CONTEXT.add(sums.owed, one.owed)
        found[one.plan] = Transfer(one.plan, False, carried, owed, CONTEXT.add(sums.waiting, one.waiting))
    return found


def _as_other(one: Transfer, plan: str, *, is_taken: bool) -> Transfer:
    carried, owed, waiting = (CONTEXT.subtract(ZERO, each) for each in (one.carried, one.owed, one.waiting))
    return Transfer(plan, is_taken, carried, owed, waiting)


def _moves(one: Transfer) -> bool:
    return bool(one.carried or one.owed or one.waiting)
