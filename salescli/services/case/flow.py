"""Values as YAML in one line each, as cases are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

_PLAIN = re.compile(r"[^\W_][\w./+-]*")
_NUMBERLIKE = re.compile(r"[\d._+-]+")
Pair = tuple[str, object]


class Raw(str):
    """A text that is YAML already."""


def flow_list(name: str, rows: Iterable[Sequence[Pair]]) -> Iterator[str]:
    """Write rows of a key of `given`; nothing where there are none."""
    found = [f"    - {flow_map(row)}" for row in rows]
    if found:
        yield f"  {name}:"
        yield from found


def flow_map(pairs: Iterable[Pair]) -> str:
    """Write pairs as a map."""
    return "{" + ", ".join(f"{key}: {written(value)}" for key, value in pairs) + "}"


def written(value: object) -> str:
    """Write a value."""
    if isinstance(value, Decimal):
        text = f"{value:,f}".replace(",", "_")
        return "0" if not value else text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, Raw):
        return value
    return word(str(value))


def word(text: str) -> str:
    """Write a name; in quotes where YAML would read something else."""
    plain = _PLAIN.fullmatch(text) and not (_NUMBERLIKE.fullmatch(text) and "-" not in text)
    return text if plain else json.dumps(text, ensure_ascii=False)
