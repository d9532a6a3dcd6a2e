"""One level (base, stretch, challenge) of a split, in integers of the smallest currency amount.

The order of operations is fixed: company months; the year among teams, with the street above; each team's year
among its people, with the street above; months. A higher level scales the company's figure, the fixed figures and
the limits alike, and splits them by the same weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from salescli.core.quotas.fill import LimitsImpossible
from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.frame import Frame
from salescli.core.quotas.grid import cumulative, round_half, round_years
from salescli.core.quotas.inputs import TeamInput
from salescli.core.quotas.kept import KeptTooLarge, keep_months
from salescli.core.quotas.members import Member
from salescli.core.quotas.people import FixedTooLarge, Row, Split, split_people
from salescli.core.quotas.ramp import Ramp, ease
from salescli.core.quotas.rows import build_row
from salescli.core.quotas.tree import Rest, Shared, share_target


@dataclass(frozen=True, slots=True)
class TeamLevel:
    """One team by month: its target, the part of it that its own people have, and the street of that part.

    Without sub-teams the two are the same. `cells` are the quotas of the members, `ramp` what it does to them.
    """

    team: TeamInput
    members: tuple[Member, ...]
    target: tuple[int, ...]
    own: tuple[int, ...]
    street: tuple[int, ...]
    rows: tuple[Row, ...]
    split: Split
    ramp: Ramp
    is_parent: bool = False

    @property
    def cells(self) -> tuple[tuple[int, ...], ...]:
        """The quotas of the members by month."""
        return self.ramp.cells

    @property
    def gap(self) -> tuple[int, ...]:
        """What the ramp leaves open by month."""
        return self.ramp.gap


@dataclass(frozen=True, slots=True)
class LevelSplit:
    """A whole level: teams in tree order, and who has what is below the rounding unit."""

    level: str
    company: tuple[int, ...]
    street: tuple[int, ...]
    teams: tuple[TeamLevel, ...]
    rests: tuple[Rest, ...]


def split_level(frame: Frame, level: str, rate: Decimal) -> tuple[LevelSplit | None, list[Finding]]:
    """Split one level; where a team cannot be split, return what is wrong in every team instead."""
    try:
        company = _company_months(frame, level, Fraction(rate))
    except KeptTooLarge as error:
        return None, [_kept_finding(frame, level, error)]
    street = cumulative(company, 1 + Fraction(frame.policy.teams.street_above))
    shared = share_target(frame.groups, street, len(frame.teams), frame.unit)
    teams: list[TeamLevel] = []
    wrong: list[Finding] = []
    for index in range(len(frame.teams)):
        try:
            teams.append(_split_team(frame, index, shared, Fraction(rate)))
        except LimitsImpossible as impossible:
            wrong.append(_limits_finding(frame, index, impossible, level))
        except FixedTooLarge as error:
            wrong.append(_fixed_finding(frame, index, error, level))
    if wrong:
        return None, wrong
    return LevelSplit(level, tuple(company), tuple(street), tuple(teams), shared.rests), []


def _company_months(frame: Frame, level: str, rate: Fraction) -> tuple[int, ...]:
    policy = frame.policy
    if policy.amount is not None:
        year = Fraction(policy.amount)
    else:
        year = Fraction(frame.inputs.base or 0) * (1 + Fraction(policy.growth or 0))
    whole = frame.to_smallest(year * rate)
    months = round_years([whole * weight for weight in frame.month_weights], frame.unit).parts
    labels = [month.label for month in frame.inputs.months]
    given = frame.inputs.kept.get(level, {})
    kept = {at: frame.to_smallest(given[label]) for at, label in enumerate(labels) if label in given}
    return keep_months(months, kept, frame.month_weights, frame.unit) if kept else months


def _split_team(frame: Frame, index: int, shared: Shared, rate: Fraction) -> TeamLevel:
    team, members, own = frame.teams[index], frame.members[index], shared.own[index]
    street = tuple(cumulative(own, 1 + Fraction(frame.policy.people.street_above)))
    rows = tuple(build_row(frame, index, member, street, rate) for member in members)
    split = split_people(street, rows, frame.unit)
    ramp = ease(frame, members, rows, split)
    is_parent = any(group.parent == index for group in frame.groups)
    return TeamLevel(team, members, shared.targets[index], own, street, rows, split, ramp, is_parent)


def _kept_finding(frame: Frame, level: str, error: KeptTooLarge) -> Finding:
    over = f"{frame.to_amount(error.over):,f}"
    return finding("kept-above-year", "amount" if frame.policy.amount is not None else "growth", level=level, over=over)


def _limits_finding(frame: Frame, index: int, error: LimitsImpossible, level: str) -> Finding:
    people = frame.members[index]
    binding = tuple(people[i].name or people[i].key for i in error.binding)
    return finding(
        "limits-impossible",
        "people",
        "at_least" if error.side == "floor" else "at_most",
        team=frame.teams[index].name or frame.teams[index].key,
        level=level,
        total=f"{frame.to_amount(round_half(error.total)):,f}",
        whole=f"{frame.to_amount(round_half(error.whole)):,f}",
        people=binding,
    )


def _fixed_finding(frame: Frame, index: int, error: FixedTooLarge, level: str) -> Finding:
    team = frame.teams[index]
    keys = {frame.members[index][error.row].key} if error.row >= 0 else {member.key for member in frame.members[index]}
    mine = [fixed for fixed in frame.fixed if fixed.team == team.key and fixed.person in keys]
    if error.month >= 0:
        mine = [fixed for fixed in mine if error.month in fixed.months] or mine
    path: tuple[str | int, ...] = ("people", "fixed", mine[0].index, "amount") if mine else ("people",)
    return finding(
        "fixed-above-total",
        *path,
        team=team.name or team.key,
        level=level,
        period=frame.inputs.months[error.month].label if error.month >= 0 else frame.policy.for_year,
        over=f"{frame.to_amount(round_half(error.over)):,f}",
    )
