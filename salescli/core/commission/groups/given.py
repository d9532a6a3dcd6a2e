"""What a group gives one person, laid out on the runs of that person: the payee's side of a group fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.commission.result import Note, Step
from salescli.core.money import units_half_away

if TYPE_CHECKING:
    from salescli.core.commission.components.base import Formula, Task
    from salescli.core.commission.facts import Facts
    from salescli.core.commission.inputs import CreditLine

ZERO = Fraction(0)


def given_runs(facts: Facts, component: str, unit: Decimal) -> list[list[int]] | None:
    """Return what each run sees of each origin, in rounding units; None where no group decides the amounts."""
    group = facts.inputs.group
    if facts.inputs.for_group or group is None or component not in group.settled:
        return None
    size = len(facts.timeline.runs)
    added: list[dict[int, int]] = [{} for _ in range(size)]
    for one in group.amounts:
        run, origin = facts.timeline.index(one.run), facts.timeline.index(one.origin)
        if one.component == component and run is not None and origin is not None:
            units = units_half_away(Fraction(one.amount), Fraction(unit))
            added[run][origin] = added[run].get(origin, 0) + units
    seen: list[list[int]] = []
    for run in range(size):
        amounts = [*seen[-1], 0] if seen else [0]
        for origin, units in added[run].items():
            amounts[origin] += units
        seen.append(amounts)
    return seen


def given_lines(facts: Facts, component: str) -> list[dict[CreditLine, Fraction]] | None:
    """Return what each run sees of each transaction; None where no group says which of them are paid."""
    group = facts.inputs.group
    mine = [one for one in group.lines if one.component == component] if group is not None else []
    if facts.inputs.for_group or not mine:
        return None
    seen: list[dict[CreditLine, Fraction]] = [{} for _ in facts.timeline.runs]
    for one in mine:
        run = facts.timeline.index(one.run)
        for paid in seen[run:] if run is not None else ():
            paid[one.line] = paid.get(one.line, ZERO) + Fraction(one.amount)
    return seen


def shared_formula(task: Task, formula: Formula) -> Formula:
    """Enter what the groups give into a formula: amounts by origin, the steps of this run's figures, notes."""
    facts = task.facts
    group = facts.inputs.group
    formula.weigh = lambda line: ZERO  # a share of a figure belongs to no single transaction
    if group is None:
        return formula
    for one in group.amounts:
        origin = facts.timeline.index(one.origin)
        if one.component == task.name and origin is not None:
            formula.amounts[origin] += Fraction(one.amount)
    now = facts.timeline.runs[task.now].start
    mine = [one for one in group.facts if one.component == task.name]
    steps = tuple(step for one in mine if one.origin == now for step in one.steps)
    formula.steps = lambda: steps
    formula.notes += notes_of(facts, task.name)
    return formula


def added_steps(facts: Facts, component: str) -> list[Step]:
    """Return the steps that a group adds to a component which it does not compute itself: what a budget left of it."""
    group = facts.inputs.group
    now = facts.timeline.runs[-1].start
    mine = group.facts if group is not None and component in group.settled else ()
    return [step for one in mine if one.component == component and one.origin == now for step in one.steps]


def notes_of(facts: Facts, component: str) -> list[Note]:
    """Return what groups say beside their figures."""
    group = facts.inputs.group
    return [] if group is None else [note for name, note in group.notes if name == component]


def wholes(facts: Facts, component: str) -> dict[int, Decimal] | None:
    """Return the group's figure by run: a late fact of a group shows in it; None where there is no group."""
    group = facts.inputs.group
    found: dict[date, Decimal] = {}
    for one in group.facts if group is not None else ():
        if one.component == component and one.whole is not None:
            found[one.origin] = found.get(one.origin, Decimal(0)) + one.whole
    if not found:
        return None
    placed = {facts.timeline.index(day): whole for day, whole in found.items()}
    return {run: whole for run, whole in placed.items() if run is not None}
