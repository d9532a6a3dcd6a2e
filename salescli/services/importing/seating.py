"""Seats that a list of people states: its team, role and manager columns become assignments.

A person's first seat begins when they joined (or at the beginning, where that is not known). Another seat than before
is a change from a day or a correction, as with every field that decides who is paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.model import Field
from salescli.core.records.staged import Staged
from salescli.errors import Problem, Where
from salescli.store.connection import Store
from salescli.store.entities import labels, resolve
from salescli.store.merge import MergeOptions, MergeResult
from salescli.store.state import fetch_images

BEGINNING = "0001-01-01"


@dataclass(slots=True)
class Seats:
    """Assignments to merge, and the questions that only a person can answer."""

    staged: Staged | None = None
    questions: list[Problem] = field(default_factory=list)


def seat_staged(store: Store, people: Staged, result: MergeResult, options: MergeOptions) -> Seats | None:
    """Return the assignments that a staged list states beside its records, or None where it states none."""
    stated = [each for each in people.type.fields if each.via and each.name in people.columns]
    if not stated:
        return None
    kind = store.registry[stated[0].via]
    latest = _latest_seats(store)
    own = _persons(store, people)
    texts = {each.name: _meant(store, each, people.columns[each.name]) for each in stated}
    seats, asked = Seats(), [(each, []) for each in stated]  # type: tuple[Seats, list[tuple[Field, list[tuple[Any, Any]]]]]
    rows: list[int] = []
    columns: dict[str, list[Any]] = {name: [] for name in ("person", "from", *(each.name for each in stated))}
    for index, row in enumerate(people.rows):
        person = own[index]
        if (
            index in result.rejected
            or result.other_names.get(index) is not None  # the seat of whoever was merged into somebody else
            or person is None
            or all(people.columns[each.name][index] is None for each in stated)
        ):
            continue
        start = _start(people, index, person, stated, texts, latest, options, asked)
        if start is None:
            continue
        rows.append(row)
        columns["person"].append(person)
        columns["from"].append(start)
        for each in stated:
            columns[each.name].append(people.columns[each.name][index])
    seats.questions = [_question(store, people, each, pairs) for each, pairs in asked if pairs]
    if rows:
        seats.staged = Staged(kind, people.source, rows, columns)
    return seats


def seated_rows(
    store: Store,
    people: Staged,
    rows: Sequence[int],
    entities: Sequence[int | None],
    starts: Mapping[int, str],
    stated: Mapping[str, Sequence[Any]],
) -> Staged | None:
    """Return the seats that rows of a list begin on given days; what the list does not say stays as it was."""
    latest = _latest_seats(store)
    columns: dict[str, list[Any]] = {name: [] for name in ("person", "from", "role", "team", "manager")}
    kept: list[int] = []
    for index in rows:
        person = entities[index]
        before = latest.get(person, {}) if person is not None else {}
        said = {name: column[index] for name, column in stated.items() if column[index] is not None}
        if person is None or not (said or before):
            continue
        kept.append(people.rows[index])
        columns["person"].append(person)
        columns["from"].append(starts[index])
        for name in ("role", "team", "manager"):
            columns[name].append(said.get(name, before.get(name)))
    return Staged(store.registry["assignment"], people.source, kept, columns) if kept else None


def _start(
    people: Staged,
    index: int,
    person: int,
    stated: list[Field],
    texts: dict[str, dict[str, Any]],
    latest: dict[int, dict[str, Any]],
    options: MergeOptions,
    asked: list[tuple[Field, list[tuple[Any, Any]]]],
) -> str | None:
    """Return the day from which a row's seat is to hold, or None where it says nothing new or must be asked about."""
    have = latest.get(person)
    if have is None:
        joined = people.columns.get("joined", [None] * len(people))[index]
        return joined or BEGINNING
    differing = []
    for place, each in enumerate(stated):
        text = people.columns[each.name][index]
        meant = texts[each.name].get(text, text) if text is not None else None
        if meant is not None and meant != have[each.name]:
            differing.append((place, have[each.name], text))
    if not differing:
        return None
    if all(before is None for _, before, _ in differing) or options.dated == "correct":
        return str(have["from"])
    if options.dated:
        return options.dated
    for place, before, after in differing:
        asked[place][1].append((before, after))
    return None


def _latest_seats(store: Store) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for image in sorted(fetch_images(store, store.registry["assignment"]).values(), key=lambda one: one["from"] or ""):
        if image["person"] is not None:
            found[image["person"]] = image
    return found


def _persons(store: Store, people: Staged) -> list[int | None]:
    """Return the entity of each row: by number, else by name."""
    blank = [None] * len(people)
    numbers, names = people.columns.get("number", blank), people.columns.get("name", blank)
    keys = [number or name for number, name in zip(numbers, names, strict=True)]
    directory = resolve(store, people.type, [key for key in keys if key])
    return [directory.get(key) if key else None for key in keys]


def _meant(store: Store, each: Field, column: list[Any]) -> dict[str, Any]:
    """Return what the texts of a reference column mean; other columns mean themselves."""
    if not each.ref:
        return {}
    return dict(resolve(store, store.registry[each.ref], [text for text in column if text]).found)


def _question(store: Store, people: Staged, each: Field, pairs: list[tuple[Any, Any]]) -> Problem:
    before, after = pairs[0]
    if each.ref and isinstance(before, int):
        before = labels(store, store.registry[each.ref], [before]).get(before, before)
    where = Where(file=people.source.file, sheet=people.source.sheet, cell=people.source.letters.get(each.name, ""))
    values = {"count": len(pairs), "field": each.title, "before": before, "after": after, "day": "YYYY-MM-DD"}
    return Problem("change-or-correction", where, values)
