"""People who were only mentioned: no list of people has them, so no team, role or plan reaches them."""

from __future__ import annotations

from salescli.core.title import Title
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.services.fixing.kind import FixColumn, FixKind, FixRow, Section, build_section
from salescli.services.fixing.people import credits_of_year, teams_offered
from salescli.store.waiting import fetch_people_on_lists, fetch_people_on_no_list

TITLE = Title("不在花名册上的人", "People on no list")
WHY = Title("没有团队、岗位和方案", "without team, role and plan")
ALIKE = 70


def find(context: Context) -> Section | None:
    """Find people whom only other sheets name, with whoever on a list is called nearly so."""
    found = fetch_people_on_no_list(context.store)
    if not found:
        return None
    unlisted = {row[0] for row in found}
    listed = [name for one, name, _ in fetch_people_on_lists(context.store) if one not in unlisted and name]
    credits = credits_of_year(context)
    sources = Places(context).of_some(context.store.registry["person"], unlisted)
    columns = (
        FixColumn("name", "name", role="key", width=16),
        FixColumn("number", "number", role="fill", shown_as="id", width=14),
        FixColumn("team", "team", role="fill", width=18, choices=teams_offered(context)),
        FixColumn("role", "role", role="fill", width=16),
        FixColumn("alike", title=Title("相近的名字", "Nearly so called"), width=18),
        FixColumn("source", title=Title("出处", "Named in"), width=36),
    )
    rows = [
        FixRow(
            {
                "name": name or number,
                "number": number if name else None,
                "alike": _alike(name or "", listed) or None,
                "source": sources.get(person) or None,
            },
            credits.get(person),
            context.currency,
        )
        for person, name, number in found
    ]
    return build_section(context, "unlisted-people", "person", (TITLE, WHY), columns, rows)


def _alike(name: str, names: list[str]) -> str:
    """Return the nearest name on a list; two Chinese names of which one sign differs are near."""
    if not name or not names:
        return ""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=50 if not name.isascii() else ALIKE)
    return str(found[0]) if found else ""


KIND = FixKind("unlisted-people", TITLE, find)
