"""What a trade is made of: contracts, instalments, receipts, refunds and shares.

Amounts are whole cents; a contract's instalments always add up to its amount.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from generator.market import FIRST_DAY, Customer, Product


@dataclass(frozen=True)
class Instalment:
    """A part of a contract that falls due."""

    contract: str
    number: int
    due: date
    amount: int


@dataclass(frozen=True)
class Contract:
    """A signed contract; `purchase` is what was bought outside for it."""

    number: str
    customer: Customer
    owner: str
    product: Product
    signed: date
    kind: str
    amount: int
    purchase: int
    accepted: date | None
    warranty_end: date | None
    channel: str
    instalments: tuple[Instalment, ...] = ()
    deal: str = ""

    @property
    def is_carried_over(self) -> bool:
        """Tell whether a part of it was settled before the files begin."""
        return self.signed < FIRST_DAY


@dataclass(frozen=True)
class Receipt:
    """Money received; without a contract number it waits for somebody to claim it."""

    number: str
    day: date
    payer: str
    contract: str
    instalment: int
    amount: int
    tax: int
    purchase: int
    method: str
    matures: date | None
    note: str


@dataclass(frozen=True)
class Refund:
    """Money given back, and the receipt it undoes."""

    number: str
    day: date
    receipt: str
    contract: str
    amount: int
    tax: int
    reason: str


@dataclass
class Trade:
    """Everything that was signed, received, refunded and shared."""

    contracts: list[Contract] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    splits: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)  # contract -> (person, percent)
