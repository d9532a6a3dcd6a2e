"""Balances that go on from plans that have ended to the plans that take them over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from salescli.core.commission.handing import hand_over
from salescli.core.commission.taking_over import Transfer, given_back, taken_from
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
        leaving = self._leaving()
        self._give_back()
        for person, ways in leaving.items():
            for old in in_order(ways):
                self._hand_over(old, person, ways[old])

    def _leaving(self) -> dict[int, dict[str, str]]:
        """Return for each person which plans hand over what they leave now, and to which."""
        taken = {old for sheet in self.sheets.values() for plan in self._versions(sheet) for old in takes_of(plan)}
        found: dict[int, dict[str, str]] = {}
        for old, sheet in self.sheets.items():
            people = [*(sheet.payees if old in taken else ()), *sheet.gone]
            for person in people:
                name = self._leave(old, person) or (self._undo(old, person) if person in sheet.gone else None)
                if name is not None:
                    found.setdefault(person, {})[old] = name
        return found

    def _versions(self, sheet: PlanSheet) -> list[Plan]:
        frozen = (plans[sheet.file.name] for plans in self.before.frozen.values() if sheet.file.name in plans)
        return [sheet.plan, *frozen]

    def _leave(self, old: str, person: int) -> str | None:
        """Say which runs of an old plan hand over what somebody leaves in them; return to which plan, if any."""
        found = [(start, name) for name in self.sheets if (start := self._follows(name, old, person)) is not None]
        known = self.sheets[old].known_of(person)
        if not found or known is None:
            return None
        start, name = min(found)
        end = min(known[0].end, self.sheets[old].plan.end)
        runs = self._runs(self.sheets[name], old, end - ONE_DAY if end > start else start)
        return self._say(old, person, name, runs)

    def _undo(self, name: str, person: int) -> str | None:
        """Let a plan that somebody is not on by today's records leave what it paid to the plan it took over."""
        first: dict[str, tuple[bool, date]] = {}
        for run in self.sheets[name].gone[person][1].posted_runs:
            for one in run.transfers:
                first.setdefault(one.plan, (one.is_taken, run.run))
        for old, (is_taken, since) in first.items():
            sheet = self.sheets.get(old)
            if is_taken and sheet is not None and sheet.known_of(person) is not None:
                return self._say(name, person, old, self._since(sheet, since))
        return None

    def _say(self, old: str, person: int, name: str, runs: list[date]) -> str | None:
        """Tell the engine of the old plan which runs hand over, and to which plan."""
        sheet = self.sheets[old]
        known = sheet.known_of(person)
        if not runs or known is None:
            return None
        handing = replace(known[1].handing, over=tuple((run, name) for run in runs))
        sheet.keep(person, replace(known[1], handing=handing))
        return name

    def _give_back(self) -> None:
        """Let plans that take nothing over by today's records give back what closed runs have handed to them."""
        for old, sheet in self.sheets.items():
            for person in sheet.everybody:
                known = sheet.known_of(person)
                for one in given_back(known[1], sheet.upto.start) if known is not None else ():
                    taker = self.sheets.get(one.plan)
                    if taker is not None and taker.known_of(person) is not None:
                        _move(sheet, person, one)
                        _move(taker, person, taken_from(old, one))

    def _hand_over(self, old: str, person: int, name: str) -> None:
        sheet, new = self.sheets[old], self.sheets[name]
        leaver, known = sheet.known_of(person), new.known_of(person)
        assert leaver is not None and known is not None
        left, now = hand_over(sheet.plan, leaver[1], sheet.upto)
        handing = known[1].handing
        new.keep(person, replace(known[1], handing=replace(handing, brought=(*handing.brought, *left))))
        if now is not None:
            _move(new, person, now)

    def _follows(self, name: str, old: str, person: int) -> date | None:
        """Return from which day on somebody is on a plan that takes over another; None where they are not."""
        sheet = self.sheets[name]
        if name == old or person not in sheet.payees or not any(old in takes_of(one) for one in self._versions(sheet)):
            return None
        payee, _ = sheet.payees[person]
        start = max(payee.start, sheet.plan.start)
        return start if start < min(payee.end, sheet.plan.end) and start < sheet.upto.end else None

    def _runs(self, new: PlanSheet, old: str, since: date) -> list[date]:
        """Return the runs that hand over, from the one that holds a day, where the new plan's text of a run says so."""
        now, found = new.upto.start, []
        for run in self._since(new, since):
            frozen = self.before.frozen.get(f"{run:%Y-%m}", {}).get(new.file.name)
            if old in takes_of(new.plan if run == now else frozen):
                found.append(run)
        return found

    def _since(self, sheet: PlanSheet, since: date) -> list[date]:
        """Return the first days of a plan's runs, from the one that holds a day through this one."""
        grain, found = GRAIN[sheet.plan.pay], []
        run = self.context.calendar.window(grain, since)
        while run.start <= sheet.upto.start:
            found.append(run.start)
            run = self.context.calendar.window(grain, run.end)
        return found


def in_order(ways: Mapping[str, str]) -> list[str]:
    """Return the plans of a person that hand over, each after those that hand over to it."""
    waiting, found = sorted(ways), list[str]()
    while waiting:
        reached = {ways[one] for one in waiting}
        found += [one for one in waiting if one not in reached] or waiting
        waiting = [one for one in waiting if one not in found]
    return found


def _move(sheet: PlanSheet, person: int, moved: Transfer) -> None:
    """Let a plan's run move something."""
    known = sheet.known_of(person)
    assert known is not None
    handing = known[1].handing
    sheet.keep(person, replace(known[1], handing=replace(handing, now=(*handing.now, moved))))


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
