"""Rows read from a file, as columns of stored values, before the store has seen them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.model import RecordType


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: file, its SHA-256, sheet, and the letter of each field's column.

    `feed` is what stays the same from month to month (a profile's name, or the file's name without its digits): the
    three-way merge compares what this feed last gave with what it gives now.
    """

    file: str
    sha256: str = ""
    sheet: str = ""
    feed: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)

    def cell(self, row: int, field_name: str = "") -> str:
        """Return the address of a field in a row, `F118`, or the row's number where the field has no column."""
        return f"{self.letters.get(field_name, '')}{row or ''}"


@dataclass(slots=True)
class Staged:
    """A block of rows of one type: equal-length columns of stored values.

    A column is present exactly where the file has it; a blank cell is None and gives nothing. Reference columns hold
    the text as written: the store resolves it. `rows` are the spreadsheet's row numbers (1 is the first).
    """

    type: RecordType
    source: Source
    rows: list[int]
    columns: dict[str, list[Any]]

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, keep: list[bool]) -> Staged:
        """Return the rows marked True."""
        return Staged(
            self.type,
            self.source,
            [row for row, wanted in zip(self.rows, keep, strict=True) if wanted],
            {
                name: [value for value, wanted in zip(column, keep, strict=True) if wanted]
                for name, column in self.columns.items()
            },
        )
