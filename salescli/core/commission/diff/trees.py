"""Two plans as they are written: in which rules they part, in the order of the file, and the texts between them.

A rule is a key of a component, of the payout or of the plan; a table of rules (tiers, gates, factors, limits) is taken
line by line where both have as many lines. Values are the plain trees of the files: dict, list and str.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

from salescli.core.commission.lint.shift import moved_day
from salescli.core.commission.result import Path

Plain: TypeAlias = Any
SAID_ONLY = frozenset({"format", "plan", "title"})  # of a plan or component: nothing is paid by them
LINES = frozenset({"tiers", "needs", "times", "limits", "holdback", "credit_factors", "pays_in", "points", "prizes"})
MISSING = object()
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def shift_tree(value: Plain, years: int) -> Plain:
    """Return a tree with every day in it so many years earlier, keys included."""
    if not years:
        return value
    if isinstance(value, dict):
        return {_shifted(key, years): shift_tree(one, years) for key, one in value.items()}
    if isinstance(value, list):
        return [shift_tree(one, years) for one in value]
    return _shifted(value, years) if isinstance(value, str) else value


def _shifted(text: str, years: int) -> str:
    if not _DAY.fullmatch(text):
        return text
    try:
        return moved_day(date.fromisoformat(text), -12 * years).isoformat()
    except ValueError:  # no day: whoever reads the plan says so
        return text


def find_rules(one: Plain, other: Plain) -> list[Path]:
    """Return the paths of the rules in which two plans part, in the order of the file."""
    return list(_rules(one, other, ()))


def _rules(one: Plain, other: Plain, path: Path) -> Iterator[Path]:
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict) and _is_open(one, other, path):
        for key in _keys(one, other):
            if not (key in SAID_ONLY and len(path) in (0, 2)):
                yield from _rules(one.get(key, MISSING), other.get(key, MISSING), (*path, key))
    elif path[-1:] and path[-1] in LINES and isinstance(one, list) and isinstance(other, list):
        if len(one) == len(other):
            yield from ((*path, index) for index, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
        else:
            yield path
    else:
        yield path


def _is_open(one: dict[str, Plain], other: dict[str, Plain], path: Path) -> bool:
    """Tell whether a map is looked into: the plan, its components, one of them of one type, payout and leavers."""
    if path[:1] == ("components",):
        return len(path) == 1 or (len(path) == 2 and one.get("type") == other.get("type"))
    return not path or path in (("payout",), ("leavers",))


def _keys(one: dict[str, Plain], other: dict[str, Plain]) -> list[str]:
    """Return the keys of both: those of the first, each of the second after the key that it follows there."""
    found = list(one)
    before = -1
    for key in other:
        if key in found:
            before = found.index(key)
        else:
            before += 1
            found.insert(before, key)
    return found


def switch(tree: Plain, source: Plain, path: Path) -> Plain:
    """Return a tree that says at a path what another says there."""
    copied = copy.deepcopy(tree)
    value = value_at(source, path)
    here = copied
    for key in path[:-1]:
        here = here.setdefault(key, {}) if isinstance(here, dict) else here[key]
    if value is MISSING:
        here.pop(path[-1], None)
    else:
        here[path[-1]] = copy.deepcopy(value)
    return copied


def value_at(tree: Plain, path: Path) -> Plain:
    """Return what stands at a path, `MISSING` where nothing does."""
    for key in path:
        known = key in tree if isinstance(tree, dict) else isinstance(tree, list) and int(key) < len(tree)
        if not known:
            return MISSING
        tree = tree[key]
    return tree


def narrowest(one: Plain, other: Plain, path: Path) -> Path:
    """Return the deepest path below a rule that holds all of its difference: one line of a table, one key of a gate."""
    left, right = value_at(one, path), value_at(other, path)
    if isinstance(left, dict) and isinstance(right, dict):
        parting = [key for key in _keys(left, right) if left.get(key, MISSING) != right.get(key, MISSING)]
        if len(parting) == 1 and parting[0] in left and parting[0] in right:
            return narrowest(one, other, (*path, parting[0]))
    if isinstance(left, list) and isinstance(right, list):
        return _first_line(left, right, path)
    return path


def _first_line(left: list[Plain], right: list[Plain], path: Path) -> Path:
    """Return the line where two tables begin to part, where both have one there."""
    parting = [index for index, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]]
    if parting and (len(parting) == 1 or len(left) != len(right)):
        return (*path, parting[0])
    return path


def text_of(value: Plain, most: int = 60) -> str:
    """Write a value on one line, as its file does: `from 1,000,000: 1.5%`. "" where there is none."""
    if value is MISSING:
        return ""
    text = _written(value, top=True)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _written(value: Plain, *, top: bool = False) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{key}: {_written(one)}" for key, one in value.items())
        return inside if top else f"{{{inside}}}"
    if isinstance(value, list):
        inside = " · ".join(_written(one, top=True) for one in value) if top else ", ".join(map(_written, value))
        return inside if top else f"[{inside}]"
    return str(value)
