"""Rows about records that are there: three-way per cell.

What this feed last gave, what the file gives now, and what the store has. Where the file did not change its mind
nothing happens; where all three differ the edit is kept and listed; a field that decides who is paid is a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salescli.core.records.model import Field
from salescli.errors import Problem, Where
from salescli.store.block import Block, CellChange
from salescli.store.dated import correct_dated, fetch_latest, fetch_said, put_dated
from salescli.store.entities import labels
from salescli.store.versions import Image, Version

HAND = "edit:"  # how the feed of what somebody typed begins


class CellMerger:
    """Compares the rows of one block with the records they are about."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.latest = fetch_latest(block.store, block.kind) if block.kind.dated else {}
        self.feeds: dict[int, str] = {}
        self.questions: dict[str, list[tuple[Any, Any]]] = {}

    def merge_row(self, index: int, entity: int, have: Image) -> None:
        """Compare one row with the record it is about, and write what the file newly says."""
        cells: Image = {}
        is_changed = False
        said: list[Version] | None = None
        for name in self.block.given:
            value, each = self.block.columns[name][index], self.block.kind[name]
            current = self.latest.get((entity, name), have[name]) if each.dated else have[name]
            if value == current or (value is None and name not in self.block.options.blank_clears):
                continue
            said = self.block.access.history(entity) if said is None else said
            base, is_edited = self._base(said, entity, each)
            if base == value and base is not None:
                continue  # the file did not change its mind: a later edit stays
            if is_edited and current is not None and not self.block.options.prefer_file:
                self._note_edited(index, entity, each, base, value, current)
            elif each.dated and current is not None:
                is_changed |= self._change_dated(index, entity, each, value, current, cells)
            else:
                cells[name] = value
        for name, value in cells.items():
            self.block.result.cells.append(CellChange(entity, self.block.rows[index], name, have[name], value))
        if cells:
            image = self.block.access.complete({**have, **cells})
            self.block.access.put(
                self.block.batch,
                entity,
                self.block.access.given_bits(cells),
                image,
                self.block.source_id,
                self.block.rows[index],
            )
        self.block.result.changed += bool(cells) or is_changed
        self.block.result.unchanged += not (cells or is_changed)

    def _base(self, said: Sequence[Version], entity: int, each: Field) -> tuple[Any, bool]:
        """Return what this feed last gave for a cell, and whether a later word stands that it must not overwrite.

        Where this feed has given the cell before, any other word since is such; where it never has, a hand edit is.
        """
        bit = self.block.access.bits[each.name]
        values = [
            (version.batch, version.source, version.image[each.name])
            for version in said
            if version.batch in self.block.live and not version.ended and version.given >> bit & 1
        ]
        if each.dated:
            values = sorted(
                values + fetch_said(self.block.store, entity, each.name, self.block.live), key=lambda one: -one[0]
            )
        for place, (_, source, value) in enumerate(values):
            if source is not None and self._feed(source) == self.block.source.feed:
                return value, place > 0
        return None, bool(values) and self._is_by_hand(values[0][1])

    def _is_by_hand(self, source: int | None) -> bool:
        return source is not None and self._feed(source).startswith(HAND)

    def _feed(self, source: int) -> str:
        if source not in self.feeds:
            self.feeds[source] = self.block.store.db.execute(
                "SELECT feed FROM source WHERE id = ?", (source,)
            ).fetchone()[0]
        return self.feeds[source]

    def _note_edited(self, index: int, entity: int, each: Field, base: Any, value: Any, current: Any) -> None:
        shown = self._shown(each, [base, value, current])
        key = labels(self.block.store, self.block.kind, [entity]).get(entity, "")
        values = {"base": "—" if base is None else shown[0], "file_value": shown[1], "value": shown[2]}
        self.block.result.notes.append(
            self.block.problem(index, "edited-since", each.name, "warning", field=each.title, record=key, **values)
        )

    def _shown(self, each: Field, values: list[Any]) -> list[Any]:
        """Return stored values as people read them: names for references."""
        if each.ref:
            known = labels(self.block.store, self.block.store.registry[each.ref], [value for value in values if value])
            return [known.get(value, value) for value in values]
        return [None if value is None else each.kind.to_python(value) for value in values]

    def _change_dated(self, index: int, entity: int, each: Field, value: Any, current: Any, cells: Image) -> bool:
        """A field that decides who is paid is never changed backwards silently: a day, a correction, or a question."""
        answer, row = self.block.options.dated, self.block.rows[index]
        if not answer:
            self.questions.setdefault(each.name, []).append((current, value))
            return False
        if answer != "correct":
            put_dated(self.block.store, self.block.batch, entity, each.name, answer, value, self.block.source_id, row)
        elif not correct_dated(self.block.store, self.block.batch, entity, each.name, value, self.block.source_id, row):
            cells[each.name] = value
            return False
        self.block.result.cells.append(CellChange(entity, row, each.name, current, value))
        return True

    def ask(self) -> None:
        for name, pairs in self.questions.items():
            each = self.block.kind[name]
            before, after = self._shown(each, list(pairs[0]))
            where = Where(
                file=self.block.source.file, sheet=self.block.source.sheet, cell=self.block.source.letters.get(name, "")
            )
            values = {
                "count": len(pairs),
                "field": each.title,
                "before": before,
                "after": after,
                "day": "YYYY-MM-DD",
            }
            self.block.result.decisions.append(Problem("change-or-correction", where, values))
