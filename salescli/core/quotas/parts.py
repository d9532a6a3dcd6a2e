"""Teams and members as the parts that split methods look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import total
from salescli.core.quotas.capacity import compute_capacity, compute_presence
from salescli.core.quotas.inputs import MemberInput, MonthInput, TeamInput
from salescli.core.quotas.methods.model import Part

Ramps = Mapping[str, Sequence[Decimal]]
"""Ramp tables by role; empty where no capacity is asked for."""
NOTHING = Fraction(0)


def team_part(team: TeamInput, months: Sequence[MonthInput], ramps: Ramps, given: Fraction | None = None) -> Part:
    """Return a team as a part; its capacity is the sum of its seats', vacant ones from the day they begin."""
    return Part(
        team.key,
        total_history(team.history),
        given,
        potential=team.potential,
        pipeline=team.pipeline,
        capacity=sum((_capacity(member, months, ramps) for member in team.members), NOTHING) if ramps else NOTHING,
    )


def member_part(member: MemberInput, months: Sequence[MonthInput], ramps: Ramps, given: Fraction | None = None) -> Part:
    """Return a member as a part; the capacity is the mean of the days in seat, which the split counts by itself."""
    there = compute_presence(months, member.start, member.end) if ramps else NOTHING
    return Part(
        member.key,
        total_history(member.history),
        given,
        potential=member.potential,
        pipeline=member.pipeline,
        capacity=_capacity(member, months, ramps) / there if there else NOTHING,
    )


def total_history(history: Mapping[str, Decimal]) -> Fraction | None:
    """Return the sum of a history; None where there is none."""
    return Fraction(total(history.values())) if history else None


def _capacity(member: MemberInput, months: Sequence[MonthInput], ramps: Ramps) -> Fraction:
    rates = ramps.get(member.role, ())
    if not rates:
        return compute_presence(months, member.start, member.end)
    return sum(compute_capacity(months, member.start, member.end, member.hired, rates), Fraction(0))
