"""What targets are judged with: seats, figures of the trailing 12 months, deals, and people's own months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from salescli.core.money import smallest_amount, total
from salescli.core.periods import BEGINNING, FOREVER, Period, add_months, months_in
from salescli.core.quotas.doubts import Seating
from salescli.core.quotas.fairness import Fairness, PersonQuota, compute_fairness
from salescli.core.quotas.reach import LEAST_MONTHS, MOST_MONTHS, Reach, compute_reach
from salescli.core.quotas.sanity import Asked, Coverage, gather_coverage, judge_growth
from salescli.services.context import Context
from salescli.services.quota.check_subject import Subject
from salescli.services.quota.figures import Metric, fetch_figures, last_day_of_data
from salescli.services.quota.held import days_in_team, is_money, parents_of, seats_by_person, trailing_window
from salescli.services.quota.inputs import Directory
from salescli.store.seats import fetch_seats

POTENTIAL = "customer-potential"
PIPELINE = "pipeline-value"
WON, CLOSED = "deals-won", "deals-closed"
"""What the win rate of coverage is made of: `win-rate`, of closed deals by number."""


def gather_seating(context: Context, subject: Subject) -> Seating:
    """Return who sits where in the months of the targets, and who is meant to have one."""
    months = tuple(months_in(subject.year))
    seats = seats_by_person(context, subject.directory, subject.year)
    present = {
        person: {m.label: days for m in months if (days := days_in_team(mine, subject.directory, m))}
        for person, mine in seats.items()
    }
    last: dict[str, str] = {}
    for seat in fetch_seats(context.store, BEGINNING, FOREVER):
        if seat.person in subject.directory.people:
            key = subject.directory.person_key(seat.person)
            end = date.fromordinal(seat.end.toordinal() - 1)
            last[key] = max(last.get(key, ""), f"{end:%Y-%m}")
    leaves = subject.fresh.leaves if subject.fresh else ()
    planned = frozenset((leaf.holder_key, leaf.team, leaf.month) for leaf in leaves if leaf.holder == "person")
    return Seating(tuple(month.label for month in months), present, _expected(context, subject, present), last, planned)


def _expected(
    context: Context, subject: Subject, present: dict[str, dict[str, dict[str, int]]]
) -> dict[str, frozenset[str]]:
    """Whoever the policy gives a target; without one, whoever sits in a team with people's targets and leads nobody."""
    if subject.gathered is not None:
        found: dict[str, set[str]] = {}
        for team in subject.gathered.inputs.teams:
            for member in team.members:
                for month in subject.gathered.inputs.months if not member.is_seat else ():
                    if month.seat_share(member.start, member.end)[0]:
                        found.setdefault(member.key, set()).add(month.label)
        return {person: frozenset(months) for person, months in found.items()}
    teams = {one.leaf.team for one in subject.held if one.leaf.holder == "person"}
    leaders = _leaders(context, subject)
    return {
        person: frozenset(month for month, days in months.items() if teams & set(days))
        for person, months in present.items()
        if person not in leaders
    }


def _leaders(context: Context, subject: Subject) -> set[str]:
    directory = subject.directory
    entities = {image.get("manager") for image in directory.teams.values()}
    entities |= {seat.manager for seat in fetch_seats(context.store, subject.year.start, subject.year.end)}
    return {directory.person_key(entity) for entity in entities if entity is not None and entity in directory.people}


def gather_growth(context: Context, subject: Subject) -> tuple[list[Asked], Period, tuple[str, ...]]:
    """Return every holder's base target beside its own figure of the trailing 12 months, that window, and its months
    in which there is no figure at all: nothing is known of them, which is not zero.
    """
    window = trailing_window(subject.year, context.on)
    metric, directory, held = subject.metric, subject.directory, subject.base
    teams = _team_figures(context, metric, directory, window)
    people = _by_key(fetch_figures(context, metric, ("person",), window), directory.people, directory.person_key)
    by_month = {str(month): value for (month,), value in fetch_figures(context, metric, ("month",), window).items()}
    everything = total(by_month.values())
    unknown = tuple(month.label for month in months_in(window) if month.label not in by_month)
    rows = []
    company = [one.leaf.amount for one in held if one.leaf.holder == "company"]
    if company:
        rows.append(Asked("company", "", "", total(company), everything or None))
    for team, amounts in sorted(_grouped(held, "team").items()):
        rows.append(Asked("team", team, "", total(amounts.values()), teams.get(team)))
    there, months = _there_all_along(context, directory, window), len(tuple(months_in(subject.year)))
    last_team = {one.leaf.holder_key: one.leaf.team for one in sorted(held, key=lambda one: one.leaf.month)}
    for person, amounts in sorted(_grouped(held, "person").items()):
        whole = len(amounts) == months
        quota, own = total(amounts.values()), people.get(person)
        rows.append(Asked("person", last_team[person], person, quota, own, whole and person in there, whole))
    return judge_growth(rows), window, unknown


def _grouped(held: Sequence[Any], holder: str) -> dict[str, dict[str, Decimal]]:
    """Months of each team or person; who moved has one line of both teams."""
    found: dict[str, dict[str, Decimal]] = {}
    for one in held:
        if one.leaf.holder == holder:
            months = found.setdefault(one.leaf.team if holder == "team" else one.leaf.holder_key, {})
            months[one.leaf.month] = total((months.get(one.leaf.month, Decimal(0)), one.leaf.amount))
    return found


def _there_all_along(context: Context, directory: Directory, window: Period) -> set[str]:
    """Whoever had a seat on every day of a window."""
    days: dict[str, int] = {}
    for person, seats in seats_by_person(context, directory, window).items():
        days[person] = sum((min(seat.end, window.end) - max(seat.start, window.start)).days for seat in seats)
    return {person for person, count in days.items() if count >= (window.end - window.start).days}


def _by_key(figures: dict[tuple[Any, ...], Decimal], known: Any, key: Callable[[int], str]) -> dict[str, Decimal]:
    return {key(entity): value for (entity,), value in figures.items() if entity in known}


def _team_figures(context: Context, metric: Metric, directory: Directory, period: Period | None) -> dict[str, Decimal]:
    """Figures of teams: a team above others has theirs and its own."""
    own = _by_key(fetch_figures(context, metric, ("team",), period), directory.teams, directory.team_key)
    parents, found = parents_of(directory), dict(own)
    for team, value in own.items():
        above, seen = parents.get(team, ""), {team}
        while above and above not in seen:
            found[above] = total((found.get(above, Decimal(0)), value))
            seen.add(above)
            above = parents.get(above, "")
    return found


def gather_cover(context: Context, subject: Subject) -> list[Coverage]:
    """Return what is open of the year against the open pipeline, by team; nothing where it is no money of deals."""
    metric, directory = subject.metric, subject.directory
    names = (WON, CLOSED, PIPELINE)
    if (
        not metric.is_money
        or metric.currency != context.currency
        or any(name not in context.catalogue for name in names)
    ):
        return []
    if subject.year.end <= context.on:
        return []
    end = context.on.replace(day=1)
    window = Period(add_months(end, -12), end, f"{add_months(end, -12):%Y-%m}..{add_months(end, -1):%Y-%m}")

    def figures(of: Metric, period: Period | None) -> dict[str, Decimal]:
        found = _team_figures(context, of, directory, period)
        found[""] = total(fetch_figures(context, of, (), period).values())
        return found

    won, closed = (figures(Metric(name, "", False), window) for name in (WON, CLOSED))
    deals = {team: (int(won.get(team, 0)), int(count)) for team, count in closed.items()}
    pipeline = figures(Metric(PIPELINE, metric.currency, True), None)
    targets = {team: total(months.values()) for team, months in _grouped(subject.base, "team").items()}
    if company := [one.leaf.amount for one in subject.base if one.leaf.holder == "company"]:
        targets[""] = total(company)
    if not any(pipeline.values()) and not any(closed.values()):
        return []
    return gather_coverage(targets, figures(metric, subject.year), deals, pipeline)


def gather_reach(context: Context, subject: Subject, seed: int) -> dict[str, Reach]:
    """Return each person's chance of the year, from at least 24 own whole months; others have none.

    Each person's draws have their own seed, so that nobody's chance depends on who else there is. Months that the
    data does not reach are still to come, not months of nothing.
    """
    end = context.on.replace(day=1)
    reached = last_day_of_data(context, subject.metric, Period(add_months(end, -MOST_MONTHS), end, ""))
    if reached is None:
        return {}
    end = min(end, add_months(reached.replace(day=1), 1))
    past = Period(add_months(end, -MOST_MONTHS), end, "")
    labels = [month.label for month in months_in(past)]
    directory, year = subject.directory, subject.year
    by_person = _months_by_person(context, subject.metric, past)
    this_year = _months_by_person(context, subject.metric, year)
    unit = Fraction(smallest_amount(subject.metric.currency)) if subject.metric.is_money else Fraction(1, 100)
    quotas = _grouped(subject.base, "person")
    found: dict[str, Reach] = {}
    for entity, months in sorted(by_person.items(), key=lambda pair: str(pair[0])):
        if entity not in directory.people:
            continue
        key = directory.person_key(entity)
        mine = quotas.get(key, {})
        first = min(label for label in months)
        history = [_whole(months.get(label, Decimal(0)), unit) for label in labels if label >= first]
        if not mine or len(history) < LEAST_MONTHS:
            continue
        over = [label for label in mine if label < f"{end:%Y-%m}"]
        actual = sum(_whole(this_year.get(entity, {}).get(label, Decimal(0)), unit) for label in over)
        random = Random(f"{seed}:{key}")
        reach = compute_reach(
            history,
            _whole(total(mine.values()), unit),
            actual,
            len(mine) - len(over),
            lambda figures, count, random=random: random.choices(figures, k=count),  # type: ignore[misc]
        )
        if reach is not None:
            found[key] = reach
    return found


def _months_by_person(context: Context, metric: Metric, period: Period) -> dict[Any, dict[str, Decimal]]:
    found: dict[Any, dict[str, Decimal]] = {}
    for (person, month), value in fetch_figures(context, metric, ("person", "month"), period).items():
        found.setdefault(person, {})[str(month)] = value
    return found


def _whole(amount: Decimal, unit: Fraction) -> int:
    return int(Fraction(amount) / unit)


def gather_fairness(context: Context, subject: Subject, asked: Sequence[Asked]) -> Fairness | None:
    """Return the fairness figures of the people whose year is whole; None of fewer than 12."""
    potential: dict[str, Decimal] = {}
    if POTENTIAL in context.catalogue:
        currency = subject.metric.currency or context.currency
        of = Metric(POTENTIAL, currency, is_money(context, POTENTIAL))
        directory = subject.directory
        figures = fetch_figures(context, of, ("person",), None)
        potential = {
            key: value for key, value in _by_key(figures, directory.people, directory.person_key).items() if value
        }
    people = [
        PersonQuota(
            row.key,
            row.team,
            Fraction(row.target),
            Fraction(row.trailing) if row.trailing is not None and row.is_comparable else None,
            Fraction(potential[row.key]) if row.key in potential else None,
            row.growth.exact() if row.growth else None,
        )
        for row in asked
        if row.scope == "person" and row.is_whole
    ]
    return compute_fairness(people)
