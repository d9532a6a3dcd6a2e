"""Who leads a team: such a person is measured on the team's target, and on what the team has reached."""

from __future__ import annotations

from datetime import date

from salescli.core.periods import ONE_DAY
from salescli.services.context import Context
from salescli.services.quota.inputs import Directory
from salescli.store.seats import fetch_seats


def find_leaders(context: Context, directory: Directory, day: date) -> dict[str, tuple[str, ...]]:
    """Return the teams that each person leads on a day: named as its manager, or the manager of others sitting in it.

    Of teams below each other only the highest is named: its target holds theirs.
    """
    leads: dict[int, set[int]] = {}
    for team, image in directory.teams.items():
        if image.get("manager") in directory.people:
            leads.setdefault(image["manager"], set()).add(team)
    seats = fetch_seats(context.store, day, day + ONE_DAY)
    sits = {(seat.person, seat.team) for seat in seats}
    for seat in seats:
        manager, place = seat.manager, seat.team
        if manager is None or place is None or manager == seat.person or (manager, place) not in sits:
            continue
        if place in directory.teams and manager in directory.people:
            leads.setdefault(manager, set()).add(place)
    above = teams_above(directory)
    return {
        directory.person_key(person): tuple(
            sorted(directory.team_key(team) for team in teams if not teams & set(above[team]))
        )
        for person, teams in sorted(leads.items())
    }


def teams_above(directory: Directory) -> dict[int, list[int]]:
    """Return all teams above each team, the nearest first."""
    found: dict[int, list[int]] = {}
    for team in directory.teams:
        line: list[int] = []
        above: int | None = directory.teams[team].get("parent")
        while above is not None and above in directory.teams and above != team and above not in line:
            line.append(above)
            above = directory.teams[above].get("parent")
        found[team] = line
    return found


def teams_in_order(directory: Directory) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return each team by key, every one followed by those below it: its depth (0 has none above), and its children."""
    above = teams_above(directory)
    children: dict[int | None, list[int]] = {}
    for team in sorted(directory.teams, key=directory.team_key):
        children.setdefault(next(iter(above[team]), None), []).append(team)
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    waiting = [(team, 0) for team in reversed(children.get(None, []))]
    while waiting:
        team, depth = waiting.pop()
        below = children.get(team, [])
        found[directory.team_key(team)] = depth, tuple(directory.team_key(each) for each in below)
        waiting += [(each, depth + 1) for each in reversed(below)]
    return found
