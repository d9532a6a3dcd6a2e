"""Keys of rows that have none: what a record says is what it is known by, and equal ones are counted.

Only for types that do not pay. A number, where a row has one, is its key; the rest are known by their content, so the
same file in another order is the same file, and a row that says something else is another record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from salescli.core.records.model import RecordType

if TYPE_CHECKING:
    from salescli.store.block import Block

SIGN = "~"  # stands before the digest, and in no key that a person gives


def is_known_by_content(kind: RecordType) -> bool:
    """Tell whether rows without a number are taken: types that do not pay, and whose records have no name either."""
    return len(kind.key) == 1 and not kind[kind.key[0]].required and not kind.name_field and not kind.pays


def fill_content_keys(block: Block, keys: Sequence[str | None]) -> list[str | None]:
    """Give the rows without a key that of their content: the day, a digest, and a count of equal ones."""
    if not is_known_by_content(block.kind) or None not in keys:
        return [*keys]
    days = block.column(block.kind.date) if block.kind.date else [None] * len(block.rows)
    filled: list[str | None] = [*keys]
    counts: dict[str, int] = {}
    names = sorted(block.given)
    contents = zip(*(block.columns[name] for name in names), strict=True)
    for index, content in enumerate(contents):
        if filled[index] is not None or index in block.result.rejected:
            continue
        text = f"{(days[index] or '')[:10]}{SIGN}{_digest(names, content)}"
        counts[text] = counts.get(text, 0) + 1
        filled[index] = f"{text}|{counts[text]}"
    block.result.has_content_keys = bool(counts)
    return filled


def _digest(names: Sequence[str], content: Sequence[Any]) -> str:
    said = {name: value for name, value in zip(names, content, strict=True) if value is not None}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]
