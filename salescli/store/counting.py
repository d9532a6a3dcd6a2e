"""Rows of one made key: which of the records that are there each of them is.

A made key ends with a count of equal rows (`2026-03-02|上海港通|120000|2`). Within a group the rows are held against
what this feed last gave for each record: rows that say the same are the same, then those that differ least, and only
what is left over is new. So neither a new order nor another remark, nor a new row beside them, moves the contents of
one record to another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from salescli.core.records.model import RecordType
from salescli.store.block import Block
from salescli.store.connection import Store
from salescli.store.entities import resolve
from salescli.store.words import Words

Content = tuple[Any, ...]
UNKNOWN = object()  # what a bad cell says
MANY = 10_000  # pairs of rows and records beyond which the least difference is not looked for
SCAN = 2_000  # keys beyond which one scan beats a look-up for each


@dataclass(slots=True)
class Group:
    """The rows whose keys differ in the count only. `held` are rows that are kept out and have their place here."""

    rows: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    before: int = 0  # equal rows that went in without these
    keys: dict[str, int] = field(default_factory=dict)  # key that was ever given -> its count
    there: dict[int, int] = field(default_factory=dict)  # count -> record in the state

    @property
    def is_several(self) -> bool:
        """Tell whether there is anything to tell apart."""
        return len(self.rows) > 1 or bool(self.held) or self.before > 0 or bool(set(self.keys.values()) - {1})


def recount(block: Block) -> None:
    """Give the rows of a made key the counts of the records they are; rows that are kept out hold theirs."""
    counted = block.staged.counted
    if not counted or block.kind.key[-1] != counted:
        return
    groups = _groups(block, counted)
    for text, before in block.staged.taken.items():
        if f"{text}|" in groups:
            groups[f"{text}|"].before = before
    _find_records(block, groups)
    names = [name for name in block.given if name not in block.kind.key and block.kind[name].ref != block.kind.name]
    contents = list(zip(*(block.columns[name] for name in names), strict=True)) if names else [()] * len(block.rows)
    contents += _held_contents(block, names)
    column, held = block.columns[counted], block.staged.held
    words = Words(block.access, block.live)
    for group in groups.values():
        if group.is_several:
            have = {number: _given(block, words, entity, names) for number, entity in group.there.items()}
            numbers = _assign([*group.rows, *group.held], contents, have, group.before)
        else:
            numbers = dict.fromkeys(group.rows, 1)
        for index, number in numbers.items():
            if index < len(column):
                column[index] = f"{_text(column[index])}{number}"
            elif held is not None:
                block.hold(held.rows[index - len(column)], group.there.get(number))
    block.staged.columns[counted] = list(column)  # what is said of these rows from here on is said by these keys


def _held_contents(block: Block, names: Sequence[str]) -> list[Content]:
    """Return what rows that are kept out say; a name in them is not known yet, and a bad cell says nothing."""
    held = block.staged.held
    if held is None:
        return []
    blank = [None] * len(held.rows)
    columns = [blank if block.kind[name].ref else held.columns.get(name, blank) for name in names]
    rows: list[Content] = list(zip(*columns, strict=True)) if columns else [()] * len(held.rows)
    return [tuple(UNKNOWN if value is None else value for value in row) for row in rows]


def _groups(block: Block, counted: str) -> dict[str, Group]:
    """Return the groups by what their keys begin with."""
    groups: dict[str, Group] = {}
    for index, prefix in enumerate(_prefixes(block.kind, block.columns, counted, block.columns[counted])):
        groups.setdefault(prefix, Group()).rows.append(index)
    held = block.staged.held
    if held is not None and len(block.kind.key) == 1:
        for index, prefix in enumerate(_prefixes(block.kind, held.columns, counted, held.columns[counted])):
            groups.setdefault(prefix, Group()).held.append(len(block.rows) + index)
    return groups


def _prefixes(kind: RecordType, columns: Mapping[str, Sequence[Any]], counted: str, values: Sequence[Any]) -> list[str]:
    """Return each row's key up to its count, in the text that the store keeps."""
    parts: list[Sequence[Any]] = []
    for name in kind.key[:-1]:
        each, column = kind[name], columns.get(name) or [None] * len(values)
        default, sign = "" if each.default is None else str(each.default), "#" if each.ref else ""
        parts.append([default if value is None else f"{sign}{value}" for value in column])
    return [f"{'|'.join([*row, ''])}{_text(value)}" for value, *row in zip(values, *parts, strict=True)]


def _text(value: Any) -> str:
    """Return what stands before the count, with its bar."""
    before, bar, _ = str(value or "").rpartition("|")
    return before + bar


def _find_records(block: Block, groups: Mapping[str, Group]) -> None:
    """Find the records of each group that are in the state, by their counts."""
    for prefix, key in _keys_of(block.store, block.kind, groups):
        number = key[len(prefix) :]
        if number.isdigit():
            groups[prefix].keys[key] = int(number)
    asked = [group for group in groups.values() if group.is_several]
    found = resolve(block.store, block.kind, [key for group in asked for key in group.keys], by_name=False).found
    for group in asked:
        group.there = {number: found[key] for key, number in group.keys.items() if key in found}


def _keys_of(store: Store, kind: RecordType, groups: Mapping[str, Group]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if len(groups) > SCAN:
        for (key,) in store.db.execute("SELECT key FROM entity WHERE type = ?", (kind.name,)):
            prefix = _text(key)
            if prefix in groups:
                found.append((prefix, key))
        return found
    for prefix in groups:
        # every key that begins with the prefix stands between it and the prefix with its last sign, `|`, raised to `}`
        rows = store.db.execute(
            "SELECT key FROM entity WHERE type = ? AND key >= ? AND key < ?", (kind.name, prefix, f"{prefix[:-1]}}}")
        )
        found += [(prefix, key) for (key,) in rows]
    return found


def _given(block: Block, words: Words, entity: int, names: Sequence[str]) -> Content:
    """Return what this feed last gave for a record; where it never spoke of it, what the record is."""
    said = words.history(entity)
    bases = [words.base(said, entity, block.kind[name], block.source.feed) for name in names]
    if any(base.is_given for base in bases):
        return tuple(base.value for base in bases)
    image = block.access.current([entity])[entity]
    return tuple(image[name] for name in names)


def _assign(
    rows: Sequence[int], contents: Sequence[Content], have: Mapping[int, Content], before: int
) -> dict[int, int]:
    """Return the count of each row: of the record that says the same, else of the least different, else a new one.

    Of rejected rows that come back, `before` equal ones went in without them: only records beyond those can be theirs.
    """
    may = max(len(have) - before, 0)
    free = dict(sorted(have.items(), reverse=before > 0))
    left = sorted(rows, key=lambda at: _order(contents[at]))
    numbers: dict[int, int] = {}
    by_content: dict[Content, list[int]] = {}
    for number in reversed(free):
        by_content.setdefault(free[number], []).append(number)
    for index in left:
        if len(numbers) < may and (same := by_content.get(contents[index])):
            numbers[index] = same.pop()
            del free[numbers[index]]
    left = [index for index in left if index not in numbers]
    numbers.update(_nearest(left, free, contents)[: may - len(numbers)])
    unused = (number for number in count(1) if number not in have)
    return {**numbers, **{index: next(unused) for index in left if index not in numbers}}


def _nearest(left: Sequence[int], free: Mapping[int, Content], contents: Sequence[Content]) -> list[tuple[int, int]]:
    """Pair what is left of rows and records, those that differ least first."""
    if len(left) * len(free) > MANY:
        return list(zip(left, free, strict=False))
    pairs = sorted(
        (_difference(contents[index], said), place, number, index)
        for place, index in enumerate(left)
        for number, said in free.items()
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, number, index in pairs:
        if index not in found and number not in taken:
            found[index] = number
            taken.add(number)
    return list(found.items())


def _difference(content: Content, said: Content) -> int:
    return sum(1 for one, other in zip(content, said, strict=True) if one != other and one is not UNKNOWN)


def _order(content: Content) -> list[str]:
    """Order rows by what they say, so that their place in the file decides nothing."""
    return ["" if value is None or value is UNKNOWN else str(value) for value in content]
