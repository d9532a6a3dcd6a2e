"""A policy of another year from the one of this: each changed key with why, and the report of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from salescli.core.table import Column, Table
from salescli.core.title import Language, Title
from salescli.policy.tree import Path

if TYPE_CHECKING:
    from salescli.policy.reader import Document


@dataclass(frozen=True, slots=True)
class Step:
    """One changed key: what it becomes (None: taken out), and why."""

    path: Path
    value: str | None
    reason: Title


def in_other_year(text: str, old: int, new: int) -> str:
    """Return a text with one year's number made another's.

    >>> in_other_year("ae-fy2026, 12026", 2026, 2027)
    'ae-fy2027, 12026'
    """
    return re.sub(rf"(?<![0-9]){old}(?![0-9])", str(new), text)


def new_stem(document: Document[Any], old: int, new: int, asked: str) -> str:
    """Return the name of the new file: that of the old one in the new year."""
    stem = FilePath(document.file).stem
    moved = in_other_year(stem, old, new)
    return moved if moved != stem else f"{stem}-{asked}"


def table_of_steps(before: Document[Any], after: Document[Any], steps: Sequence[Step], language: Language) -> Table:
    """Return each changed key with its text before and now."""
    rows = []
    for step in steps:
        old, new = (_written(document, step.path) for document in (before, after))
        if old != new:
            key = ".".join(part if isinstance(part, str) else str(part + 1) for part in step.path)
            rows.append((key, old, new, step.reason.text(language)))
    columns = (
        Column("key", Title("项目", "Key")),
        Column("before", Title("原来", "Before")),
        Column("after", Title("现在", "Now")),
        Column("reason", Title("原因", "Why")),
    )
    return Table("changes", columns, tuple(rows))


def last_words(before: Document[Any], after: Document[Any], old: int) -> list[Title]:
    """Return what the footer ends with: comments that still speak of the old year, and that all else is as it was."""
    said = []
    stale = [str(place) for place, line in enumerate(after.text.splitlines(), 1) if str(old) in line.partition("#")[2]]
    if stale:
        shown = "、".join(stale), ", ".join(stale)
        said.append(Title(f"注释仍提到 {old}:第 {shown[0]} 行", f"comments that still speak of {old}: line {shown[1]}"))
    return [*said, Title(f"其余各项同 {before.file}", f"everything else is as in {before.file}")]


def _written(document: Document[Any], path: Path) -> str | None:
    """The text of a value in a file, on one line; None where it has none."""
    span = document.tree.values.get(path)
    return " ".join(document.tree.text[span.start : span.end].split()) if span is not None else None
