"""Target levels of one holder: which is the highest that an actual has reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from salescli.core.quotas.attainment import Attainment

ORDER = ("base", "stretch", "challenge")


def in_order(levels: Iterable[str]) -> list[str]:
    """Return levels from the lowest to the highest.

    >>> in_order({"challenge", "base"})
    ['base', 'challenge']
    """
    return sorted(set(levels), key=lambda level: (ORDER.index(level) if level in ORDER else len(ORDER), level))


def highest_reached(standings: Mapping[str, Attainment]) -> str | None:
    """Return the level with the highest target that is reached; None where none is, or there is no target."""
    best: tuple[Decimal, str] | None = None
    for level in in_order(standings):
        one = standings[level]
        exact = one.attainment.exact() if one.attainment else None
        if exact is not None and one.target is not None and exact >= 1 and (best is None or one.target >= best[0]):
            best = (one.target, level)
    return best[1] if best else None
