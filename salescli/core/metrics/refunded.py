"""What refunds undo: of which receipt, and of which contract that it was allocated to, each refund takes how much.

A refund that names a receipt takes of everything that the receipt was allocated to, in proportion to what is left of
each: several refunds of one receipt together take back exactly what each contract had of it. One that names a contract
alone undoes the latest receipts of the contract first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from salescli.core.money import allocate

Account = tuple[int | None, str]
"""A contract and a currency: a refund undoes nothing that came in another currency."""


class ReceiptPart(NamedTuple):
    """What of a receipt is a contract's; amounts are in ten-thousandths."""

    receipt: int
    contract: int | None
    currency: str
    amount: int
    date: str
    key: str


class GivenBack(NamedTuple):
    """A refund as it is written."""

    id: int
    receipt: int | None
    contract: int | None
    currency: str
    amount: int
    net: int | None
    date: str


class RefundPart(NamedTuple):
    """What a refund takes of a receipt that is a contract's; without a receipt it undoes nothing that is known."""

    refund: int
    receipt: int | None
    contract: int | None
    amount: int
    net: int | None
    is_named: bool  # the refund says itself which receipt it undoes


Taken = tuple[int | None, int | None, int]
"""Receipt, contract, amount."""


@dataclass(slots=True)
class _Held:
    """One part of a receipt, and what earlier refunds have left of it."""

    of: ReceiptPart
    left: int


@dataclass(slots=True)
class _Receipts:
    named: dict[int, list[_Held]] = field(default_factory=dict)
    latest: dict[Account, list[_Held]] = field(default_factory=dict)  # the latest last
    found: dict[Account, list[tuple[_Held, int]]] = field(default_factory=dict)  # by refunds that name no receipt


def part_refunds(parts: Iterable[ReceiptPart], refunds: Iterable[GivenBack]) -> Iterator[RefundPart]:
    """Yield the parts of each refund; together they are the refund. Refunds come in the order of date and key.

    Of a refund that names a receipt of which no part is given nothing is yielded: it is whole as it is.
    """
    receipts = _Receipts()
    for one in sorted(parts, key=lambda part: (part.date, part.key)):
        held = _Held(one, one.amount)
        receipts.named.setdefault(one.receipt, []).append(held)
        receipts.latest.setdefault((one.contract, one.currency), []).append(held)
    for refund in refunds:
        yield from _with_net(refund, _taken(receipts, refund))


def _taken(receipts: _Receipts, refund: GivenBack) -> list[Taken]:
    if refund.receipt is None:
        return [] if refund.contract is None else _undo_latest(receipts, refund)
    held = receipts.named.get(refund.receipt)
    if held is None:
        return []
    if refund.contract is None:
        amounts = _spread(refund, held)
        return [(one.of.receipt, one.of.contract, amount) for one, amount in zip(held, amounts, strict=True)]
    _spread(refund, [one for one in held if one.of.contract == refund.contract] or held)
    return [(refund.receipt, refund.contract, refund.amount)]


def _spread(refund: GivenBack, held: Sequence[_Held]) -> list[int]:
    """Cut a refund in proportion to what is left of each part; what is more than that, by what the parts were."""
    wholes = [one.of.amount for one in held]
    weights = wholes if sum(wholes) else [1, *[0] * (len(held) - 1)]
    if any(one.of.currency != refund.currency for one in held):
        return allocate(refund.amount, weights)  # nobody can say what is left
    if refund.amount >= 0:
        room = [max(one.left, 0) for one in held]
    else:  # takes a refund back
        room = [min(one.left - one.of.amount, 0) for one in held]
    there = sum(room)
    inside = min(refund.amount, there) if refund.amount >= 0 else max(refund.amount, there)
    amounts = allocate(inside, room)
    over = allocate(refund.amount - inside, weights)
    amounts = [one + more for one, more in zip(amounts, over, strict=True)]
    for one, amount in zip(held, amounts, strict=True):
        one.left -= amount
    return amounts


def _undo_latest(receipts: _Receipts, refund: GivenBack) -> list[Taken]:
    """Take a refund from the latest receipts of its contract; one below zero gives back what was so taken last."""
    account = (refund.contract, refund.currency)
    stack = receipts.found.setdefault(account, [])
    rest = refund.amount
    pieces: list[Taken] = []
    if rest > 0:
        held = receipts.latest.get(account, [])
        upto = bisect_right(held, refund.date, key=lambda one: one.of.date)
        for one in reversed(held[:upto]):
            amount = min(rest, max(one.left, 0))
            if amount:
                stack.append((one, amount))
                pieces.append((one.of.receipt, one.of.contract, amount))
                one.left -= amount
                rest -= amount
            if not rest:
                break
    while rest < 0 and stack:
        one, amount = stack.pop()
        back = min(-rest, amount, max(one.of.amount - one.left, 0))
        if back:
            pieces.append((one.of.receipt, one.of.contract, -back))
            one.left += back
            rest += back
            if back < amount:
                stack.append((one, amount - back))
    return [*pieces, (None, refund.contract, rest)] if rest else pieces


def _with_net(refund: GivenBack, taken: Sequence[Taken]) -> Iterator[RefundPart]:
    """Yield the parts that are something, with what of the net amount is of each."""
    pieces = [one for one in taken if one[2]] or list(taken[:1])
    if not pieces:
        return
    weights = [amount for _, _, amount in pieces] if refund.amount else [1]
    nets: Sequence[int | None] = [None] * len(pieces) if refund.net is None else allocate(refund.net, weights)
    for (receipt, contract, amount), net in zip(pieces, nets, strict=True):
        yield RefundPart(refund.id, receipt, contract, amount, net, refund.receipt is not None)
