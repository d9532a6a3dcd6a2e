"""What comes in after somebody's last day: a part is still theirs, the rest is credited to whoever the plan says.

A leaver is who has left: on no seat on the day. Whoever moved to another role holds what is theirs, under the new plan.
The successor is who holds the contract on the crediting day, else who took it over first, else the same of the
customer; without one the rest is the house's, as with `rest_to: house`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.inputs import CreditLine, CreditSum
from salescli.core.commission.payout import AfterLeaving, leaver_share
from salescli.core.money import CONTEXT, part
from salescli.core.periods import FOREVER, Period
from salescli.core.scales import from_micro, to_micro
from salescli.policy.plans import PlanFile
from salescli.services.commission.credits import Credited, Task, fetch_credit_lines
from salescli.services.commission.payees import Hierarchy, Payee, Seat
from salescli.services.commission.plan_versions import FrozenPlans, versions_of
from salescli.services.context import Context
from salescli.store.dated import fetch_history
from salescli.store.entities import resolve
from salescli.store.state import state_of

if TYPE_CHECKING:
    pass

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Rest:
    """The part of one credit that is not the leaver's any more, and who has it: None is the house."""

    person: int
    to: int | None
    rest_to: str
    line: CreditLine
    whole: Decimal  # of the credit, before anything was given to others


@dataclass
class Leavers:
    """Everybody who was on a plan and has left, by all plans of a run."""

    context: Context
    hierarchy: Hierarchy
    seats: Mapping[int, list[Seat]]
    on_plans: dict[int, list[tuple[Payee, PlanFile]]]
    frozen: FrozenPlans
    untaken: dict[tuple[int, str, str], Rest] = field(default_factory=dict)  # meant for somebody, and nobody there
    _received: dict[str, str | None] = field(default_factory=dict)  # receipt → its day
    _owners: dict[tuple[str, str, str], list[tuple[str, int | None]]] = field(default_factory=dict)

    def of_days(self, period: Period) -> dict[int, Payee]:
        """Return who left before the end of a period."""
        return {
            person: max((payee for payee, _ in plans), key=lambda one: one.end)
            for person, plans in self.on_plans.items()
            if any(payee.end < period.end for payee, _ in plans)
        }

    def rest_of(self, person: int, line: CreditLine) -> Rest | None:
        """Return what of a leaver's credit goes to somebody else; None where it is theirs as it is."""
        if self.hierarchy.seat(person, line.date) is not None:
            return None
        rules = list(self._rules(person, line.date))
        if not rules:
            return None
        share, _, _, rule = max(rules, key=lambda one: one[:3])
        if share == 1:
            return None
        rest = _rest_line(line, share, self._name(person))
        if self._is_of_before(person, line):  # a refund goes to the people of what it refunds
            return Rest(person, None, "house", rest, line.quota_credit)
        return Rest(person, self._taker(person, line, rule), rule.rest_to, rest, line.quota_credit)

    def _is_of_before(self, person: int, line: CreditLine) -> bool:
        """Tell whether a refund undoes a receipt of the days when a leaver was there: nobody else ever had it."""
        if line.kind != "refund" or not line.undoes:
            return False
        if line.undoes not in self._received:
            (day,) = self.context.store.db.execute(
                f"SELECT max(r.date) FROM {state_of(self.context.store, 'receipt')} AS r "
                "JOIN entity AS e ON e.id = r.id WHERE e.key = ?",
                (line.undoes,),
            ).fetchone()
            self._received[line.undoes] = day
        day = self._received[line.undoes]
        ends = [payee.end for payee, _ in self.on_plans.get(person, ()) if payee.end <= line.date]
        return day is not None and bool(ends) and date.fromisoformat(day) < max(ends)

    def _name(self, person: int) -> str:
        return next((payee.name for payee, _ in self.on_plans.get(person, ())), "")

    def _rules(self, person: int, day: date) -> Iterator[tuple[Decimal, date, str, AfterLeaving]]:
        """Yield what each plan of a leaver says of a day: the part that is still theirs, and where the rest goes."""
        for payee, file in self.on_plans.get(person, ()):
            plan = self.frozen.get(f"{day:%Y-%m}", {}).get(file.name) or file.require()
            if payee.end <= day and plan.leavers is not None:
                share = leaver_share(plan.leavers, payee.end, day) if day < plan.end else Decimal(0)
                yield share, payee.end, file.name, plan.leavers.receipts_after_last_day

    def _taker(self, person: int, line: CreditLine, rule: AfterLeaving) -> int | None:
        if rule.rest_to == "manager":
            return self._manager(person, line.date)
        if rule.rest_to == "successor":
            held = (*self._held_by("contract", line.contract, line.date), *self._held_by_customer(line))
            return next((one for one in held if one != person and self.hierarchy.seat(one, line.date)), None)
        return None

    def _manager(self, person: int, day: date) -> int | None:
        """Return who led a leaver at the end; where that one has left too, who led them."""
        seen = {person}
        current: int | None = person
        while current is not None:
            before = [one for one in self.seats.get(current, ()) if one.start <= day]
            current = before[-1].manager if before else None
            if current is None or current in seen:
                return None
            if self.hierarchy.seat(current, day) is not None:
                return current
            seen.add(current)
        return None

    def _held_by_customer(self, line: CreditLine) -> Iterator[int]:
        yield from self._held_by("customer", line.customer, line.date)

    def _held_by(self, kind: str, name: str, day: date) -> Iterator[int]:
        """Yield who holds a record on a day, then who took it over later, the first of them first."""
        if not name:
            return
        if (kind, name, "owner") not in self._owners:
            self._owners[kind, name, "owner"] = self._history(kind, name)
        history = self._owners[kind, name, "owner"]
        on_day = [owner for since, owner in history if since <= day.isoformat()]
        later = [owner for since, owner in history if since > day.isoformat()]
        yield from (owner for owner in (*on_day[-1:], *later) if owner is not None)

    def _history(self, kind: str, name: str) -> list[tuple[str, int | None]]:
        found = resolve(self.context.store, self.context.store.registry[kind], [name]).get(name)
        return [] if found is None else fetch_history(self.context.store, found, "owner")


def open_leavers(
    context: Context, plans: Iterable[PlanFile], seats: Iterable[Seat], frozen: FrozenPlans
) -> Leavers | None:
    """Return the leavers of a run's plans, or None where nobody has left."""
    seats = list(seats)
    on_plans: dict[int, list[tuple[Payee, PlanFile]]] = {}
    for file in plans:
        for payee in versions_of(file.require(), frozen).payees(context.store, seats):
            if payee.end < FOREVER and payee.start < payee.end:
                on_plans.setdefault(payee.entity, []).append((payee, file))
    by_person: dict[int, list[Seat]] = {}
    for seat in seats:
        by_person.setdefault(seat.person, []).append(seat)
    return Leavers(context, Hierarchy(seats), by_person, on_plans, frozen) if on_plans else None


def find_rests(leavers: Leavers, task: Task) -> Iterator[Rest]:
    """Yield what leavers' credits leave to others, of what a component pays on, transaction by transaction."""
    people = leavers.of_days(task.period)
    if not people or task.component.credit == "overlay":
        return
    start = max(task.period.start, min(payee.end for payee in people.values()))
    if start >= task.period.end:
        return
    own: Any = task.component.model_copy(update={"credit": "own", "team": None})
    late = replace(
        task,
        component=own,
        payees=people,
        only_in=Period(start, task.period.end),
        people=tuple(people),
        asked=(),
        opened=frozenset(),
    )
    found = Credited()
    fetch_credit_lines(late, found)
    for person, lines in sorted(found.lines.items()):
        for line in lines:
            rest = leavers.rest_of(person, line)
            if rest is not None:
                yield rest


def add_rests(leavers: Leavers, task: Task, into: Credited, *, with_lines: bool) -> None:
    """Credit the people of a component with the rests that they, or people below them, take over."""
    for measure, metric in enumerate(task.component.metrics):
        asked = task if not measure else replace(task, component=_paid_on(task.component, metric))
        for rest in find_rests(leavers, asked):
            if rest.to is None and rest.rest_to != "house" and not measure:
                leavers.untaken[rest.person, rest.line.key, rest.line.contract] = rest
            for receiver in task.receivers(rest.to, rest.line.date):
                line = rest.line if task.special is None else task.special.mark_rest(rest.line, receiver)
                own = CreditSum(
                    task.name,
                    line.date.replace(day=1),
                    Decimal(0) if measure else line.pay_credit,
                    line.quota_credit if measure or len(task.component.metrics) == 1 else Decimal(0),
                    Decimal(0) if measure else line.units,
                    line.date,
                    line.kind == "refund",
                    line.rate_key,
                    None if line.priced == line.date else line.priced,
                )
                into.sums.setdefault(receiver, []).append(own)
                if with_lines and not measure:
                    into.lines.setdefault(receiver, []).append(line)


def _paid_on(component: CreditedShape, metric: str) -> Any:
    return component.model_copy(update={"pays_on": metric})


def _rest_line(line: CreditLine, share: Decimal, name: str) -> CreditLine:
    """Return what a leaver's part leaves over of a line: the difference, so that both add up to it."""
    line = replace(line, taken_from=name)
    if not share:
        return line
    cut = to_micro(share)
    pay, quota, units = (
        CONTEXT.subtract(one, from_micro(part(to_micro(one), cut)))
        for one in (line.pay_credit, line.quota_credit, line.units)
    )
    return replace(line, pay_credit=pay, quota_credit=quota, units=units, share=line.share * (ONE - share))
