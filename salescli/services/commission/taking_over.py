"""Balances that go on from plans that have ended to the plans that take them over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from salescli.core.commission.handing import hand_over
from salescli.core.commission.timeline import GRAIN
from salescli.core.periods import ONE_DAY
from salescli.errors import Problem, ProblemsFound, problem
from salescli.policy.plans import PlanFile
from salescli.services.commission.before import Before
from salescli.services.commission.groups.sheet import PlanSheet
from salescli.services.context import Context

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan


@dataclass
class TakingOver:
    """Moves balances between the plans of each person. `used` are the old plans: a run is kept with them."""

    context: Context
    plans: Mapping[str, PlanFile]
    sheets: Mapping[str, PlanSheet]
    before: Before

    @property
    def used(self) -> dict[str, PlanFile]:
        """The plans that others take over."""
        names = {old for file in self.plans.values() for old in file.require().payout.takes_over}
        return {name: self.plans[name] for name in sorted(names) if name in self.plans}

    def move(self, *, must_know: bool) -> None:
        """Give everybody what is left under their old plans, and let those hand it over.

        Args:
            must_know: whether a plan that is taken over has to be there; where only some were asked for it need not.

        Raises:
            ProblemsFound: a plan takes over what it cannot.
        """
        wrong = list(find_wrong_takeovers(self.plans, must_know=must_know))
        if wrong:
            raise ProblemsFound(*wrong)
        for old in self._in_order():
            for person in list(self.sheets[old].payees):
                self._hand_over(old, person)

    def _in_order(self) -> list[str]:
        """Return the plans that others take over, those first that take over nothing that is still to come."""
        taken = {old for sheet in self.sheets.values() for plan in self._versions(sheet) for old in takes_of(plan)}
        waiting = sorted(taken & set(self.sheets))
        found: list[str] = []
        while waiting:
            free = [one for one in waiting if not set(takes_of(self.sheets[one].plan)) & set(waiting)]
            found += free or waiting
            waiting = [one for one in waiting if one not in found]
        return found

    def _versions(self, sheet: PlanSheet) -> list[Plan]:
        frozen = (plans[sheet.file.name] for plans in self.before.frozen.values() if sheet.file.name in plans)
        return [sheet.plan, *frozen]

    def _hand_over(self, old: str, person: int) -> None:
        found = [(start, name) for name in self.sheets if (start := self._follows(name, old, person)) is not None]
        if not found:
            return
        start, name = min(found)
        sheet, new = self.sheets[old], self.sheets[name]
        payee, inputs = sheet.payees[person]
        runs = self._runs(new, old, max(start, min(payee.end, sheet.plan.end) - ONE_DAY), sheet.upto.start)
        if not runs:
            return
        inputs = replace(inputs, handing=replace(inputs.handing, over=tuple((run, name) for run in runs)))
        sheet.payees[person] = (payee, inputs)
        left, now = hand_over(sheet.plan, inputs, sheet.upto)
        other, known = new.payees[person]
        brought = (*known.handing.brought, *left)
        taken = (*known.handing.now, *([now] if now is not None else []))
        new.payees[person] = (other, replace(known, handing=replace(known.handing, brought=brought, now=taken)))

    def _follows(self, name: str, old: str, person: int) -> date | None:
        """Return from which day on somebody is on a plan that takes over another; None where they are not."""
        sheet = self.sheets[name]
        if name == old or person not in sheet.payees or not any(old in takes_of(one) for one in self._versions(sheet)):
            return None
        payee, _ = sheet.payees[person]
        start = max(payee.start, sheet.plan.start)
        return start if start < min(payee.end, sheet.plan.end) and start < sheet.upto.end else None

    def _runs(self, new: PlanSheet, old: str, since: date, now: date) -> list[date]:
        """Return the runs that hand over, from the one that holds a day, where the new plan's text of a run says so."""
        grain, found = GRAIN[new.plan.pay], []
        run = self.context.calendar.window(grain, since)
        while run.start <= now:
            frozen = self.before.frozen.get(f"{run.start:%Y-%m}", {}).get(new.file.name)
            if old in takes_of(new.plan if run.start == now else frozen):
                found.append(run.start)
            run = self.context.calendar.window(grain, run.end)
        return found


def takes_of(plan: Plan | None) -> Sequence[str]:
    """Return the plans that one takes over."""
    return () if plan is None else plan.payout.takes_over


def find_wrong_takeovers(plans: Mapping[str, PlanFile], *, must_know: bool = True) -> Iterator[Problem]:
    """Yield what keeps a plan from taking over another: it is not there, has another currency, goes in a circle."""
    for file in plans.values():
        new = file.require()
        for place, name in enumerate(takes_of(new)):
            where = file.where("payout", "takes_over", place)
            if name not in plans:
                if must_know:
                    yield problem("takes-over-unknown-plan", where, text=name, choices=sorted(plans))
                continue
            old = plans[name].require()
            if file.name in _ancestors(plans, name):
                yield problem("takes-over-in-a-circle", where, text=name, plan=file.name)
            if old.currency != new.currency:
                yield problem("takes-over-other-currency", where, text=name, currency=old.currency, own=new.currency)
            if old.pay != new.pay:
                yield problem("takes-over-other-pay", where, text=name)
            for block in _lacking(old, new):
                yield problem("takes-over-without", where, text=name, block=block)


def _lacking(old: Plan, new: Plan) -> Iterator[str]:
    """Yield the blocks without which a new plan cannot say how it takes back what an old one leaves."""
    draw, own = old.payout.draw, new.payout.draw
    if draw is not None and draw.at_plan_end == "owed" and (own is None or own.at_plan_end is None):
        yield "draw"
    if old.payout.deductions is not None and new.payout.deductions is None:
        yield "deductions"


def _ancestors(plans: Mapping[str, PlanFile], name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found and one in plans:
            found.add(one)
            waiting += takes_of(plans[one].require())
    return found
