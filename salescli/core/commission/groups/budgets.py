"""Budgets: what a component may pay to everybody together, and whose pay it meets first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.groups.model import Group, GroupAmount, GroupFact
from salescli.core.commission.result import Part, Step
from salescli.core.commission.statement import spread
from salescli.core.money import allocate, units_half_away

if TYPE_CHECKING:
    from salescli.core.commission.budget import Budget
    from salescli.core.commission.series import Series
    from salescli.core.commission.walk import ComponentWalk

Entry = tuple[date, str, str, int, int]
"""One transaction's pay: date, key, person, the origin it was earned in, units."""


def spend(budget: Budget, entries: Sequence[Entry], whole: int) -> dict[str, dict[int, int]]:
    """Return what each person is paid by origin: in the order of (date, key), or all in the same proportion.

    First come: after every transaction no more has been paid than earned so far, or the budget; so a refund of what
    was paid lets the next ones in.
    """
    if budget.when_spent == "first-come":
        return _first_come(entries, whole)
    earned = _earned(entries)
    total = sum(sum(one.values()) for one in earned.values())
    if total <= whole:
        return earned
    people = sorted(earned)
    parts = allocate(whole, [sum(earned[person].values()) for person in people])
    return {person: _over_origins(part, earned[person]) for person, part in zip(people, parts, strict=True)}


def _earned(entries: Sequence[Entry]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for _, _, person, origin, units in entries:
        by_origin = found.setdefault(person, {})
        by_origin[origin] = by_origin.get(origin, 0) + units
    return found


def _first_come(entries: Sequence[Entry], whole: int) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    earned = 0
    for _, _, person, origin, units in sorted(entries):
        before, earned = min(earned, whole), earned + units
        by_origin = found.setdefault(person, {})
        by_origin[origin] = by_origin.get(origin, 0) + min(earned, whole) - before
    return found


def _over_origins(part: int, earned: Mapping[int, int]) -> dict[int, int]:
    origins = sorted(earned)
    if not sum(earned.values()):
        return {origins[-1]: part} if part else {}
    return dict(zip(origins, allocate(part, [earned[one] for one in origins]), strict=True))


def budget_groups(component: str, everyone: Mapping[str, Series]) -> dict[str, Group]:
    """Return what a component with a budget pays each person, run by run.

    Args:
        component: the component.
        everyone: each payee's recomputation for the group: before the budget.
    """
    amounts: dict[str, list[GroupAmount]] = {person: [] for person in everyone}
    facts: dict[str, list[GroupFact]] = {person: [] for person in everyone}
    runs = sorted({run.start for one in everyone.values() for run in one.timeline.runs})
    for day in runs:
        walks = {person: walk for person, one in everyone.items() if (walk := _walk_on(one, component, day))}
        if not walks:
            continue
        after, total, budget = _paid_at(walks, everyone, day, 0)
        before, _, _ = _paid_at(walks, everyone, day, 1)
        for person, walk in walks.items():
            unit = everyone[person].current.plan.payout.round_to
            amounts[person] += _changes(component, walk, day, after.get(person, {}), before.get(person, {}), unit)
            if budget is not None and day == runs[-1]:
                paid = sum(sum(one.values()) for one in after.values()) * unit
                facts[person].append(_fact(component, walk, day, budget, total * unit, paid))
    settled = frozenset({component})
    return {person: Group(tuple(amounts[person]), tuple(facts[person]), (), settled) for person in everyone}


def _walk_on(series: Series, component: str, day: date) -> ComponentWalk | None:
    run = series.timeline.index(day)
    return None if run is None else series.by_run[run].components.get(component)


def _paid_at(
    walks: Mapping[str, ComponentWalk], everyone: Mapping[str, Series], day: date, back: int
) -> tuple[dict[str, dict[int, int]], int, Budget | None]:
    """Return what each is paid in all as the run of a day (or the one before) sees it, by that day's plan."""
    entries: list[Entry] = []
    budget, unit = None, Decimal(1)
    for person, walk in walks.items():
        run = everyone[person].timeline.index(day)
        assert run is not None
        budget, unit = walk.component.budget, everyone[person].current.plan.payout.round_to
        if run - back >= 0:
            entries += _entries(walk, walk.seen[run - back], person)
    total = sum(one[4] for one in entries)
    whole = total if budget is None else units_half_away(Fraction(budget.amount), Fraction(unit))
    if budget is None:
        return _earned(entries), total, None
    return spend(budget, entries, whole), total, budget


def _entries(walk: ComponentWalk, seen: Sequence[int], person: str) -> Iterable[Entry]:
    """Yield one payee's pay by transaction; what belongs to none stands at its run's beginning."""
    timeline = walk.task.facts.timeline
    for origin, units in enumerate(seen):
        if not units:
            continue
        alone = [0] * len(seen)
        alone[origin] = units
        for line, part in spread(walk, alone):
            day = line.date if line.key else timeline.runs[origin].start
            yield day, line.key, person, origin, part


def _changes(
    component: str, walk: ComponentWalk, day: date, after: Mapping[int, int], before: Mapping[int, int], unit: Decimal
) -> list[GroupAmount]:
    runs = walk.task.facts.timeline.runs
    return [
        GroupAmount(component, day, runs[origin].start, (after.get(origin, 0) - before.get(origin, 0)) * unit)
        for origin in sorted({*after, *before})
        if after.get(origin, 0) != before.get(origin, 0)
    ]


def _fact(component: str, walk: ComponentWalk, day: date, budget: Budget, total: Decimal, paid: Decimal) -> GroupFact:
    parts: tuple[tuple[str, Part], ...] = (("budget", budget.amount), ("earned", total), ("how", budget.when_spent))
    step = Step("budget", paid, parts, (*walk.task.path, "budget"))
    return GroupFact(component, day, None, (step,))
