"""A change of seat that its own file, or hand, now says was always so: the change is taken back before the correction.

Seats are records of their own. Where the newest seat of a person begins on a day that this very file gave before, and
the answer is now `--correct`, that seat ends; what is left is the seat before it, which the correction then puts right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salescli.core.records.staged import Staged
from salescli.errors import Problem, Where
from salescli.store.connection import Store
from salescli.store.entities import labels, resolve
from salescli.store.merge import MergeOptions, MergeResult
from salescli.store.state import fetch_images
from salescli.store.versions import Access, write_cells
from salescli.store.words import HAND

Seat = tuple[int, dict[str, Any]]


def take_back_seats(
    store: Store, batch: int, people: Staged, persons: Sequence[int | None], result: MergeResult, options: MergeOptions
) -> None:
    """End the newest seats that this file made and that its rows now state as what always was."""
    via = [each for each in people.type.fields if each.via and each.name in people.columns]
    if options.dated != "correct" or not via:
        return
    kind = store.registry[via[0].via]
    seats: dict[int, list[Seat]] = {}
    for entity, image in sorted(fetch_images(store, kind).items(), key=lambda one: one[1]["from"] or ""):
        seats.setdefault(image["person"], []).append((entity, image))
    meant = {each.name: _meant(store, each.ref, people.columns[each.name]) for each in via}
    for index, person in enumerate(persons):
        if person is None or index in result.rejected:
            continue
        own = seats.get(person, [])
        if len(own) < 2 or any(meant[each.name][index] not in (None, own[-1][1][each.name]) for each in via):
            continue
        entity, image = own[-1]
        if not _is_own(store, kind.name, entity, people):
            continue
        write_cells(store, batch, kind, {entity: None})
        result.dated += 1
        record = labels(store, people.type, [person]).get(person, "")
        values = {"field": via[0].title, "record": record, "day": image["from"]}
        result.notes.append(Problem("change-taken-back", _where(people, index, via[0].name), values, "warning"))


def _meant(store: Store, ref: str, column: Sequence[Any]) -> list[Any]:
    if not ref:
        return list(column)
    found = resolve(store, store.registry[ref], [text for text in column if isinstance(text, str)]).found
    return [found.get(text, text) if isinstance(text, str) else text for text in column]


def _is_own(store: Store, kind: str, entity: int, people: Staged) -> bool:
    source = Access(store, store.registry[kind]).history(entity)[0].source
    if source is None:
        return False
    sha256, feed = store.db.execute("SELECT sha256, feed FROM source WHERE id = ?", (source,)).fetchone()
    is_typed = people.source.feed.startswith(HAND) and str(feed).startswith(HAND)
    return bool(sha256 == people.source.sha256 if people.source.sha256 else is_typed)


def _where(people: Staged, index: int, name: str) -> Where:
    return Where(people.source.file, sheet=people.source.sheet, cell=people.source.cell(people.rows[index], name))
