"""Faults: what is wrong with a policy, by the name of its problem, raised while a shape is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

AT_KEY = "[key]"
"""As the last part of a path: the fault is about the key itself, not about its value."""


class Fault(NamedTuple):
    """One problem at a path below the value that was being read."""

    name: str
    path: tuple[str | int, ...]
    values: dict[str, object]


class FaultsFound(ValueError):
    """A value is not what its place asks for; carries what is wrong with it."""

    def __init__(self, found: Iterable[Fault]) -> None:
        self.faults = tuple(found)
        super().__init__(", ".join(one.name for one in self.faults))


def fault(name: str, *path: str | int, **values: object) -> FaultsFound:
    """Build the error of one named problem: `raise fault("overlapping-tiers", "tiers", 2, key="from 0")`.

    The path is relative to the value being read: `"tiers", 2` is the third tier, `"rate"` the value of that key, and
    `"rate", AT_KEY` the key itself.
    """
    return faults([Fault(name, path, values)])


def faults(found: Iterable[Fault]) -> FaultsFound:
    """Build one error that carries several named problems, so that none hides another."""
    return FaultsFound(found)
