"""Pots shared: a pool's figure, cut between manager and members to the cent, run by run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from salescli.core.commission.away import leavings
from salescli.core.commission.groups.model import GroupAmount, GroupFact
from salescli.core.commission.groups.pots import Cut, Fault, Roster, cut_pot
from salescli.core.commission.result import Note, Part, Step
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.core.commission.components.pool import PoolComponent
    from salescli.core.commission.series import Series
    from salescli.core.commission.timeline import Span
    from salescli.core.commission.walk import ComponentWalk


@dataclass
class PoolShared:
    """One manager's pool in all windows: amounts by person, the figures, and what is wrong with a sheet."""

    amounts: dict[str, list[GroupAmount]] = field(default_factory=dict)
    facts: dict[str, list[GroupFact]] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)
    faults: dict[date, Fault] = field(default_factory=dict)


def share_pool(
    series: Series,
    component: str,
    manager: tuple[str, str],
    plan: Title,
    roster_of: Callable[[PoolComponent, Span], Roster],
) -> PoolShared:
    """Share one manager's pot in every run that moves it.

    Args:
        series: the manager's recomputation, for the group.
        component: the pool.
        manager: key and name of the person whose team's pot it is.
        plan: what people call the plan.
        roster_of: who shares the pot of a window.
    """
    found = PoolShared()
    rosters: dict[tuple[int, date], Roster] = {}
    latest: dict[date, tuple[ComponentWalk, Roster]] = {}  # by window: a closed month has a plan of its own
    for run in range(len(series.timeline.runs)):
        walk = series.by_run[run].components.get(component)
        if walk is None or walk.component.type != "pool":
            continue
        unit = series.by_run[run].plan.payout.round_to
        before = walk.seen[run - 1] if run else []
        for origin, pot in enumerate(walk.seen[run]):
            was = before[origin] if origin < len(before) else 0
            if pot == was:
                continue
            span = next(one for one in walk.formula.spans if one.first <= origin <= one.last)
            key = (id(walk.component), span.start)
            if key not in rosters:
                rosters[key] = roster_of(cast("PoolComponent", walk.component), span)
            _add(found, series, walk, manager, (run, origin, pot, was), unit, rosters[key])
            latest[span.start] = (walk, rosters[key])
    _describe(found, series, component, manager, plan, latest)
    return found


def _add(
    found: PoolShared,
    series: Series,
    walk: ComponentWalk,
    manager: tuple[str, str],
    moved: tuple[int, int, int, int],
    unit: Decimal,
    roster: Roster,
) -> None:
    """Add what a moved pot changes for everybody."""
    run, origin, pot, was = moved
    now = _units(walk, origin, pot, unit, manager[0], roster)
    earlier = _units(walk, origin, was, unit, manager[0], roster) if was else {}
    runs = series.timeline.runs
    for person in {**now, **earlier}:
        change = now.get(person, 0) - earlier.get(person, 0)
        if change:
            amount = GroupAmount(walk.name, runs[run].start, runs[origin].start, change * unit)
            found.amounts.setdefault(person, []).append(amount)


def _cut(walk: ComponentWalk, origin: int, pot: int, unit: Decimal, roster: Roster) -> Cut:
    return cut_pot(cast("PoolComponent", walk.component), pot, unit, roster, forfeited=_is_cut(walk, origin))


def _units(walk: ComponentWalk, origin: int, pot: int, unit: Decimal, manager: str, roster: Roster) -> dict[str, int]:
    cut = _cut(walk, origin, pot, unit, roster)
    parts: dict[str, int] = {}
    for person, part in ((manager, cut.manager), *cut.members):
        parts[person] = parts.get(person, 0) + part
    return parts


def _is_cut(walk: ComponentWalk, origin: int) -> bool:
    """Tell whether the manager's own part of a window is forfeited: the manager left before the window's end."""
    span = next(one for one in walk.formula.spans if one.first <= origin <= one.last)
    window = walk.task.facts.timeline.calendar.window(walk.component.grain, span.start)
    inputs = walk.task.facts.inputs
    is_left = span.end in leavings(inputs.end, inputs.away)
    return walk.task.open_windows == "forfeit" and is_left and span.end < window.end


def _describe(
    found: PoolShared,
    series: Series,
    component: str,
    manager: tuple[str, str],
    plan: Title,
    latest: Mapping[date, tuple[ComponentWalk, Roster]],
) -> None:
    """Tell everybody who has a part how the pot of each ended window came about, by today's facts."""
    now = series.timeline.now
    walk = series.current.components.get(component)
    if walk is None or walk.component.type != "pool":
        return
    unit = series.current.plan.payout.round_to
    for span in walk.formula.spans:
        if not span.is_whole:
            continue
        shared_by = latest.get(span.start)
        pot = walk.seen[now][span.last] if span.last <= now else 0
        if shared_by is None:
            continue
        by, roster = shared_by
        cut = _cut(by, span.last, pot, unit, roster)
        steps = tuple(_steps(walk, span, pot * unit, cut, unit, roster, manager, plan))
        start = series.timeline.runs[span.last].start
        fact = GroupFact(component, start, pot * unit, steps)
        for person in dict.fromkeys((manager[0], *(one for one, _ in cut.members))):
            found.facts.setdefault(person, []).append(fact)
        if cut.moved is not None:
            found.faults[start] = cut.moved
        if cut.fault is not None:
            found.faults[start] = cut.fault
            if span.last == now:
                note = Note("pool-not-shared", (("pot", pot * unit),), (*walk.task.path, "members_by"))
                found.notes.setdefault(manager[0], []).append(note)


def _steps(
    walk: ComponentWalk,
    span: Span,
    pot: Decimal,
    cut: Cut,
    unit: Decimal,
    roster: Roster,
    manager: tuple[str, str],
    plan: Title,
) -> list[Step]:
    path = walk.task.path
    component = cast("PoolComponent", walk.component)
    steps = [one for one in walk.formula.steps() if one.name == "quota"] if span.last == walk.task.now else []
    for run, amount in enumerate(walk.formula.on_the_way or ()):
        if span.first <= run <= span.last and amount:
            steps.append(Step("pot-run", amount, (("run", span.runs[run].start),), (*path, "tiers")))
    if span.last == walk.task.now:
        steps += [step for gate in walk.gates for step in gate.steps]
        steps += [step for factor in walk.factors for step in factor.steps]
        steps += walk.steps
    parts: tuple[tuple[str, Part], ...] = (
        ("plan_zh", plan.zh),
        ("plan_en", plan.en), ("manager", manager[1]), ("start", span.start), ("end", span.end),
    )  # fmt: skip
    steps.append(Step("pot", pot, parts, path))
    if cut.fault is not None:
        return steps
    share = (("share", component.share_of("manager")), ("name", manager[1]))
    steps.append(Step("pot-manager", cut.manager * unit, share, (*path, "shares")))
    names = {one.person: one for one in roster.members}
    written = {one.person: one for one in roster.sheet or ()}
    for person, part in cut.members:
        member = names[person]
        row = written.get(person)
        values = (*member.values, *((("sheet_share", row.share),) if row is not None else ()))
        source = row.source if row is not None else ""
        steps.append(Step("pot-member", part * unit, (("name", member.name), *values), (*path, "members_by"), source))
    for member in roster.members:
        if member.lacks:
            lacks = (("name", member.name), ("lacks", member.lacks))
            steps.append(Step("pot-lacks", Decimal(0), lacks, (*path, "members_by")))
    if roster.others and component.members_by == "contribution":
        steps.append(Step("pot-others", roster.others, (), (*path, "members")))
    if cut.rest:
        steps.append(Step("pot-rest", cut.rest * unit, (), (*path, "nobody_to_share")))
    return steps
