"""The tree of teams: parents before their sub-teams, siblings by key, and who shares one figure with whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from salescli.core.quotas.grid import round_years, spread_years
from salescli.core.quotas.inputs import TeamInput

COMPANY = -1
DIRECT = ".direct"
"""Behind a team's key in `teams.weights`: the part of the people directly in a team that has sub-teams."""


@dataclass(frozen=True, slots=True)
class Group:
    """The parts that share one figure: the sub-teams of a team, or the top teams of the company.

    `parent` is the index of the team, `COMPANY` for the company. Where the parent has people of its own, `has_direct`,
    they are the first part; `weights` are of the parts in their order.
    """

    parent: int
    children: tuple[int, ...]
    has_direct: bool = False
    weights: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """What is below the rounding unit, and who has it: a team, or the people directly in it."""

    team: int
    is_direct: bool
    amount: int


@dataclass(frozen=True, slots=True)
class Shared:
    """The target of each team by month, and the part of it that its own people have."""

    targets: tuple[tuple[int, ...], ...]
    own: tuple[tuple[int, ...], ...]
    rests: tuple[Rest, ...]


def order_teams(teams: Sequence[TeamInput]) -> tuple[TeamInput, ...]:
    """Return the teams in tree order: each team before its sub-teams, siblings by key.

    A parent that is not among the teams counts as none. Teams that are above each other in a circle are left out
    (`find_circles` names them).
    """
    below = _below(teams)
    found: list[TeamInput] = []
    waiting = list(reversed(below.get("", [])))
    while waiting:
        team = waiting.pop()
        found.append(team)
        waiting.extend(reversed(below.get(team.key, [])))
    return tuple(found)


def find_circles(teams: Sequence[TeamInput]) -> list[tuple[TeamInput, ...]]:
    """Return each set of teams that are above each other, in the order of the circle from its smallest key."""
    reached = {team.key for team in order_teams(teams)}
    left = {team.key: team for team in teams if team.key not in reached}
    found: list[tuple[TeamInput, ...]] = []
    seen: set[str] = set()
    for key in sorted(left):
        path: list[str] = []
        while key not in seen:
            seen.add(key)
            path.append(key)
            key = left[key].parent
        if key in path:
            circle = path[path.index(key) :]
            first = circle.index(min(circle))
            found.append(tuple(left[each] for each in (*circle[first:], *circle[:first])))
    return found


def find_groups(teams: Sequence[TeamInput], has_people: Sequence[bool]) -> list[Group]:
    """Return the groups of teams in tree order, parents first."""
    below = _below(teams)
    index = {team.key: at for at, team in enumerate(teams)}
    found = [Group(COMPANY, tuple(index[team.key] for team in below.get("", [])))]
    for at, team in enumerate(teams):
        if children := below.get(team.key):
            found.append(Group(at, tuple(index[child.key] for child in children), has_people[at]))
    return found


def subtree(teams: Sequence[TeamInput], at: int) -> Iterator[TeamInput]:
    """Return a team and everything below it, of teams in tree order."""
    inside = {teams[at].key}
    yield teams[at]
    for team in teams[at + 1 :]:
        if team.parent not in inside:
            return
        inside.add(team.key)
        yield team


def share_target(groups: Sequence[Group], street: Sequence[int], teams: int, unit: int) -> Shared:
    """Share the company's street among the teams, group by group: years first, then months, each exact.

    A team's parts add up to its target in every month; only the company's street is above its target.
    """
    none = (0,) * len(street)
    targets: list[tuple[int, ...]] = [none] * teams
    own: list[tuple[int, ...] | None] = [None] * teams
    rests: list[Rest] = []
    for group in groups:
        whole = tuple(street) if group.parent == COMPANY else targets[group.parent]
        year = Fraction(sum(whole))
        years = round_years([year * weight for weight in group.weights], unit)
        cells = spread_years(years.parts, whole, years.unit, years.keeper).cells
        direct = int(group.has_direct)
        for child, months in zip(group.children, cells[direct:], strict=True):
            targets[child] = months
        if group.parent != COMPANY:
            own[group.parent] = cells[0] if direct else none
        if years.rest:
            is_direct = bool(direct) and years.keeper == 0
            keeper = group.parent if is_direct else group.children[years.keeper - direct]
            rests.append(Rest(keeper, is_direct, years.rest))
    kept = tuple(target if part is None else part for target, part in zip(targets, own, strict=True))
    return Shared(tuple(targets), kept, tuple(rests))


def _below(teams: Sequence[TeamInput]) -> dict[str, list[TeamInput]]:
    """The teams right below each key, by key; "" for the top."""
    keys = {team.key for team in teams}
    found: dict[str, list[TeamInput]] = {}
    for team in sorted(teams, key=lambda team: team.key):
        found.setdefault(team.parent if team.parent in keys else "", []).append(team)
    return found
