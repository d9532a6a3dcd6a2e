"""Which version of a plan holds for which days: a closed month keeps the plan that its run knew.

Editing a plan's file never moves a closed month. Not only is its pay computed by the plan that its run kept; who was
on the plan, whose credits counted and which of them, and what had to be known is that plan's to say as well. Nearly
always the file still says the same, and there is one version for all days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.commission.away import stays_in
from salescli.core.commission.edited import date_edits
from salescli.core.commission.needs import Needs, needs_of
from salescli.core.periods import FOREVER, FiscalCalendar, Period, add_months
from salescli.services.commission.credits import span_of
from salescli.services.commission.payees import Payee, Seat, payees_of
from salescli.services.commission.vintages import Vintage
from salescli.store.connection import Store

if TYPE_CHECKING:
    from salescli.core.commission.components.base import CreditedShape
    from salescli.core.commission.plan import Plan

FrozenPlans = Mapping[str, Mapping[str, "Plan"]]
"""Closed month → plan name → the plan as that month's run knew it."""


@dataclass(frozen=True)
class Versions:
    """A plan as it is today, and what it was in closed months; `closed` is empty where it was the same."""

    today: Plan
    closed: tuple[tuple[Period, Plan], ...] = ()

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Today's, then the others."""
        return (self.today, *(plan for _, plan in self.closed))

    def stretches(self) -> Iterator[tuple[Period, Plan]]:
        """Yield all days: those of closed months, the first of which reaches back to the beginning, then the rest."""
        yield from self.closed
        yield Period(self.closed[-1][0].end if self.closed else date.min, FOREVER), self.today

    def payees(self, store: Store, seats: Sequence[Seat]) -> list[Payee]:
        """Return everyone on the plan, each month by its own version, ordered by key."""
        if not self.closed:
            return payees_of(store, self.today, seats)
        found: dict[int, Payee] = {}
        for period, plan in self.stretches():
            for payee in payees_of(store, plan, seats):
                inside = stays_in(max(payee.start, period.start), min(payee.end, period.end), payee.away)
                if inside:
                    known = found.get(payee.entity)
                    found[payee.entity] = payee.staying((*inside, *(known.stays if known is not None else ())))
        return sorted(found.values(), key=lambda payee: payee.key)

    def needs(self, calendar: FiscalCalendar, run: Period) -> Needs:
        """Return what has to be known for any of the versions."""
        own, *others = (needs_of(plan, calendar, run) for plan in self.plans)
        for one in others:
            own = replace(
                own,
                quotas=own.quotas | one.quotas,
                readings=tuple(dict.fromkeys((*own.readings, *one.readings))),
                scorecards=own.scorecards | one.scorecards,
                terms=own.terms | one.terms,
                contract_fields=own.contract_fields | one.contract_fields,
                lines_for=own.lines_for | one.lines_for,
                working_days=own.working_days or one.working_days,
            )
        return own

    def span(self, run: Period) -> Period:
        """Return the days whose credits a run needs."""
        whole = span_of(self.today, run)
        for period, plan in self.closed:
            month = Period(add_months(period.end, -1), period.end)
            own = span_of(plan, month)
            whole = Period(min(whole.start, own.start), max(whole.end, own.end))
        return whole

    def components(self) -> list[str]:
        """Return the components of today's plan, then those that only closed months had."""
        return list(dict.fromkeys(name for plan in self.plans for name in plan.components))

    def joined(self, now: date) -> tuple[tuple[Period, Plan], ...]:
        """Return all stretches, each with the plan that prices it; today's numbers hold from `now` on.

        Under `signing-date` a contract keeps the numbers of its day whatever was edited since: a plan says those of the
        closed months before it as well, as if they had been written with dates.
        """
        if not any(plan.rates_in_force_on == "signing-date" for plan in self.plans):
            return tuple(self.stretches())
        today, closed = date_edits(self.today, {period.start: plan for period, plan in self.closed}, now)
        return tuple((period, closed.get(period.start, today)) for period, _ in self.stretches())

    def tasks(
        self, name: str, known_as: Sequence[Vintage], now: date
    ) -> Iterator[tuple[Vintage, Plan, CreditedShape, bool]]:
        """Yield the stretches in which a component is credited, each with the plan and the component that say how.

        Where closed months did not have the component, today's says what its position is made of. Last comes whether
        the rule for refunds has changed: then a refund follows the rule of what it undoes.
        """
        if not self.closed:
            component: Any = self.today.components[name]
            if component.metrics:
                yield from ((each, self.today, component, False) for each in known_as)
            return
        stretches = self.joined(now)
        rules = {plan.components[name].refunds for plan in self.plans if name in plan.components}
        for each in known_as:
            for period, plan in stretches:
                start, end = max(each.period.start, period.start), min(each.period.end, period.end)
                said = plan if name in plan.components else self.today
                if start < end and name in said.components:
                    component = said.components[name]
                    if component.metrics:
                        yield replace(each, period=Period(start, end)), said, component, len(rules) > 1


def versions_of(plan: Plan, frozen: FrozenPlans) -> Versions:
    """Return the versions of a plan; months that were closed without it have the next one's."""
    found: list[tuple[Period, Plan]] = []
    start, known = date.min, [plan]
    for label in sorted(frozen):
        own = frozen[label].get(plan.plan)
        if own is None:
            continue
        end = add_months(date.fromisoformat(f"{label}-01"), 1)
        if found and found[-1][1] == own:
            found[-1] = (Period(found[-1][0].start, end), found[-1][1])
        else:
            same = next((one for one in known if one == own), own)  # plans are joined once for each object
            known.append(same)
            found.append((Period(start, end), same))
        start = end
    return Versions(plan) if all(own == plan for _, own in found) else Versions(plan, tuple(found))
