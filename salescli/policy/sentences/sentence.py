"""One sentence of a plan: its words in both languages, its place, and the keys of the file that it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.title import Language, Title

if TYPE_CHECKING:
    from salescli.core.commission.plan import Plan

Path = tuple[str | int, ...]

# A metric's name inside a sentence stands between two marks, so that whoever reads aloud can say its title beside it.
_MARKED = re.compile("\ue000(.+?)\ue001")


class Sentence(NamedTuple):
    """`path` is where it stands in the file; `says` are all paths whose values are in its words."""

    text: Title
    path: Path
    says: tuple[Path, ...]
    is_item: bool = False  # a line of a table below the sentence before it


def metric(name: str) -> str:
    """Mark a metric's name inside a sentence."""
    return f"\ue000{name}\ue001"


def spoken(text: str, language: Language, titles: Mapping[str, Title]) -> str:
    """Return a sentence with each metric called by its title and its name, or by its name where it has no title."""

    def call(match: re.Match[str]) -> str:
        name = match[1]
        if name not in titles:
            return name
        title = titles[name].text(language)
        return f"「{title}」({name})" if language == "zh" else f"“{title}” ({name})"

    return _MARKED.sub(call, text)


Builder = Callable[[Any, Path, "Plan"], Iterator[Sentence]]


def say(zh: str, en: str, path: Path, *keys: str, item: bool = False) -> Sentence:
    """Build a sentence about keys directly below a path; without keys, about the path itself."""
    says = tuple((*path, key) for key in keys) or (path,)
    return Sentence(Title(zh, en), says[0], says, item)
