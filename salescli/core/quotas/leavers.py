"""What becomes of the months of somebody who leaves during the year: the policy says, and the heir carries the weight.

A leaver is whoever has no seat in any team on the day after; a mover takes the quota along and counts only where
`successors` names somebody. Whatever a leaver had taken over from others is passed on with the rest.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from salescli.core.periods import FOREVER
from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.inputs import MemberInput, SplitInputs, TeamInput
from salescli.core.quotas.members import Holding, Member, Place, Roster, own_members
from salescli.core.quotas.result import SEAT_OF

if TYPE_CHECKING:
    from salescli.core.quotas.shape import PeopleShape


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who left a team: on which day for the first time not there, until when, and who takes the months."""

    key: str
    name: str
    day: date
    until: date
    manager: str = ""
    manager_name: str = ""
    heir: Place | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """The members of each team once everything is passed on, who left, and what is wrong."""

    rosters: tuple[Roster, ...]
    leavers: tuple[tuple[Leaver, ...], ...]
    findings: tuple[Finding, ...]


class _Heir(NamedTuple):
    place: Place
    name: str
    stretches: tuple[MemberInput, ...] = ()


def pass_on(people: PeopleShape, teams: Sequence[TeamInput], inputs: SplitInputs) -> Passed:
    """Give each team its members, with the months of leavers where the policy says."""
    seated: dict[str, list[MemberInput]] = {}
    for team in teams:
        for one in team.members:
            if not one.is_seat:
                seated.setdefault(one.key, []).append(one)
    rosters, leavers = [], []
    wrong: list[Finding] = []
    for team in teams:
        roster = own_members(team, inputs.months, people.weights)
        gone = _leavers(roster, inputs, seated, people.successors)
        settled, named = _settle(people, team, roster, gone, inputs, wrong)
        rosters.append(settled)
        leavers.append(named)
    return Passed(tuple(rosters), tuple(leavers), tuple(wrong))


def _leavers(
    roster: Roster, inputs: SplitInputs, seated: dict[str, list[MemberInput]], named: Container[str]
) -> list[Leaver]:
    """Those who leave the team during the year, by day; whoever comes back is away until then."""
    first, last = inputs.months[0].start, inputs.months[-1].end
    found = []
    for member in roster.members:
        for at, stretch in enumerate(() if member.is_seat else member.stretches):
            back = member.stretches[at + 1].start if at + 1 < len(member.stretches) else FOREVER
            if not first < stretch.end < min(last, back):
                continue
            moves = any(one.start <= stretch.end < one.end for one in seated[member.key])
            if not moves or member.key in named:
                who = (member.key, member.name, stretch.end, back, stretch.manager, stretch.manager_name)
                found.append(Leaver(*who))
    return sorted(found, key=lambda leaver: (leaver.day, leaver.key))


def _settle(
    people: PeopleShape,
    team: TeamInput,
    roster: Roster,
    gone: Sequence[Leaver],
    inputs: SplitInputs,
    wrong: list[Finding],
) -> tuple[Roster, tuple[Leaver, ...]]:
    """Pass on what each leaver held, in the order of the days, so that an heir who leaves passes on both."""
    holders = {Place(member.key, member.is_seat): member for member in roster.members}
    claims: dict[Place, list[tuple[Place, date]]] = {}
    settled = []
    for leaver in gone:
        mine = Place(leaver.key, False)
        heir = _heir(people, team, leaver, holders, inputs, wrong)
        settled.append(replace(leaver, heir=heir.place if heir else None))
        if heir is None:
            continue
        known = holders.get(heir.place) or Member(heir.place.key, heir.name, heir.place.is_seat, (), ())
        taken = list(known.holdings)
        for place, until in _held(holders[mine], leaver, claims.get(mine, ())):
            claims.setdefault(heir.place, []).append((place, until))
            days = heir.stretches or (MemberInput(heir.place.key),)
            spans = ((max(one.start, leaver.day), min(one.end, until)) for one in days)
            taken += [Holding(place, start, end, leaver.key) for start, end in spans if start < end]
        holders[heir.place] = replace(known, holdings=tuple(taken))
    members = tuple(holders[place] for place in sorted(holders))
    return Roster(members, roster.weighed), tuple(settled)


def _held(member: Member, leaver: Leaver, claims: Sequence[tuple[Place, date]]) -> list[tuple[Place, date]]:
    """The weights that a leaver had on the last day, and until when each is passed on."""
    ends = dict(claims)
    found: dict[Place, date] = {}
    for holding in member.holdings:
        if holding.start < leaver.day <= holding.end:
            until = min(ends.get(holding.place, FOREVER), leaver.until) if holding.leaver else leaver.until
            if until > leaver.day:
                found[holding.place] = max(until, found.get(holding.place, until))
    return sorted(found.items())


def _heir(
    people: PeopleShape,
    team: TeamInput,
    leaver: Leaver,
    holders: dict[Place, Member],
    inputs: SplitInputs,
    wrong: list[Finding],
) -> _Heir | None:
    """Return who takes over; None where the team shares it, or where it cannot be told (and is said)."""
    name, last_day = leaver.name or leaver.key, leaver.day.fromordinal(leaver.day.toordinal() - 1)
    values = {"person": name, "day": last_day, "team": team.name or team.key}
    if leaver.key in people.successors:
        successor = people.successors[leaver.key]
        member = holders.get(Place(successor, False))
        if member is not None and _can_take(member, leaver, inputs):
            return _Heir(Place(successor, False), member.name, member.stretches)
        called = {one.key: one.name or one.key for each in inputs.teams for one in each.members}
        if successor in called:
            path = ("people", "successors", leaver.key)
            wrong.append(finding("successor-not-in-seat", *path, successor=called[successor], **values))
        return None
    if people.leavers == "successor":
        wrong.append(finding("leaver-without-successor", "people", "leavers", key=leaver.key, **values))
    elif people.leavers == "manager" and leaver.manager:
        return _Heir(Place(leaver.manager, False), leaver.manager_name)
    elif people.leavers == "manager":
        wrong.append(finding("leaver-without-manager", "people", "leavers", **values))
    elif people.leavers == "vacant-seat":
        return _Heir(Place(SEAT_OF + leaver.key, True), name)
    return None


def _can_take(member: Member, leaver: Leaver, inputs: SplitInputs) -> bool:
    """Tell whether a member sits in the team on any day of the year on which the leaver does not."""
    until = min(leaver.until, inputs.months[-1].end)
    return any(max(one.start, leaver.day) < min(one.end, until) for one in member.stretches)
