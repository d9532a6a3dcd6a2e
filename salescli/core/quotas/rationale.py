"""What stands beside a target to say why it is what it is: where it comes from, the market, the pipeline, the heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import CONTEXT, to_decimal
from salescli.core.quotas.sanity import Coverage
from salescli.core.table import Ratio
from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class Market:
    """The market of a target in the same unit, its own days, and the year before; competitors with their sales.

    `region` is the one that the market is of; "" is the whole.
    """

    region: str = ""
    size: Decimal | None = None
    last_size: Decimal | None = None
    competitors: tuple[tuple[str, Decimal], ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetFrame:
    """One target with everything that is known beside it; None is not known, never zero.

    `last_year` is the figure of the same days a year before; `trailing` that of the last 12 whole months, where the
    target is of a year and they are other ones. `heads` are people in seat on average who lead nobody.
    """

    team: str
    name: str
    why: Title | None
    target: Decimal
    levels: Mapping[str, Decimal] = field(default_factory=dict)
    last_year: Decimal | None = None
    trailing: Decimal | None = None
    market: Market = field(default_factory=Market)
    coverage: Coverage | None = None
    heads: Fraction = Fraction(0)
    last_heads: Fraction = Fraction(0)
    vacant: int = 0

    @property
    def growth(self) -> Ratio | None:
        """What is asked above the year before."""
        return _growth(self.target, self.last_year)

    @property
    def growth_on_trailing(self) -> Ratio | None:
        """What is asked above the last 12 months."""
        return _growth(self.target, self.trailing)

    @property
    def share(self) -> Ratio | None:
        """The target's share of the market."""
        return Ratio(self.target, self.market.size) if self.market.size else None

    @property
    def last_share(self) -> Ratio | None:
        """The share of the market a year before."""
        size = self.market.last_size
        return Ratio(self.last_year, size) if size and self.last_year is not None else None

    @property
    def market_growth(self) -> Ratio | None:
        """How the market grows."""
        return _growth(self.market.size, self.market.last_size) if self.market.size is not None else None

    @property
    def cover(self) -> Ratio | None:
        """The open pipeline over what is still to go."""
        found = self.coverage
        return Ratio(found.pipeline, found.gap) if found is not None and found.gap else None

    @property
    def per_head(self) -> Fraction | None:
        """The target of one person."""
        return Fraction(self.target) / self.heads if self.heads else None

    @property
    def last_per_head(self) -> Fraction | None:
        """What one person brought the year before."""
        return Fraction(self.last_year) / self.last_heads if self.last_heads and self.last_year is not None else None

    @property
    def growth_per_head(self) -> Ratio | None:
        """What is asked of one person above the year before."""
        now, before = self.per_head, self.last_per_head
        if now is None or not before or before < 0:
            return None
        return Ratio(to_decimal(now - before), to_decimal(before))


def _growth(target: Decimal | None, before: Decimal | None) -> Ratio | None:
    if target is None or before is None or before <= 0:
        return None
    return Ratio(CONTEXT.subtract(target, before), before)
