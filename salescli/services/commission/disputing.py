"""Disputes: what people ask about a month's commission, read from their records as they stand now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from salescli.core.records.dispute import SETTLED
from salescli.reports.commission.adjusted import Dispute
from salescli.services.commission.places import Places
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.state import fetch_images


def fetch_disputes(context: Context, month: str = "", people: Iterable[int] = ()) -> dict[int, tuple[Dispute, ...]]:
    """Return disputes by person, by month and number; of one month, and of some people, where they are named."""
    kind = context.store.registry["dispute"]
    images = fetch_images(context.store, kind, *(("month = ?", (month,)) if month else ()))
    wanted = set(people)
    images = {entity: one for entity, one in images.items() if not wanted or one["person"] in wanted}
    if not images:
        return {}
    names = labels(context.store, context.store.registry["person"], {one["person"] for one in images.values()})
    sources, settled = Places(context).of_all(kind), _settled(context)
    found: dict[int, list[Dispute]] = {}
    for entity, one in sorted(images.items(), key=lambda each: (each[1]["month"], each[1]["number"])):
        person = one["person"]
        found.setdefault(person, []).append(
            Dispute(
                key=one["number"],
                month=one["month"],
                about=one["transaction"] or one["component"] or "",
                question=one["question"] or "",
                state=one["state"] or "open",
                raised_on=_day(one["raised_on"]),
                raised_by=one["raised_by"] or "",
                answer=one["answer"] or "",
                answered_by=one["answered_by"] or "",
                answered_on=_day(one["answered_on"]),
                settled_by=tuple(settled.get(entity, ())),
                person=names.get(person, ""),
                source=sources.get(entity, ""),
            )
        )
    return {person: tuple(mine) for person, mine in found.items()}


def waiting_disputes(context: Context) -> list[Dispute]:
    """Return the disputes that are open, or settled without an answer that people could read, by month and number."""
    every = (one for mine in fetch_disputes(context).values() for one in mine)
    found = [one for one in every if one.state == "open" or (one.state in SETTLED and not one.answer)]
    return sorted(found, key=lambda one: (one.month, one.key))


def _settled(context: Context) -> dict[int, list[str]]:
    """Return the adjustments that name each dispute."""
    found: dict[int, list[str]] = {}
    for image in fetch_images(context.store, context.store.registry["adjustment"]).values():
        if image["dispute"]:
            found.setdefault(image["dispute"], []).append(image["number"])
    return {dispute: sorted(numbers) for dispute, numbers in found.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
