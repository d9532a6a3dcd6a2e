"""Where the records behind credits were read, and what people call what they point to."""

from __future__ import annotations

from salescli.core.records.model import RecordType
from salescli.services.context import Context
from salescli.store.entities import labels
from salescli.store.state import state_of


class Places:
    """Keys of records and their `file!sheet!row`, looked up once."""

    def __init__(self, context: Context) -> None:
        self._store = context.store
        self._keys: dict[int, str] = {}
        self._labels: dict[tuple[str, int], str] = {}
        self._sources: dict[int, str] = {}

    def key(self, entity: int) -> str:
        """Return the natural key of a record."""
        if entity not in self._keys:
            self._keys[entity] = str(
                self._store.db.execute("SELECT key FROM entity WHERE id = ?", (entity,)).fetchone()[0]
            )
        return self._keys[entity]

    def label(self, type_name: str, entity: int | None) -> str:
        """Return what people call a record; a contract is called by its number."""
        if entity is None:
            return ""
        if type_name == "contract":
            return self.key(entity)
        mark = (type_name, entity)
        if mark not in self._labels:
            found = labels(self._store, self._store.registry[type_name], [entity])
            self._labels[mark] = found.get(entity, "")
        return self._labels[mark]

    def of_all(self, kind: RecordType) -> dict[int, str]:
        """Return where the records of a type were read, as they are known; "" of what was typed in."""
        rows = self._store.db.execute(f"SELECT id, source_id, source_row FROM {state_of(self._store, kind)}")
        return {entity: self.place(source, row) for entity, source, row in rows.fetchall()}

    def place(self, source: int | None, row: int | None) -> str:
        """Return where a record was read."""
        if source is None:
            return ""
        if source not in self._sources:
            file, sheet = self._store.db.execute("SELECT file, sheet FROM source WHERE id = ?", (source,)).fetchone()
            self._sources[source] = "!".join(part for part in (file, sheet) if part)
        return f"{self._sources[source]}!{row}" if row else self._sources[source]
