"""What a person brings from before the first month that salescli pays, component by component (the opening sheet)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class HeldFor:
    """Money held at the opening: of a contract, or until a day of its own."""

    amount: Decimal
    contract: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """Money that gates or factors hold at the opening, before they multiply it: of a month, or of the last before."""

    amount: Decimal
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What a component brings from before the first month that salescli pays (the opening sheet).

    `month` is the last month that it covers; None is the month before the opening. `earned` None: what the plan
    would have earned on the position. A credit up to that month is then not counted again.
    """

    component: str
    position: Decimal = ZERO
    units: Decimal = ZERO
    earned: Decimal | None = None
    held: Decimal = ZERO
    month: date | None = None
    source: str = ""
    held_for: tuple[HeldFor, ...] = ()  # beside `held`, which has neither a contract nor a day
    waiting: tuple[WaitingFor, ...] = ()  # neither earned nor lost yet

    @property
    def all_held(self) -> tuple[HeldFor, ...]:
        """Everything held, `held` included."""
        return (*([HeldFor(self.held)] if self.held else []), *self.held_for)
