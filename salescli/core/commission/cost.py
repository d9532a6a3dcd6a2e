"""What commission costs: a run's earned by what it was paid for, and what signed contracts will still cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from salescli.core.money import CONTEXT, allocate, round_half_away
from salescli.core.scales import MICRO

ZERO = Decimal(0)
STEP = Decimal("0.0001")
Group = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class CostLine:
    """A part of what a run earned somebody: of one transaction, or (the key is "") of none."""

    currency: str
    person: int
    component: tuple[str, str]  # plan and name
    day: date
    amount: Decimal
    key: str = ""
    contract: str = ""


@dataclass(slots=True)
class CostRow:
    """Commission and receipts of one group in one currency."""

    commission: Decimal = ZERO
    receipts: Decimal = ZERO


@dataclass
class Cost:
    """Commission and receipts by (currency, group), as they are added."""

    rows: dict[tuple[str, Group], CostRow] = field(default_factory=dict)

    def pay(self, currency: str, group: Group, amount: Decimal) -> None:
        """Add commission."""
        row = self.rows.setdefault((currency, group), CostRow())
        row.commission = CONTEXT.add(row.commission, amount)

    def receive(self, currency: str, group: Group, amount: Decimal) -> None:
        """Add receipts."""
        row = self.rows.setdefault((currency, group), CostRow())
        row.receipts = CONTEXT.add(row.receipts, amount)

    def totals(self) -> dict[str, CostRow]:
        """Return the totals by currency."""
        found = Cost()
        for (currency, _), row in self.rows.items():
            found.pay(currency, (), row.commission)
            found.receive(currency, (), row.receipts)
        return {currency: row for (currency, _), row in sorted(found.rows.items())}


def split_amount(amount: Decimal, weights: Iterable[Decimal | int]) -> list[Decimal]:
    """Split an amount in proportion, to its own last decimal, so that the parts add up to it."""
    unit = min(Decimal(1).scaleb(int(amount.as_tuple().exponent)), Decimal(1))
    return [
        units * unit for units in allocate(int(Fraction(amount) / Fraction(unit)), [Fraction(one) for one in weights])
    ]


@dataclass(frozen=True, slots=True)
class Accrued:
    """What a signed contract will cost under one component, for one person, at the rate of today's position.

    `open` is what has not come in of the contract, with tax; `share` the person's part; `credit` the credit that it
    will be, `rate` what the next 1.00 of credit pays.
    """

    person: int
    component: tuple[str, str]
    contract: str
    currency: str
    open: Decimal
    share: Fraction
    credit: Decimal
    rate: Fraction
    amount: Decimal


def accrue(
    person: int, component: tuple[str, str], contract: str, currency: str, *,
    amount: Decimal, share: Fraction, net: Fraction, rate: Fraction, unit: Decimal,
) -> Accrued:  # fmt: skip
    """Return the accrual of one contract: open × share × (amount paid on ÷ amount received) × rate, rounded once."""
    credit = Fraction(amount) * share * net
    return Accrued(
        person, component, contract, currency, amount, share, round_half_away(credit, STEP), rate,
        round_half_away(credit * rate, unit),
    )  # fmt: skip


def share_of(start: int | None, end: int | None) -> Fraction:
    """Return a share that the store counts in millionths."""
    return Fraction(1) if start is None or end is None else Fraction(end - start, MICRO)
