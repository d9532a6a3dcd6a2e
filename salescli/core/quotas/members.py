"""Who has a part of a team's year: each holder once, with the days on which each weight counts.

Somebody who comes back, or moves away and back, has several stretches and one quota. Whoever takes over from somebody
who left has the weight of both from the day after.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from salescli.core.quotas.inputs import MemberInput, MonthInput, TeamInput, covers


class Place(NamedTuple):
    """What a stretch weighs as: a person, or a vacant seat and whoever took it."""

    key: str
    is_seat: bool


class Holding(NamedTuple):
    """A weight that counts for the days `[start, end)`; `leaver` is whom it came from, "" where it is one's own."""

    place: Place
    start: date
    end: date
    leaver: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One holder of a quota in a team: own stretches by day, and holdings (own ones and those taken over)."""

    key: str
    name: str
    is_seat: bool
    stretches: tuple[MemberInput, ...]
    holdings: tuple[Holding, ...]

    def presence(self, month: MonthInput) -> Fraction:
        """Return the share of a month in which any weight of the member counts, at most 1."""
        days = [month.seat_share(holding.start, holding.end) for holding in self.holdings]
        return min(Fraction(1), sum((Fraction(*each) for each in days), Fraction(0)))

    def is_there_throughout(self, months: Sequence[MonthInput]) -> bool:
        """Tell whether one weight of the member counts on every day of the months."""
        return len(self.holdings) == 1 and covers(months, self.holdings[0].start, self.holdings[0].end)

    def stretch_in(self, month: MonthInput) -> MemberInput | None:
        """Return the member's own stretch that begins first among those that touch a month."""
        touching = (one for one in self.stretches if month.seat_share(one.start, one.end)[0])
        return next(touching, None)


@dataclass(frozen=True, slots=True)
class Roster:
    """The members of a team in the order of their keys, and what each place is weighed by."""

    members: tuple[Member, ...]
    weighed: dict[Place, MemberInput]


def place_of(member: MemberInput, given: Container[str]) -> Place:
    """Return what a stretch weighs as: whoever took a seat has its weight, unless the policy gives the person's own."""
    if member.weighs_as and member.key not in given:
        return Place(member.weighs_as, True)
    return Place(member.key, member.is_seat)


def own_members(team: TeamInput, months: Sequence[MonthInput], given: Container[str]) -> Roster:
    """Return the holders of a team's year with their own stretches, before anything is taken over."""
    by_holder: dict[Place, list[MemberInput]] = {}
    for one in sorted(team.members, key=lambda member: (member.key, member.is_seat, member.start)):
        if any(month.seat_share(one.start, one.end)[0] for month in months):
            by_holder.setdefault(Place(one.key, one.is_seat), []).append(one)
    members = []
    weighed: dict[Place, MemberInput] = {}
    for (key, is_seat), stretches in by_holder.items():
        holdings = tuple(Holding(place_of(one, given), one.start, one.end) for one in stretches)
        members.append(Member(key, stretches[0].name, is_seat, tuple(stretches), holdings))
        for holding, one in zip(holdings, stretches, strict=True):
            if holding.place not in weighed or holding.place == (one.key, one.is_seat):
                weighed[holding.place] = one
    return Roster(tuple(members), dict(sorted(weighed.items())))
