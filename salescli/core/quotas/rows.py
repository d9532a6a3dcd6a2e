"""A member as the split sees it: weight, presence by month, limits for that part of the year, fixed months."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from salescli.core.money import CONTEXT, total
from salescli.core.quotas.checks import FixedFigure
from salescli.core.quotas.frame import Frame
from salescli.core.quotas.grid import round_years
from salescli.core.quotas.inputs import MemberInput, covers
from salescli.core.quotas.members import Holding, Member
from salescli.core.quotas.people import ALL, Row

Amount = Decimal | Fraction

if TYPE_CHECKING:
    from salescli.core.quotas.shape import LimitText


def build_row(frame: Frame, team: int, member: Member, street: Sequence[int], rate: Fraction) -> Row:
    """Describe a member of a team to the split.

    Presence counts in the member's own weight: whoever has taken over as much again is there twice.
    """
    weights = frame.member_weights[team]
    own = [weights.get(holding.place, Fraction(0)) for holding in member.holdings]
    weight = next((each for each in own if each), Fraction(0))
    presence = _presence(frame, team, member, weight)
    floor, ceiling = _limits(frame, team, member, street, rate)
    mine = [each for each in frame.fixed if each.team == frame.teams[team].key and each.person == member.key]
    months: dict[int, int] = {}
    for fixed in mine:
        months.update(_spread_fixed(frame, fixed, street, rate))
    return Row(weight, presence, floor, ceiling, months, any(fixed.keeps_year for fixed in mine))


def _presence(frame: Frame, team: int, member: Member, weight: Fraction) -> tuple[Fraction, ...]:
    months = frame.inputs.months
    if member.is_there_throughout(months):
        return (ALL,) * len(months)
    there = [member.presence(month) for month in months]
    counted = [sum(month_loads(frame, team, member, at), Fraction(0)) for at in range(len(months))]
    return tuple(load / weight if weight else share for load, share in zip(counted, there, strict=True))


def month_loads(frame: Frame, team: int, member: Member, month: int) -> list[Fraction]:
    """Return what each holding of a member weighs in a month: its weight × its days of the month."""
    weights, days = frame.member_weights[team], frame.inputs.months[month]
    return [
        weights.get(each.place, Fraction(0)) * Fraction(*days.seat_share(each.start, each.end))
        for each in member.holdings
    ]


def inherited_shares(
    frame: Frame, team: int, member: Member, row: Row, holdings: Sequence[Holding] | None = None
) -> tuple[Fraction, ...]:
    """Return the part of each month of a member that is from leavers (or of some holdings); a fixed month has none."""
    if holdings is None:
        holdings = [each for each in member.holdings if each.leaver]
    if not holdings:
        return (Fraction(0),) * len(frame.inputs.months)
    found = []
    for at in range(len(frame.inputs.months)):
        loads = month_loads(frame, team, member, at)
        whole = sum(loads, Fraction(0))
        mine = sum((load for load, each in zip(loads, member.holdings, strict=True) if each in holdings), Fraction(0))
        found.append(mine / whole if whole and at not in row.fixed else Fraction(0))
    return tuple(found)


def _limits(
    frame: Frame, team: int, member: Member, street: Sequence[int], rate: Fraction
) -> tuple[Fraction | None, Fraction | None]:
    """Limits for the days that each weight counts, added up; what is taken over brings its own limits."""
    people = frame.policy.people
    if people.at_least is None and people.at_most is None:
        return None, None
    low = _limits_of(frame, people.at_least, team, member, street)
    high = _limits_of(frame, people.at_most, team, member, street)
    unit = frame.unit
    floor = None if not low else -(-frame.to_smallest(_scaled(low, rate)) // unit) * unit
    if not high or len(high) < len(member.holdings):
        return None if floor is None else Fraction(floor), None
    ceiling = frame.to_smallest(_scaled(high, rate)) // unit * unit
    return None if floor is None else Fraction(floor), Fraction(max(ceiling, floor or 0))


def _scaled(limits: Sequence[Amount], rate: Fraction) -> Amount:
    whole = limits[0] if len(limits) == 1 else sum((Fraction(each) for each in limits), Fraction(0))
    return whole if rate == 1 else Fraction(whole) * rate


def _limits_of(frame: Frame, limit: LimitText | None, team: int, member: Member, street: Sequence[int]) -> list[Amount]:
    """The limits of a member's holdings that have one."""
    if limit is None:
        return []
    found = (_limit(frame, limit, team, member, each, street) for each in member.holdings)
    return [each for each in found if each is not None]


def _limit(
    frame: Frame, limit: LimitText, team: int, member: Member, holding: Holding, street: Sequence[int]
) -> Amount | None:
    """A limit for the days of a holding. Whoever has no last year has no limit that refers to it."""
    scale = _part_of_year(frame, holding, street)
    if limit.amount is not None:
        return Fraction(limit.amount) * scale
    own = total(_whose(frame, team, member, holding).history.values())
    if own <= 0:
        return None
    whole = CONTEXT.multiply(own, limit.of_own_year or Decimal(0))
    return whole if scale is ALL else Fraction(whole) * scale


def _part_of_year(frame: Frame, holding: Holding, street: Sequence[int]) -> Fraction:
    """The part of the year, by the street of its months, that a holding counts for."""
    if any(street) and covers(frame.inputs.months, holding.start, holding.end):
        return ALL
    whole = sum(street)
    if not whole:
        return Fraction(0)
    days = (month.seat_share(holding.start, holding.end) for month in frame.inputs.months)
    return sum((part * Fraction(*each) for part, each in zip(street, days, strict=True)), Fraction(0)) / whole


def _whose(frame: Frame, team: int, member: Member, holding: Holding) -> MemberInput:
    """Whose last year a holding is held to: the member's own, or that of whoever left."""
    if not holding.leaver:
        return next(one for one in member.stretches if one.start == holding.start)
    found = (one for one in frame.teams[team].members if (one.key, one.is_seat) == holding.place)
    return next(found, MemberInput(holding.place.key))


def _spread_fixed(frame: Frame, fixed: FixedFigure, street: Sequence[int], rate: Fraction) -> dict[int, int]:
    """A fixed quarter or year among its months, by the months of the street."""
    whole = frame.to_smallest(Fraction(fixed.amount) * rate)
    weights = [Fraction(street[month]) for month in fixed.months]
    of_all = sum(weights, Fraction(0))
    even = Fraction(1, len(weights))
    exact = [whole * (weight / of_all if of_all else even) for weight in weights]
    return dict(zip(fixed.months, round_years(exact, frame.unit).parts, strict=True))
