"""What is open on contracts, and what customers are called: what claims are matched against."""

from __future__ import annotations

from collections.abc import Iterator

from salescli.core.claims.model import Contract, Instalment
from salescli.core.metrics.collected import compute_collected
from salescli.core.records.internal import ALIAS
from salescli.store.claims import EVER
from salescli.store.collected import fetch_movements
from salescli.store.connection import Store
from salescli.store.entities import merged_into
from salescli.store.schema import table_of
from salescli.store.state import condition, state_of


def fetch_instalments(store: Store) -> tuple[list[Contract], list[Instalment]]:
    """Return all contracts with what is open of them, and their open instalments by due date.

    A contract without a plan is an instalment of its own, named "". What is open of a contract is the larger of what
    its amount and what its plan leave open: a plan may name only what comes next.
    """
    plans = store.db.execute(
        f"""SELECT id, contract_id, coalesce(currency, ''), instalment, coalesce(amount_e4, 0), coalesce(due, '')
            FROM {state_of(store, "payment-plan")}
            ORDER BY contract_id, due IS NULL, due, length(instalment), instalment"""
    ).fetchall()
    contracts = store.db.execute(
        f"""SELECT id, number, customer_id, coalesce(currency, ''), amount_e4
            FROM {state_of(store, "contract")} ORDER BY id"""
    ).fetchall()
    merged = merged_into(store)
    received = compute_collected([row[:5] for row in plans], *fetch_movements(store, EVER))
    wholes = [(one, one, currency, "", amount) for one, _, _, currency, amount in contracts if amount]
    of_whole = compute_collected(wholes, *fetch_movements(store, EVER))
    instalments = [
        Instalment(contract, name, currency, amount - received.get(one, 0), due)
        for one, contract, currency, name, amount, due in plans
    ]
    planned: dict[int, int] = {}
    for each in instalments:
        planned[each.contract] = planned.get(each.contract, 0) + each.open
    found = []
    for one, number, customer, currency, amount in contracts:
        left = [amount - of_whole.get(one, 0)] if amount else []
        left += [planned[one]] if one in planned else []
        whose = merged.get(customer, customer)
        found.append(Contract(one, number, whose, currency, max(left, default=None)))
        if one not in planned and amount:
            instalments.append(Instalment(one, "", currency, left[0]))
    return found, [each for each in instalments if each.open > 0]


def fetch_customer_names(store: Store) -> Iterator[tuple[int, str]]:
    """Yield every customer with its name."""
    yield from store.db.execute(f"SELECT id, name FROM {state_of(store, 'customer')} WHERE name IS NOT NULL")


def fetch_customer_aliases(store: Store) -> Iterator[tuple[int, str]]:
    """Yield every customer with each other name that was accepted for it."""
    yield from store.db.execute(
        f"SELECT target, alias FROM \"{table_of(ALIAS)}\" WHERE {condition(store.known)} AND type = 'customer'"
    )
