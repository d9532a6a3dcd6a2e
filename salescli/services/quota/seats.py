"""Vacant seats of a year, from their records and from the policy: open until somebody takes them, then that person's.

A record and an entry of `vacant_seats` with the same number are one seat, and the record says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from salescli.core.periods import BEGINNING, FOREVER, Period
from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.inputs import MemberInput
from salescli.errors import problem
from salescli.services.context import Context
from salescli.services.quota.figures import add_note
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.core.quotas.shape import PeopleShape

Members = dict[int, list[MemberInput]]


@dataclass(frozen=True, slots=True)
class SeatRecord:
    """One seat as its record says it, in half-open days; `person` and `taken` are None while it is open."""

    number: str
    role: str
    team: int
    start: date
    end: date
    person: int | None = None
    taken: date | None = None

    @property
    def shown(self) -> str:
        """The seat's number and role, as reports show it."""
        return seat_name(self.number, self.role)


def seat_name(number: str, role: str) -> str:
    """Return how a seat is called where there is no name: by number and role."""
    return f"{number} {role}".strip()


def fetch_seat_records(context: Context, year: Period) -> list[SeatRecord]:
    """Return the seats whose days touch a year, by number; one that is half taken is said and counts as open."""
    found = []
    for image in fetch_images(context.store, context.store.registry["seat"]).values():
        if image["team"] is None:
            continue
        start = date.fromisoformat(image["from"]) if image["from"] else BEGINNING
        end = _after(image["through"])
        person, taken = image["person"], image["taken_on"]
        if bool(person) != bool(taken):
            add_note(context, problem("seat-half-taken", seat=image["number"], severity="warning"))
            person = taken = None
        seat = SeatRecord(str(image["number"]), image["role"] or "", image["team"], start, end)
        if person:
            seat = replace(seat, person=person, taken=date.fromisoformat(taken))
        if seat.start < year.end and year.start < seat.end:
            found.append(seat)
    return sorted(found, key=lambda seat: seat.number)


def vacant_seats(
    people: PeopleShape, records: list[SeatRecord], teams: Mapping[int, Mapping[str, Any]], wrong: list[Finding]
) -> Members:
    """Return the seats of each team while nobody has them; unknown teams of the policy are added to `wrong`."""
    found: Members = {}
    known = {seat.number for seat in records}
    for team, member in _of_policy(people, teams, wrong):
        if member.key not in known:
            found.setdefault(team, []).append(member)
    for seat in records:
        if seat.team not in teams or (people.roles and seat.role not in people.roles):
            continue
        end = min(seat.end, seat.taken) if seat.taken else seat.end
        hired = None if seat.start == BEGINNING else seat.start
        if seat.start < end:
            member = MemberInput(seat.number, seat.shown, seat.role, seat.start, end, hired, {}, True)
            found.setdefault(seat.team, []).append(member)
    return found


def note_twice(context: Context, people: PeopleShape, records: list[SeatRecord]) -> None:
    """Say which seats stand in the policy and among the records: the record counts."""
    known = {seat.number for seat in records}
    for vacant in people.vacant_seats:
        if vacant.seat in known:
            add_note(context, problem("seat-said-twice", seat=vacant.seat, severity="warning"))


def seat_takers(
    people: PeopleShape,
    records: list[SeatRecord],
    members: Members,
    directory_people: Mapping[int, Mapping[str, Any]],
    keys: Mapping[int, str],
) -> Members:
    """Return the members with those who took a seat: the seat's remaining days are theirs, by its weight.

    Whom an assignment puts into the same team anyhow has that stretch, from the day of taking on: nobody counts twice.
    """
    found: Members = {team: list(each) for team, each in members.items()}
    for seat in records:
        if seat.person is None or seat.taken is None or seat.person not in keys:
            continue
        if people.roles and seat.role not in people.roles:
            continue
        image = directory_people[seat.person]
        start, end = max(seat.taken, seat.start), min(seat.end, _after(image.get("left")))
        mine = found.setdefault(seat.team, [])
        own = _own_stretch(mine, keys[seat.person], start)
        if own is not None:
            mine[own] = _with_seat(mine[own], start, seat.number)
        elif start < end:
            hired = date.fromisoformat(image["joined"]) if image.get("joined") else start
            who = (keys[seat.person], str(image["name"]), seat.role)
            mine.append(MemberInput(*who, start, end, hired, {}, weighs_as=seat.number))
    return {team: each for team, each in found.items() if each}


def _with_seat(stretch: MemberInput, taken: date, seat: str) -> MemberInput:
    """A stretch that begins with the seat; without a history of its own it has the seat's weight, too."""
    if stretch.start < taken:
        return stretch
    return replace(stretch, start=taken, weighs_as="" if stretch.history else seat)


def _own_stretch(members: list[MemberInput], key: str, taken: date) -> int | None:
    """The first stretch of a person in the team that is not over on the day of taking, or None."""
    places = [place for place, one in enumerate(members) if one.key == key and one.end > taken and not one.weighs_as]
    return min(places, key=lambda place: members[place].start) if places else None


def _of_policy(
    people: PeopleShape, teams: Mapping[int, Mapping[str, Any]], wrong: list[Finding]
) -> Iterator[tuple[int, MemberInput]]:
    by_text = {text: team for team, image in teams.items() for text in (image["name"], image.get("number")) if text}
    for index, vacant in enumerate(people.vacant_seats):
        team = by_text.get(vacant.team)
        if team is None:
            near = get_close_matches(vacant.team, [str(text) for text in by_text], n=1, cutoff=0.5)
            path = ("people", "vacant_seats", index, "team")
            wrong.append(finding("unknown-team", *path, text=vacant.team, nearest="".join(near)))
            continue
        start = vacant.from_day or BEGINNING
        role = vacant.role or ""
        yield team, MemberInput(vacant.seat, vacant.seat, role, start, FOREVER, vacant.from_day, {}, True)


def _after(day: str | None) -> date:
    if not day or day >= FOREVER.isoformat():
        return FOREVER
    return date.fromordinal(date.fromisoformat(day).toordinal() + 1)
