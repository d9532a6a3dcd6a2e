"""The split: a target policy and what the records say, to a number per person and month. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.quotas.assemble import assemble
from salescli.core.quotas.checks import check_split, find_fixed
from salescli.core.quotas.findings import CannotSplit, Finding, finding
from salescli.core.quotas.inputs import MemberInput, SplitInputs, TeamInput
from salescli.core.quotas.level import Frame, LevelSplit, members_in_order, split_level
from salescli.core.quotas.methods.model import Options, Part
from salescli.core.quotas.result import SplitResult
from salescli.core.quotas.season import compute_season
from salescli.core.quotas.weigh import WeightsSumToZero, compute_weights

if TYPE_CHECKING:
    from salescli.core.quotas.shape import TargetsPolicy


def compute_split(policy: TargetsPolicy, inputs: SplitInputs) -> SplitResult:
    """Split a company's year among teams, people and months, at every level of the policy.

    Amounts add up exactly: months to the year; teams to company × (1 + street) in every month; people, vacant
    seats, the open ramp gap and what nobody is there for to team × (1 + street) in every month.

    Raises:
        CannotSplit: everything that is wrong, with its place in the policy.
    """
    wrong = check_split(policy, inputs)
    frame = _build_frame(policy, inputs, wrong)
    levels: list[LevelSplit] = []
    for level, rate in policy.levels.items() if frame else ():
        assert frame is not None
        found, impossible = split_level(frame, level, rate)
        wrong += impossible
        if found is not None:
            levels.append(found)
    if wrong or frame is None:
        raise CannotSplit(wrong)
    return assemble(frame, levels)


def _build_frame(policy: TargetsPolicy, inputs: SplitInputs, wrong: list[Finding]) -> Frame | None:
    """Weigh months, teams and members once for all levels; None where something is wrong already."""
    teams = tuple(sorted(inputs.teams, key=lambda team: team.key))
    members = tuple(members_in_order(team, inputs) for team in teams)
    months = _month_weights(policy, inputs, wrong)
    team_weights = _team_weights(policy, teams, wrong)
    member_weights = [
        _member_weights(policy, team, rows, wrong) for team, rows in zip(teams, members, strict=True) if rows
    ]
    if wrong:
        return None
    fixed = tuple(find_fixed(policy, inputs)[0])
    return Frame(policy, inputs, teams, members, tuple(months), tuple(team_weights), tuple(member_weights), fixed)


def _month_weights(policy: TargetsPolicy, inputs: SplitInputs, wrong: list[Finding]) -> list[Fraction]:
    shape = policy.months
    index: list[Fraction] | list[None] = [None] * len(inputs.months)
    if shape.uses("seasonal"):
        try:
            index = compute_season(inputs.season, shape.history, inputs.months, shape.pull_to_equal, shape.together)
        except CannotSplit as cannot:
            wrong += cannot.findings
            return []
    given = _given(shape.weights)
    parts = [
        Part(month.label, given=given.get(str(month.number)), season=each)
        for month, each in zip(inputs.months, index, strict=True)
    ]
    try:
        return compute_weights(shape.split_by, parts)
    except WeightsSumToZero as zero:
        wrong.append(finding("weights-sum-to-zero", "months", "split_by", method=zero.method))
        return []


def _team_weights(policy: TargetsPolicy, teams: tuple[TeamInput, ...], wrong: list[Finding]) -> list[Fraction]:
    given = _given(policy.teams.weights)
    parts = [Part(team.key, _total(team.history), given.get(team.key)) for team in teams]
    try:
        return compute_weights(policy.teams.split_by, parts) if parts else []
    except WeightsSumToZero as zero:
        wrong.append(finding("weights-sum-to-zero", "teams", "split_by", method=zero.method))
        return []


def _member_weights(
    policy: TargetsPolicy, team: TeamInput, members: tuple[MemberInput, ...], wrong: list[Finding]
) -> tuple[Fraction, ...]:
    given = _given(policy.people.weights)
    places = _places(members, given)
    apart = dict(zip(places, members, strict=True))
    parts = [Part(key, _total(one.history), given.get(key)) for (key, _), one in apart.items()]
    options = Options(policy.people.without_history or "nothing")
    try:
        weights = dict(zip(apart, compute_weights(policy.people.split_by, parts, options), strict=True))
        return tuple(weights[place] for place in places)
    except WeightsSumToZero as zero:
        name = team.name or team.key
        wrong.append(finding("team-weights-sum-to-zero", "people", "split_by", method=zero.method, team=name))
        return ()


def _places(members: tuple[MemberInput, ...], given: Mapping[str, Fraction]) -> list[tuple[str, int]]:
    """Return what each stretch weighs as; a seat and whoever took it are one, so that taking it moves nobody else."""
    found: list[tuple[str, int]] = []
    for index, member in enumerate(members):
        takes = bool(member.weighs_as) and member.key not in given
        found.append((member.weighs_as, -1) if takes else (member.key, -1 if member.is_seat else index))
    return found


def _given(weights: Mapping[str, Decimal]) -> dict[str, Fraction]:
    return {key: Fraction(weight) for key, weight in weights.items()}


def _total(history: Mapping[str, Decimal]) -> Fraction | None:
    return sum((Fraction(amount) for amount in history.values()), Fraction(0)) if history else None
