"""One sentence of a plan: its words in both languages, its place, and the keys of the file that it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

Path = tuple[str | int, ...]


class Sentence(NamedTuple):
    """`path` is where it stands in the file; `says` are all paths whose values are in its words."""

    text: Title
    path: Path
    says: tuple[Path, ...]
    is_item: bool = False  # a line of a table below the sentence before it


Builder = Callable[[Any, Path, "Plan"], Iterator[Sentence]]


def say(zh: str, en: str, path: Path, *keys: str, item: bool = False) -> Sentence:
    """Build a sentence about keys directly below a path; without keys, about the path itself."""
    says = tuple((*path, key) for key in keys) or (path,)
    return Sentence(Title(zh, en), says[0], says, item)
