"""What can be wrong when a target policy meets the records, all at once and before anything is computed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.periods import parse_period
from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.inputs import MemberInput, MonthInput, SplitInputs, TeamInput
from salescli.core.quotas.tree import DIRECT, find_circles, order_teams, subtree
from salescli.errors import UsageError

if TYPE_CHECKING:
    from salescli.core.quotas.shape import FixedShape, TargetsPolicy


@dataclass(frozen=True, slots=True)
class FixedFigure:
    """A fixed figure that found its person: team, member and the indexes of its months."""

    index: int
    team: str
    person: str
    months: tuple[int, ...]
    amount: Decimal
    keeps_year: bool


def check_split(policy: TargetsPolicy, inputs: SplitInputs) -> list[Finding]:
    """Return everything that keeps a policy from being split over these teams and people."""
    return [
        *_check_teams(inputs),
        *_check_two_teams(inputs),
        *_check_keys(policy, inputs),
        *_check_amounts(policy, inputs),
        *find_fixed(policy, inputs)[1],
    ]


def is_there(member: MemberInput, months: Sequence[MonthInput]) -> bool:
    """Tell whether a member is in the team on any day of these months."""
    return any(month.seat_share(member.start, member.end)[0] for month in months)


def _check_teams(inputs: SplitInputs) -> Iterator[Finding]:
    """A team counts with everything below it: only its sub-teams need people."""
    if not inputs.teams:
        yield finding("no-teams", "teams")
    for circle in find_circles(inputs.teams):
        yield finding("team-circle", "teams", teams=tuple(team.name or team.key for team in circle))
    ordered = order_teams(inputs.teams)
    for at, team in enumerate(ordered):
        if not any(is_there(one, inputs.months) for each in subtree(ordered, at) for one in each.members):
            yield finding("team-without-people", "teams", team=team.name or team.key)


def _check_two_teams(inputs: SplitInputs) -> Iterator[Finding]:
    """A move is two stretches one after the other; two at the same time would be two quotas."""
    seats: dict[str, list[tuple[MemberInput, TeamInput]]] = {}
    for team in inputs.teams:
        for member in team.members:
            if not member.is_seat:
                seats.setdefault(member.key, []).append((member, team))
    for key, found in sorted(seats.items()):
        ordered = sorted(found, key=lambda pair: (pair[0].start, pair[1].key))
        for (before, first), (after, second) in itertools.pairwise(ordered):
            if after.start < before.end:
                teams = (first.name or first.key, second.name or second.key)
                yield finding("person-in-two-teams", "people", person=after.name or key, teams=teams, day=after.start)


def _check_keys(policy: TargetsPolicy, inputs: SplitInputs) -> Iterator[Finding]:
    teams = {team.key: team.name for team in inputs.teams}
    people = _people(inputs)
    for key in policy.teams.weights:
        if key.removesuffix(DIRECT) not in teams:
            yield _unknown("unknown-team", "teams", key, teams)
    for key in policy.people.weights:
        if key not in people:
            yield _unknown("unknown-person", "people", key, people)
    for key, successor in policy.people.successors.items():
        values: dict[str, object] = {"text": key, "nearest": _nearest(key, people)}
        if key not in people:
            yield Finding("unknown-person", ("people", "successors", key), values, at_key=True)
        if successor not in people:
            near = _nearest(successor, people)
            yield finding("unknown-person", "people", "successors", key, text=successor, nearest=near)


def _unknown(name: str, place: str, key: str, known: Mapping[str, str]) -> Finding:
    return Finding(name, (place, "weights", key), {"text": key, "nearest": _nearest(key, known)}, at_key=True)


def _check_amounts(policy: TargetsPolicy, inputs: SplitInputs) -> Iterator[Finding]:
    named: list[tuple[tuple[str | int, ...], Decimal | None]] = [
        (("amount",), policy.amount),
        (("round_to",), policy.round_to),
        *((("people", "fixed", i, "amount"), fixed.amount) for i, fixed in enumerate(policy.people.fixed)),
    ]
    for path, amount in named:
        if amount is not None and Fraction(amount) % Fraction(inputs.smallest):
            yield finding("finer-than-currency", *path, text=f"{amount:f}", smallest=f"{inputs.smallest:f}")
    if policy.growth is not None and (inputs.base is None or inputs.base <= 0):
        yield finding("no-base-figure", "base", metric=policy.metric)


def find_fixed(policy: TargetsPolicy, inputs: SplitInputs) -> tuple[list[FixedFigure], list[Finding]]:
    """Resolve the fixed figures: the person, the months, and the team the person is in for all of them."""
    found: list[FixedFigure] = []
    wrong: list[Finding] = []
    people = _people(inputs)
    taken: set[tuple[str, int]] = set()
    for index, fixed in enumerate(policy.people.fixed):
        path = ("people", "fixed", index)
        months = _months_of(fixed, inputs)
        if fixed.person not in people:
            near = _nearest(fixed.person, people)
            wrong.append(finding("unknown-person", *path, "person", text=fixed.person, nearest=near))
        if months is None:
            wrong.append(finding("bad-fixed-period", *path, "period", text=fixed.period, year=policy.for_year))
        if fixed.person not in people or months is None:
            continue
        twice = [month for month in months if (fixed.person, month) in taken]
        taken.update((fixed.person, month) for month in months)
        team = _team_of(fixed.person, months, inputs)
        if twice:
            label = inputs.months[twice[0]].label
            wrong.append(finding("fixed-twice", *path, "period", person=fixed.person, month=label))
        elif not team:
            wrong.append(finding("fixed-not-in-seat", *path, "period", person=fixed.person, period=fixed.period))
        else:
            keeps = fixed.rest == "own-year"
            found.append(FixedFigure(index, team, fixed.person, months, fixed.amount, keeps))
    return found, wrong


def _months_of(fixed: FixedShape, inputs: SplitInputs) -> tuple[int, ...] | None:
    """Return the indexes of the months that a period covers, or None where it is not whole months of the year."""
    try:
        period = parse_period(fixed.period, inputs.calendar)
    except UsageError:
        return None
    inside = tuple(
        i for i, month in enumerate(inputs.months) if period.start <= month.start and month.end <= period.end
    )
    if not inside or inputs.months[inside[0]].start != period.start or inputs.months[inside[-1]].end != period.end:
        return None
    return inside


def _team_of(person: str, months: Sequence[int], inputs: SplitInputs) -> str:
    """Return the team in which a person has a seat in each of the months, or ""."""
    for team in inputs.teams:
        mine = [member for member in team.members if member.key == person]
        if all(any(inputs.months[at].seat_share(one.start, one.end)[0] for one in mine) for at in months):
            return team.key
    return ""


def _people(inputs: SplitInputs) -> dict[str, str]:
    return {member.key: member.name for team in inputs.teams for member in team.members}


def _nearest(written: str, known: Mapping[str, str]) -> str:
    """Return the known key whose key or name is closest to what was written, or ""."""
    by_text = {name: key for key, name in known.items() if name} | {key: key for key in known}
    close = get_close_matches(written, sorted(by_text), n=1, cutoff=0.5)
    return by_text[close[0]] if close else ""
