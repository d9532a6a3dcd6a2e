"""Rows read from a file, as columns of stored values, before the store has seen them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from salescli.core.records.model import RecordType

FORM = "form:"  # how the feed of a sheet begins that salescli wrote for people to fill in: it is no list of its type


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

    `counted` names the key field of a made key, whose text ends with a count of equal rows: the store says which of
    them are there already. `held` are rows that are kept out for now but have their place among them; of rejected
    rows that come back, `taken` says how many rows of a key, without its count, went in before. `beside` are the names
    that stand beside the numbers of a reference, by field: the number decides, the name is held against it.
    """

    type: RecordType
    source: Source
    rows: list[int]
    columns: dict[str, list[Any]]
    counted: str = ""
    held: Staged | None = None
    taken: Mapping[str, int] = field(default_factory=dict)
    beside: dict[str, list[str | None]] = field(default_factory=dict)

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
            self.counted,
            self.held,
            self.taken,
            {
                name: [value for value, wanted in zip(column, keep, strict=True) if wanted]
                for name, column in self.beside.items()
            },
        )
