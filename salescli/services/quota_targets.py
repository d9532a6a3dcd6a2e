"""Target records: which of them are in force on a day, as leaves, and which an accepted run ends."""

from __future__ import annotations

from typing import Any, cast

from salescli.core.money import from_e4
from salescli.core.periods import Period, months_in
from salescli.core.quotas.result import Holder, Leaf, SplitResult
from salescli.services.context import Context
from salescli.services.quota_inputs import Directory, open_directory
from salescli.store.state import fetch_images


def fetch_targets(context: Context, directory: Directory, period: Period) -> tuple[list[Leaf], dict[str, str]]:
    """Return the targets of a period in force on the day asked, as leaves, and the currency of each metric.

    Of several versions of one month, the newest counts that is effective by that month and by the day asked.
    """
    on, labels = f"{context.on:%Y-%m}", {month.label for month in months_in(period)}
    best: dict[tuple[Any, ...], tuple[str, Leaf]] = {}
    currencies: dict[str, str] = {}
    for image in fetch_images(context.store, context.store.registry["target"]).values():
        since = image["effective_from"] or ""
        if image["month"] not in labels or since > min(on, image["month"]) or image["amount"] is None:
            continue
        leaf = _leaf(directory, image)
        currencies[leaf.metric] = image["currency"] or ""
        key = (leaf.metric, leaf.level, leaf.team, leaf.holder, leaf.holder_key, leaf.month)
        if key not in best or best[key][0] <= since:
            best[key] = (since, leaf)
    return [leaf for _, (_, leaf) in sorted(best.items())], currencies


def targets_to_end(context: Context, result: SplitResult) -> list[int]:
    """Targets of the same metric and months that the accepted run does not have."""
    directory = open_directory(context)
    have = {(leaf.level, leaf.team, leaf.holder, leaf.holder_key, leaf.month) for leaf in result.leaves}
    gone = []
    for entity, image in fetch_images(context.store, context.store.registry["target"]).items():
        if image["metric"] != result.metric or image["month"] not in result.months or image["effective_from"]:
            continue
        leaf = _leaf(directory, image)
        if (leaf.level, leaf.team, leaf.holder, leaf.holder_key, leaf.month) not in have:
            gone.append(entity)
    return gone


def _leaf(directory: Directory, image: dict[str, Any]) -> Leaf:
    team = directory.team_key(image["team"]) if image["team"] in directory.teams else ""
    person = directory.person_key(image["person"]) if image["person"] in directory.people else ""
    seat = image["seat"] or ""
    holder: Holder = "company"
    if person:
        holder = "person"
    elif seat:
        holder = cast(Holder, seat) if seat in ("ramp-gap", "nobody") else "seat"
    elif team:
        holder = "team"
    level = image["level"] or "base"
    return Leaf(image["metric"], level, holder, team, person or seat, image["month"], from_e4(image["amount"]))
