"""`payout.takes_over: OLD-PLAN`: what is left under a plan that has ended for somebody goes on in the one that follows.

Left are what is owed of the draw, what is carried below zero and the deductions that wait. From the first run that both
plans pay on, or the first of the new one, every run of the old plan hands over what it would leave to its next run, and
the new plan's turn of the same run begins with it. What is kept back stays where it was kept: it has its own dates.

Carried money is posted by both plans with opposite signs, so that nothing is lost or made. What closed runs handed over
stays handed over; where today's facts say another amount, the difference is handed over or given back now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    now: tuple[Transfer, ...] = ()  # what old plans hand over in the run that is computed

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


def transfers_of(
    inputs: PayeeInputs, now: date, due: Decimal, last: Outcome, *, is_carried: bool
) -> tuple[Transfer, ...]:
    """Return what this run moves: what the old plans have handed over, and what it hands over itself.

    Args:
        inputs: of the person under the plan.
        now: first day of the run.
        due: what is due under the plan by itself.
        last: the run's turn.
        is_carried: whether what is below zero is carried, not listed.
    """
    found = list(inputs.handing.now)
    due = total([due, *(one.carried for one in found)])
    for to in (to for run, to in inputs.handing.over if run == now):
        before = (one for one in inputs.posted_runs if one.run < now)
        gone = total(each.carried for one in before for each in one.transfers if not each.is_taken)
        carried = CONTEXT.subtract(ZERO, min(due, gone)) if is_carried else ZERO
        left = last.handed
        moved = Transfer(to, False, carried, CONTEXT.subtract(ZERO, left.owed), CONTEXT.subtract(ZERO, left.waiting))
        found += [moved] if moved.carried or moved.owed or moved.waiting else []
    return tuple(found)


def taken_from(old: str, transfers: Iterable[Transfer]) -> Transfer | None:
    """Return what an old plan's run hands over, as the new plan posts it."""
    for one in (each for each in transfers if not each.is_taken):
        carried, owed, waiting = (CONTEXT.subtract(ZERO, each) for each in (one.carried, one.owed, one.waiting))
        return Transfer(old, True, carried, owed, waiting)
    return None
