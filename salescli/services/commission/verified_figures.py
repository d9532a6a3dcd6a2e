"""In which figures a stored result and its recomputation differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

FIGURES = ("earned", "kept_change", "payable", "carried_out", "listed")


@dataclass(frozen=True, slots=True)
class DifferingFigure:
    """One figure of an item, stored and computed now; where no sum differs, the first place that does."""

    item: str
    person: str
    figure: str
    stored: Decimal | None
    now: Decimal | None


def is_same_result(stored: str | None, now: str | None) -> bool:
    """Tell whether two canonical results say the same: where a step's fact was read is told, and is no figure.

    A file's place may become known later, as that of what an undone undo brought back, and a limit's loss was not
    always told; no amount follows from them.
    """
    if stored is None or now is None or stored == now:
        return stored == now
    return bool(_without_sources(json.loads(stored)) == _without_sources(json.loads(now)))


def _without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_sources(one) for name, one in value.items() if name != "source"}
    if isinstance(value, list):
        told = (one for one in value if not (isinstance(one, dict) and one.get("name") == "limit-lost"))
        return [_without_sources(one) for one in told]
    return value


def differing_figures(item: str, stored: str | None, now: str | None) -> list[DifferingFigure]:
    """Return the figures in which two canonical results of an item differ; None is a result that is not there."""
    was, stands = (None if one is None else json.loads(one) for one in (stored, now))
    person = str((was or stands or {}).get("person", ""))
    found = [
        DifferingFigure(item, person, name, _amount(was, name), _amount(stands, name))
        for name in FIGURES
        if _amount(was, name) != _amount(stands, name)
    ]
    if found and (was is None or stands is None):
        found = [one for one in found if one.stored or one.now] or found[:1]
    if found:
        return found
    place = next(_places(was, stands, ""), "")
    return [DifferingFigure(item, person, place, None, None)]


def _amount(result: dict[str, Any] | None, name: str) -> Decimal | None:
    return None if result is None else Decimal(result.get(name, "0"))


def _places(one: Any, other: Any, place: str) -> Iterator[str]:
    """Yield where two values differ, as `components.0.lines.3.amount`."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(name, one.get(name), other.get(name)) for name in sorted({*one, *other})]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(str(number), *each) for number, each in enumerate(zip(one, other, strict=True))]
    else:
        if one != other:
            yield place
        return
    for name, was, stands in pairs:
        yield from _places(was, stands, f"{place}.{name}" if place else name)
