"""Where the versions of a person's quotas come from: the file and row or the batch of each, since when, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salescli.core.title import Title
from salescli.services.commission.facts import teams_led
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.store.givers import fetch_given
from salescli.store.state import fetch_images

if TYPE_CHECKING:
    from salescli.core.commission.explain_told import Origins
    from salescli.core.commission.plan import Plan


def quota_origins(context: Context, person: int, plan: Plan) -> Origins:
    """Return the origins of the quotas that a plan's tiers are measured by, version by version."""
    wanted = [
        one for component in plan.components.values() if (one := getattr(component, "attainment", None)) is not None
    ]
    found: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for of in dict.fromkeys((one.attainment_of, one.level, one.of) for one in wanted):
        for since, origin in _versions(context, person, of, (f"{plan.start:%Y}-01", f"{plan.through:%Y-%m}")):
            rows = found.setdefault((*of, since), [])
            if origin not in rows:
                rows.append(origin)
    return {key: tuple(rows) for key, rows in found.items()}


def _versions(
    context: Context, person: int, of: tuple[str, str, str], months: tuple[str, str]
) -> Iterable[tuple[str, tuple[str, str]]]:
    """Yield (effective from, (place, reason)) of each record of a quota."""
    metric, level, whose = of
    kind = context.store.registry["target"]
    holder, values = "person_id = ?", [person]
    if whose == "team":
        teams = sorted(team for team, people in teams_led(context).items() if person in people)
        holder = f"person_id IS NULL AND seat IS NULL AND team_id IN ({','.join('?' * len(teams))})"
        values = teams
    where = f"metric = ? AND month BETWEEN ? AND ? AND {holder}"
    images = fetch_images(context.store, kind, where, (metric, *months, *values))
    mine = {entity: image for entity, image in images.items() if (image["level"] or "base") == level}
    sources = _sources(context, mine)
    for entity, image in mine.items():
        yield image["effective_from"] or "", (sources[entity], image["note"] or "")


def _sources(context: Context, entities: Iterable[int]) -> dict[int, str]:
    """Return file, sheet and row of each record; the batch where nothing was read."""
    places, typed = Places(context), Title("批次 {batch}", "batch {batch}").text(context.language)
    given = fetch_given(context.store, context.store.registry["target"], entities, "amount")
    return {
        entity: typed.format(batch=one.edited) if one.source is None else places.place(one.source, None, one.edited)
        for entity, one in given.items()
    }
