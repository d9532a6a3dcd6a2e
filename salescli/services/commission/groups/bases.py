"""Team credits on what the levels below leave: everybody in the order of levels, the lowest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, cast

from salescli.core.commission.components.base import CreditedShape
from salescli.core.commission.groups.bases import Below, Mark, earned_by_mark, mark_of, take_below
from salescli.core.commission.groups.derived import has_team_base
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.series import build_series
from salescli.errors import Problem, ProblemsFound, problem
from salescli.services.commission.groups.sheet import GroupWork, PlanSheet

if TYPE_CHECKING:
    from salescli.core.commission.groups.bases import Base
    from salescli.core.commission.plan import Plan

Node = tuple[int, int]
"""A payee under a plan: the plan's place, and the person."""


@dataclass
class Levels:
    """Everybody of a run, and who must be known before whom."""

    work: GroupWork
    sheets: list[PlanSheet]
    earned: dict[tuple[Node, str], dict[Mark, Below]] = field(default_factory=dict)
    _chains: dict[tuple[str, int, date], tuple[int, ...]] = field(default_factory=dict)

    def between(self, via: str, above: int, day: date) -> tuple[int, ...]:
        """Return who stands between a credit and a manager above it: whose credit it is, and the levels between."""
        key = (via, above, day)
        if key not in self._chains:
            first = int(via) if via.isdigit() else above
            chain = [first, *self.work.hierarchy.above(first, day, everyone=True)]
            self._chains[key] = tuple(chain[: chain.index(above)]) if above in chain else (first,)
        return self._chains[key]

    def order(self) -> list[Node]:
        """Return the payees, lowest levels first.

        Raises:
            CycleError: somebody is above and below somebody else.
        """
        graph: dict[Node, set[Node]] = {}
        for place, sheet in enumerate(self.sheets):
            bases = {name for name, one in sheet.plan.components.items() if has_team_base(one)}
            for entity, (_, inputs) in sheet.payees.items():
                below = {
                    person
                    for line in inputs.lines
                    if line.component in bases
                    for person in self.between(line.via, entity, line.date)
                }
                others = range(len(self.sheets))
                graph[(place, entity)] = {(at, one) for one in below for at in others if one in self.sheets[at].payees}
        return list(TopologicalSorter(graph).static_order())

    def below(self, node: Node, inputs: PayeeInputs, name: str, pays_on: str) -> dict[Mark, Below]:
        """Return what the levels below have of each credit of a component."""
        found: dict[Mark, Below] = {}
        for line in inputs.lines:
            mark = mark_of(line)
            if line.component != name or mark in found:
                continue
            total = Below()
            for person in self.between(line.via, node[1], line.date):
                for place in range(len(self.sheets)):
                    earned = self.earned.get(((place, person), pays_on), {})
                    total = total.joined(earned.get(mark, Below()))
            found[mark] = total
        return found


def settle_bases(work: GroupWork, sheets: list[PlanSheet]) -> None:
    """Enter what the levels below leave into everybody's credits, level by level.

    Raises:
        ProblemsFound: somebody is above and below somebody else; without an order there is no figure.
    """
    if not any(has_team_base(one) for sheet in sheets for one in sheet.plan.components.values()):
        return
    levels = Levels(work, sheets)
    try:
        order = levels.order()
    except CycleError as circle:
        raise ProblemsFound(_circle(work, sheets, circle.args[1])) from None
    for node in order:
        sheet = sheets[node[0]]
        payee, inputs = sheet.payees[node[1]]
        for name, component in sheet.plan.components.items():
            if isinstance(component, CreditedShape) and component.team is not None and has_team_base(component):
                below = levels.below(node, inputs, name, component.pays_on)
                inputs = take_below(inputs, name, cast("Base", component.team.base), below)
        sheet.payees[node[1]] = (payee, inputs)
        _enter(levels, node, sheet.plan, inputs)


def _circle(work: GroupWork, sheets: list[PlanSheet], nodes: list[Node]) -> Problem:
    """Name who stands above and below whom, at the words that ask what the levels below earned."""
    people = sorted({work.directory[node[1]][1] for node in nodes})
    asking = (
        sheets[place].file.where("components", name, "team", "base")
        for place in sorted({node[0] for node in nodes})
        for name, one in sheets[place].plan.components.items()
        if has_team_base(one)
    )
    return problem("levels-circle", next(asking), people=people)


def _enter(levels: Levels, node: Node, plan: Plan, inputs: PayeeInputs) -> None:
    """Keep what a payee earned on each credit, for the levels above."""
    series = build_series(plan, inputs, levels.sheets[node[0]].upto)
    for name, component in plan.components.items():
        if not isinstance(component, CreditedShape) or component.credit == "overlay" or component.type == "pool":
            continue
        earned = levels.earned.setdefault((node, component.pays_on), {})
        for mark, below in earned_by_mark(series, name).items():
            earned[mark] = earned[mark].joined(below) if mark in earned else below
