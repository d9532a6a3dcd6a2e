"""The tree of teams of a target year, from the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from salescli.core.periods import Period
from salescli.core.quotas.inputs import TeamInput
from salescli.core.quotas.tree import order_teams
from salescli.services.context import Context
from salescli.store.dated import fetch_history, fetch_latest

if TYPE_CHECKING:
    from salescli.services.quota.inputs import Directory


def tree_day(context: Context, year: Period) -> date:
    """Return the day as of which teams have their parents: the day asked, or the year's beginning outside of it."""
    return context.on if year.start <= context.on < year.end else year.start


def team_parents(context: Context, directory: Directory, day: date) -> dict[int, int]:
    """Return the parent of each team that has one, as of a day."""
    moved = {team for team, name in fetch_latest(context.store, context.store.registry["team"]) if name == "parent"}
    found = {}
    for team, image in directory.teams.items():
        parent = image.get("parent")
        if team in moved:
            history = fetch_history(context.store, team, "parent")
            parent = [value for start, value in history if start <= day.isoformat()][-1]
        if parent is not None and int(parent) in directory.teams:
            found[team] = int(parent)
    return found


def team_ranks(directory: Directory) -> dict[str, int]:
    """Return the place of each team in the tree of today, by key: each is followed by its sub-teams."""
    keys: dict[int | None, str] = {team: directory.team_key(team) for team in directory.teams}
    above = {team: image.get("parent") for team, image in directory.teams.items()}
    teams = [TeamInput(keys[team], parent=keys.get(parent, "")) for team, parent in above.items()]
    return {team.key: at for at, team in enumerate(order_teams(teams))}


def with_parents(
    directory: Directory, teams: Mapping[int, TeamInput], parents: Mapping[int, int]
) -> tuple[TeamInput, ...]:
    """Give teams their parents, and add whatever is above them; teams in a circle stay in it."""
    found = dict(teams)
    waiting = list(teams)
    while waiting:
        above = parents.get(waiting.pop())
        if above is not None and above not in found:
            found[above] = TeamInput(directory.team_key(above), str(directory.teams[above]["name"]))
            waiting.append(above)
    return tuple(
        replace(team, parent=directory.team_key(parents[entity]) if entity in parents else "")
        for entity, team in sorted(found.items())
    )
