"""What `report baskets` is built from: the orders of a period, each with what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BasketFacts:
    """The orders as sets of items, the names of the items, and the lines that were left out.

    `returned` lines take something back; `nameless` ones reach no item.
    """

    orders: tuple[frozenset[str], ...]
    names: Mapping[str, str]
    returned: int
    nameless: int
