"""What rows that were taken say against what else is known: reported with their cell, and not repaired.

A rule of a record type sees one record. These need more: the process, which says what an open stage is, and the list
of people, which says who was employed when.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from salescli.core.records.model import Field
from salescli.core.records.staged import Staged
from salescli.core.title import Title
from salescli.errors import Problem, Where
from salescli.services.context import Context
from salescli.store.dated import fetch_history
from salescli.store.entities import labels, resolve
from salescli.store.merge import MergeResult
from salescli.store.versions import Access

_OPEN = ("entry", "open")


def note_contradictions(context: Context, staged: Staged, result: MergeResult) -> None:
    """Add to the notes of a merged block what its rows contradict; to be asked when all lists are in."""
    if staged.type.name == "deal":
        result.notes += _open_at_100(context, staged, result)
    result.notes += _not_employed(context, staged, result)
    result.notes += _nameless(staged, result)


def _taken(staged: Staged, result: MergeResult) -> Iterator[int]:
    return (index for index in range(len(staged)) if index not in result.rejected)


def _problem(staged: Staged, index: int, name: str, on: str, **values: object) -> Problem:
    cell = staged.source.cell(staged.rows[index], on)
    where = Where(file=staged.source.file, sheet=staged.source.sheet, cell=cell)
    return Problem(name, where, values, "warning")


def _open_at_100(context: Context, staged: Staged, result: MergeResult) -> list[Problem]:
    """A deal in an open stage is certain, or one that is lost is: forecasts would count it whole."""
    from salescli.policy.process import fold_stage

    stages, chances = staged.columns.get("stage"), staged.columns.get("probability")
    if stages is None or chances is None:
        return []
    found = []
    for index in _taken(staged, result):
        if chances[index] != "1" or stages[index] is None:
            continue
        _, kind, _ = context.stages.get(fold_stage(stages[index]), ("", "", 0))
        if kind in _OPEN:
            found.append(_problem(staged, index, "open-at-100", "probability", stage=stages[index]))
    return found


def _nameless(staged: Staged, result: MergeResult) -> list[Problem]:
    """A record that must have a name has a number only: it is known, and nobody will find it."""
    kind = staged.type
    names = staged.columns.get(kind.name_field)
    if names is None or not kind[kind.name_field].required or None not in names:
        return []
    numbers = staged.columns.get(kind.key[0], names)
    return [
        _problem(staged, index, "name-blank", kind.name_field, type=kind.titles, number=numbers[index])
        for index in _taken(staged, result)
        if names[index] is None and numbers[index] is not None
    ]


def _not_employed(context: Context, staged: Staged, result: MergeResult) -> list[Problem]:
    """Whoever is credited with a record had joined, and not yet left, on its day."""
    kind = staged.type
    days = staged.columns.get(kind.date)
    fields = [each for each in kind.references if each.ref == "person" and each.name in _credited(staged)]
    if days is None or not fields:
        return []
    found = []
    for each in fields:
        texts = staged.columns[each.name]
        meant = resolve(context.store, context.store.registry["person"], filter(None, set(texts))).found
        spans = _employed(context, set(meant.values()))
        if not spans:
            continue
        names = labels(context.store, context.store.registry["person"], list(spans))
        for index in _taken(staged, result):
            person, day = meant.get(texts[index]), days[index]
            remark = _outside(spans.get(person, (None, None)), day) if person and day else None
            if remark is not None and _holds(context, result, index, each, person, day):
                values = {"person": names.get(person or 0, texts[index]), "day": day[:10], "remark": remark}
                found.append(_problem(staged, index, "owner-not-employed", each.name, **values))
    return found


def _holds(context: Context, result: MergeResult, index: int, each: Field, person: int | None, day: str | None) -> bool:
    """Tell whether the person stands there on that very day: a later change of owner says nothing of the day before."""
    entity = result.entities[index] if index < len(result.entities) else None
    if not each.dated or entity is None:
        return True
    held = [value for start, value in fetch_history(context.store, entity, each.name) if start <= (day or "")[:10]]
    return bool(held) and held[-1] == person


def _credited(staged: Staged) -> list[str]:
    """The columns by which a figure reaches a person; what is told of the person itself is none of them."""
    if "person" in staged.type.key:
        return []
    return [name for name in staged.type.paths.get("person", ()) if name in staged.columns]


def _employed(context: Context, people: set[int]) -> dict[int, tuple[str | None, str | None]]:
    """Return the first and last day of those of whom one is known."""
    images: dict[int, Any] = Access(context.store, context.store.registry["person"]).current(sorted(people))
    spans = {person: (image.get("joined"), image.get("left")) for person, image in images.items()}
    return {person: span for person, span in spans.items() if any(span)}


def _outside(span: tuple[str | None, str | None], day: str) -> Title | None:
    joined, left = span
    if joined and day[:10] < joined:
        return Title(f"{joined} 入职", f"joined on {joined}")
    if left and day[:10] > left:
        return Title(f"{left} 离职", f"left on {left}")
    return None
