"""Target records: which of them are in force on a day, as leaves, and which an accepted run ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from salescli.core.money import from_e4
from salescli.core.periods import Period, months_in
from salescli.core.quotas.result import Holder, Leaf, SplitResult
from salescli.core.quotas.versions import version_in_force
from salescli.errors import problem
from salescli.services.context import Context
from salescli.services.quota.figures import add_note
from salescli.services.quota.inputs import Directory
from salescli.store.state import fetch_ids, fetch_images


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """One version of a target: since which month it is effective ("": from the beginning), and its record.

    A withdrawn one says that the holder has no target for the month any more.
    """

    leaf: Leaf
    since: str
    withdrawn: bool
    currency: str
    note: str
    entity: int


def fetch_targets(
    context: Context, directory: Directory, period: Period, currency: str = ""
) -> tuple[list[Leaf], dict[str, str]]:
    """Return the targets of a period in force on the day asked, as leaves, and the currency of each metric.

    Of several versions of one month, the newest counts that is effective by that month and by the day asked. Targets of
    one metric in several currencies never add up: those in the currency asked for are returned, else those in the base
    currency; the others are said and left out.
    """
    seen = f"{context.on:%Y-%m}"
    best = [version_in_force(((one.since, one) for one in line), line[0].leaf.month, seen) for line in
            fetch_versions(context, directory, {month.label for month in months_in(period)}).values()]  # fmt: skip
    found = [one for one in best if one is not None and not one.withdrawn]
    chosen = _one_currency(context, {(one.leaf.metric, one.currency) for one in found}, currency)
    found.sort(key=lambda one: _order(one.leaf))
    kept = [one.leaf for one in found if chosen[one.leaf.metric] in ("", one.currency)]
    return kept, {metric: code or context.currency for metric, code in chosen.items()}


def fetch_versions(
    context: Context, directory: Directory, months: Collection[str] | None, metric: str = "", where: str = ""
) -> dict[tuple[str, ...], list[TargetVersion]]:
    """Return all versions of the targets of some months, as known, by metric, level, team, holder, key and month.

    Without `months`, of all; `where` is SQL over the columns of targets, ours. Targets of a team or person that is not
    there (its import was undone) are nobody's: said, and left out.
    """
    clauses, values = [where] if where else [], list[str]()
    if metric:
        clauses, values = [*clauses, "metric = ?"], [metric]
    if months:
        clauses, values = [*clauses, "month BETWEEN ? AND ?"], [*values, min(months), max(months)]
    kind = context.store.registry["target"]
    leaf_of = _leaves(directory)
    found: dict[tuple[str, ...], list[TargetVersion]] = {}
    nobody_s = 0
    for entity, image in fetch_images(context.store, kind, " AND ".join(clauses), tuple(values)).items():
        if (months is None or image["month"] in months) and image["amount"] is not None:
            leaf = leaf_of(image)
            if leaf is None:
                nobody_s += 1
                continue
            currency, note = image["currency"] or context.currency, image["note"] or ""
            one = TargetVersion(leaf, image["effective_from"] or "", bool(image["withdrawn"]), currency, note, entity)
            found.setdefault(_order(leaf), []).append(one)
    if nobody_s and all(note.name != "targets-of-nobody" for note in context.notes):
        add_note(context, problem("targets-of-nobody", count=nobody_s, severity="warning"))
    return found


def _order(leaf: Leaf) -> tuple[str, ...]:
    return (leaf.metric, leaf.level, leaf.team, leaf.holder, leaf.holder_key, leaf.month)


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


def targets_to_end(context: Context, result: SplitResult, have: Iterable[int | None]) -> list[int]:
    """Targets of the same metric and months that are not among those that the accepted run has."""
    marks = ", ".join("?" * len(result.months))
    where = f"metric = ? AND month IN ({marks}) AND coalesce(effective_from, '') = ''"
    there = fetch_ids(context.store, context.store.registry["target"], where, (result.metric, *result.months))
    kept = set(have)
    return [entity for entity in there if entity not in kept]


def _leaves(directory: Directory) -> Callable[[Mapping[str, Any]], Leaf | None]:
    """Return what turns the image of a target into a leaf; keys of teams and people are looked up once.

    A target whose team or person is not there has none: without them it would read as the company's.
    """
    teams = {entity: directory.team_key(entity) for entity in directory.teams}
    people = directory.person_keys()

    def leaf_of(image: Mapping[str, Any]) -> Leaf | None:
        if image["team"] not in teams and image["team"] is not None:
            return None
        if image["person"] not in people and image["person"] is not None:
            return None
        team, person, seat = teams.get(image["team"], ""), people.get(image["person"], ""), image["seat"] or ""
        holder: Holder = "company"
        if person:
            holder = "person"
        elif seat:
            holder = cast(Holder, seat) if seat in ("direct", "ramp-gap", "nobody") else "seat"
        elif team:
            holder = "team"
        level = image["level"] or "base"
        return Leaf(image["metric"], level, holder, team, person or seat, image["month"], from_e4(image["amount"]))

    return leaf_of
