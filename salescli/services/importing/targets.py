"""Figures of targets and submissions on their way in: metrics by their titles, and what a person did not touch.

A sheet that was written to be edited says as of which batch it was. A figure that still says what it said then is
nobody's word: it stays out, whatever has happened to the target since. One that a person changed while somebody else
changed the target, too, is listed and kept out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from salescli.core.records.model import RecordType
from salescli.core.records.staged import Staged
from salescli.errors import Problem, Where, problem
from salescli.importers.result import SheetReading
from salescli.services.context import Context
from salescli.store.entities import resolve
from salescli.store.state import fetch_images

Key = tuple[Any, ...]
Images = Mapping[Key, dict[str, Any]]


def settle_targets(context: Context, reading: SheetReading, *, prefer_file: bool = False) -> list[Problem]:
    """Name metrics by their names, and leave out the figures of a sheet of ours that were not edited; say what is."""
    staged, said = reading.staged, list[Problem]()
    if staged is None or "metric" not in staged.type:
        return said
    for block in (*(staged.blocks or (staged,)), *_ends_of(staged)):
        said += [each for each in _name_metrics(context, block) if each not in said]
    _copy_columns(staged)
    if reading.report.known_batch and staged.blocks:
        said += _keep_edited(context, reading, staged, prefer_file)
    return said


def _ends_of(staged: Staged) -> tuple[Staged, ...]:
    return (staged.ends.blocks or (staged.ends,)) if staged.ends is not None else ()


def _copy_columns(staged: Staged) -> None:
    """What was settled in the blocks is what the whole says."""
    for whole in (staged, *([staged.ends] if staged.ends else [])):
        if whole.blocks:
            whole.columns["metric"] = [cell for block in whole.blocks for cell in block.columns["metric"]]


def _name_metrics(context: Context, block: Staged) -> Iterator[Problem]:
    from salescli.services.metric.words import nearest_metric

    catalogue = context.catalogue
    by_title = {text.casefold(): each.name for each in catalogue for text in each.title}
    column = block.columns.get("metric", [])
    names = {
        text: text if text in catalogue else by_title.get(str(text).casefold(), text) for text in {*column} - {None}
    }
    block.columns["metric"] = [names.get(text) for text in column]
    for text, name in sorted(names.items()):
        if name not in catalogue:
            cell = block.source.letters.get("metric", "")
            where = Where(block.source.file, sheet=block.source.sheet, cell=cell)
            values = {"text": text, "count": column.count(text), "nearest": nearest_metric(catalogue, text)}
            yield Problem("metric-not-known", where, values, "warning")


def _keep_edited(context: Context, reading: SheetReading, staged: Staged, prefer_file: bool) -> list[Problem]:
    said: list[Problem] = []
    kind, value = staged.type, staged.type.wide[1]
    now = images_by_key(context, kind)
    with _known(context, reading.report.known_batch):
        then = images_by_key(context, kind)
    keep: list[bool] = []
    for block in staged.blocks:
        for index, key in enumerate(keys_of(context, block)):
            before, have = then.get(key, {}), now.get(key, {})
            written = block.columns[value][index]
            is_edited = written != before.get(value) or bool(before.get("withdrawn"))
            stands = have.get(value) == before.get(value) and have.get("withdrawn") == before.get("withdrawn")
            if is_edited and not stands and have.get(value) != written and not prefer_file:
                said.append(_since(block, index, value, (before.get(value), written, have.get(value))))
                is_edited = False
            keep.append(is_edited)
    reading.untouched = keep.count(False)
    reading.staged = staged.only(keep)
    reading.is_own = True
    return said


def _since(block: Staged, index: int, value: str, said: tuple[Any, Any, Any]) -> Problem:
    each = block.type[value]
    where = Where(block.source.file, sheet=block.source.sheet, cell=block.source.cell(block.rows[index], value))
    base, written, have = ("—" if one is None else each.kind.to_python(one) for one in said)
    names = [block.columns[name][index] for name in ("team", "person", block.type.wide[0]) if name in block.columns]
    record = " ".join(str(name) for name in names if name)
    values = {"field": each.title, "record": record, "base": base, "file_value": written, "value": have}
    return problem("edited-since", where, severity="warning", **values)


@contextmanager
def _known(context: Context, batch: int) -> Iterator[None]:
    before = context.store.known
    context.store.at(batch)
    try:
        yield
    finally:
        context.store.at(before)


def images_by_key(context: Context, kind: RecordType) -> dict[Key, dict[str, Any]]:
    """Return the records of a type by the values of their key; the record's number goes along as `entity`."""
    found = {}
    for entity, image in fetch_images(context.store, kind).items():
        key = tuple(_part(kind, name, image.get(name)) for name in kind.key)
        found[key] = {**image, "entity": entity}
    return found


def keys_of(context: Context, block: Staged) -> list[Key]:
    """Return the key of each row, with references as the records they name; nothing is introduced."""
    kind = block.type
    columns = []
    for name in kind.key:
        column = block.columns.get(name) or [None] * len(block)
        if kind[name].ref:
            found = resolve(context.store, context.store.registry[kind[name].ref], column).found
            column = [None if text is None else found.get(text, text) for text in column]
        columns.append([_part(kind, name, each) for each in column])
    return list(zip(*columns, strict=True))


def _part(kind: RecordType, name: str, value: Any) -> Any:
    return kind[name].default if value is None else value
