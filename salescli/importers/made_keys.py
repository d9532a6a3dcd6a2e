"""What a workbook of rejected rows remembers of a made key: how many equal rows went in without the rejected one.

A made key ends in a count of equal rows (`2026-03-02|上海港通|120000|2`). A rejected row stands alone in its workbook;
counted from 1 again it would be taken for one of the rows that went in, and its amount would be lost. So its hidden
`_key` cell says how many of the rows that it may come to equal, once corrected, went in before it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from salescli.importers.result import RejectedRow

COLUMN = "_key"
MOST = 200  # keys that one cell names: a row whose every key cell is bad could become anything

_ByParts = dict[tuple[str, ...], list[str]]


def key_of(made: str) -> str:
    """Return the text of a made key without its count.

    >>> key_of("2026-03-02|上海港通|120000|2")
    '2026-03-02|上海港通|120000'
    """
    return made.rpartition("|")[0]


def remember_counts(rejected: Sequence[RejectedRow], accepted: Iterable[str], column: int = -1) -> list[RejectedRow]:
    """Return rejected rows whose `key` says, as JSON, how many rows of each key that may be theirs went in.

    A part of the key that a row lacks, because its cell is bad, may become anything. `column` is the place of an
    earlier `_key` cell among the row's cells, where these were rejected before.
    """
    counts = Counter(map(key_of, accepted))
    parted = {text: tuple(text.split("|")) for text in counts}
    indexes: dict[tuple[int, ...], _ByParts] = {}
    found = []
    for each in rejected:
        parts = key_of(each.key).split("|")
        known = tuple(place for place, part in enumerate(parts) if part)
        if known not in indexes:
            indexes[known] = _by_parts(parted, known)
        fitting = indexes[known].get(tuple(parts[place] for place in known), [])
        before = recall_counts(each.cells[column : column + 1]) if column >= 0 else {}
        if len(fitting) <= MOST:
            before.update((text, before.get(text, 0) + counts[text]) for text in fitting)
        found.append(each._replace(key=json.dumps(before, ensure_ascii=False) if before else ""))
    return found


def _by_parts(parted: Mapping[str, tuple[str, ...]], known: tuple[int, ...]) -> _ByParts:
    index: _ByParts = {}
    for text, parts in parted.items():
        if not known or known[-1] < len(parts):
            index.setdefault(tuple(parts[place] for place in known), []).append(text)
    return index


def recall_counts(cells: Iterable[Any]) -> dict[str, int]:
    """Read `_key` cells back: how many rows of each key went in before; what cannot be read says nothing."""
    counts: dict[str, int] = {}
    for cell in cells:
        try:
            found = json.loads(cell) if isinstance(cell, str) and cell.startswith("{") else {}
        except ValueError:
            continue
        for text, count in found.items():
            if isinstance(count, int) and 0 < count < 1_000_000:
                counts[text] = max(count, counts.get(text, 0))
    return counts
