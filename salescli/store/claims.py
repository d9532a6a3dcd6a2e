"""Receipts that name no contract: what waits for a claim.

A receipt that names its owner, or whose credit is split among people, says whose it is; it is no claim unless all are
asked for. Where nobody keeps contracts there is nothing to claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import starmap
from typing import NamedTuple

from salescli.store.connection import Store
from salescli.store.state import state_of

EVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A receipt that names no contract and is not allocated whole; amounts in ten-thousandths."""

    id: int
    number: str
    day: str
    currency: str
    amount: int
    open: int
    payer: str
    customer: int | None
    note: str
    has_owner: int
    source: int | None
    source_row: int | None


@dataclass(frozen=True, slots=True)
class ClaimSum:
    """How many claims are open in one currency, how much, and since when."""

    currency: str
    count: int
    amount: int
    oldest: str


def has_contracts(store: Store) -> bool:
    """Tell whether anybody keeps contracts here."""
    return store.db.execute(f"SELECT 1 FROM {state_of(store, 'contract')} LIMIT 1").fetchone() is not None


def fetch_open_receipts(
    store: Store, *, with_owned: bool = False, only: Collection[int] | None = None
) -> list[OpenRow]:
    """Return the receipts that wait for a claim, oldest first."""
    rows = store.db.execute(
        f"""SELECT r.id, r.number, r.date, coalesce(r.currency, ''), r.amount_e4, {_OPEN}, coalesce(r.payer, ''),
                   r.customer_id, coalesce(r.note, ''), {_owned(store)}, r.source_id, r.source_row
            FROM {state_of(store, "receipt")} AS r LEFT JOIN ({_allocated(store)}) AS a
                 ON a.receipt = r.id AND a.currency IS r.currency
            WHERE {_waits(store, with_owned)} ORDER BY r.date, r.number, r.id"""
    )
    found = starmap(OpenRow, rows)
    return [one for one in found if only is None or one.id in only]


def sum_claims(store: Store, before: str = EVER) -> list[ClaimSum]:
    """Return the open claims of receipts before a day, by currency; [] where nobody keeps contracts."""
    if not has_contracts(store):
        return []
    rows = store.db.execute(
        f"""SELECT coalesce(r.currency, ''), count(*), sum({_OPEN}), min(r.date)
            FROM {state_of(store, "receipt")} AS r LEFT JOIN ({_allocated(store)}) AS a
                 ON a.receipt = r.id AND a.currency IS r.currency
            WHERE {_waits(store, False)} AND r.date < ? GROUP BY 1 ORDER BY 1""",
        (before,),
    )
    return list(starmap(ClaimSum, rows))


_OPEN = "r.amount_e4 - coalesce(a.allocated, 0)"


def _owned(store: Store) -> str:
    split = f"SELECT receipt_id FROM {state_of(store, 'credit-split')} WHERE receipt_id IS NOT NULL"
    return f"(r.owner_id IS NOT NULL OR r.id IN ({split}))"


def _waits(store: Store, with_owned: bool) -> str:
    own = "" if with_owned else f" AND NOT {_owned(store)}"
    return f"r.contract_id IS NULL AND {_OPEN} > 0{own}"


def _allocated(store: Store) -> str:
    """What is allocated of the receipts without a contract; the others are not looked at."""
    waiting = f"SELECT id FROM {state_of(store, 'receipt')} WHERE contract_id IS NULL"
    return (
        f"SELECT receipt_id AS receipt, currency, sum(amount_e4) AS allocated FROM {state_of(store, 'allocation')} "
        f"WHERE receipt_id IN ({waiting}) GROUP BY 1, 2"
    )


class Overdrawn(NamedTuple):
    """A receipt of which more is allocated than it is, in one currency; the amount of one that is gone is 0."""

    number: str
    amount: int
    allocated: int


def fetch_overdrawn(store: Store, receipts: Iterable[int]) -> list[Overdrawn]:
    """Return which of these receipts have more allocated of them than they are, the most first."""
    wanted = set(receipts)
    rows = store.db.execute(
        f"""SELECT a.receipt_id, e.key, r.number, coalesce(r.amount_e4, 0), sum(a.amount_e4)
            FROM {state_of(store, "allocation")} AS a JOIN entity AS e ON e.id = a.receipt_id
                 LEFT JOIN {state_of(store, "receipt")} AS r ON r.id = a.receipt_id
            WHERE r.id IS NULL OR a.currency IS r.currency
            GROUP BY a.receipt_id HAVING sum(a.amount_e4) > max(coalesce(r.amount_e4, 0), 0)
            ORDER BY sum(a.amount_e4) - coalesce(r.amount_e4, 0) DESC, a.receipt_id"""
    )
    return [
        Overdrawn(number or key, amount, allocated)
        for receipt, key, number, amount, allocated in rows
        if receipt in wanted
    ]


def fetch_allocated(store: Store, receipts: Iterable[int]) -> dict[int, list[tuple[int, str, int]]]:
    """Return (allocation, currency, amount) of each of these receipts."""
    wanted = set(receipts)
    found: dict[int, list[tuple[int, str, int]]] = {}
    rows = store.db.execute(
        f"SELECT receipt_id, id, coalesce(currency, ''), amount_e4 FROM {state_of(store, 'allocation')}"
    )
    for receipt, one, currency, amount in rows:
        if receipt in wanted:
            found.setdefault(receipt, []).append((one, currency, amount))
    return found
