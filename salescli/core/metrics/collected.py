"""What of each instalment has been received: the numerator of a collection rate.

Money that is allocated to an instalment goes there. All other money of the contract fills its instalments in the order
in which they fall due. What was refunded is taken back, and no instalment has more than what falls due.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Account = tuple[int, str]
"""A contract and a currency: two currencies are never added."""


class Instalment(NamedTuple):
    """What falls due on a contract; amounts are in ten-thousandths."""

    id: int
    contract: int
    currency: str
    name: str
    amount: int


class Receipt(NamedTuple):
    """Money received, and the contract that it names."""

    id: int
    contract: int | None
    currency: str
    amount: int


class Allocation(NamedTuple):
    """What of a receipt belongs to a contract, and to which instalment of it, where that is said."""

    receipt: int
    contract: int
    instalment: str | None
    currency: str
    amount: int


class Refund(NamedTuple):
    """Money given back, of a receipt, of a contract, or both."""

    receipt: int | None
    contract: int | None
    currency: str
    amount: int


InstalmentRow = tuple[int, int, str, str, int]
ReceiptRow = tuple[int, int | None, str, int]
AllocationRow = tuple[int, int, str | None, str, int]
RefundRow = tuple[int | None, int | None, str, int]
Piece = tuple[Account, int | None, int]
"""Where a part of a receipt went: the account, the instalment where one is said, and how much."""


@dataclass(slots=True)
class _Money:
    """What was received: for an instalment, for a contract without saying for which, and how each receipt was used."""

    receipts: dict[int, ReceiptRow]
    explicit: dict[int, int] = field(default_factory=dict)
    general: dict[Account, int] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)
    pieces: dict[int, list[Piece]] = field(default_factory=dict)

    def put(self, account: Account, place: int | None, amount: int) -> None:
        if place is None:
            self.general[account] = self.general.get(account, 0) + amount
        else:
            self.explicit[place] = self.explicit.get(place, 0) + amount


def compute_collected(
    instalments: Iterable[InstalmentRow],
    receipts: Iterable[ReceiptRow],
    allocations: Iterable[AllocationRow],
    refunds: Iterable[RefundRow],
) -> dict[int, int]:
    """Return what has been received of each instalment, by its id; rows have the shapes of the tuples above.

    All facts are those up to the day that is asked; the instalments of a contract come in the order in which they fall
    due. A receipt gives what it is allocated and, to the contract it names, the rest: never more than its amount.
    """
    due: dict[Account, list[tuple[int, int]]] = {}
    places: dict[tuple[int, str, str], int] = {}
    for one, contract, currency, name, amount in instalments:
        due.setdefault((contract, currency), []).append((one, max(amount, 0)))
        places[contract, currency, name] = one
    money = _Money({row[0]: row for row in receipts})
    given_back = list(refunds)
    _put_allocated(money, places, allocations, {row[0] for row in given_back})
    _put_rest(money)
    for refund in given_back:
        _take_back(money, refund)
    collected: dict[int, int] = {}
    for account, parts in due.items():
        _fill(parts, money.explicit, money.general.get(account, 0), collected)
    return collected


def _put_allocated(
    money: _Money,
    places: Mapping[tuple[int, str, str], int],
    allocations: Iterable[AllocationRow],
    refunded: Container[int | None],
) -> None:
    for receipt, contract, instalment, currency, amount in allocations:
        found = money.receipts.get(receipt)
        if found is None:
            continue  # not received yet
        if currency == found[2]:
            used = money.used.get(receipt, 0)
            if found[3] >= 0:
                amount = min(amount, max(found[3] - used, 0))
            money.used[receipt] = used + amount
        place = None if instalment is None else places.get((contract, currency, instalment))
        money.put((contract, currency), place, amount)
        if receipt in refunded:
            money.pieces.setdefault(receipt, []).append(((contract, currency), place, amount))


def _put_rest(money: _Money) -> None:
    """What of a receipt is allocated to nothing belongs to the contract that the receipt names."""
    used, general = money.used, money.general
    for receipt, contract, currency, amount in money.receipts.values():
        rest = amount - used.get(receipt, 0)
        if rest and contract is not None:
            account = (contract, currency)
            general[account] = general.get(account, 0) + rest


def _take_back(money: _Money, refund: RefundRow) -> None:
    """A refund empties the receipt that it names, what was allocated last first; the rest is the contract's."""
    named, contract, currency, amount = refund
    receipt = None if named is None else money.receipts.get(named)
    if receipt is not None:
        pieces = money.pieces.get(receipt[0], [])
        if contract is None:
            contract = receipt[1] if receipt[1] is not None or not pieces else pieces[0][0][0]
        rest = receipt[3] - money.used.get(receipt[0], 0)
        if contract is not None and receipt[1:3] == (contract, currency) and rest > 0:
            taken = min(amount, rest)
            money.used[receipt[0]] = money.used.get(receipt[0], 0) + taken
            money.put((contract, currency), None, -taken)
            amount -= taken
        amount = _empty(money, pieces, refund, amount)
    if amount and contract is not None:
        money.put((contract, currency), None, -amount)


def _empty(money: _Money, pieces: list[Piece], refund: RefundRow, amount: int) -> int:
    """Take an amount from what a receipt was allocated to, and return what could not be taken."""
    _, contract, currency, _ = refund
    for index in reversed(range(len(pieces))):
        account, place, held = pieces[index]
        if amount <= 0 or account[1] != currency or contract not in (None, account[0]):
            continue
        taken = min(amount, max(held, 0))
        pieces[index] = (account, place, held - taken)
        money.put(account, place, -taken)
        amount -= taken
    return amount


def _fill(parts: list[tuple[int, int]], explicit: dict[int, int], general: int, collected: dict[int, int]) -> None:
    """Give each instalment its own money, then the rest by due date; a debt takes from the latest first."""
    for one, amount in parts:
        own = explicit.get(one, 0)
        held = collected[one] = min(max(own, 0), amount)
        general += own - held
    for one, amount in parts if general >= 0 else reversed(parts):
        if not general:
            break
        held = collected[one]
        change = min(general, amount - held) if general > 0 else -min(-general, held)
        collected[one] = held + change
        general -= change
