"""People with credits and no team."""

from __future__ import annotations

from salescli.core.title import Title
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.fixing.people import credits_of_year, teams_offered
from salescli.store.seats import fetch_seats
from salescli.store.waiting import fetch_people_on_lists, fetch_people_on_no_list

TITLE = Title("没有团队的人", "People without a team")
WHY = Title("业绩不进任何团队", "their figures are in no team")


def find(context: Context) -> Section | None:
    """Find people with credits this fiscal year and no team in it; those on no list are another kind."""
    credits = credits_of_year(context)
    year = context.calendar.window("year", context.on)
    placed = {one.person for one in fetch_seats(context.store, year.start, year.end) if one.team is not None}
    if not placed:
        return None  # nobody has one: teams are not kept here
    unlisted = {row[0] for row in fetch_people_on_no_list(context.store)}
    found = [
        (person, name, number)
        for person, name, number in fetch_people_on_lists(context.store)
        if credits.get(person) and person not in unlisted and person not in placed
    ]
    if not found:
        return None
    columns = (
        FixColumn("number", "number", role="key", shown_as="id", width=14),
        FixColumn("name", "name", role="key", width=16),
        FixColumn("team", "team", role="fill", width=18, choices=teams_offered(context)),
        FixColumn("role", "role", role="fill", width=16),
    )
    rows = [
        FixRow({"number": number, "name": name}, credits[person], context.currency) for person, name, number in found
    ]
    return build_section(context, "seat", "person", (TITLE, WHY), columns, rows)


KIND = FixKind("seat", TITLE, find)
