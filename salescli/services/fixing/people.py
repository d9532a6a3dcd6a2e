"""People for sheets: whom a cell may name, and what they were credited with this fiscal year."""

from __future__ import annotations

from decimal import Decimal

from salescli.services.claims.finding import RECEIPTS
from salescli.services.commission.unpaid import credits_by_person
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.state import fetch_images
from salescli.store.waiting import fetch_people_on_lists


def people_offered(context: Context) -> tuple[str, ...]:
    """Return the people a cell may name: by name, those who share one by number."""
    found = fetch_people_on_lists(context.store)
    names = [name for _, name, _ in found]
    offered = {(number if names.count(name) > 1 else name) or name or number for _, name, number in found}
    return tuple(sorted(one for one in offered if one))


def teams_offered(context: Context) -> tuple[str, ...]:
    """Return the teams there are."""
    kind = context.store.registry["team"]
    return tuple(sorted(labels(context.store, kind, fetch_images(context.store, kind)).values()))


def credits_of_year(context: Context) -> dict[int, Decimal]:
    """Return what each person is credited with of the receipts of the fiscal year, in the base currency."""
    if RECEIPTS not in context.catalogue:
        return {}
    year = context.calendar.window("year", context.on)
    return credits_by_person(context, RECEIPTS, year, context.currency)
