"""One level (base, stretch, challenge) of a split, in integers of the smallest currency amount.

The order of operations is fixed: company months; the year among teams, with the street above; each team's year
among its people, with the street above; months. A higher level scales the company's figure, the fixed figures and
the limits alike, and splits them by the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.money import CONTEXT
from salescli.core.quotas.checks import FixedFigure, is_there
from salescli.core.quotas.fill import LimitsImpossible
from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.grid import cumulative, round_half, round_years, spread_years
from salescli.core.quotas.inputs import MemberInput, SplitInputs, TeamInput
from salescli.core.quotas.kept import KeptTooLarge, keep_months
from salescli.core.quotas.people import FixedTooLarge, Row, Split, relieve, split_people

if TYPE_CHECKING:
    from salescli.core.quotas.shape import LimitText, TargetsPolicy


@dataclass(frozen=True, slots=True)
class Frame:
    """What all levels share: policy, inputs, and the weights that were found once.

    Teams and members are ordered by key; ties go to the earlier.
    """

    policy: TargetsPolicy
    inputs: SplitInputs
    teams: tuple[TeamInput, ...]
    members: tuple[tuple[MemberInput, ...], ...]
    month_weights: tuple[Fraction, ...]
    team_weights: tuple[Fraction, ...]
    member_weights: tuple[tuple[Fraction, ...], ...]
    fixed: tuple[FixedFigure, ...]

    @property
    def unit(self) -> int:
        """The rounding unit in smallest amounts."""
        return self.to_smallest(self.policy.round_to) if self.policy.round_to else 1

    def to_smallest(self, amount: Decimal | Fraction) -> int:
        """Return an amount as a count of the smallest amount."""
        return round_half(Fraction(amount) / Fraction(self.inputs.smallest))

    def to_amount(self, count: int) -> Decimal:
        """Return a count of the smallest amount as an amount."""
        return CONTEXT.multiply(Decimal(count), self.inputs.smallest)


@dataclass(frozen=True, slots=True)
class TeamLevel:
    """One team: its target and its street by month, the split of the street, and what the ramp takes off."""

    team: TeamInput
    members: tuple[MemberInput, ...]
    target: tuple[int, ...]
    street: tuple[int, ...]
    split: Split
    cells: tuple[tuple[int, ...], ...]
    gap: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LevelSplit:
    """A whole level. `keeper` is the index of the team that has the rest of the teams' year."""

    level: str
    company: tuple[int, ...]
    street: tuple[int, ...]
    teams: tuple[TeamLevel, ...]
    keeper: int
    rest: int


def split_level(frame: Frame, level: str, rate: Decimal) -> tuple[LevelSplit | None, list[Finding]]:
    """Split one level; where a team cannot be split, return what is wrong in every team instead."""
    try:
        company = _company_months(frame, level, Fraction(rate))
    except KeptTooLarge as error:
        return None, [_kept_finding(frame, level, error)]
    street = cumulative(company, 1 + Fraction(frame.policy.teams.street_above))
    whole = Fraction(sum(street))
    years = round_years([whole * weight for weight in frame.team_weights], frame.unit)
    grid = spread_years(years.parts, street, years.unit, years.keeper)
    teams: list[TeamLevel] = []
    wrong: list[Finding] = []
    for index, months in enumerate(grid.cells):
        try:
            teams.append(_split_team(frame, index, months, Fraction(rate)))
        except LimitsImpossible as impossible:
            wrong.append(_limits_finding(frame, index, impossible, level))
        except FixedTooLarge as error:
            wrong.append(_fixed_finding(frame, index, error, level))
    if wrong:
        return None, wrong
    return LevelSplit(level, tuple(company), tuple(street), tuple(teams), years.keeper, years.rest), []


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


def _split_team(frame: Frame, index: int, target: Sequence[int], rate: Fraction) -> TeamLevel:
    policy, members = frame.policy, frame.members[index]
    street = cumulative(target, 1 + Fraction(policy.people.street_above))
    rows = [
        _row(frame, frame.teams[index].key, member, weight, street, rate)
        for member, weight in zip(members, frame.member_weights[index], strict=True)
    ]
    split = split_people(street, rows, frame.unit)
    cells = [_relieved(frame, member, line, split.unit) for member, line in zip(members, split.cells, strict=True)]
    full = [sum(column) for column in zip(*split.cells, strict=True)]
    left = [sum(column) for column in zip(*cells, strict=True)]
    gap = tuple(whole - part for whole, part in zip(full, left, strict=True))
    return TeamLevel(frame.teams[index], members, tuple(target), tuple(street), split, tuple(cells), gap)


def _row(frame: Frame, team: str, member: MemberInput, weight: Fraction, street: Sequence[int], rate: Fraction) -> Row:
    """Describe a member to the split: days in seat, limits for that part of the year, fixed months."""
    seats = [month.seat_share(member.start, member.end) for month in frame.inputs.months]
    presence = tuple(Fraction(days, of) for days, of in seats)
    whole = sum(street)
    there = sum((share * part for share, part in zip(presence, street, strict=True)), Fraction(0))
    scale = rate * (there / whole if whole else 0)
    low, high = frame.policy.people.at_least, frame.policy.people.at_most
    floor = _limit(frame, low, member, scale)
    ceiling = _limit(frame, high, member, scale)
    if floor is not None:
        floor = -(-floor // frame.unit) * frame.unit
    if ceiling is not None:
        ceiling = max(ceiling // frame.unit * frame.unit, floor or 0)
    mine = [fixed for fixed in frame.fixed if fixed.team == team and fixed.person == member.key]
    months: dict[int, int] = {}
    for fixed in mine:
        months.update(_spread_fixed(frame, fixed, street, rate))
    limits = (None if floor is None else Fraction(floor), None if ceiling is None else Fraction(ceiling))
    return Row(weight, presence, *limits, months, any(fixed.keeps_year for fixed in mine))


def _limit(frame: Frame, limit: LimitText | None, member: MemberInput, scale: Fraction) -> int | None:
    """A limit in smallest amounts. Whoever has no last year has no limit that refers to it."""
    if limit is None:
        return None
    if limit.amount is not None:
        return frame.to_smallest(Fraction(limit.amount) * scale)
    own = sum((Fraction(amount) for amount in member.history.values()), Fraction(0))
    if not member.history or own <= 0:
        return None
    return frame.to_smallest(own * Fraction(limit.of_own_year or 0) * scale)


def _spread_fixed(frame: Frame, fixed: FixedFigure, street: Sequence[int], rate: Fraction) -> dict[int, int]:
    """A fixed quarter or year among its months, by the months of the street."""
    whole = frame.to_smallest(Fraction(fixed.amount) * rate)
    weights = [Fraction(street[month]) for month in fixed.months]
    total = sum(weights, Fraction(0))
    even = Fraction(1, len(weights))
    exact = [whole * (weight / total if total else even) for weight in weights]
    return dict(zip(fixed.months, round_years(exact, frame.unit).parts, strict=True))


def _relieved(frame: Frame, member: MemberInput, line: Sequence[int], unit: int) -> tuple[int, ...]:
    """Take the ramp off: by calendar month, the month of joining is the first."""
    rates = frame.policy.people.ramp.get(member.role, ())
    if not rates or member.hired is None:
        return tuple(line)
    hired = member.hired
    passed = [(m.start.year - hired.year) * 12 + m.start.month - hired.month for m in frame.inputs.months]
    return tuple(
        relieve(full, Fraction(rates[since]), unit) if 0 <= since < len(rates) else full
        for full, since in zip(line, passed, strict=True)
    )


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


def members_in_order(team: TeamInput, inputs: SplitInputs) -> tuple[MemberInput, ...]:
    """Return a team's members of the year by key, then by the day their stretch begins."""
    there = [member for member in team.members if is_there(member, inputs.months)]
    return tuple(sorted(there, key=lambda member: (member.key, member.start)))
