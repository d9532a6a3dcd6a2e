"""What teams and members weigh: the groups of the tree among siblings, each team's members by their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.inputs import SplitInputs, TeamInput
from salescli.core.quotas.members import Place, Roster
from salescli.core.quotas.methods.model import Options, Part
from salescli.core.quotas.parts import member_part, team_part
from salescli.core.quotas.tree import COMPANY, DIRECT, Group, find_groups, subtree
from salescli.core.quotas.weigh import WeightsSumToZero, compute_weights

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy


def weigh_groups(
    policy: TargetsPolicy,
    inputs: SplitInputs,
    teams: Sequence[TeamInput],
    has_people: Sequence[bool],
    wrong: list[Finding],
) -> tuple[Group, ...]:
    """Weigh the parts of every group: a sub-team by everything below it, a team's own people by themselves.

    A part alone in its group has all of it. A team without a weight of its own has the sum of what is below it.
    """
    given = given_weights(policy.teams.weights)
    ramps = policy.teams.capacity
    own = [team_part(team, inputs.months, ramps, given.get(team.key)) for team in teams]
    index = {team.key: at for at, team in enumerate(teams)}
    below = [[index[each.key] for each in subtree(teams, at)] for at in range(len(teams))]
    weights = [Fraction(0)] * len(teams)
    found = []
    for group in find_groups(teams, has_people):
        parts = [_sum_parts([own[each] for each in below[child]], own[child].given) for child in group.children]
        if group.has_direct:
            key = teams[group.parent].key + DIRECT
            parts.insert(0, own[group.parent]._replace(key=key, given=given.get(key)))
        has_nothing = group.parent != COMPANY and weights[group.parent] == 0
        shares = _weigh_group(policy, teams, group, parts, has_nothing, wrong)
        for child, weight in zip(group.children, shares[int(group.has_direct) :], strict=True):
            weights[child] = weight
        found.append(replace(group, weights=tuple(shares)))
    return tuple(found)


def _weigh_group(
    policy: TargetsPolicy,
    teams: Sequence[TeamInput],
    group: Group,
    parts: Sequence[Part],
    has_nothing: bool,
    wrong: list[Finding],
) -> list[Fraction]:
    """Weigh one group; where there is nothing to share, it is shared in equal parts."""
    if len(parts) < 2:
        return [Fraction(1)] * len(parts)
    try:
        return compute_weights(policy.teams.split_by, parts)
    except WeightsSumToZero as zero:
        if group.parent == COMPANY:
            wrong.append(finding("weights-sum-to-zero", "teams", "split_by", method=zero.method))
        elif not has_nothing:
            name = teams[group.parent].name or teams[group.parent].key
            wrong.append(finding("sub-team-weights-sum-to-zero", "teams", "split_by", method=zero.method, team=name))
        return [Fraction(1, len(parts))] * len(parts)


def weigh_members(
    policy: TargetsPolicy, inputs: SplitInputs, team: TeamInput, roster: Roster, wrong: list[Finding]
) -> dict[Place, Fraction]:
    """Weigh the places of a team: people and vacant seats."""
    given = given_weights(policy.people.weights)
    months, ramps = inputs.months, policy.people.capacity
    parts = [member_part(one, months, ramps, given.get(place.key)) for place, one in roster.weighed.items()]
    options = Options(policy.people.without_history or "nothing")
    try:
        weights = compute_weights(policy.people.split_by, parts, options) if parts else []
    except WeightsSumToZero as zero:
        name = team.name or team.key
        wrong.append(finding("team-weights-sum-to-zero", "people", "split_by", method=zero.method, team=name))
        return {}
    return dict(zip(roster.weighed, weights, strict=True))


def given_weights(weights: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """Return the weights that a policy gives, by key."""
    return {key: Fraction(weight) for key, weight in weights.items()}


def _sum_parts(parts: Sequence[Part], given: Fraction | None) -> Part:
    """A team with everything below it: what is known of its parts, added up."""
    summed = {name: _known(getattr(part, name) for part in parts) for name in Part._fields if name != "key"}
    return Part(parts[0].key, **summed)._replace(given=summed["given"] if given is None else given)


def _known(values: Iterable[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known else None
