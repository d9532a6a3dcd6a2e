"""What hangs on records: how many others refer to each, and what was received from a customer."""

from __future__ import annotations

from salescli.core.records.model import RecordType
from salescli.store.connection import Store
from salescli.store.schema import table_of
from salescli.store.state import condition, state_of


def fetch_reference_counts(store: Store, kind: RecordType, wanted: set[int]) -> dict[int, int]:
    """Return how many present records refer to each of many records: one scan per column that may."""
    found: dict[int, int] = {}
    for other in store.registry.types:
        for each in other.references:
            if each.ref != kind.name or not each.is_stored or each.custom:
                continue
            rows = store.db.execute(
                f'SELECT "{each.column}", count(*) FROM "{table_of(other)}" '
                f'WHERE {condition(store.known)} AND "{each.column}" IS NOT NULL GROUP BY 1'
            )
            for entity, count in rows:
                if entity in wanted:
                    found[entity] = found.get(entity, 0) + count
    return found


def fetch_received(store: Store, wanted: set[int]) -> dict[int, dict[str, int]]:
    """Return the ten-thousandths received from customers, by currency; a receipt without one is its contract's."""
    rows = store.db.execute(
        f"""SELECT coalesce(r.customer_id, c.customer_id) AS whose, r.currency, sum(r.amount_e4)
            FROM {state_of(store, "receipt")} AS r LEFT JOIN {state_of(store, "contract")} AS c ON c.id = r.contract_id
            WHERE whose IS NOT NULL GROUP BY 1, 2"""
    )
    found: dict[int, dict[str, int]] = {}
    for entity, currency, amount in rows:
        if entity in wanted and amount is not None:
            found.setdefault(entity, {})[currency] = amount
    return found
