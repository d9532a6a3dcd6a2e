"""Which plan takes a deduction: one of the person's plans, never two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from salescli.services.commission.payees import Payee, Seat, payees_of
from salescli.services.context import Context

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan
    from salescli.services.commission.groups.sheet import PlanSheet

Stint = tuple[date, date, str]
"""From which day to which somebody is on a plan, half-open, and its name."""


def share_deductions(context: Context, plans: Iterable[Plan], sheets: Sequence[PlanSheet], seats: list[Seat]) -> None:
    """Leave every deduction with the plan that takes it. `plans` are all, those too that do not pay in this run."""
    held = {entity for sheet in sheets for entity, (_, inputs) in sheet.payees.items() if inputs.deductions}
    if not held:
        return
    stints: dict[int, set[Stint]] = {}
    for plan in plans:
        if plan.payout.deductions is not None:
            for payee in payees_of(context.store, plan, seats):
                if payee.entity in held:
                    stints.setdefault(payee.entity, set()).update(stints_of(payee, plan))
    for sheet in sheets:
        name = sheet.plan.plan
        for entity, (payee, inputs) in sheet.payees.items():
            own = tuple(one for one in inputs.deductions if taker(stints.get(entity, ()), one.date) in ("", name))
            if own != inputs.deductions:
                sheet.payees[entity] = (payee, replace(inputs, deductions=own))


def stints_of(payee: Payee, plan: Plan) -> Iterator[Stint]:
    """Yield from when to when somebody is on a plan; days away from it are none."""
    yield from ((start, min(end, plan.end), plan.plan) for start, end in payee.stays)


def taker(stints: Iterable[Stint], day: date) -> str:
    """Return the plan that takes a deduction of a day: the one the person is on, else the last before, else the first.

    >>> old, new = (date(2026, 1, 1), date(2026, 3, 16), "old"), (date(2026, 3, 16), date(2027, 1, 1), "new")
    >>> [taker([old, new], day) for day in (date(2026, 3, 10), date(2026, 3, 20), date(2027, 2, 1))]
    ['old', 'new', 'new']
    """
    ordered = sorted(stints)
    began = [one for one in ordered if one[0] <= day]
    on_it = [one for one in began if day < one[1]]
    if on_it:
        return on_it[-1][2]
    if began:
        return max(began, key=lambda one: (one[1], one[0], one[2]))[2]
    return ordered[0][2] if ordered else ""
