"""A staged block on its way into the store: what its steps share, and what becomes of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.model import RecordType
from salescli.core.records.staged import Staged
from salescli.errors import Problem, Severity, Where
from salescli.store.batches import in_force, save_source
from salescli.store.connection import Store
from salescli.store.versions import Access


@dataclass(frozen=True, slots=True)
class MergeOptions:
    """How doubtful cells are decided.

    `dated`: "" asks, "correct" says it was always so, an ISO day says it changed then. `prefer_file` takes the file's
    value over an edit. `blank_clears` names the fields whose blank cell clears. `own_list` treats the lists of this
    very batch as not yet there: a list of people may name managers that stand on no list.
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
    letters: str = ""  # of the column it was read from, where a sheet has one for each month


@dataclass(slots=True)
class MergeResult:
    """What became of a staged block: new + changed + unchanged + rejected = rows; what is gone is counted apart.

    `entities` are the records that the rows are about, rejected rows included where their record is there; `fresh`
    the rows that made a record, `numbers` the counts given to rejected rows of a made key, by row, `dated` how many
    dated cells were changed. `has_content_keys`: rows without a number are known by their content.
    """

    type: RecordType
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: dict[int, list[Problem]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    decisions: list[Problem] = field(default_factory=list)
    introduced: dict[str, list[str]] = field(default_factory=dict)
    cells: list[CellChange] = field(default_factory=list)
    entities: list[int | None] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)
    held: dict[int, int | None] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)
    dated: int = 0
    source_id: int = 0
    has_content_keys: bool = False
    beside: int = 0  # records changed that no row is about
    other_names: dict[int, int | None] = field(default_factory=dict)  # row -> the merged record that it is about


class Block:
    """One staged block with its columns, as the steps of the merge turn texts into records."""

    def __init__(self, store: Store, batch: int, staged: Staged, options: MergeOptions) -> None:
        self.store, self.batch, self.options = store, batch, options
        self.kind, self.source, self.rows, self.staged = staged.type, staged.source, staged.rows, staged
        self.columns = {name: list(column) for name, column in staged.columns.items() if name in staged.type}
        self.result = MergeResult(staged.type)
        self.live = in_force(store)
        self.access = Access(store, self.kind)
        self.given = [name for name in self.columns if self.kind[name].is_stored and self.kind[name].is_given]
        self.source_id = self.result.source_id = save_source(store, batch, self.kind.name, self.source)

    def column(self, name: str) -> list[Any]:
        """Return a column, blank where the file has none."""
        return self.columns.get(name) or [None] * len(self.rows)

    def problem(self, index: int, name: str, on: str, severity: Severity = "error", **values: Any) -> Problem:
        """Build a problem about a field of a staged row."""
        where = Where(file=self.source.file, sheet=self.source.sheet, cell=self.source.cell(self.rows[index], on))
        return Problem(name, where, values, severity)

    def hold(self, row: int, entity: int | None, *, is_told: bool = False) -> None:
        """Note which record a row is about that was kept out while reading; `is_told`: it is known to be none."""
        self.result.held[row] = entity
        if entity is None and not is_told:
            self.result.unsure.add(row)

    def reject(self, index: int, name: str, on: str, **values: Any) -> None:
        """Keep a row out, with its reason."""
        self.result.rejected.setdefault(index, []).append(self.problem(index, name, on, "error", **values))
