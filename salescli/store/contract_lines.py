"""Receipts and refunds spread over the lines of their contract, in proportion: money for several products is of each.

A record that names its own product is of that one. Where a contract has no lines with amounts nothing is spread.
"""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.money import allocate
from salescli.store.connection import Store
from salescli.store.frames import prepare, prepare_frame
from salescli.store.state import condition, state_of

FRAME = "receipt_line"
_NONE = "no_contract_lines"
_COLUMNS = "receipt INTEGER, contract INTEGER, product INTEGER, amount_e4 INTEGER, net_amount_e4 INTEGER"
Piece = tuple[int | None, int, int | None]
"""Contract, amount and net amount."""


def prepare_lines(store: Store) -> bool:
    """Build the frame of parts by contract and product; False where no contract has lines."""
    if _NONE in store._prepared:
        return False
    if FRAME not in store._prepared:
        lines = _lines(store) if _has_money(store) else {}
        if not lines:
            store._prepared.add(_NONE)
            return False
        prepare_frame(store, FRAME, _COLUMNS, lambda: _parts(store, lines))
        store.db.execute(f"CREATE INDEX temp.{FRAME}_receipt ON {FRAME} (receipt)")
    return True


def _has_money(store: Store) -> bool:
    """Tell whether there is anything to spread: looking through the lines of contracts is dear where there are many."""
    rows = store.db.execute('SELECT 1 WHERE EXISTS (SELECT 1 FROM "receipt") OR EXISTS (SELECT 1 FROM "refund")')
    return rows.fetchone() is not None


def _lines(store: Store) -> dict[int, list[tuple[int | None, int]]]:
    """Return what each contract is made of: products with the amounts of their lines, in the order of the lines."""
    rows = store.db.execute(
        f"""SELECT contract_id, product_id, sum(amount_e4) FROM {state_of(store, "order-line")}
            WHERE contract_id IS NOT NULL GROUP BY contract_id, product_id ORDER BY contract_id, min(id)"""
    )
    found: dict[int, list[tuple[int | None, int]]] = {}
    for contract, product, amount in rows:
        found.setdefault(contract, []).append((product, amount))
    return {contract: parts for contract, parts in found.items() if sum(amount for _, amount in parts)}


def _parts(store: Store, lines: dict[int, list[tuple[int | None, int]]]) -> Iterator[tuple[object, ...]]:
    for entity, pieces, is_spread in _pieces(store):
        for contract, amount, net in pieces:
            made_of = lines.get(contract) if contract is not None and is_spread else None
            if made_of is None:
                yield entity, contract, None, amount, net
                continue
            weights = [weight for _, weight in made_of]
            amounts = allocate(amount, weights)
            nets = [None] * len(weights) if net is None else allocate(net, weights)
            for (product, _), one, other in zip(made_of, amounts, nets, strict=True):
                yield entity, contract, product, one, other


def _pieces(store: Store) -> Iterator[tuple[int, list[Piece], bool]]:
    """Yield each receipt and refund with its parts by contract, and whether they may be spread further."""
    allocated: dict[int, list[Piece]] = {}
    if store.db.execute(f'SELECT 1 FROM "allocation" WHERE {condition(store.known)} LIMIT 1').fetchone():
        prepare(store, "receipt_part")
        rows = store.db.execute("SELECT receipt, contract, amount_e4, net_amount_e4 FROM temp.receipt_part")
        for receipt, contract, amount, net in rows:
            allocated.setdefault(receipt, []).append((contract, amount, net))
    receipts = store.db.execute(
        f"SELECT id, contract_id, product_id, amount_e4, net_amount_e4 FROM {state_of(store, 'receipt')} ORDER BY id"
    )
    for entity, contract, product, amount, net in receipts:
        if amount is not None and (contract is not None or entity in allocated):
            yield entity, allocated.get(entity, [(contract, amount, net)]), product is None
    refunds = store.db.execute(
        f"""SELECT f.id, coalesce(f.contract_id, r.contract_id), coalesce(f.product_id, r.product_id),
                   f.amount_e4, f.net_amount_e4
            FROM {state_of(store, "refund")} AS f LEFT JOIN {state_of(store, "receipt")} AS r ON r.id = f.receipt_id
            ORDER BY f.id"""
    )
    for entity, contract, product, amount, net in refunds:
        if amount is not None and contract is not None:
            yield entity, [(contract, amount, net)], product is None
