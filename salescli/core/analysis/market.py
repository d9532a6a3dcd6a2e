"""Market sizes, and what of a market is one's own: the same unit and the same period, or nothing is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import total
from salescli.core.periods import Period


@dataclass(frozen=True, slots=True)
class MarketSize:
    """What is sold in a period of a market, in the unit of a metric.

    `dimension` and `group` narrow the market (`region`, `华东`); both are "" for the whole of it. Of a `competitor` it
    is that one's sales.
    """

    metric: str
    period: Period
    amount: Decimal
    dimension: str = ""
    group: str = ""
    competitor: str = ""
    source: str = ""


def find_size(
    sizes: Iterable[MarketSize], period: Period, dimension: str = "", group: str = "", competitor: str = ""
) -> Decimal | None:
    """Return the size for exactly these days: as it is given, else of parts that fill them without gap or overlap.

    A part of a longer period is never guessed from it.
    """
    wanted = (dimension, group, competitor)
    inside = [
        one for one in sizes if (one.dimension, one.group, one.competitor) == wanted and period.covers(one.period)
    ]
    for one in inside:
        if period == one.period or (one.period.start, one.period.end) == (period.start, period.end):
            return one.amount
    return _filled(sorted(inside, key=lambda one: (one.period.start, -one.period.days)), period)


def _filled(inside: list[MarketSize], period: Period) -> Decimal | None:
    """Take, from each day on, the longest period that begins there."""
    amounts, day = [], period.start
    for one in inside:
        if one.period.start == day:
            amounts.append(one.amount)
            day = one.period.end
    return total(amounts) if amounts and day == period.end else None
