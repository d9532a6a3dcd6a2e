"""Targets in force as records: every currency, each with the record that says it and where that came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from salescli.core.money import Exact, round_half_away, smallest_amount, to_decimal
from salescli.core.periods import Period, add_months, months_in
from salescli.core.quotas.reconcile import Held
from salescli.core.quotas.result import Leaf
from salescli.core.quotas.versions import version_in_force
from salescli.reports.quota import Names
from salescli.services.context import Context
from salescli.services.quota.inputs import Directory
from salescli.services.quota.targets import fetch_versions
from salescli.store.lineage import Origin, fetch_lineage
from salescli.store.seats import Seat, fetch_seats

RUN = "quota run "
"""What the source of an accepted target begins with."""
Seats = Mapping[str, list[Seat]]


def fetch_held(
    context: Context, directory: Directory, period: Period, metric: str = "", *, newest: bool = False
) -> list[Held]:
    """Return every target of a period (of one metric) in force on the day asked, by key, in whatever currency.

    Of several versions of a month the one in force counts, as everywhere. A person's target that names no team counts
    in the team of the seat in that month. With `newest`, versions that begin later than the day asked count too: what
    will be in force when their months come.
    """
    seats = seats_by_person(context, directory, period)
    months = {month.label for month in months_in(period)}
    seen, found = "9999-12" if newest else f"{context.on:%Y-%m}", []
    for versions in fetch_versions(context, directory, months, metric).values():
        one = version_in_force(((each.since, each) for each in versions), versions[0].leaf.month, seen)
        if one is not None and not one.withdrawn:
            currency = one.currency if is_money(context, one.leaf.metric) else ""
            found.append(Held(_placed(one.leaf, seats, directory), currency, one.entity))
    return sorted(found, key=lambda held: (held.leaf.metric, held.leaf.level, held.leaf.team, held.leaf.holder,
                                           held.leaf.holder_key, held.leaf.month))  # fmt: skip


def is_money(context: Context, metric: str) -> bool:
    """Tell whether a metric is counted in money; what nobody defines is taken for it, as elsewhere."""
    return metric not in context.catalogue or context.catalogue.unit(metric) == "money"


def seats_by_person(context: Context, directory: Directory, period: Period) -> Seats:
    """Return the seats that touch a period, by the person's key, in the order of days."""
    found: dict[str, list[Seat]] = {}
    for seat in fetch_seats(context.store, period.start, period.end):
        if seat.person in directory.people:
            found.setdefault(directory.person_key(seat.person), []).append(seat)
    return found


def days_in_team(seats: Iterable[Seat], directory: Directory, month: Period) -> dict[str, int]:
    """Return how many days of a month somebody sits in each team."""
    days: dict[str, int] = {}
    for seat in seats:
        inside = (min(seat.end, month.end) - max(seat.start, month.start)).days
        if inside > 0 and seat.team is not None and seat.team in directory.teams:
            key = directory.team_key(seat.team)
            days[key] = days.get(key, 0) + inside
    return days


def parents_of(directory: Directory) -> dict[str, str]:
    """Return the team above each team, by keys."""
    return {
        directory.team_key(entity): directory.team_key(image["parent"])
        for entity, image in directory.teams.items()
        if image.get("parent") in directory.teams
    }


def trailing_window(period: Period, on: date) -> Period:
    """Return the last 12 whole months before the day asked, and before what is planned."""
    end = min(on.replace(day=1), period.start.replace(day=1))
    start = add_months(end, -12)
    return Period(start, end, f"{start:%Y-%m}..{add_months(end, -1):%Y-%m}")


def fetch_origins(context: Context, records: Collection[int]) -> dict[int, Origin]:
    """Return where the amount of each record was read from, and its batch."""
    kind = context.store.registry["target"]
    found = {record: fetch_lineage(context.store, kind, record).get("amount") for record in sorted(records)}
    return {record: origin for record, origin in found.items() if origin is not None}


def names_of(context: Context, directory: Directory) -> Names:
    """Return what teams and members are called; people who share a name are told apart by their number."""
    members = directory.member_names()
    count = Counter(members.values())
    told = {key: name if count[name] == 1 else f"{name} {key}" for key, name in members.items()}
    return Names(directory.team_names(), told, context.language)


def is_cell(origin: Origin) -> bool:
    """Tell whether an amount was read from somebody's file: a place to look at, unlike an accepted run."""
    return bool(origin.where.cell) and not origin.where.file.startswith(RUN)


def amount_text(amount: Exact, currency: str) -> str:
    """Return an amount as sentences show it, with the decimals of its currency; a quantity with those it has."""
    if not currency:
        return f"{to_decimal(amount, 4).normalize():,f}"
    return f"{round_half_away(amount, smallest_amount(currency)):,f}"


def _placed(leaf: Leaf, seats: Seats, directory: Directory) -> Leaf:
    if leaf.holder != "person" or leaf.team or leaf.holder_key not in seats:
        return leaf
    year, month = int(leaf.month[:4]), int(leaf.month[5:])
    start = date(year, month, 1)
    days = days_in_team(seats[leaf.holder_key], directory, Period(start, add_months(start, 1), leaf.month))
    team = max(sorted(days), key=lambda key: days[key]) if days else ""
    return replace(leaf, team=team)
