"""Merging staged rows into the store: three-way per cell, new and changed versions written.

The caller holds the transaction. Per cell three values meet: what this feed last gave, what the file gives now, and what
the store has. Where the file did not change its mind nothing happens; where all three differ the edit is kept and listed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.model import Field, RecordType
from salescli.core.records.staged import Staged
from salescli.errors import Problem, Severity, Where
from salescli.store.batches import in_force, save_source
from salescli.store.connection import Store
from salescli.store.dated import correct_dated, fetch_latest, fetch_said, put_dated
from salescli.store.entities import create_entities, labels, resolve
from salescli.store.references import names_beside, resolve_column
from salescli.store.versions import Access, Image, Version
from salescli.store.wholes import check_wholes


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """How doubtful cells are decided.

    `dated`: "" asks, "correct" says it was always so, an ISO day says it changed then. `prefer_file` takes the file's value
    over an edit. `blank_clears` names the fields whose blank cell clears. `own_list` treats the lists of this very batch as
    not yet there: a list of people may name managers that stand on no list.
    """

    dated: str = ""
    prefer_file: bool = False
    blank_clears: frozenset[str] = frozenset()
    own_list: bool = False


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that a merge changed, for `--dry-run` and the log."""

    entity: int
    row: int
    field: str
    before: Any
    after: Any


@dataclass(slots=True)
class MergeResult:
    """What became of a staged block: new + changed + unchanged + rejected = rows."""

    type: RecordType
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: dict[int, list[Problem]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    decisions: list[Problem] = field(default_factory=list)
    introduced: dict[str, list[str]] = field(default_factory=dict)
    cells: list[CellChange] = field(default_factory=list)


def merge_staged(store: Store, batch: int, staged: Staged, options: MergeOptions | None = None) -> MergeResult:
    """Merge one block of rows in a batch and return what became of each."""
    return Merger(store, batch, staged, options or MergeOptions()).run()


class Merger:
    """One staged block on its way into the store."""

    def __init__(self, store: Store, batch: int, staged: Staged, options: MergeOptions) -> None:
        self.store, self.batch, self.options = store, batch, options
        self.kind, self.source, self.rows = staged.type, staged.source, staged.rows
        self.columns = {name: list(column) for name, column in staged.columns.items() if name in staged.type}
        self.result = MergeResult(staged.type)
        self.live = in_force(store)
        self.access = Access(store, self.kind)
        self.given = [name for name in self.columns if self.kind[name].is_stored and self.kind[name].is_given]
        self.source_id = save_source(store, batch, self.kind.name, self.source)
        self.feeds: dict[int, str] = {}
        self.questions: dict[str, list[tuple[Any, Any]]] = {}

    def run(self) -> MergeResult:
        """Resolve, compare and write."""
        references = [each for each in self.kind.references if each.name in self.columns and each.is_stored]
        for each in references:
            if each.ref != self.kind.name:
                self._resolve(each, {})
        keys = self._keys()
        entities = self._entities(keys)
        for each in references:
            if each.ref == self.kind.name:  # a list may refer to rows of its own
                self._resolve(each, self._own_names(keys, entities))
        check_wholes(self, entities)
        self._check_rules()
        self._write(entities)
        self._ask()
        self.store.forget()
        return self.result

    def problem(self, index: int, name: str, on: str, severity: Severity = "error", **values: Any) -> Problem:
        """Build a problem about a field of a staged row."""
        where = Where(file=self.source.file, sheet=self.source.sheet, cell=self.source.cell(self.rows[index], on))
        return Problem(name, where, values, severity)

    def reject(self, index: int, name: str, on: str, **values: Any) -> None:
        """Keep a row out, with its reason."""
        self.result.rejected.setdefault(index, []).append(self.problem(index, name, on, "error", **values))

    def _own_names(self, keys: list[str | None], entities: list[int | None]) -> dict[str, int]:
        own = {key: entity for key, entity in zip(keys, entities, strict=True) if key and entity}
        named = zip(self.columns.get(self.kind.name_field, []), entities, strict=False)
        return {**{name: entity for name, entity in named if name and entity}, **own}

    def _resolve(self, each: Field, own: dict[str, int]) -> None:
        column, target = [own.get(text, text) for text in self.columns[each.name]], self.store.registry[each.ref]
        names = names_beside(self.kind, each, self.columns)
        live = self.live - {self.batch} if self.options.own_list else self.live
        found = resolve_column(self.store, self.batch, target, column, names, self.source_id, live)
        if found.introduced:
            self.result.introduced.setdefault(target.name, []).extend(found.introduced)
        for index, text in enumerate(column if found.unknown or found.ambiguous else ()):
            if text in found.ambiguous:
                candidates = found.ambiguous[text]
                self.reject(
                    index, "ambiguous-reference", each.name, text=text, type=target.titles, candidates=candidates
                )
            elif text in found.unknown:
                near = found.unknown[text]
                option = f"{target.name}:{text}={near}" if near else ""
                self.reject(
                    index, "unknown-reference", each.name, text=text, type=target.titles, nearest=near, option=option
                )
        self.columns[each.name] = found.ids

    # --- keys ------------------------------------------------------------------------------------------------------

    def _keys(self) -> list[str | None]:
        """Return the natural key of each row; a row without one is rejected."""
        first = self.kind[self.kind.key[0]]
        keys: list[str | None]
        if len(self.kind.key) > 1:
            parts = [self._key_part(self.kind[name]) for name in self.kind.key]
            return ["|".join(values) for values in zip(*parts, strict=True)]
        keys = list(self.columns.get(first.name, [None] * len(self.rows)))
        if self.kind.name_field and not first.required:
            names = self.columns.get(self.kind.name_field, keys)
            keys = [name if key is None else key for key, name in zip(keys, names, strict=True)]
        for index, key in enumerate(keys):
            if key is None and index not in self.result.rejected:
                self.reject(index, "key-missing", first.name, field=first.title, type=self.kind.titles)
        return keys

    def _key_part(self, each: Field) -> list[str]:
        column = self.columns.get(each.name, [None] * len(self.rows))
        default = "" if each.default is None else str(each.default)
        prefix = "#" if each.ref else ""  # an entity stays the same when its name changes
        return [default if value is None else f"{prefix}{value}" for value in column]

    def _entities(self, keys: list[str | None]) -> list[int | None]:
        """Return the entity of each row: the record there is, what a mention had introduced, or a new one."""
        wanted = [key for index, key in enumerate(keys) if key is not None and index not in self.result.rejected]
        known: dict[str, int] = {}
        if len(self.kind.key) == 1:
            is_named_only = bool(self.kind.name_field) and self.kind.key[0] not in self.columns
            known = resolve(self.store, self.kind, wanted, by_name=is_named_only).found
            self._adopt(keys, known)
        known.update(create_entities(self.store, self.kind, [key for key in wanted if key not in known]))
        return [None if key is None else known.get(key) for key in keys]

    def _adopt(self, keys: list[str | None], known: dict[str, int]) -> None:
        """A list row with a number takes over the record that a mere mention of its name introduced."""
        number, name = self.kind.key[0], self.kind.name_field
        if not name or number not in self.columns or name not in self.columns:
            return
        names: list[str] = self.columns[name]
        rows = zip(keys, self.columns[number], names, strict=True)
        free: dict[str, str] = {}
        repeated: set[str] = set()
        for key, given, text in rows:
            if given and key and text and key not in known:
                repeated |= {text} & free.keys()
                free[text] = key
        directory = resolve(self.store, self.kind, free.keys() - repeated)
        present = self.access.current(list(directory.found.values()))
        taken = set(known.values())
        for text, entity in directory.found.items():
            if entity in present and present[entity].get(number) is None and entity not in taken:
                known[free[text]] = entity

    def _check_rules(self) -> None:
        """What a row says against itself is reported, not repaired."""
        if not self.kind.rules:
            return
        names = list(self.columns)
        for index, row in enumerate(zip(*self.columns.values(), strict=True)):
            values = dict(zip(names, row, strict=True))
            for rule in self.kind.rules:
                if broken := rule(values):
                    self.result.notes.append(self.problem(index, broken.name, broken.field, "warning", **broken.values))

    # --- comparing and writing -------------------------------------------------------------------------------------

    def _write(self, entities: list[int | None]) -> None:
        rejected = self.result.rejected
        keep = [(i, entity) for i, entity in enumerate(entities) if i not in rejected and entity is not None]
        have = self.access.current([entity for _, entity in keep]) if self._is_filled() else {}
        self.latest = fetch_latest(self.store, self.kind) if have and self.kind.dated else {}
        self._insert([i for i, entity in keep if entity not in have], entities)
        for index, entity in keep:
            if entity in have:
                self._merge_row(index, entity, have[entity])

    def _is_filled(self) -> bool:
        return bool(self.store.db.execute(f"SELECT 1 FROM {self.access.table} LIMIT 1").fetchone())

    def _insert(self, new: list[int], entities: list[int | None]) -> None:
        """Write all new records in one statement, by column."""
        masks = [0] * len(self.rows)
        for name in self.given:
            bit = 1 << self.access.bits[name]
            masks = [
                mask if value is None else mask | bit for mask, value in zip(masks, self.columns[name], strict=True)
            ]
        filled = self._filled()
        extras = self._extras()
        stored = zip(*(filled[each.name] for each in self.access.columns), extras, strict=True)
        head = zip(entities, masks, self.rows, strict=True)
        wanted = [False] * len(self.rows)
        for index in new:
            wanted[index] = True
        rows = (
            (entity, self.batch, mask, 0, self.source_id, row, *values)
            for keep, (entity, mask, row), values in zip(wanted, head, stored, strict=True)
            if keep
        )
        self.store.db.executemany(self.access.insert, rows)
        self.result.new += len(new)

    def _filled(self) -> dict[str, list[Any]]:
        """Return every stored column of the block: given, defaulted, derived."""
        blank: list[Any] = [None] * len(self.rows)
        filled: dict[str, list[Any]] = {}
        for each in self.kind.stored:
            column = self.columns.get(each.name, blank)
            if each.default is not None:
                value = self.access.base_currency if each.default == "base-currency" else each.default
                column = [value if cell is None else cell for cell in column]
            filled[each.name] = column
        for each in self.kind.derived:
            assert each.derive is not None
            names = list(filled)
            rows = (dict(zip(names, row, strict=True)) for row in zip(*filled.values(), strict=True))
            filled[each.name] = [each.derive(row) for row in rows]
        return filled

    def _extras(self) -> list[str | None]:
        customs = [each for each in self.access.custom if each.name in self.columns]
        packed: list[str | None] = [None] * len(self.rows)
        for index, values in enumerate(zip(*(self.columns[each.name] for each in customs), strict=True)):
            found = {each.name: value for each, value in zip(customs, values, strict=True) if value is not None}
            packed[index] = json.dumps(found, ensure_ascii=False) if found else None
        return packed

    def _merge_row(self, index: int, entity: int, have: Image) -> None:
        """Compare one row with the record it is about, and write what the file newly says."""
        cells: Image = {}
        is_changed = False
        said: list[Version] | None = None
        for name in self.given:
            value, each = self.columns[name][index], self.kind[name]
            current = self.latest.get((entity, name), have[name]) if each.dated else have[name]
            if value == current or (value is None and name not in self.options.blank_clears):
                continue
            said = self.access.history(entity) if said is None else said
            base, is_edited = self._base(said, entity, each)
            if base == value and base is not None:
                continue  # the file did not change its mind: a later edit stays
            if is_edited and None not in (current, base) and not self.options.prefer_file:
                self._note_edited(index, entity, each, base, value, current)
            elif each.dated and current is not None:
                is_changed |= self._change_dated(index, entity, each, value, current, cells)
            else:
                cells[name] = value
        for name, value in cells.items():
            self.result.cells.append(CellChange(entity, self.rows[index], name, have[name], value))
        if cells:
            image = self.access.complete({**have, **cells})
            self.access.put(self.batch, entity, self.access.given_bits(cells), image, self.source_id, self.rows[index])
        self.result.changed += bool(cells) or is_changed
        self.result.unchanged += not (cells or is_changed)

    def _base(self, said: Sequence[Version], entity: int, each: Field) -> tuple[Any, bool]:
        """Return what this feed last gave for a cell, and whether something else has spoken since."""
        bit = self.access.bits[each.name]
        values = [
            (version.batch, version.source, version.image[each.name])
            for version in said
            if version.batch in self.live and not version.ended and version.given >> bit & 1
        ]
        if each.dated:
            values = sorted(values + fetch_said(self.store, entity, each.name, self.live), key=lambda one: -one[0])
        for place, (_, source, value) in enumerate(values):
            if source is not None and self._feed(source) == self.source.feed:
                return value, place > 0
        return None, bool(values)

    def _feed(self, source: int) -> str:
        if source not in self.feeds:
            self.feeds[source] = self.store.db.execute("SELECT feed FROM source WHERE id = ?", (source,)).fetchone()[0]
        return self.feeds[source]

    def _note_edited(self, index: int, entity: int, each: Field, base: Any, value: Any, current: Any) -> None:
        shown = self._shown(each, [base, value, current])
        key = labels(self.store, self.kind, [entity]).get(entity, "")
        values = {"base": shown[0], "file_value": shown[1], "value": shown[2]}
        self.result.notes.append(
            self.problem(index, "edited-since", each.name, "warning", field=each.title, record=key, **values)
        )

    def _shown(self, each: Field, values: list[Any]) -> list[Any]:
        """Return stored values as people read them: names for references."""
        if each.ref:
            known = labels(self.store, self.store.registry[each.ref], [value for value in values if value])
            return [known.get(value, value) for value in values]
        return [each.kind.to_python(value) for value in values]

    def _change_dated(self, index: int, entity: int, each: Field, value: Any, current: Any, cells: Image) -> bool:
        """A field that decides who is paid is never changed backwards silently: a day, a correction, or a question."""
        answer, row = self.options.dated, self.rows[index]
        if not answer:
            self.questions.setdefault(each.name, []).append((current, value))
            return False
        if answer != "correct":
            put_dated(self.store, self.batch, entity, each.name, answer, value, self.source_id, row)
        elif not correct_dated(self.store, self.batch, entity, each.name, value, self.source_id, row):
            cells[each.name] = value
            return False
        self.result.cells.append(CellChange(entity, row, each.name, current, value))
        return True

    def _ask(self) -> None:
        for name, pairs in self.questions.items():
            each = self.kind[name]
            before, after = self._shown(each, list(pairs[0]))
            where = Where(file=self.source.file, sheet=self.source.sheet, cell=self.source.letters.get(name, ""))
            values = {
                "count": len(pairs),
                "field": each.title,
                "before": before,
                "after": after,
                "day": "YYYY-MM-DD",
            }
            self.result.decisions.append(Problem("change-or-correction", where, values))
