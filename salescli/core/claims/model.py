"""What a claim is about: money that names no contract, what is still open on contracts, and what was found.

Amounts are ten-thousandths of the currency unit; ids are those of records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Reason = Literal["contract-number", "customer", "payer", "alias"]
"""What speaks for a hit: a number in the text, the customer that the receipt names, the payer's name or other name."""

Obstacle = Literal[
    "", "several", "contested", "other-customer", "other-currency", "more-than-open", "no-amount", "several-customers",
    "unknown-payer",
]  # fmt: skip
"""Why nothing is proposed; "" where something is."""


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """A receipt that names no contract and is not allocated whole; `open` is what is left of it."""

    id: int
    day: str
    currency: str
    open: int
    payer: str = ""
    customer: int | None = None
    texts: tuple[str, ...] = ()  # where a contract's number may stand: remark, payer as printed


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is not yet received of an instalment; without a plan, of the whole contract (`name` is then "")."""

    contract: int
    name: str
    currency: str
    open: int
    due: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract by its number; `open` is what is not yet received of it, None where no amount is known."""

    id: int
    number: str
    customer: int | None = None
    currency: str = ""
    open: int | None = None


class Hit(NamedTuple):
    """Where a receipt may belong: a contract, the instalment (or ""), and how much of the receipt."""

    contract: int
    instalment: str
    amount: int


@dataclass(frozen=True, slots=True)
class Claim:
    """An open receipt with what was found: one hit that is proposed, or candidates and why none of them is."""

    receipt: OpenReceipt
    customer: int | None = None
    reason: Reason | Literal[""] = ""
    proposal: Hit | None = None
    candidates: tuple[Hit, ...] = ()
    obstacle: Obstacle = ""
