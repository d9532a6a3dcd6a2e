"""Target records: which of them are in force on a day, as leaves, and which an accepted run ends."""

from __future__ import annotations

from typing import Any, cast

from salescli.core.money import from_e4
from salescli.core.periods import Period, months_in
from salescli.core.quotas.result import Holder, Leaf, SplitResult
from salescli.errors import problem
from salescli.services.context import Context
from salescli.services.quota.figures import add_note
from salescli.services.quota.inputs import Directory, open_directory
from salescli.store.state import fetch_images


def fetch_targets(
    context: Context, directory: Directory, period: Period, currency: str = ""
) -> tuple[list[Leaf], dict[str, str]]:
    """Return the targets of a period in force on the day asked, as leaves, and the currency of each metric.

    Of several versions of one month, the newest counts that is effective by that month and by the day asked. Targets of
    one metric in several currencies never add up: those in the currency asked for are returned, else those in the base
    currency; the others are said and left out.
    """
    on, labels = f"{context.on:%Y-%m}", {month.label for month in months_in(period)}
    best: dict[tuple[Any, ...], tuple[str, str, Leaf]] = {}
    for image in fetch_images(context.store, context.store.registry["target"]).values():
        since = image["effective_from"] or ""
        if image["month"] not in labels or since > min(on, image["month"]) or image["amount"] is None:
            continue
        leaf = _leaf(directory, image)
        key = (leaf.metric, leaf.level, leaf.team, leaf.holder, leaf.holder_key, leaf.month)
        if key not in best or best[key][0] <= since:
            best[key] = (since, image["currency"] or context.currency, leaf)
    chosen = _one_currency(context, {(leaf.metric, code) for _, code, leaf in best.values()}, currency)
    kept = [leaf for _, (_, code, leaf) in sorted(best.items()) if chosen[leaf.metric] in ("", code)]
    return kept, {metric: code or context.currency for metric, code in chosen.items()}


def _one_currency(context: Context, found: set[tuple[str, str]], asked: str) -> dict[str, str]:
    """Choose the currency of each metric; "" for what is no money."""
    codes: dict[str, list[str]] = {}
    for metric, code in sorted(found):
        codes.setdefault(metric, []).append(code)
    chosen: dict[str, str] = {}
    for metric, have in codes.items():
        if metric in context.catalogue and context.catalogue.unit(metric) != "money":
            chosen[metric] = ""
            continue
        chosen[metric] = asked or (context.currency if context.currency in have else have[0])
        for code in have:
            if code != chosen[metric]:
                add_note(context, problem("other-currency", metric=metric, currency=code, severity="warning"))
    return chosen


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
