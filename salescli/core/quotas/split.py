"""The split: a target policy and what the records say, to a number per person and month. Pure and deterministic."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.quotas.assemble import assemble
from salescli.core.quotas.checks import check_split, find_fixed
from salescli.core.quotas.findings import CannotSplit, Finding, finding
from salescli.core.quotas.frame import Frame
from salescli.core.quotas.inputs import SplitInputs
from salescli.core.quotas.leavers import pass_on
from salescli.core.quotas.level import LevelSplit, split_level
from salescli.core.quotas.methods.model import Part
from salescli.core.quotas.result import SplitResult
from salescli.core.quotas.season import compute_season
from salescli.core.quotas.tree import order_teams
from salescli.core.quotas.weigh import WeightsSumToZero, compute_weights
from salescli.core.quotas.weighing import given_weights, weigh_groups, weigh_members

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
    teams = order_teams(inputs.teams)
    passed = pass_on(policy.people, teams, inputs)
    wrong += passed.findings
    months = _month_weights(policy, inputs, wrong)
    has_people = [bool(roster.members) for roster in passed.rosters]
    groups = weigh_groups(policy, inputs, teams, has_people, wrong)
    weights = [
        weigh_members(policy, inputs, team, roster, wrong) for team, roster in zip(teams, passed.rosters, strict=True)
    ]
    if wrong:
        return None
    fixed = tuple(find_fixed(policy, inputs)[0])
    members = tuple(roster.members for roster in passed.rosters)
    return Frame(policy, inputs, teams, members, tuple(months), groups, tuple(weights), fixed, passed.leavers)


def _month_weights(policy: TargetsPolicy, inputs: SplitInputs, wrong: list[Finding]) -> list[Fraction]:
    shape = policy.months
    index: list[Fraction] | list[None] = [None] * len(inputs.months)
    if shape.uses("seasonal"):
        try:
            index = compute_season(inputs.season, shape.history, inputs.months, shape.pull_to_equal, shape.together)
        except CannotSplit as cannot:
            wrong += cannot.findings
            return []
    given = given_weights(shape.weights)
    parts = [
        Part(month.label, given=given.get(str(month.number)), season=each)
        for month, each in zip(inputs.months, index, strict=True)
    ]
    try:
        return compute_weights(shape.split_by, parts)
    except WeightsSumToZero as zero:
        wrong.append(finding("weights-sum-to-zero", "months", "split_by", method=zero.method))
        return []
