"""The recomputation of all runs of one payee: the open run's plan, and for each earlier run its own plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from salescli.core.commission.edited import date_edits, join_edit
from salescli.core.commission.facts import ApartOn, build_facts
from salescli.core.commission.groups.derived import Derived, earlier_plan
from salescli.core.commission.inputs import CreditLine, PayeeInputs
from salescli.core.commission.leaver_parts import LeaversOn
from salescli.core.commission.payout import days_after_leaving
from salescli.core.commission.plan import Plan
from salescli.core.commission.timeline import Timeline, build_timeline
from salescli.core.commission.walk import ComponentWalk, PlanWalk, walk_plan
from salescli.core.periods import FOREVER, Period


@dataclass(slots=True)
class Series:
    """The recomputation of all runs: the open run's plan, and for each earlier run its own plan."""

    timeline: Timeline
    current: PlanWalk
    by_run: list[PlanWalk]
    first_paid: int
    unrestated: dict[int, PlanWalk] = field(default_factory=dict)  # what runs that were restated had been closed with

    def own(self, component: str, run: int) -> int:
        """Return what a run earns in a component by today's facts, in the rounding units of its plan."""
        walk = self.by_run[run].components.get(component)
        return 0 if walk is None else walk.own(run)

    def earned(self, component: str, run: int) -> Decimal:
        """Return what a run earns in a component by today's facts."""
        return self.own(component, run) * self.by_run[run].plan.payout.round_to

    def former(self, component: str) -> dict[int, Decimal]:
        """Return what runs that were restated would earn by the plans that they had before."""
        found = {}
        for run, plan in self.unrestated.items():
            walk = plan.components.get(component)
            found[run] = (0 if walk is None else walk.own(run)) * plan.plan.payout.round_to
        return found

    def spells(self, upto: int) -> list[tuple[PlanWalk, list[int]]]:
        """Return the paid runs through one by the plan that they were closed with, the oldest first."""
        found: dict[int, tuple[PlanWalk, list[int]]] = {}
        for run in range(self.first_paid, upto + 1):
            walk = self.by_run[run]
            found.setdefault(id(walk), (walk, []))[1].append(run)
        return list(found.values())

    def names(self) -> list[str]:
        """Return the components of the open run's plan, then those that only earlier plans had."""
        found = dict.fromkeys(self.current.components)
        for walk in self.by_run:
            found.update(dict.fromkeys(walk.components))
        return list(found)


def build_series(plan: Plan, inputs: PayeeInputs, upto: Period) -> Series:
    """Walk every run from the first to the one that is computed, each by its own plan."""
    closed = inputs.frozen
    plan, frozen = date_edits(plan, closed, upto.start)
    if frozen is not closed:
        restated = {
            start: None if former is None else join_edit(closed, frozen, former, start)
            for start, former in inputs.restated.items()
        }
        inputs = replace(inputs, frozen=frozen, restated=restated)
    start, end = max(plan.start, inputs.start), inputs.end
    if end < FOREVER:
        blocks = (plan.leavers, *(one.leavers for one in inputs.frozen.values()))
        end += timedelta(days=max(days_after_leaving(one) for one in blocks))
    first = min([start, *(max(one.start, inputs.start) for one in inputs.frozen.values())])
    # What was posted before the person was on the plan by today's records has runs too: it is taken back in them.
    # So have shares of pools: they are paid to members who are not on the plan.
    shares = inputs.group.amounts if inputs.group is not None else ()
    since = min([first, *(one.period for one in inputs.posted), *(one.origin for one in shares)])
    timeline = build_timeline(inputs.calendar, plan.pay, first, end, upto, since, inputs.away)
    facts = build_facts(inputs, timeline, _leavers_on(plan, inputs, timeline), _apart_on(plan, inputs, timeline))
    walks: dict[int, PlanWalk] = {}

    def walked(own: Plan) -> PlanWalk:
        """Walk a plan, once."""
        if id(own) not in walks:
            walks[id(own)] = walk_plan(own, facts)
        return walks[id(own)]

    current, earlier = walked(plan), Derived(earlier_plan)
    by_run, unrestated = [], {}
    for number, run in enumerate(timeline.runs):
        own = plan if run.start >= upto.start else inputs.frozen.get(run.start, plan)
        if run.start < upto.start and run.end <= max(own.start, inputs.start):
            own = earlier.of(own)
        by_run.append(walked(own))
        former = inputs.restated.get(run.start)
        if former is not None:
            unrestated[number] = walked(former)
    return Series(timeline, current, by_run, _first_paid(timeline, inputs.opening), unrestated)


def _leavers_on(plan: Plan, inputs: PayeeInputs, timeline: Timeline) -> LeaversOn:
    """Return what is said of leavers on a day: a closed month keeps what the plan of its run said."""

    if all(one is plan for one in inputs.frozen.values()):
        return lambda _: plan.leavers
    return lambda day: _plan_on(day, plan, inputs, timeline).leavers


def _apart_on(plan: Plan, inputs: PayeeInputs, timeline: Timeline) -> ApartOn:
    """Return whether a component's refunds stand apart on a day: they take back the pay of their receipts."""
    of_plan = {
        id(one): {name for name, each in one.components.items() if each.takes_back}
        for one in (plan, *inputs.frozen.values())
    }
    if len({frozenset(names) for names in of_plan.values()}) == 1:
        return lambda component, _: component in of_plan[id(plan)]
    return lambda component, day: component in of_plan[id(_plan_on(day, plan, inputs, timeline))]


def _plan_on(day: date, plan: Plan, inputs: PayeeInputs, timeline: Timeline) -> Plan:
    run = timeline.index(day)
    return plan if run is None else inputs.frozen.get(timeline.runs[run].start, plan)


def _first_paid(timeline: Timeline, opening: date | None) -> int:
    """Return the number of the first run that is paid; whoever came after the opening is paid from the first run on."""
    if opening is None or opening < timeline.runs[0].start:
        return 0
    found = timeline.index(opening)
    return len(timeline.runs) - 1 if found is None else found


def taken_by(walk: ComponentWalk, run: int) -> dict[CreditLine, int]:
    """Return what the refunds of a component took back in a run, by refund."""
    return walk.back.added(run) if walk.back is not None else {}


def taken_in_all(series: Series, component: str) -> dict[CreditLine, int]:
    """Return what the refunds of a component took back in all runs, each by its own plan."""
    found: dict[CreditLine, int] = {}
    for run, plan in enumerate(series.by_run):
        walk = plan.components.get(component)
        for line, units in taken_by(walk, run).items() if walk is not None else ():
            found[line] = found.get(line, 0) + units
    return found


def added_by(walk: ComponentWalk, run: int) -> list[int]:
    """Return what a run added to each origin: its own increment, and what gates and factors changed of earlier ones."""
    before = walk.seen[run - 1] if run else []
    return [amount - (before[index] if index < len(before) else 0) for index, amount in enumerate(walk.seen[run])]
