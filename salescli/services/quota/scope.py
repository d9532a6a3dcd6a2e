"""A part of attainment alone: one person, or one team with all below it; its lines, records and targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from salescli.core.metrics.model import Filter
from salescli.core.quotas.result import Leaf
from salescli.reports.quota import AttainmentRow
from salescli.services.context import Context
from salescli.services.quota.inputs import Directory
from salescli.services.quota.leaders import teams_above


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a report is about: keys and entities; nobody in particular is everybody."""

    person: str = ""
    person_entity: int = 0
    teams: tuple[str, ...] = ()
    team_entities: tuple[int, ...] = ()

    @property
    def is_all(self) -> bool:
        """Tell whether nothing is left out."""
        return not self.person and not self.teams

    def holds(self, row: AttainmentRow, by: str) -> bool:
        """Tell whether a line is of whom was asked for."""
        if self.person:
            return row.key == self.person
        return not self.teams or (row.key if by == "team" else row.team_key) in self.teams

    def holds_target(self, leaf: Leaf) -> bool:
        """Tell whether a target is of whom was asked for."""
        if self.person and leaf.holder == "person":
            return leaf.holder_key == self.person
        if self.person and not self.teams:
            return False
        return not self.teams or (leaf.team in self.teams and (leaf.holder == "team" or not self.person))

    def filters(self, *, as_said: bool = False) -> tuple[Filter, ...]:
        """Return the conditions on the records behind the figure; of a leader they are the team's."""
        if self.teams:
            values = self.teams if as_said else tuple(f"#{each}" for each in self.team_entities)
            return (Filter("team", "=", values),)
        if not self.person:
            return ()
        return (Filter("person", "=", (self.person if as_said else f"#{self.person_entity}",)),)


def find_scope(context: Context, directory: Directory, person: str, team: str) -> Scope:
    """Return whom key, alias or unique name mean.

    Raises:
        UsageError: there is none of that name, or several.
    """
    from salescli.services.record.finding import find_record

    registry = context.store.registry
    if person:
        entity = find_record(context, registry["person"], person)
        return Scope(directory.person_key(entity), entity)
    if team:
        return _branch(directory, [find_record(context, registry["team"], team)])
    return Scope()


def find_holders(context: Context, directory: Directory, team: str, person: str) -> tuple[str, str]:
    """Return the keys of a team and of a person or vacant seat, by key, alias or unique name; "" where none is asked.

    Raises:
        UsageError: there is none of that name, or several.
    """
    from salescli.services.record.finding import find_record

    registry = context.store.registry
    if team:
        team = directory.team_key(find_record(context, registry["team"], team))
    seats = {str(image["number"]) for image in directory.seats.values()}
    named = [key for key, name in directory.member_names().items() if key in seats and person in (key, name)]
    if named:
        person = named[0]
    elif person:
        person = directory.person_key(find_record(context, registry["person"], person))
    return team, person


def narrow_to(scope: Scope, directory: Directory, rows: Iterable[AttainmentRow]) -> Scope:
    """Return the scope of a person who is measured on a team: the team."""
    if not scope.person or all(row.measured_on is None or row.measured_on.en == "own" for row in rows):
        return scope
    keys = {row.team_key for row in rows}
    branch = _branch(directory, [team for team in directory.teams if directory.team_key(team) in keys])
    return Scope(scope.person, scope.person_entity, branch.teams, branch.team_entities)


def _branch(directory: Directory, teams: list[int]) -> Scope:
    above = teams_above(directory)
    found = [each for each in directory.teams if each in teams or set(above[each]) & set(teams)]
    return Scope(teams=tuple(directory.team_key(each) for each in found), team_entities=tuple(found))
