"""Budgets: what a component may pay to everybody together, and whose pay it meets first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.groups.model import Group, GroupAmount, GroupFact, GroupLine
from salescli.core.commission.result import Part, Step
from salescli.core.commission.statement import spread
from salescli.core.money import allocate, units_half_away

if TYPE_CHECKING:
    from salescli.core.commission.budget import Budget
    from salescli.core.commission.inputs import CreditLine
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
    paid = in_order(entries, whole)
    return _earned([(*entry[:4], units) for entry, units in zip(entries, paid, strict=True)])


def in_order(entries: Sequence[Entry], whole: int) -> list[int]:
    """Return what each transaction is paid of a budget that is spent in the order (date, key)."""
    paid = [0] * len(entries)
    earned = 0
    for place in sorted(range(len(entries)), key=lambda one: entries[one]):
        before, earned = min(earned, whole), earned + entries[place][4]
        paid[place] = min(earned, whole) - before
    return paid


def _over_origins(part: int, earned: Mapping[int, int]) -> dict[int, int]:
    origins = sorted(earned)
    if not sum(earned.values()):
        return {origins[-1]: part} if part else {}
    return dict(zip(origins, allocate(part, [earned[one] for one in origins]), strict=True))


@dataclass(frozen=True, slots=True)
class Paid:
    """What a budget pays: each person by origin, and each transaction where the budget says which come first."""

    people: dict[str, dict[int, int]]
    lines: dict[tuple[str, CreditLine], int]


def budget_groups(component: str, everyone: Mapping[str, Series]) -> dict[str, Group]:
    """Return what a component with a budget pays each person, run by run.

    Args:
        component: the component.
        everyone: each payee's recomputation for the group: before the budget.
    """
    amounts: dict[str, list[GroupAmount]] = {person: [] for person in everyone}
    facts: dict[str, list[GroupFact]] = {person: [] for person in everyone}
    lines: dict[str, list[GroupLine]] = {person: [] for person in everyone}
    runs = sorted({run.start for one in everyone.values() for run in one.timeline.runs})
    for day in runs:
        walks = {person: walk for person, one in everyone.items() if (walk := _walk_on(one, component, day))}
        if not walks:
            continue
        after, total, budget = _paid_at(walks, everyone, day, 0)
        before, _, _ = _paid_at(walks, everyone, day, 1)
        for person, line, units in _moved(after, before):
            amount = units * everyone[person].current.plan.payout.round_to
            lines[person].append(GroupLine(component, day, line, amount))
        for person, walk in walks.items():
            unit = everyone[person].current.plan.payout.round_to
            amounts[person] += _changes(
                component, walk, day, after.people.get(person, {}), before.people.get(person, {}), unit
            )
            if budget is not None and day == runs[-1]:
                paid = sum(sum(one.values()) for one in after.people.values()) * unit
                facts[person].append(_fact(component, walk, day, budget, total * unit, paid))
    settled = frozenset({component})
    return {
        person: Group(tuple(amounts[person]), tuple(facts[person]), (), settled, tuple(lines[person]))
        for person in everyone
    }


def _walk_on(series: Series, component: str, day: date) -> ComponentWalk | None:
    run = series.timeline.index(day)
    return None if run is None else series.by_run[run].components.get(component)


def _paid_at(
    walks: Mapping[str, ComponentWalk], everyone: Mapping[str, Series], day: date, back: int
) -> tuple[Paid, int, Budget | None]:
    """Return what each is paid in all as the run of a day (or the one before) sees it, by that day's plan."""
    entries: list[Entry] = []
    lines: list[CreditLine] = []
    budget, unit = None, Decimal(1)
    for person, walk in walks.items():
        run = everyone[person].timeline.index(day)
        assert run is not None
        budget, unit = walk.component.budget, everyone[person].current.plan.payout.round_to
        if run - back >= 0:
            for line, entry in _entries(walk, walk.seen[run - back], person):
                lines.append(line)
                entries.append(entry)
    total = sum(one[4] for one in entries)
    whole = total if budget is None else units_half_away(Fraction(budget.amount), Fraction(unit))
    if budget is None:
        return Paid(_earned(entries), {}), total, None
    by_line: dict[tuple[str, CreditLine], int] = {}
    if budget.when_spent == "first-come":
        for line, entry, units in zip(lines, entries, in_order(entries, whole), strict=True):
            by_line[entry[2], line] = by_line.get((entry[2], line), 0) + units
    return Paid(spend(budget, entries, whole), by_line), total, budget


def _moved(after: Paid, before: Paid) -> Iterable[tuple[str, CreditLine, int]]:
    """Yield what a run changes of what each transaction is paid; one that the budget did not reach is known with 0."""
    for person, line in {**after.lines, **before.lines}:
        units = after.lines.get((person, line), 0) - before.lines.get((person, line), 0)
        if units or (person, line) not in before.lines:
            yield person, line, units


def _entries(walk: ComponentWalk, seen: Sequence[int], person: str) -> Iterable[tuple[CreditLine, Entry]]:
    """Yield one payee's pay by transaction; what belongs to none stands at its run's beginning."""
    timeline = walk.task.facts.timeline
    for origin, units in enumerate(seen):
        if not units:
            continue
        alone = [0] * len(seen)
        alone[origin] = units
        for line, part in spread(walk, alone):
            day = line.date if line.key else timeline.runs[origin].start
            yield line, (day, line.key, person, origin, part)


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
