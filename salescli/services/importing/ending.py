"""Figures in whose place a sheet says `-`, 删除 or remove: their records end. A blank cell ends nothing, nor does a 0.

A version of a target (that is effective from a month) is withdrawn instead: else the one before it would hold again.
"""

from __future__ import annotations

from salescli.core.records.staged import Staged
from salescli.errors import Problem, Where, problem
from salescli.services.context import Context
from salescli.services.importing.gone import GoneRecord
from salescli.services.importing.outcome import SheetImport
from salescli.services.importing.targets import images_by_key, keys_of
from salescli.store.versions import write_cells


def end_figures(context: Context, batch: int, done: SheetImport) -> None:
    """End the records that a sheet says have ended; they are listed with what is gone."""
    staged = done.reading.staged
    if staged is None or staged.ends is None:
        return
    kind, (over, value) = staged.type, staged.type.wide
    there = images_by_key(context, kind)
    ended: set[int] = set()
    withdrawn: set[int] = set()
    for block in staged.ends.blocks or (staged.ends,):
        for index, key in enumerate(keys_of(context, block)):
            where = Where(block.source.file, sheet=block.source.sheet, cell=block.source.cell(block.rows[index], value))
            image = there.get(key)
            if image is None or image.get("withdrawn"):
                _note(done, block, where, _name(context, block, index, over))
                continue
            (withdrawn if image.get("effective_from") else ended).add(image["entity"])
            done.gone.append(
                GoneRecord(
                    image["entity"],
                    _name(context, block, index, over),
                    str(image[over]),
                    image.get(value),
                    image.get("currency") or "",
                    where,
                    "ended",
                    is_said=True,
                )
            )
    write_cells(context.store, batch, kind, dict.fromkeys(sorted(ended)))
    write_cells(context.store, batch, kind, {entity: {"withdrawn": 1} for entity in sorted(withdrawn)})


def _name(context: Context, block: Staged, index: int, over: str) -> str:
    """Name a figure by its holder, metric and month."""
    parts: list[str] = []
    for name in ("person", "seat", "team", "metric"):
        text = block.columns[name][index] if name in block.columns else None
        if text and not (name == "team" and parts):
            parts.append(str(text))
    return " · ".join([*parts, str(block.columns[over][index])])


def _note(done: SheetImport, block: Staged, where: Where, name: str) -> None:
    assert done.result is not None
    found: Problem = problem("end-unknown", where, severity="note", text=name, type=block.type.titles)
    done.result.notes.append(found)
