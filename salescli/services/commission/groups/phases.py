"""Group facts, level by level: what the levels below earned, then budgets, pots and rankings, handed out as data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.groups.budgets import budget_groups
from salescli.core.commission.groups.derived import Derived, group_plan, is_of_group
from salescli.core.commission.groups.model import Group
from salescli.core.commission.groups.pools import PoolShared, share_pool
from salescli.core.commission.groups.ranks import rank_groups
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.series import Series, build_series
from salescli.core.periods import FOREVER
from salescli.core.title import Title
from salescli.errors import Problem, Severity, problem
from salescli.services.commission.facts import fetch_terms
from salescli.services.commission.groups.bases import settle_bases
from salescli.services.commission.groups.rosters import Rosters, fetch_written, needs_of_pools, pool_components
from salescli.services.commission.groups.sheet import GroupWork, PlanSheet
from salescli.services.commission.groups.standings import Standings
from salescli.services.commission.payees import Payee
from salescli.services.scorecard.grades import fetch_grades, graded_runs

if TYPE_CHECKING:
    from salescli.core.commission.components.pool import PoolComponent
    from salescli.core.commission.groups.pots import Roster
    from salescli.core.commission.timeline import Span

SEVERITY: dict[str, Severity] = {"pool-sheet-missing": "warning", "pool-sheet-moved": "warning"}


def share_groups(work: GroupWork, sheets: list[PlanSheet]) -> None:
    """Find what groups give everybody, and enter it into the sheets; new people there only share pots."""
    settle_bases(work, sheets)
    for sheet in sheets:
        if not any(is_of_group(one) for one in sheet.plan.components.values()) and not _was_of_group(sheet):
            continue
        everyone = _series(sheet)
        for name in dict.fromkeys(name for one in everyone.values() for name in one.names()):
            _settle(work, sheet, name, everyone)


def _was_of_group(sheet: PlanSheet) -> bool:
    """Tell whether a closed run's version of the plan had a group component."""
    frozen = {id(plan): plan for _, inputs in sheet.payees.values() for plan in inputs.frozen.values()}
    return any(is_of_group(one) for plan in frozen.values() for one in plan.components.values())


def _series(sheet: PlanSheet) -> dict[str, Series]:
    """Recompute every payee for the group: by key, in order."""
    derived = Derived(group_plan)
    return {
        payee.key: build_series(derived.of(sheet.plan), derived.inputs(inputs, for_group=True), sheet.upto)
        for payee, inputs in sheet.payees.values()
    }


def _settle(work: GroupWork, sheet: PlanSheet, name: str, everyone: dict[str, Series]) -> None:
    components = {
        walk.component.type: walk.component
        for one in everyone.values()
        for plan in one.by_run
        if (walk := plan.components.get(name)) is not None
    }
    if "pool" in components:
        _share(work, sheet, name, everyone)
    if "rank" in components:
        standings = Standings(work, sheet)
        _enter(sheet, rank_groups(name, everyone, standings.of))
    if any(one.budget is not None for one in components.values()):
        _enter(sheet, budget_groups(name, everyone))


def _enter(sheet: PlanSheet, groups: dict[str, Group]) -> None:
    """Hand each payee of a plan what groups give."""
    for entity, (payee, inputs) in sheet.payees.items():
        if payee.key in groups:
            sheet.payees[entity] = (payee, _with_group(inputs, groups[payee.key]))


def _with_group(inputs: PayeeInputs, group: Group) -> PayeeInputs:
    return replace(inputs, group=group if inputs.group is None else inputs.group.joined(group))


def _share(work: GroupWork, sheet: PlanSheet, name: str, everyone: dict[str, Series]) -> None:
    rosters = _rosters(work, sheet)
    people = {payee.key: (payee, inputs) for payee, inputs in sheet.payees.values()}
    shared: list[tuple[Payee, PoolShared]] = []
    for key, series in everyone.items():
        payee, inputs = people[key]

        def roster_of(component: PoolComponent, span: Span, who: Payee = payee, known: PayeeInputs = inputs) -> Roster:
            return rosters.of(who.entity, known, name, component, span)

        title = Title(sheet.plan.title.zh, sheet.plan.title.en)
        found = share_pool(series, name, (key, payee.name), title, roster_of)
        shared.append((payee, found))
        work.problems += [_problem(sheet, name, payee, day, fault) for day, fault in found.faults.items()]
    groups: dict[str, Group] = {}
    for _, found in shared:
        for person in dict.fromkeys((*found.amounts, *found.facts, *found.notes)):
            group = Group(
                tuple(found.amounts.get(person, ())),
                tuple(found.facts.get(person, ())),
                tuple((name, note) for note in found.notes.get(person, ())),
                frozenset({name}),
            )
            groups[person] = groups[person].joined(group) if person in groups else group
    nothing = Group(settled=frozenset({name}))
    _enter(sheet, {key: groups.get(key, nothing) for key in people})
    _add_members(work, sheet, {person: group for person, group in groups.items() if person not in people})


def _rosters(work: GroupWork, sheet: PlanSheet) -> Rosters:
    pools = [one for _, one in pool_components(sheet.plan.components)]
    sheets, salaries, scorecards = needs_of_pools(pools)
    context = work.context
    graded = graded_runs(context, scorecards, sheet.upto) if work.graded is None else work.graded
    return Rosters(
        work,
        fetch_terms(context) if salaries else {},
        fetch_grades(context, scorecards, sheet.upto, graded) if scorecards else {},
        fetch_written(context) if sheets else [],
        sheet.before.posted_of(sheet.file),
    )


def _problem(
    sheet: PlanSheet, name: str, manager: Payee, day: date, fault: tuple[str, tuple[tuple[str, object], ...]]
) -> Problem:
    named, values = fault
    title = sheet.plan.component_title(name)
    said: dict[str, object] = {"pool": name, "title": title, "manager": manager.name, "run": f"{day:%Y-%m}"}
    said |= {key: _shown(value) for key, value in values}
    return problem(named, severity=SEVERITY.get(named, "error"), **said)


def _shown(value: object) -> object:
    return f"{value:,}" if isinstance(value, Decimal) else value


def _add_members(work: GroupWork, sheet: PlanSheet, groups: dict[str, Group]) -> None:
    """Enter those who share a pot and are not on the plan."""
    entities = {key: entity for entity, (key, _) in work.directory.items()}
    for key in sorted(groups):
        entity = entities[key]
        start = sheet.plan.start
        payee = Payee(entity, key, work.directory[entity][1], start, FOREVER)
        known = sheet.members.get(entity)
        nothing = PayeeInputs(key, calendar=work.context.calendar, start=start, end=FOREVER)
        inputs = known[1] if known else sheet.as_known(payee, nothing)[1]
        sheet.members[entity] = (payee, _with_group(inputs, groups[key]))
