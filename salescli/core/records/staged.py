"""Rows read from a file, as columns of stored values, before the store has seen them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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

    A sheet with a column per month is staged as one block of all its figures; `blocks` are the same rows by column,
    each with its own source, and `ends` are the figures in whose place a word says that the record ends.
    """

    type: RecordType
    source: Source
    rows: list[int]
    columns: dict[str, list[Any]]
    counted: str = ""
    held: Staged | None = None
    taken: Mapping[str, int] = field(default_factory=dict)
    beside: dict[str, list[str | None]] = field(default_factory=dict)
    blocks: tuple[Staged, ...] = ()
    ends: Staged | None = None

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
            tuple(self._only_of_blocks(keep)),
            self.ends,
        )

    def _only_of_blocks(self, keep: list[bool]) -> Iterator[Staged]:
        start = 0
        for block in self.blocks:
            yield block.only(keep[start : start + len(block)])
            start += len(block)

    def name_file(self, file: str) -> None:
        """Name the file as it is to be called from now on."""
        for block in (self, *self.blocks, *([self.ends, *self.ends.blocks] if self.ends else [])):
            block.source = replace(block.source, file=file)


def join_blocks(blocks: Sequence[Staged]) -> Staged:
    """Return the rows of several blocks of one sheet as one that knows them; a column some lack is blank there."""
    names = list(dict.fromkeys(name for block in blocks for name in block.columns))
    beside = list(dict.fromkeys(name for block in blocks for name in block.beside))

    def column(name: str) -> list[Any]:
        return [cell for block in blocks for cell in block.columns.get(name) or [None] * len(block)]

    first = blocks[0]
    shared = {name: letters for name, letters in first.source.letters.items() if name not in first.type.wide}
    return Staged(
        first.type,
        replace(first.source, letters=shared),
        [row for block in blocks for row in block.rows],
        {name: column(name) for name in names},
        beside={
            name: [cell for block in blocks for cell in block.beside.get(name) or [None] * len(block)]
            for name in beside
        },
        blocks=tuple(blocks),
    )
