"""What of each instalment has been received by a day, as a frame: joined as the value of a metric."""

from __future__ import annotations

from datetime import date, timedelta

from salescli.core.metrics.collected import AllocationRow, ReceiptRow, RefundRow, compute_collected
from salescli.core.metrics.query import Query
from salescli.store.connection import Store
from salescli.store.frames import prepare_frame
from salescli.store.metric_paths import Plan
from salescli.store.refund_parts import prepare_refunds
from salescli.store.state import state_of

COLUMNS = "instalment INTEGER PRIMARY KEY, collected_e4 INTEGER"


def join_collected(plan: Plan, query: Query) -> None:
    """Take as value what each instalment has received by the end of the period asked, or by the day of the answer."""
    end = query.period.end if query.period else date.fromisoformat(plan.on) + timedelta(days=1)
    day = end.isoformat()
    frame = f"collected_{day.replace('-', '')}"
    prepare_frame(plan.store, frame, COLUMNS, lambda: _held(fetch_collected(plan.store, day)))
    plan.joins["k"] = f"LEFT JOIN temp.{frame} AS k ON k.instalment = t.id"
    plan.value = "coalesce(k.collected_e4, 0)"


def _held(collected: dict[int, int]) -> list[tuple[int, int]]:
    return [one for one in collected.items() if one[1]]


def fetch_collected(store: Store, end: str) -> dict[int, int]:
    """Return what of each instalment was received before a day, in ten-thousandths, by its entity."""
    instalments = store.db.execute(
        f"""SELECT id, contract_id, coalesce(currency, ''), instalment, coalesce(amount_e4, 0)
            FROM {state_of(store, "payment-plan")}
            ORDER BY contract_id, due IS NULL, due, length(instalment), instalment"""
    ).fetchall()
    return compute_collected(instalments, *fetch_movements(store, end))


def fetch_movements(store: Store, end: str) -> tuple[list[ReceiptRow], list[AllocationRow], list[RefundRow]]:
    """Return what was received before a day, what of it was allocated, and what was given back, of which contract."""
    receipts = store.db.execute(
        f"""SELECT id, contract_id, coalesce(currency, ''), amount_e4 FROM {state_of(store, "receipt")}
            WHERE date < ? ORDER BY date, id""",
        (end,),
    ).fetchall()
    allocations = store.db.execute(
        f"""SELECT receipt_id, contract_id, instalment, coalesce(currency, ''), amount_e4
            FROM {state_of(store, "allocation")} ORDER BY id"""
    ).fetchall()
    refunds = store.db.execute(
        f"""SELECT coalesce(a.undone, f.receipt_id), coalesce(a.contract, f.contract_id), coalesce(f.currency, ''),
                   coalesce(a.amount_e4, f.amount_e4)
            FROM {state_of(store, "refund")} AS f LEFT JOIN temp.{prepare_refunds(store, finds=False)} AS a
              ON a.record = f.id
            WHERE f.date < ? AND (a.record IS NULL OR a.contract IS NOT NULL)
            ORDER BY f.date, f.id, a.rowid""",  # what came in for no contract is no contract's refund
        (end,),
    ).fetchall()
    return receipts, allocations, refunds
