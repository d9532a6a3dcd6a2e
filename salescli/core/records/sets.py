"""Sets of shares that make a whole are taken or rejected as one: which rows a bad row takes with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from salescli.core.records.model import RecordType


def sets_of(kind: RecordType, columns: Mapping[str, Sequence[Any]], count: int) -> list[tuple[Any, ...] | None]:
    """Return the set of each row of a type with a `whole`; None for a row that belongs to none."""
    assert kind.whole is not None
    blank = [None] * count
    groups: list[tuple[Any, ...] | None] = list(
        zip(*(columns.get(name) or blank for name in kind.whole.of), strict=True)
    )
    nothing = (None,) * len(kind.whole.of)
    for index, group in enumerate(groups):
        if group == nothing:
            groups[index] = None
    for name, wanted in kind.whole.only.items():
        default = kind[name].default
        for index, value in enumerate(columns.get(name) or blank):
            if (default if value is None else value) != wanted:
                groups[index] = None
    return groups


def broken_by(
    kind: RecordType, columns: Mapping[str, Sequence[Any]], count: int, bad: Collection[int]
) -> dict[int, tuple[int, tuple[Any, ...]]]:
    """Return the good rows whose set has a bad row in it, each with the first such row and the set."""
    if kind.whole is None or not bad:
        return {}
    groups = sets_of(kind, columns, count)
    broken: dict[Any, int] = {}
    for index in sorted(bad):
        if groups[index] is not None:
            broken.setdefault(groups[index], index)
    return {
        index: (broken[group], group)
        for index, group in enumerate(groups)
        if group is not None and group in broken and index not in bad
    }
