"""What of each instalment has been received: the numerator of a collection rate.

Money that is allocated to an instalment goes there. All other money of the contract fills its instalments in the order
in which they fall due. What was refunded is taken back, and no instalment has more than what falls due.
"""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass(slots=True)
class _Money:
    """What was received: for an instalment, for a contract without saying for which, and what each receipt has left."""

    places: dict[tuple[int, str, str], int]
    explicit: dict[int, int] = field(default_factory=dict)
    general: dict[Account, int] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    pieces: dict[int, list[tuple[Account, int | None, int]]] = field(default_factory=dict)

    def put(self, account: Account, place: int | None, amount: int) -> None:
        if place is None:
            self.general[account] = self.general.get(account, 0) + amount
        else:
            self.explicit[place] = self.explicit.get(place, 0) + amount


def compute_collected(
    instalments: Iterable[Instalment],
    receipts: Iterable[Receipt],
    allocations: Iterable[Allocation],
    refunds: Iterable[Refund],
) -> dict[int, int]:
    """Return what has been received of each instalment, by its id.

    All facts are those up to the day that is asked; the instalments of a contract come in the order in which they fall
    due. A receipt gives what it is allocated and, to the contract it names, the rest: never more than its amount.
    """
    due: dict[Account, list[Instalment]] = {}
    places: dict[tuple[int, str, str], int] = {}
    for each in instalments:
        due.setdefault((each.contract, each.currency), []).append(each)
        places[each.contract, each.currency, each.name] = each.id
    given_back = list(refunds)
    money = _Money(places)
    by_id = {one.id: one for one in receipts}
    _put_receipts(money, by_id, allocations, {one.receipt for one in given_back})
    for refund in given_back:
        _take_back(money, refund, by_id)
    collected: dict[int, int] = {}
    for account, parts in due.items():
        _fill(parts, money.explicit, money.general.get(account, 0), collected)
    return collected


def _put_receipts(
    money: _Money, receipts: dict[int, Receipt], allocations: Iterable[Allocation], refunded: set[int | None]
) -> None:
    left = money.left = {one.id: one.amount for one in receipts.values()}
    for receipt_id, contract, instalment, currency, amount in allocations:
        receipt = receipts.get(receipt_id)
        if receipt is None:
            continue  # not received yet
        if currency == receipt.currency:
            rest = left[receipt_id]
            if receipt.amount >= 0:
                amount = min(amount, max(rest, 0))
            left[receipt_id] = rest - amount
        place = None if instalment is None else money.places.get((contract, currency, instalment))
        money.put((contract, currency), place, amount)
        if receipt_id in refunded:
            money.pieces.setdefault(receipt_id, []).append(((contract, currency), place, amount))
    for receipt_id, rest in left.items():
        contract_id = receipts[receipt_id].contract
        if rest and contract_id is not None:
            money.put((contract_id, receipts[receipt_id].currency), None, rest)


def _take_back(money: _Money, refund: Refund, receipts: dict[int, Receipt]) -> None:
    """A refund empties the receipt that it names, what was allocated last first; the rest is the contract's."""
    amount = refund.amount
    receipt = receipts.get(refund.receipt) if refund.receipt is not None else None
    pieces = money.pieces.get(receipt.id, []) if receipt else []
    contract = refund.contract
    if contract is None and receipt is not None:
        contract = receipt.contract if receipt.contract is not None or not pieces else pieces[0][0][0]
    if receipt is not None and receipt.contract is not None and receipt.contract == contract:
        taken = min(amount, max(money.left[receipt.id], 0))
        if receipt.currency == refund.currency and taken > 0:
            money.left[receipt.id] -= taken
            money.put((receipt.contract, receipt.currency), None, -taken)
            amount -= taken
    for index in reversed(range(len(pieces))):
        account, place, held = pieces[index]
        is_its = account[1] == refund.currency and refund.contract in (None, account[0])
        if amount <= 0 or not is_its:
            continue
        taken = min(amount, max(held, 0))
        pieces[index] = (account, place, held - taken)
        money.put(account, place, -taken)
        amount -= taken
    if amount and contract is not None:
        money.put((contract, refund.currency), None, -amount)


def _fill(parts: list[Instalment], explicit: dict[int, int], general: int, collected: dict[int, int]) -> None:
    """Give each instalment its own money, then the rest by due date; a debt takes from the latest first."""
    for one in parts:
        own = explicit.get(one.id, 0)
        held = collected[one.id] = min(max(own, 0), max(one.amount, 0))
        general += own - held
    for one in parts if general >= 0 else reversed(parts):
        if not general:
            break
        held = collected[one.id]
        change = min(general, max(one.amount, 0) - held) if general > 0 else -min(-general, held)
        collected[one.id] = held + change
        general -= change
