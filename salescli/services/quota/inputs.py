"""What a split is computed from, gathered from the store: teams, seats, history, season, working days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from salescli.core.money import CONTEXT, smallest_amount
from salescli.core.periods import FiscalCalendar, Period, add_months, months_in, parse_period
from salescli.core.quotas.findings import Finding, finding
from salescli.core.quotas.inputs import MemberInput, MonthInput, SplitInputs, TeamInput
from salescli.core.quotas.result import Note
from salescli.errors import problem
from salescli.services.context import Context
from salescli.services.quota.base import base_kept, base_notes, fetch_base, find_window
from salescli.services.quota.figures import (
    Metric,
    add_note,
    count_working,
    fetch_figures,
    working_days,
)
from salescli.services.quota.methods import weigh_in
from salescli.services.quota.seats import fetch_seat_records, note_twice, seat_name, seat_takers, vacant_seats
from salescli.services.quota.tree import team_parents, tree_day, with_parents
from salescli.store.seats import Seat, fetch_contradictions, fetch_seats
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.core.quotas.shape import PeopleShape, TargetsPolicy

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Directory:
    """Keys and names of teams and people, by entity; a record without a number is called by its name."""

    teams: Mapping[int, Mapping[str, Any]]
    people: Mapping[int, Mapping[str, Any]]
    seats: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    def team_key(self, entity: int) -> str:
        """Return a team's number, or its name."""
        return _key(self.teams[entity])

    def person_key(self, entity: int) -> str:
        """Return a person's number, or the name."""
        return _key(self.people[entity])

    def team_names(self) -> dict[str, str]:
        """Names of teams by key."""
        return {_key(image): str(image["name"]) for image in self.teams.values()}

    def person_keys(self) -> dict[int, str]:
        """Numbers of people, or their names, by entity."""
        return {entity: _key(image) for entity, image in self.people.items()}

    def member_names(self) -> dict[str, str]:
        """Names of people by key; a vacant seat is called by its number and role."""
        seats = {str(image["number"]): seat_name(image["number"], image["role"] or "") for image in self.seats.values()}
        return seats | {_key(image): str(image["name"]) for image in self.people.values()}


@dataclass(frozen=True, slots=True)
class Gathered:
    """Inputs of a split, the window that its history is from, and what things are called.

    `notes` say what the methods and the base looked at; `kept` is what a stored run keeps of it.
    """

    inputs: SplitInputs
    window: Period
    directory: Directory
    leaders: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    kept: Mapping[str, object] = field(default_factory=dict)


def open_directory(context: Context) -> Directory:
    """Read teams, people and vacant seats."""
    store, registry = context.store, context.store.registry
    return Directory(*(fetch_images(store, registry[name]) for name in ("team", "person", "seat")))


def target_year(policy: TargetsPolicy, calendar: FiscalCalendar) -> Period:
    """Return the year that a policy is for; a bare `2026` is ambiguous where the fiscal year is another."""
    return parse_period(policy.for_year, calendar)


def gather(context: Context, policy: TargetsPolicy, metric: Metric, directory: Directory | None = None) -> Gathered:
    """Gather everything that a policy needs, and no more; the directory may be at hand."""
    year = target_year(policy, context.calendar)
    directory = directory or open_directory(context)
    wrong: list[Finding] = []
    asked = find_window(context, policy, wrong)
    base = fetch_base(context, policy, metric, asked, wrong)
    window = asked or _trailing_year(year, context.on)
    works = working_days(context)
    months = tuple(
        MonthInput(month.label, month.start, month.end, count_working(month.start, month.end, works))
        for month in months_in(year)
    )
    people: dict[Any, dict[str, Decimal]] = {}
    teams: dict[Any, dict[str, Decimal]] = {}
    if policy.needs_history:
        people, teams = _window_figures(context, metric, window)
        _add_those_who_sold_nothing(context, window, people)
    members, leaders = _members(context, policy.people, directory, year, people)
    wrong += _in_two_teams(context, directory, year)
    records = fetch_seat_records(context, year)
    note_twice(context, policy.people, records)
    seats = vacant_seats(policy.people, records, directory.teams, wrong)
    members = seat_takers(policy.people, records, members, directory.people, directory.person_keys())
    parents = team_parents(context, directory, tree_day(context, year))
    found = with_parents(directory, _teams(context, policy, directory, members, seats, teams, parents), parents)
    basis = weigh_in(context, policy, metric, directory, found, window, wrong)
    inputs = SplitInputs(
        months,
        basis.teams,
        base.amount if base else None,
        _season(context, policy, metric),
        smallest_amount(metric.currency) if metric.is_money else Decimal(1),
        metric.currency,
        context.calendar,
    )
    notes = (*base_notes(policy, base), *basis.notes)
    kept = {"base": base_kept(base), "methods": basis.kept}
    return Gathered(inputs, window, directory, leaders, tuple(wrong), notes, kept)


def _in_two_teams(context: Context, directory: Directory, year: Period) -> Iterator[Finding]:
    """Who is said to sit in two teams at once: the seats would take the later for a move, which nobody wrote."""
    for person, first, second, day in fetch_contradictions(context.store, year.start, year.end):
        teams = tuple(str(directory.teams[team]["name"]) for team in (first, second) if team in directory.teams)
        name = str(directory.people[person]["name"]) if person in directory.people else str(person)
        yield finding("person-in-two-teams", "people", person=name, teams=teams, day=day)


def _trailing_year(year: Period, on: date) -> Period:
    """The last 12 whole months before the day asked, and before the year that is planned."""
    end = min(on.replace(day=1), year.start)
    start = add_months(end, -12)
    return Period(start, end, f"{start:%Y-%m}..{add_months(end, -1):%Y-%m}")


def find_members(
    context: Context, people: PeopleShape, directory: Directory, period: Period
) -> dict[int, list[MemberInput]]:
    """Return everybody with a quota in a period, by team: seats, those who took a vacant seat, and vacant seats."""
    members, _ = _members(context, people, directory, period, {})
    records = fetch_seat_records(context, period)
    taken = seat_takers(people, records, members, directory.people, directory.person_keys())
    seats = vacant_seats(people, records, directory.teams, [])
    return {team: [*taken.get(team, ()), *seats.get(team, ())] for team in sorted({*taken, *seats})}


def _members(
    context: Context, people: PeopleShape, directory: Directory, year: Period, history: Mapping[Any, dict[str, Decimal]]
) -> tuple[dict[int, list[MemberInput]], tuple[str, ...]]:
    """Return the members of each team by seats in the year, and who was left out because they lead it."""
    seats = fetch_seats(context.store, year.start, year.end)
    leads = _leads(directory, seats)
    found: dict[int, list[MemberInput]] = {}
    leaders: set[str] = set()
    for seat in seats:
        if seat.team is None or seat.team not in directory.teams or seat.person not in directory.people:
            continue
        if leads(seat) and not people.roles:
            leaders.add(str(directory.people[seat.person]["name"]))
            continue
        if people.roles and seat.role not in people.roles:
            continue
        _add_seat(found.setdefault(seat.team, []), seat, directory, history.get(seat.person, {}))
    return found, tuple(sorted(leaders))


def _add_seat(members: list[MemberInput], seat: Seat, directory: Directory, history: Mapping[str, Decimal]) -> None:
    """Add a stretch; one that follows its own person's without a gap only prolongs it (a new role or manager)."""
    key = directory.person_key(seat.person)
    if members and members[-1].key == key and members[-1].end == seat.start:
        manager, called = _manager(seat, directory)
        members[-1] = replace(members[-1], end=seat.end, role=seat.role, manager=manager, manager_name=called)
        return
    image = directory.people[seat.person]
    hired = date.fromisoformat(image["joined"]) if image.get("joined") else None
    name, (manager, called) = str(image["name"]), _manager(seat, directory)
    one = MemberInput(key, name, seat.role, seat.start, seat.end, hired, history, manager=manager, manager_name=called)
    members.append(one)


def _manager(seat: Seat, directory: Directory) -> tuple[str, str]:
    """Key and name of whom a seat answers to: its own manager, else the team's."""
    of_team = directory.teams[seat.team].get("manager") if seat.team is not None else None
    for manager in (seat.manager, of_team):
        if manager is not None and manager in directory.people and manager != seat.person:
            return directory.person_key(manager), str(directory.people[manager]["name"])
    return "", ""


def _leads(directory: Directory, seats: list[Seat]) -> Callable[[Seat], bool]:
    """A leader is the team's manager, or the manager of others who sit in the same team."""
    of_teams = {(team, image.get("manager")) for team, image in directory.teams.items()}
    of_seats = {(seat.team, seat.manager) for seat in seats if seat.manager not in (None, seat.person)}
    leading = of_teams | of_seats
    return lambda seat: (seat.team, seat.person) in leading


def _window_figures(
    context: Context, metric: Metric, window: Period
) -> tuple[dict[Any, dict[str, Decimal]], dict[Any, dict[str, Decimal]]]:
    """What people and what teams had in the window, as a whole: one SELECT serves both."""
    first = f"{window.start:%Y-%m}"
    people: dict[Any, dict[str, Decimal]] = {}
    teams: dict[Any, dict[str, Decimal]] = {}
    for (person, team), value in fetch_figures(context, metric, ("person", "team"), window).items():
        for holder, found in ((person, people), (team, teams)):
            before = found.get(holder, {}).get(first, NOTHING)
            found[holder] = {first: CONTEXT.add(before, value)}
    return people, teams


def _add_those_who_sold_nothing(context: Context, window: Period, people: dict[Any, dict[str, Decimal]]) -> None:
    """Whoever had a seat in the window has a history, if one of nothing; only newcomers are without."""
    first = f"{window.start:%Y-%m}"
    for seat in fetch_seats(context.store, window.start, window.end):
        people.setdefault(seat.person, {first: Decimal(0)})


def _teams(
    context: Context,
    policy: TargetsPolicy,
    directory: Directory,
    members: Mapping[int, list[MemberInput]],
    seats: Mapping[int, list[MemberInput]],
    history: Mapping[Any, dict[str, Decimal]],
    parents: Mapping[int, int],
) -> dict[int, TeamInput]:
    """Teams with somebody in seat, or a vacant seat; a lowest team without anybody is said."""
    above = set(parents.values())
    found = {}
    for team, image in sorted(directory.teams.items()):
        everyone = (*members.get(team, ()), *seats.get(team, ()))
        if everyone:
            found[team] = TeamInput(_key(image), str(image["name"]), everyone, history.get(team, {}))
        elif team not in above and _key(image) not in policy.teams.weights:
            add_note(context, problem("team-left-out", team=image["name"], severity="warning"))
        elif _key(image) in policy.teams.weights:
            found[team] = TeamInput(_key(image), str(image["name"]))
    return found


def _season(context: Context, policy: TargetsPolicy, metric: Metric) -> dict[str, Decimal]:
    """The company's whole months of the years asked: from the first that has a figure to the last that is over."""
    years = policy.months.history
    if not years or not policy.months.uses("seasonal"):
        return {}
    period = Period(date(min(years), 1, 1), date(max(years) + 1, 1, 1))
    figures = {group[0]: value for group, value in fetch_figures(context, metric, ("month",), period).items()}
    if not figures:
        return {}
    first = min(str(label) for label in figures)
    last_end = context.on.replace(day=1)
    return {
        month.label: figures.get(month.label, Decimal(0))
        for month in months_in(period)
        if month.label >= first and month.end <= last_end and month.start.year in years
    }


def _key(image: Mapping[str, Any]) -> str:
    return str(image.get("number") or image["name"])
