"""Frames of what refunds undo: their parts by receipt and contract, joined wherever a metric adds refunds up.

`refund_part` has the refunds that name a receipt which was allocated; `refund_back` has those too that name only a
contract, put to its latest receipts: it is for whoever asks on which day a refund counts back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from salescli.store.connection import Store
from salescli.store.frames import prepare, prepare_frame
from salescli.store.state import condition, state_of

if TYPE_CHECKING:
    from salescli.core.metrics.refunded import ReceiptPart, RefundPart

NAMED, BACK = "refund_part", "refund_back"
_COLUMNS = "record INTEGER, undone INTEGER, contract INTEGER, amount_e4 INTEGER, net_amount_e4 INTEGER"
_KEY = object()


def prepare_refunds(store: Store, *, finds: bool) -> str:
    """Build the frame of refunds and return its name; with `finds` those that name only a contract are in it."""
    name = BACK if finds else NAMED
    prepare_frame(store, name, _COLUMNS, lambda: [_row(one) for one in fetch_refund_parts(store, finds=finds)])
    store.db.execute(f"CREATE INDEX IF NOT EXISTS temp.{name}_record ON {name} (record)")
    return name


def is_empty(store: Store, name: str) -> bool:
    """Tell whether every refund is whole as it is."""
    return store.db.execute(f"SELECT 1 FROM temp.{name} LIMIT 1").fetchone() is None


def fetch_refund_parts(store: Store, *, finds: bool) -> list[RefundPart]:
    """Return the parts of refunds, in the order of the refunds."""
    if not _is_any_cut(store, finds=finds):
        return []
    if _KEY not in store._derived:
        store._derived[_KEY] = _compute(store)
    found = cast("list[RefundPart]", store._derived[_KEY])
    return [one for one in found if finds or one.is_named]


def _is_any_cut(store: Store, *, finds: bool) -> bool:
    """Tell whether a refund may be in parts at all: looking through the receipts is dear where there are many."""
    known = condition(store.known)
    wanted = [f'SELECT 1 FROM "allocation" WHERE {known}']
    if finds:
        wanted.append(f"SELECT 1 FROM refund WHERE {known} AND receipt_id IS NULL AND contract_id IS NOT NULL")
    return any(store.db.execute(f"{one} LIMIT 1").fetchone() is not None for one in wanted)


def _row(part: RefundPart) -> tuple[object, ...]:
    return part.refund, part.receipt, part.contract, part.amount, part.net


def _compute(store: Store) -> list[RefundPart]:
    from salescli.core.metrics.refunded import GivenBack, part_refunds  # most stores have no refund in parts

    refunds = [
        GivenBack(*row)
        for row in store.db.execute(
            f"""SELECT f.id, f.receipt_id, f.contract_id, coalesce(f.currency, ''), f.amount_e4, f.net_amount_e4,
                       substr(f.date, 1, 10)
                FROM {state_of(store, "refund")} AS f JOIN entity AS e ON e.id = f.id
                WHERE f.amount_e4 IS NOT NULL AND coalesce(f.receipt_id, f.contract_id) IS NOT NULL
                ORDER BY 7, e.key"""
        )
    ]
    parts, allocated = _fetch_parts(store)
    spread = {one.id for one in refunds if one.receipt is None or one.receipt in allocated}
    return [one for one in part_refunds(parts, refunds) if one.refund in spread]


def _fetch_parts(store: Store) -> tuple[list[ReceiptPart], set[int]]:
    """Return what receipts are made of that a refund may undo, and which receipts are allocated.

    All parts of a receipt that is named, and whatever is of a contract that a refund names without a receipt.
    """
    from salescli.core.metrics.refunded import ReceiptPart

    prepare(store, "receipt_part")
    receipts, refunds = state_of(store, "receipt"), state_of(store, "refund")
    contracts = f"SELECT contract_id FROM {refunds} WHERE receipt_id IS NULL AND contract_id IS NOT NULL"
    rows = store.db.execute(
        f"""SELECT r.id, p.contract, coalesce(r.currency, ''), p.amount_e4, substr(r.date, 1, 10), e.key, 1
            FROM temp.receipt_part AS p JOIN {receipts} AS r ON r.id = p.record JOIN entity AS e ON e.id = r.id
            WHERE p.record IN (SELECT receipt_id FROM {refunds}) OR p.contract IN ({contracts})
            UNION ALL
            SELECT r.id, r.contract_id, coalesce(r.currency, ''), r.amount_e4, substr(r.date, 1, 10), e.key, 0
            FROM {receipts} AS r JOIN entity AS e ON e.id = r.id
            WHERE r.contract_id IN ({contracts}) AND r.amount_e4 IS NOT NULL
              AND r.id NOT IN (SELECT record FROM temp.receipt_part)"""
    ).fetchall()
    return [ReceiptPart(*row[:6]) for row in rows], {row[0] for row in rows if row[6]}
