"""Rows about records that are there: three-way per cell.

What this feed last gave, what the file gives now, and what the store has. Where the file did not change its mind
nothing happens; where all three differ the edit is kept and listed; a field that decides who is paid is a question.
"""

from __future__ import annotations

from typing import Any

from salescli.core.records import kinds
from salescli.core.records.fields import CURRENCY
from salescli.core.records.model import Field
from salescli.errors import Problem, Where
from salescli.store.block import Block, CellChange
from salescli.store.dated import correct_dated, end_latest, fetch_change, fetch_history, fetch_latest, put_dated
from salescli.store.entities import labels
from salescli.store.versions import Image, Version
from salescli.store.words import HAND, Words


class CellMerger:
    """Compares the rows of one block with the records they are about."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.latest = fetch_latest(block.store, block.kind) if block.kind.dated else {}
        self.words = Words(block.access, block.live)
        self.questions: dict[str, list[tuple[Any, Any]]] = {}
        self.names = (*block.kind.key, block.kind.name_field)

    def merge_row(self, index: int, entity: int, have: Image) -> None:
        """Compare one row with the record it is about, and write what the file newly says."""
        cells: Image = {}
        is_changed = False
        said: list[Version] | None = None
        is_renamed, former = index in self.block.result.other_names, self.block.result.other_names.get(index)
        for name in self.block.given:
            if is_renamed and name in self.names:
                continue  # a row that reaches its record by another name does not rename it
            value, each = self.block.columns[name][index], self.block.kind[name]
            current = self.latest.get((entity, name), have[name]) if each.dated else have[name]
            if value == current:
                if self.block.options.dated == "correct" and (entity, name) in self.latest:
                    is_changed |= self._correct_again(index, entity, each, value, cells)
                continue
            if value is None and name not in self.block.options.blank_clears:
                continue
            if said is None:
                said = self.words.history_before_merge(former) if former else self.words.history(entity)
            base, is_given, is_edited = self.words.base(said, former or entity, each, self.block.source.feed)
            if former:
                is_edited = current != base  # it speaks for a part of the record: only what came from it is its own
            if base == value and (is_given or not self._is_typed):
                continue  # the file did not change its mind: a later edit stays, and what it never said is not cleared
            if is_edited and current is not None and not self.block.options.prefer_file:
                self._note_edited(index, entity, each, base, value, current, former)
            elif each.dated and current is not None:
                is_changed |= self._change_dated(index, entity, each, value, current, cells)
            else:
                cells[name] = value
        self._keep_currency(index, entity, have, cells)
        for name, value in cells.items():
            letters = self.block.source.letters.get(name, "")
            self.block.result.cells.append(CellChange(entity, self.block.rows[index], name, have[name], value, letters))
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
            have.update(image)  # another row may be about the same record
        self.block.result.changed += bool(cells) or is_changed
        self.block.result.unchanged += not (cells or is_changed)

    def _keep_currency(self, index: int, entity: int, have: Image, cells: Image) -> None:
        """An amount is written in the currency that the row gives it, or, where another one stays, not at all."""
        code, block = CURRENCY.name, self.block
        stated = block.columns[code][index] if code in block.given else None
        amounts = [name for name in cells if block.kind[name].kind is kinds.MONEY and cells[name] is not None]
        if not amounts or stated is None or stated == cells.get(code, have[code]):
            return
        if block.options.prefer_file:
            cells[code] = stated
            return
        record = labels(block.store, block.kind, [entity]).get(entity, "")
        for name in amounts:
            each = block.kind[name]
            said = {"file_value": each.kind.to_python(cells.pop(name)), "stated": stated, "currency": have[code] or "—"}
            note = block.problem(index, "currency-edited", name, "warning", field=each.title, record=record, **said)
            block.result.notes.append(note)

    @property
    def _is_typed(self) -> bool:
        return self.block.source.feed.startswith(HAND)

    def _note_edited(
        self, index: int, entity: int, each: Field, base: Any, value: Any, current: Any, former: int | None
    ) -> None:
        shown = self._shown(each, [base, value, current])
        key = labels(self.block.store, self.block.kind, [entity]).get(entity, "")
        values = {"base": "—" if base is None else shown[0], "file_value": shown[1], "value": shown[2]}
        name = "edited-since"
        if former:
            name = "merged-differs"
            values["former"] = labels(self.block.store, self.block.kind, [former])[former]
        self.block.result.notes.append(
            self.block.problem(index, name, each.name, "warning", field=each.title, record=key, **values)
        )

    def _shown(self, each: Field, values: list[Any]) -> list[Any]:
        """Return stored values as people read them: names for references."""
        if each.ref:
            known = labels(self.block.store, self.block.store.registry[each.ref], [value for value in values if value])
            return [known.get(value, value) for value in values]
        return [None if value is None else each.kind.to_python(value) for value in values]

    def _change_dated(self, index: int, entity: int, each: Field, value: Any, current: Any, cells: Image) -> bool:
        """A field that decides who is paid is never changed backwards silently: a day, a correction, or a question."""
        answer = self.block.options.dated
        if not answer:
            self.questions.setdefault(each.name, []).append((current, value))
            return False
        self.block.result.dated += 1
        return self._answer(index, entity, each, value, current, cells)

    def _answer(self, index: int, entity: int, each: Field, value: Any, current: Any, cells: Image) -> bool:
        """Write a dated value as the answer says; False where the record's own cell is to hold it."""
        store, batch, answer = self.block.store, self.block.batch, self.block.options.dated
        source, row = self.block.source_id, self.block.rows[index]
        if answer != "correct":
            put_dated(store, batch, entity, each.name, answer, value, source, row)
        elif not correct_dated(store, batch, entity, each.name, value, source, row):
            cells[each.name] = value
            return False
        self.block.result.cells.append(CellChange(entity, row, each.name, current, value))
        return True

    def _correct_again(self, index: int, entity: int, each: Field, value: Any, cells: Image) -> bool:
        """The same file, or hand, that made a change and now says it was always so takes its change back."""
        start, source = fetch_change(self.block.store, entity, each.name)
        if not self._is_own(source):
            return False
        end_latest(self.block.store, self.block.batch, entity, each.name, self.block.source_id, self.block.rows[index])
        self.block.result.dated += 1
        record = labels(self.block.store, self.block.kind, [entity]).get(entity, "")
        values = {"field": each.title, "record": record, "day": start}
        self.block.result.notes.append(self.block.problem(index, "change-taken-back", each.name, "warning", **values))
        before = fetch_history(self.block.store, entity, each.name)[-1][1]
        # Where the answer is a cell of the record itself, that cell says it now.
        return before == value or self._answer(index, entity, each, value, before, cells)

    def _is_own(self, source: int | None) -> bool:
        if source is None:
            return False
        sha256 = self.block.source.sha256
        said = self.block.store.db.execute("SELECT sha256 FROM source WHERE id = ?", (source,)).fetchone()[0]
        return said == sha256 if sha256 else self._is_typed and self.words.is_by_hand(source)

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
