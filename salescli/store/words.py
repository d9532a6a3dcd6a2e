"""What batches in force said of a record, cell by cell, and which feed said it.

A feed is what stays the same from month to month: a source's files, or one edit by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from salescli.core.records.model import Field
from salescli.store.dated import fetch_said
from salescli.store.entities import MERGED, merged_into
from salescli.store.versions import Access, Version

HAND = "edit:"  # how the feed of what somebody typed begins


class Base(NamedTuple):
    """What a feed last gave for a cell. `is_given` is False where it never did, or has been ended since.

    `is_edited`: a later word stands, which the feed must not overwrite. Where the feed has given the cell before, any
    other word since is such; where it never has, a hand edit is.
    """

    value: Any
    is_given: bool
    is_edited: bool


class Words:
    """Reads what was said of the records of one type."""

    def __init__(self, access: Access, live: set[int]) -> None:
        self.access, self.live, self.store = access, live, access.store
        self._feeds: dict[int, str] = {}
        self._merged = merged_into(self.store)

    def history(self, entity: int) -> list[Version]:
        """Return the versions in force of a record since it was last ended, newest first."""
        said = [version for version in self.access.history(entity) if version.batch in self.live]
        return said[: next((at for at, version in enumerate(said) if version.ended), None)]

    def history_before_merge(self, entity: int) -> list[Version]:
        """Return what was in force of a record that has been merged into another, newest first."""
        said = [version for version in self.access.history(entity) if version.batch in self.live]
        said = said[next((at for at, version in enumerate(said) if not version.ended), len(said)) :]
        return said[: next((at for at, version in enumerate(said) if version.ended), None)]

    def base(self, said: Sequence[Version], entity: int, each: Field, feed: str) -> Base:
        """Return what a feed last gave for a cell of a record, of which `said` is the history."""
        bit = self.access.bits[each.name]
        values = [
            (version.batch, version.source, version.image[each.name])
            for version in said
            if version.given >> bit & 1 and not self._is_merge(version.source)
        ]
        if each.dated:
            values += fetch_said(self.store, entity, each.name, self.live)
            values.sort(key=lambda one: -one[0])
        for place, (_, source, value) in enumerate(values):
            if source is not None and self.feed(source) == feed:
                return Base(self._merged.get(value, value) if each.ref else value, True, place > 0)
        return Base(None, False, bool(values) and self.is_by_hand(values[0][1]))

    def _is_merge(self, source: int | None) -> bool:
        """What a merge of records wrote follows from what others said: it is nobody's own word."""
        return source is not None and self.feed(source).startswith(MERGED)

    def is_by_hand(self, source: int | None) -> bool:
        """Tell whether somebody typed it."""
        return source is not None and self.feed(source).startswith(HAND)

    def feed(self, source: int) -> str:
        """Return the feed of a source."""
        if source not in self._feeds:
            row = self.store.db.execute("SELECT feed FROM source WHERE id = ?", (source,)).fetchone()
            self._feeds[source] = str(row[0])
        return self._feeds[source]

    def speakers(self, entity: int) -> list[tuple[int, str]]:
        """Return who said something of a record in force, as (batch, feed), newest first; "" for no known feed."""
        said = [(version.batch, version.source) for version in self.history(entity)]
        for each in self.access.kind.dated:
            said += [(batch, source) for batch, source, _ in fetch_said(self.store, entity, each.name, self.live)]
        said.sort(key=lambda one: -one[0])
        return [(batch, "" if source is None else self.feed(source)) for batch, source in said]
