"""Faults: what is wrong with a policy, by the name of its problem, raised while a shape is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pydantic_core import PydanticCustomError

FAULTS = "faults"
"""Key of the error context under which the faults of one validator travel to the reader."""


AT_KEY = "[key]"
"""As the last part of a path: the fault is about the key itself, not about its value."""


class Fault(NamedTuple):
    """One problem at a path below the value that was being read."""

    name: str
    path: tuple[str | int, ...]
    values: dict[str, object]


def fault(name: str, *path: str | int, **values: object) -> PydanticCustomError:
    """Build the error of one named problem: `raise fault("overlapping-tiers", "tiers", 2, key="from 0")`.

    The path is relative to the value being read: `"tiers", 2` is the third tier, `"rate"` the value of that key, and
    `"rate", AT_KEY` the key itself.
    """
    return faults([Fault(name, path, values)])


def faults(found: Iterable[Fault]) -> PydanticCustomError:
    """Build one error that carries several named problems, so that none hides another."""
    listed = list(found)
    return PydanticCustomError("fault", "{names}", {"names": ", ".join(one.name for one in listed), FAULTS: listed})
