"""Where the records behind credits were read, and what people call what they point to."""

from __future__ import annotations

from collections.abc import Iterable

from salescli.core.records.model import RecordType
from salescli.core.title import Title
from salescli.services.context import Context
from salescli.store.entities import fetch_key, labels
from salescli.store.givers import fetch_given
from salescli.store.lineage import fetch_sources


class Places:
    """Keys of records and their `file!sheet!row`, looked up once."""

    def __init__(self, context: Context) -> None:
        self._store, self._language = context.store, context.language
        self._keys: dict[int, str] = {}
        self._labels: dict[tuple[str, int], str] = {}
        self._sources: dict[int, str] = {}

    def key(self, entity: int) -> str:
        """Return the natural key of a record."""
        if entity not in self._keys:
            self._keys[entity] = fetch_key(self._store, entity)
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

    def of_all(self, kind: RecordType, typed: Title | None = None) -> dict[int, str]:
        """Return where the records of a type were read, as they are known.

        Of what was typed in it is the batch as `#6`, or `typed` with its number.
        """
        found = fetch_given(self._store, kind)
        if typed is None:
            return {entity: self.place(one.source, one.row, one.edited) for entity, one in found.items()}
        said = typed.text(self._language)
        return {
            entity: said.format(batch=one.edited) if one.source is None else self.place(one.source, one.row, one.edited)
            for entity, one in found.items()
        }

    def of_some(self, kind: RecordType, ids: Iterable[int], path: str = "") -> dict[int, str]:
        """Return where some records of a type were read: the row that gave the value at `path`."""
        found = fetch_given(self._store, kind, ids, path)
        return {entity: self.place(one.source, one.row, one.edited) for entity, one in found.items()}

    def place(self, source: int | None, row: int | None, edited: int | None = None) -> str:
        """Return where a record was read, and as `#6` the batch that has set its value by hand."""
        read = self._read(source, row)
        return " · ".join(part for part in (read, f"#{edited}" if edited is not None else "") if part)

    def _read(self, source: int | None, row: int | None) -> str:
        if source is None:
            return ""
        if source not in self._sources:
            found = fetch_sources(self._store, [source])[source]
            self._sources[source] = "!".join(part for part in (found.file, found.sheet) if part)
        return f"{self._sources[source]}!{row}" if row else self._sources[source]
