"""Receipts and refunds spread over the lines of their contract, in proportion: money for several products is of each.

A record that names its own product is of that one. Where a contract has no lines with amounts nothing is spread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from salescli.core.money import allocate
from salescli.store.connection import Store
from salescli.store.frames import prepare, prepare_frame
from salescli.store.refund_parts import prepare_refunds
from salescli.store.state import condition, state_of

FRAMES = ("receipt_line", "refund_line")
"""Of receipts and refunds, and of refunds that name only a contract, put to its latest receipts."""
_NONE = "no_contract_lines"
_COLUMNS = "record INTEGER, contract INTEGER, product INTEGER, amount_e4 INTEGER, net_amount_e4 INTEGER, undone INTEGER"
Piece = tuple[int | None, int, int | None, int | None]
"""Contract, amount, net amount, and of a refund the receipt that it undoes."""


def prepare_lines(store: Store, *, finds: bool = False) -> str:
    """Build the frame of parts by contract and product and return its name; "" where no contract has lines.

    With `finds` it is of refunds alone, those that name only a contract put to its latest receipts.
    """
    if _NONE in store._prepared:
        return ""
    frame = FRAMES[finds]
    if frame not in store._prepared:
        lines = _lines(store) if _has_money(store) else {}
        if not lines:
            store._prepared.add(_NONE)
            return ""
        pieces = _refunds if finds else _receipts_and_refunds
        prepare_frame(store, frame, _COLUMNS, lambda: _parts(pieces(store), lines))
        store.db.execute(f"CREATE INDEX temp.{frame}_record ON {frame} (record)")
    return frame


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


def _parts(
    records: Iterable[tuple[int, list[Piece], bool]], lines: dict[int, list[tuple[int | None, int]]]
) -> Iterator[tuple[object, ...]]:
    for entity, pieces, is_spread in records:
        for contract, amount, net, undone in pieces:
            made_of = lines.get(contract) if contract is not None and is_spread else None
            if made_of is None:
                yield entity, contract, None, amount, net, undone
                continue
            weights = [weight for _, weight in made_of]
            amounts = allocate(amount, weights)
            nets = [None] * len(weights) if net is None else allocate(net, weights)
            for (product, _), one, other in zip(made_of, amounts, nets, strict=True):
                yield entity, contract, product, one, other, undone


def _receipts_and_refunds(store: Store) -> Iterator[tuple[int, list[Piece], bool]]:
    """Yield each receipt and refund with its parts by contract, and whether they may be spread further."""
    yield from _receipts(store)
    yield from _refunds(store, finds=False)


def _receipts(store: Store) -> Iterator[tuple[int, list[Piece], bool]]:
    allocated: dict[int, list[Piece]] = {}
    if store.db.execute(f'SELECT 1 FROM "allocation" WHERE {condition(store.known)} LIMIT 1').fetchone():
        prepare(store, "receipt_part")
        rows = store.db.execute("SELECT record, contract, amount_e4, net_amount_e4 FROM temp.receipt_part")
        for receipt, contract, amount, net in rows:
            allocated.setdefault(receipt, []).append((contract, amount, net, None))
    receipts = store.db.execute(
        f"SELECT id, contract_id, product_id, amount_e4, net_amount_e4 FROM {state_of(store, 'receipt')} ORDER BY id"
    )
    for entity, contract, product, amount, net in receipts:
        if amount is not None and (contract is not None or entity in allocated):
            yield entity, allocated.get(entity, [(contract, amount, net, None)]), product is None


def _refunds(store: Store, *, finds: bool = True) -> Iterator[tuple[int, list[Piece], bool]]:
    """Yield each refund, or each of its parts; the product is that of what it undoes, where it says none."""
    frame = prepare_refunds(store, finds=finds)
    refunds = store.db.execute(
        f"""SELECT f.id, CASE WHEN a.record IS NULL THEN coalesce(f.contract_id, r.contract_id) ELSE a.contract END,
                   coalesce(f.product_id, r.product_id), coalesce(a.amount_e4, f.amount_e4),
                   coalesce(a.net_amount_e4, f.net_amount_e4), coalesce(a.undone, f.receipt_id), a.record
            FROM {state_of(store, "refund")} AS f LEFT JOIN temp.{frame} AS a ON a.record = f.id
            LEFT JOIN {state_of(store, "receipt")} AS r
              ON r.id = coalesce(a.undone, f.receipt_id)
            ORDER BY f.id, a.rowid"""
    )
    for entity, contract, product, amount, net, undone, part in refunds:
        if amount is not None and (contract is not None or part is not None):
            yield entity, [(contract, amount, net, undone)], product is None
