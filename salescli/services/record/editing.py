"""Changing records by hand: add, edit, remove, rekey. Each is one batch of kind `edit`, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.internal import ALIAS
from salescli.core.records.model import Field, RecordType
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import DecisionNeeded, Problem, ProblemsFound, UsageError, problem
from salescli.reports.records import ChangeLine, build_edit
from salescli.services.batches import DryRun
from salescli.services.context import Context
from salescli.services.importing.closed_months import check_answer, note_moved, tell_answers
from salescli.services.importing.seat_corrections import take_back_seats
from salescli.services.importing.seating import seat_staged
from salescli.services.knowledge import record_keys
from salescli.services.record.finding import find_field, find_record, find_type
from salescli.services.record.showing import names_of, told
from salescli.services.record.typed_cells import Cells, is_cleared, parse_cells
from salescli.store.batches import begin_batch, summarise_batch
from salescli.store.edits import count_referring, edit_record, fetch_seats_on, insert_record, stage_cells
from salescli.store.entities import create_entities, resolve
from salescli.store.merge import CellChange, MergeOptions, MergeResult, merge_staged
from salescli.store.versions import Access, write_cells

# What an edit would do to closed months, of a batch and what came of it so far: questions, or none.
Check = Callable[[int, MergeResult | None], list[Problem]]


@dataclass(slots=True)
class Edited:
    """What an edit did; `batch` is None where nothing changed, or for a dry run."""

    report: Report
    problems: list[Problem] = field(default_factory=list)
    batch: int | None = None


def add_record(ctx: Context, word: str, texts: Sequence[str], *, is_dry: bool = False) -> Edited:
    """Add one record.

    Raises:
        ProblemsFound: everything wrong with it, together; nothing changed.
    """
    kind = find_type(ctx, word)
    cells, problems = parse_cells(kind, texts)
    cells = {name: value for name, value in cells.items() if value is not None}
    said = {each.name for text in texts if (each := find_field(kind, text.partition("=")[0])) is not None}
    problems += [
        problem("field-missing", field=each.title, type=kind.titles)
        for each in kind.required_fields()
        if each.name not in cells and each.default is None and each.name not in said
    ]
    problems += _existing(ctx, kind, cells)
    if problems:
        raise ProblemsFound(*problems)

    def work(batch: int) -> tuple[MergeResult, list[Problem]]:
        result = insert_record(ctx.store, batch, kind, cells)
        if not result.rejected and not result.new and not result.changed:
            raise ProblemsFound(problem("record-exists", text=_key_text(kind, cells), type=kind.titles))
        return result, _seat(ctx, batch, kind, cells, result, None, "")

    return _run(ctx, kind, work, cells, None, is_dry=is_dry)


def edit(
    ctx: Context, word: str, text: str, texts: Sequence[str], *, dated: str = "", accept_posting: bool = False,
    is_dry: bool = False,
) -> Edited:  # fmt: skip
    """Change fields of one record; `dated` is "", "correct", or the ISO day from which dated fields change.

    Raises:
        ProblemsFound: everything wrong with it, together; nothing changed.
        DecisionNeeded: a dated field would change, and nobody said since when; or it moves commission of closed
            months, and that was not accepted.
    """
    kind = find_type(ctx, word)
    entity = find_record(ctx, kind, text)
    cells, problems = parse_cells(kind, texts)
    problems += [
        problem("key-not-edited", field=kind[name].title, type=kind.name) for name in cells if name in kind.key
    ]
    problems += [
        problem("field-missing", field=kind[name].title, type=kind.titles)
        for name, value in cells.items()
        if value is None and kind[name].required and is_cleared(kind, texts, name)
    ]
    if not cells and not problems:
        raise UsageError(problem("nothing-said", type=kind.name))
    if problems:
        raise ProblemsFound(*problems)

    def work(batch: int, answer: str = dated) -> tuple[MergeResult, list[Problem]]:
        stored = {name: value for name, value in cells.items() if kind[name].is_stored}
        result = edit_record(ctx.store, batch, kind, entity, stored, answer)
        return result, _seat(ctx, batch, kind, {**_identity(ctx, kind, entity), **cells}, result, entity, answer)

    def check(batch: int, result: MergeResult | None) -> list[Problem]:
        """Say what the answer, or each answer, posts for closed months; `result` is there once it is a question."""
        if result is not None:
            return tell_answers(ctx, lambda answer: work(batch, answer)[0].dated) if result.decisions else []
        return [] if accept_posting else check_answer(ctx, lambda answer: work(batch, answer)[0].dated, dated)

    return _run(ctx, kind, work, cells, entity, is_dry=is_dry, check=check)


def _identity(ctx: Context, kind: RecordType, entity: int) -> Cells:
    """The number and name of a record, by which its seat finds the person."""
    image = Access(ctx.store, kind).current([entity])[entity]
    return {name: image[name] for name in ("number", "name", "joined") if name in kind and image.get(name) is not None}


def _seat(
    ctx: Context, batch: int, kind: RecordType, cells: Cells, result: MergeResult, entity: int | None, dated: str
) -> list[Problem]:
    """What an edit says of a person's team, role or manager becomes an assignment."""
    via = [each.name for each in kind.fields if each.via]
    if not any(name in cells for name in via):
        return []
    seat: Cells = {}
    if entity is not None:
        take_back_seats(ctx.store, batch, stage_cells(kind, cells, batch), [entity], result, MergeOptions(dated=dated))
        # what of the seat is not said stays as it was that day
        day = dated if dated not in ("", "correct") else ctx.today.isoformat()
        seat = fetch_seats_on(ctx.store, day).get(entity, {})
        cells = {**{name: seat[name] for name in via if seat.get(name) is not None}, **cells}
    staged = stage_cells(kind, cells, batch)
    seats = seat_staged(ctx.store, staged, result, MergeOptions(dated=dated, prefer_file=True))
    if seats is None:
        return []
    result.decisions += seats.questions
    if seats.staged is None:
        return []
    more = merge_staged(ctx.store, batch, seats.staged, MergeOptions(dated="correct", prefer_file=True))
    result.changed += bool(more.new + more.changed) and not result.new and not result.changed
    result.dated += more.new + more.changed if dated else 0
    result.cells += [
        CellChange(0, 0, name, seat.get(name), values[0])
        for name, values in seats.staged.columns.items()
        if name in via and values[0] not in (None, seat.get(name))
    ]
    return [each for found in more.rejected.values() for each in found]


def _existing(ctx: Context, kind: RecordType, cells: Cells) -> list[Problem]:
    if len(kind.key) > 1:
        return []
    key = _key_text(kind, cells)
    directory = resolve(ctx.store, kind, [key], by_name=kind.key[0] not in cells)
    taken = directory.get(key) is not None or key in directory.ambiguous
    return [problem("record-exists", text=key, type=kind.titles)] if taken else []


def _key_text(kind: RecordType, cells: Cells) -> str:
    if len(kind.key) > 1:
        return "|".join(str(cells.get(name, kind[name].default or "")) for name in kind.key)
    return str(cells.get(kind.key[0]) or cells.get(kind.name_field, ""))


def _run(
    ctx: Context, kind: RecordType, work: Any, cells: Cells, entity: int | None, *, is_dry: bool,
    check: Check | None = None,
) -> Edited:  # fmt: skip
    """Do an edit in one transaction; whatever is wrong takes all of it back."""
    key = record_keys(ctx, kind, [entity])[entity] if entity is not None else _key_text(kind, cells)
    batch: int | None = None
    try:
        with ctx.store.transaction(f"edit {kind.name}"):
            number = begin_batch(ctx.store, "edit", f"{kind.name} {key}")
            if check is not None and (asked := check(number, None)):
                raise DecisionNeeded(*asked)
            result, more = work(number)
            rejected = [_typed(each) for found in result.rejected.values() for each in found] + more
            if rejected:
                raise ProblemsFound(*rejected)
            if result.decisions:
                raise DecisionNeeded(*result.decisions, *(check(number, result) if check else ()))
            changes = _changes(ctx, kind, result, cells)
            moved = note_moved(ctx, number) if result.new or result.changed else []
            if is_dry or not (result.new or result.changed):
                raise DryRun
            counts = {"new": result.new, "changed": result.changed}
            introduced = {name: len(texts) for name, texts in result.introduced.items()}
            summarise_batch(ctx.store, number, {"types": {kind.name: counts}, "introduced": introduced})
            batch = number
    except DryRun:
        pass
    title = _said(kind, key, result, batch, is_dry=is_dry)
    notes = [
        Title(f"新提及{ctx.store.registry[name].titles.zh}:{'、'.join(texts)}", f"new {name}: {', '.join(texts)}")
        for name, texts in result.introduced.items()
    ]
    warnings = [Problem(each.name, each.where, each.values, "warning") for each in result.notes]
    return Edited(build_edit(title, changes, notes, batch, ctx.language), warnings + moved, batch)


def _typed(found: Problem) -> Problem:
    """Word a problem of a file's row for someone who typed it."""
    names = {"unknown-reference": "unknown-record", "ambiguous-reference": "ambiguous-record"}
    return Problem(names.get(found.name, found.name), found.where, found.values, found.severity)


def _changes(ctx: Context, kind: RecordType, result: MergeResult, cells: Cells) -> list[ChangeLine]:
    """Pair each changed cell before and after, as people read them."""
    if result.new:
        pairs = [(kind[name], None, value) for name, value in cells.items()]
    else:
        pairs = [(kind[change.field], change.before, change.after) for change in result.cells]
    images = [
        {each.name: value} for each, before, after in pairs for value in (before, after) if isinstance(value, int)
    ]
    names = names_of(ctx, [each for each, _, _ in pairs], images)
    return [
        ChangeLine(each.title, _seen(each, before, names), _seen(each, after, names)) for each, before, after in pairs
    ]


def _seen(each: Field, value: Any, names: dict[int, str]) -> Any:
    return value if each.ref and isinstance(value, str) else told(each, value, names)


def _said(kind: RecordType, key: str, result: MergeResult, batch: int | None, *, is_dry: bool) -> Title:
    if result.new:
        what = Title("新增", "added")
    elif result.changed:
        what = Title("已变更", "changed")
    else:
        what = Title("未变", "unchanged")
    head = (
        Title(f"批次 {batch}:", f"batch {batch}: ")
        if batch
        else Title("试运行:", "dry run: ")
        if is_dry
        else Title("", "")
    )
    return Title(f"{head.zh}{kind.titles.zh} {key} {what.zh}", f"{head.en}{kind.titles.en} {key} {what.en}")


def remove_record(ctx: Context, word: str, text: str, *, is_dry: bool = False) -> Edited:
    """End a record: it leaves the state, its history stays. What refers to it is counted, and dangles."""
    kind = find_type(ctx, word)
    entity = find_record(ctx, kind, text)
    key = record_keys(ctx, kind, [entity])[entity]
    referring = count_referring(ctx.store, kind, entity)
    batch: int | None = None
    try:
        with ctx.store.transaction(f"remove {kind.name}"):
            number = begin_batch(ctx.store, "edit", f"{kind.name} {key}")
            write_cells(ctx.store, number, kind, {entity: None})
            moved = note_moved(ctx, number)
            summarise_batch(ctx.store, number, {"types": {kind.name: {"ended": 1}}})
            if is_dry:
                raise DryRun
            batch = number
    except DryRun:
        pass
    head = Title(f"批次 {batch}:", f"batch {batch}: ") if batch else Title("试运行:", "dry run: ")
    title = Title(f"{head.zh}{kind.titles.zh} {key} 已删除", f"{head.en}{kind.titles.en} {key} removed")
    problems = [
        problem("record-still-used", severity="warning", record=key, count=count, type=ctx.store.registry[name].titles)
        for name, count in referring.items()
    ]
    return Edited(build_edit(title, [], [], batch, ctx.language), problems + moved, batch)


def rekey_record(ctx: Context, word: str, text: str, new: str, *, is_dry: bool = False) -> Edited:
    """Give a record another number; the old one keeps meaning it, so no referring record is rewritten."""
    kind = find_type(ctx, word)
    entity = find_record(ctx, kind, text)
    if len(kind.key) > 1:
        raise UsageError(problem("rekey-needs-number", type=kind.titles))
    if not (new := new.strip()):
        raise UsageError(problem("field-missing", field=kind[kind.key[0]].title, type=kind.titles))
    if resolve(ctx.store, kind, [new], by_name=False).found:
        raise ProblemsFound(problem("record-exists", text=new, type=kind.titles))
    number = kind[kind.key[0]]
    before = Access(ctx.store, kind).current([entity])[entity].get(number.name)
    old = record_keys(ctx, kind, [entity])[entity]
    batch: int | None = None
    try:
        with ctx.store.transaction(f"rekey {kind.name}"):
            made = begin_batch(ctx.store, "edit", f"{kind.name} {old} → {new}")
            write_cells(ctx.store, made, kind, {entity: {number.name: new}})
            alias = create_entities(ctx.store, ALIAS, [f"{kind.name}|{new}"])[f"{kind.name}|{new}"]
            write_cells(ctx.store, made, ALIAS, {alias: {"type": kind.name, "alias": new, "target": entity}})
            summarise_batch(ctx.store, made, {"types": {kind.name: {"changed": 1}}})
            if is_dry:
                raise DryRun
            batch = made
    except DryRun:
        pass
    head = Title(f"批次 {batch}:", f"batch {batch}: ") if batch else Title("试运行:", "dry run: ")
    title = Title(f"{head.zh}{kind.titles.zh} {old} 改号为 {new}", f"{head.en}{kind.titles.en} {old} is now {new}")
    note = Title(f"{old} 仍指这条记录", f"{old} still means this record")
    return Edited(build_edit(title, [ChangeLine(number.title, before, new)], [note], batch, ctx.language), [], batch)
