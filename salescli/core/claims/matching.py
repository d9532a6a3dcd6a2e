"""Claims of receipts: to which contract does money belong that names none? Proposed with its reason, never decided.

First a contract's number in the text; else the customer (as the receipt names it, as the payer is called, by another
name that was accepted) and one open instalment with exactly this amount. Whatever fits more than once is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from salescli.core.claims.model import Claim, Contract, Hit, Instalment, Obstacle, OpenReceipt, Reason
from salescli.core.claims.numbers import NumberIndex
from salescli.core.matching.company import company_key


@dataclass
class Ledger:
    """What claims are matched against; build it with `build_ledger`."""

    contracts: Mapping[int, Contract]
    numbers: NumberIndex
    names: Mapping[str, set[int]]
    aliases: Mapping[str, set[int]]
    by_contract: dict[int, list[Instalment]] = field(default_factory=dict)
    by_amount: dict[tuple[int, str, int], list[Instalment]] = field(default_factory=dict)


def build_ledger(
    contracts: Iterable[Contract],
    instalments: Iterable[Instalment],
    customers: Iterable[tuple[int, str]],
    aliases: Iterable[tuple[int, str]],
) -> Ledger:
    """Index what is open; `customers` and `aliases` are (customer, name) pairs."""
    held = {one.id: one for one in contracts}
    ledger = Ledger(
        held, NumberIndex({one.id: one.number for one in held.values()}), _by_key(customers), _by_key(aliases)
    )
    for each in instalments:
        contract = held.get(each.contract)
        if contract is None or each.open <= 0:
            continue
        ledger.by_contract.setdefault(each.contract, []).append(each)
        if contract.customer is not None:
            ledger.by_amount.setdefault((contract.customer, each.currency, each.open), []).append(each)
    return ledger


def _by_key(named: Iterable[tuple[int, str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for customer, name in named:
        if name and (key := company_key(name)):
            found.setdefault(key, set()).add(customer)
    return found


def match_claims(receipts: Sequence[OpenReceipt], ledger: Ledger) -> list[Claim]:
    """Return what is found for each receipt, oldest first.

    Of two receipts that would both settle one instalment neither is proposed: which of them does is for a person.
    """
    claims = [_match(one, ledger) for one in sorted(receipts, key=lambda one: (one.day, one.id))]
    wanted: dict[tuple[int, str], int] = {}
    for claim in claims:
        if claim.proposal is not None:
            place = claim.proposal[:2]
            wanted[place] = wanted.get(place, 0) + 1
    return [_contested(one) if _is_contested(one, wanted) else one for one in claims]


def _is_contested(claim: Claim, wanted: Mapping[tuple[int, str], int]) -> bool:
    by_amount = claim.reason != "contract-number"
    return claim.proposal is not None and by_amount and wanted[claim.proposal[:2]] > 1


def _contested(claim: Claim) -> Claim:
    assert claim.proposal is not None
    return replace(claim, proposal=None, candidates=(claim.proposal,), obstacle="contested")


def _match(receipt: OpenReceipt, ledger: Ledger) -> Claim:
    customers, reason = _customers(receipt, ledger)
    named = ledger.numbers.find(receipt.texts)
    if named:
        return _by_number(receipt, named, customers, ledger)
    if not customers:
        return Claim(receipt, obstacle="unknown-payer")
    if len(customers) > 1:
        hits = [hit for one in sorted(customers) for hit in _exact(receipt, one, ledger)]
        return Claim(receipt, None, reason, None, tuple(hits), "several-customers")
    (customer,) = customers
    hits = _exact(receipt, customer, ledger)
    if len(hits) == 1:
        return Claim(receipt, customer, reason, hits[0])
    return Claim(receipt, customer, reason, None, tuple(hits), "several" if hits else "no-amount")


def _customers(receipt: OpenReceipt, ledger: Ledger) -> tuple[set[int], Reason]:
    """Return the customers that a receipt may be from, and what says so."""
    if receipt.customer is not None:
        return {receipt.customer}, "customer"
    key = company_key(receipt.payer) if receipt.payer else ""
    if key in ledger.names:
        return ledger.names[key], "payer"
    return ledger.aliases.get(key, set()), "alias"


def _exact(receipt: OpenReceipt, customer: int, ledger: Ledger) -> list[Hit]:
    found = ledger.by_amount.get((customer, receipt.currency, receipt.open), ())
    return [Hit(one.contract, one.name, receipt.open) for one in found]


def _by_number(receipt: OpenReceipt, named: Sequence[int], customers: set[int], ledger: Ledger) -> Claim:
    hits = tuple(_hit(receipt, ledger.contracts[one], ledger) for one in named)
    if len(hits) > 1:
        return Claim(receipt, None, "contract-number", None, hits, "several")
    contract = ledger.contracts[named[0]]
    obstacle = _against(receipt, contract, customers)
    if obstacle:
        return Claim(receipt, contract.customer, "contract-number", None, hits, obstacle)
    return Claim(receipt, contract.customer, "contract-number", hits[0])


def _against(receipt: OpenReceipt, contract: Contract, customers: set[int]) -> Obstacle:
    """Return what speaks against a contract whose number the text holds."""
    if customers and contract.customer is not None and contract.customer not in customers:
        return "other-customer"
    if contract.currency and contract.currency != receipt.currency:
        return "other-currency"
    if contract.open is not None and receipt.open > contract.open:
        return "more-than-open"
    return ""


def _hit(receipt: OpenReceipt, contract: Contract, ledger: Ledger) -> Hit:
    """The instalment is said where exactly one of the contract's is open with this amount."""
    fitting = [
        one.name
        for one in ledger.by_contract.get(contract.id, ())
        if one.open == receipt.open and one.currency == receipt.currency
    ]
    return Hit(contract.id, fitting[0] if len(fitting) == 1 else "", receipt.open)
