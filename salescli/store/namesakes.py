"""People without a number who share a name: known by whom they are with, and by how they are reached.

A name alone tells contacts and leads apart badly: every second list has two 张伟. A row without a number is about the
record of its name that has one of its phones or addresses, else the one at the same company that contradicts none of
them. Where several fit as well, nobody chooses; where none does, it is a new record, known by what the row says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.store.content_keys import SIGN
from salescli.store.schema import table_of

if TYPE_CHECKING:
    from salescli.store.block import Block

Said = tuple[Any, ...]  # what a row or a record says of the fields that tell namesakes apart
REACHED, WITH, OPEN = 3, 2, 1  # the same phone or address; the same company; nothing that could differ


class _Known(NamedTuple):
    key: str
    said: Said


def fill_namesake_keys(block: Block, keys: Sequence[str | None]) -> list[str | None]:
    """Give rows that have a name and no number the key of the record they are about, or one of their own."""
    filled = [*keys]
    numbers, names = block.column(block.kind.key[0]), block.column(block.kind.name_field)
    rows = [
        index
        for index, (number, name) in enumerate(zip(numbers, names, strict=True))
        if number is None and name is not None and index not in block.result.rejected
    ]
    if not block.kind.apart or not rows:
        return filled
    columns = [block.column(name) for name in block.kind.apart]
    known = _fetch(block, {names[index] for index in rows})
    taken: set[str] = set()
    waiting = {index: tuple(column[index] for column in columns) for index in rows}
    for grade in (REACHED, WITH, OPEN):
        for index, said in list(waiting.items()):
            fits = [
                one.key
                for one in known.get(names[index], ())
                if one.key not in taken and _grade(said, one.said) == grade
            ]
            if len(fits) > 1:
                block.reject(
                    index, "ambiguous-reference", block.kind.name_field,
                    text=names[index], type=block.kind.titles, candidates=fits,
                )  # fmt: skip
            if fits:
                del waiting[index]
            if len(fits) == 1:
                filled[index] = fits[0]
                taken.add(fits[0])
    for index, said in waiting.items():
        filled[index] = f"{names[index]}{_digest(said)}"
    return filled


def _grade(said: Said, have: Said) -> int:
    """Say how well a row fits a record: 0 where they contradict each other."""
    pairs = [(one, other) for one, other in zip(said, have, strict=True) if one is not None and other is not None]
    company, reached = said[0] is not None and said[0] == have[0], said[1:]
    if any(one is not None and one == other for one, other in zip(reached, have[1:], strict=True)):
        return REACHED
    if any(one != other for one, other in pairs):
        return 0
    return WITH if company else OPEN


def _fetch(block: Block, wanted: set[Any]) -> dict[str, list[_Known]]:
    """Return the present records of some names."""
    kind = block.kind
    columns = ", ".join(f't."{kind[name].column}"' for name in (kind.name_field, *kind.apart))
    found: dict[str, list[_Known]] = {}
    rows = block.store.db.execute(
        f'SELECT e.key, {columns} FROM "{table_of(kind)}" AS t JOIN entity AS e ON e.id = t.id '
        "WHERE t.until_batch IS NULL ORDER BY e.key"
    )
    for key, name, *said in rows:
        if name in wanted:
            found.setdefault(name, []).append(_Known(key, tuple(said)))
    return found


def _digest(said: Said) -> str:
    """Return what follows the name in the key of a new record; nothing where the row says nothing else."""
    if all(value is None for value in said):
        return ""
    return SIGN + hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]
