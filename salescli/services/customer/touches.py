"""When a customer was last spoken to, and when that is planned next: from activities, and from what lists state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

Image = Mapping[str, Any]
_NOT_DONE = ("planned", "cancelled")


class Touch(NamedTuple):
    """A moment, as stored; the activity that says so (None: a field of the customer's or of a deal's).

    `is_follow_up` where it is no activity of its own yet, only what another one says comes next.
    """

    at: str
    activity: int | None = None
    is_follow_up: bool = False


def last_contact(activities: Mapping[int, Image], stated: Iterable[str | None], on: date) -> Touch | None:
    """Return the newest contact up to a day: what was planned only, or cancelled, is none."""
    found = [
        Touch(moment, entity)
        for entity, image in activities.items()
        if image.get("status") not in _NOT_DONE
        for moment in (image.get("at") or image.get("done"),)
        if moment
    ]
    found += [Touch(moment) for moment in stated if moment]
    return max((one for one in found if one.at[:10] <= on.isoformat()), key=_newest, default=None)


def next_visit(
    activities: Mapping[int, Image], stated: Iterable[str | None], last: Touch | None, on: date
) -> Touch | None:
    """Return what is planned next; the newest plan since the last contact, where its day has passed, is overdue."""
    plans = [
        Touch(image["next_at"], entity, True)
        for entity, image in activities.items()
        if image.get("next_at") and (image.get("at") or "")[:10] <= on.isoformat()
    ]
    plans += [
        Touch(moment, entity)
        for entity, image in activities.items()
        if image.get("status") in (None, "planned", "active") and not image.get("done")
        for moment in (image.get("due") or (image.get("at") if image.get("status") == "planned" else None),)
        if moment
    ]
    plans += [Touch(moment) for moment in stated if moment]
    ahead = [one for one in plans if one.at[:10] >= on.isoformat()]
    if ahead:
        return min(ahead, key=lambda one: (one.at, one.activity or 0))
    since = last.at[:10] if last else ""
    return max((one for one in plans if one.at[:10] > since), key=_newest, default=None)


def _newest(one: Touch) -> tuple[str, int]:
    return one.at, one.activity or 0
