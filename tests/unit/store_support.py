"""Small stores for tests: stage rows as an importer would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from salescli.core.records.kinds import Bad, Reading, parse_column
from salescli.core.records.registry import built_in
from salescli.core.records.staged import Source, Staged
from salescli.store.batches import begin_batch
from salescli.store.connection import Store, open_store
from salescli.store.merge import MergeOptions, MergeResult, merge_staged

REGISTRY = built_in()


def new_store() -> Store:
    return open_store(Path(":memory:"), REGISTRY, create=True)


def stage(type_name: str, rows: list[dict[str, Any]], feed: str = "feed", file: str = "f.xlsx") -> Staged:
    kind = REGISTRY[type_name]
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {}
    for name in names:
        values = parse_column(kind[name].kind, [row.get(name) for row in rows], Reading(percent="percent"))
        assert not any(isinstance(value, Bad) for value in values), values
        columns[name] = values
    letters = {name: chr(65 + n) for n, name in enumerate(names)}
    return Staged(kind, Source(file, "sha", "Sheet1", feed, letters), list(range(2, len(rows) + 2)), columns)


def load(store: Store, type_name: str, rows: list[dict[str, Any]], feed: str = "", **options: Any) -> MergeResult:
    with store.transaction():
        batch = begin_batch(store, "import", type_name)
        return merge_staged(store, batch, stage(type_name, rows, feed or type_name), MergeOptions(**options))
