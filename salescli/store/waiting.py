"""Records that lack what somebody must say: one query each, over the state as the store's `known` has it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import Any

from salescli.core.money import MILLION
from salescli.store.connection import Store
from salescli.store.state import state_of

Row = tuple[Any, ...]


def fetch_contracts_without_owner(store: Store) -> list[Row]:
    """Return (id, number, customer, signed, currency, amount) of contracts that neither an owner nor a split has."""
    return store.db.execute(
        f"""SELECT id, number, customer_id, signed, coalesce(currency, ''), amount_e4 FROM {state_of(store, "contract")}
            WHERE owner_id IS NULL AND id NOT IN (
                SELECT contract_id FROM {state_of(store, "credit-split")} WHERE contract_id IS NOT NULL)
            ORDER BY signed IS NULL, signed, number"""
    ).fetchall()


def fetch_contracts_without_warranty(store: Store, *, only_planned: bool) -> list[Row]:
    """Return (id, number, customer, accepted, currency, amount) of contracts without the end of their warranty.

    `only_planned`: only those with an instalment that waits for it, 质保 or retention.
    """
    planned = f"""AND id IN (SELECT contract_id FROM {state_of(store, "payment-plan")}
                  WHERE instalment LIKE '%质保%' OR instalment LIKE '%retention%' OR instalment LIKE '%warranty%')"""
    return store.db.execute(
        f"""SELECT id, number, customer_id, accepted_on, coalesce(currency, ''), amount_e4
            FROM {state_of(store, "contract")} WHERE warranty_end IS NULL {planned if only_planned else ""}
            ORDER BY signed IS NULL, signed, number"""
    ).fetchall()


def fetch_instalments_without_due(store: Store) -> list[Row]:
    """Return (contract, instalment, currency, amount) of instalments that fall due on no day."""
    return store.db.execute(
        f"""SELECT contract_id, instalment, coalesce(currency, ''), amount_e4 FROM {state_of(store, "payment-plan")}
            WHERE due IS NULL AND contract_id IS NOT NULL ORDER BY contract_id, length(instalment), instalment"""
    ).fetchall()


def fetch_customers_without_owner(store: Store) -> list[Row]:
    """Return (id, number, name) of customers without an owner, where any customer has one."""
    customers = state_of(store, "customer")
    return store.db.execute(
        f"""SELECT id, number, name FROM {customers} WHERE owner_id IS NULL
            AND EXISTS (SELECT 1 FROM {customers} WHERE owner_id IS NOT NULL) ORDER BY name"""
    ).fetchall()


def fetch_deals_lacking(store: Store, column: str, stages: tuple[str, ...]) -> list[Row]:
    """Return (number, name, customer, stage, currency, amount) of deals in these stages without a value in a column."""
    marks = ", ".join("?" * len(stages))
    return store.db.execute(
        f"""SELECT number, name, customer_id, stage, coalesce(currency, ''), amount_e4 FROM {state_of(store, "deal")}
            WHERE "{column}" IS NULL AND (stage IN ({marks}) OR (stage IS NULL AND closed IS NULL))
            ORDER BY amount_e4 IS NULL, amount_e4 DESC, number""",
        stages,
    ).fetchall()


def fetch_people_on_no_list(store: Store) -> list[Row]:
    """Return (id, name, number) of people who were only mentioned: no list of people has them."""
    return store.db.execute(
        f"""SELECT p.id, p.name, p.number FROM {state_of(store, "person")} AS p
            WHERE NOT EXISTS (SELECT 1 FROM "person" AS v JOIN source AS s ON s.id = v.source_id
                              WHERE v.id = p.id AND s.type = 'person') ORDER BY p.name, p.number"""
    ).fetchall()


def fetch_people_on_lists(store: Store) -> list[tuple[int, str, str | None]]:
    """Return (id, name, number) of all people."""
    return store.db.execute(
        f"SELECT id, name, number FROM {state_of(store, 'person')} ORDER BY name, number"
    ).fetchall()


@dataclass(frozen=True, slots=True)
class OpenSplit:
    """A share of a set that does not make the whole: of what (`of` is its type), whose, and the set's sum."""

    of: str
    subject: int
    person: int
    share: int
    total: int


def fetch_open_splits(store: Store) -> list[OpenSplit]:
    """Return every share of the sets that make less than the whole, in millionths."""
    rows = store.db.execute(
        f"""WITH own AS (SELECT * FROM {state_of(store, "credit-split")} WHERE kind = 'own')
            SELECT CASE WHEN s.contract_id IS NOT NULL THEN 'contract' WHEN s.deal_id IS NOT NULL THEN 'deal'
                        ELSE 'receipt' END,
                   coalesce(s.contract_id, s.deal_id, s.receipt_id), s.person_id, coalesce(s.share_m, 0), t.total
            FROM own AS s JOIN (SELECT contract_id, deal_id, receipt_id, sum(coalesce(share_m, 0)) AS total
                                FROM own GROUP BY 1, 2, 3) AS t
                 ON t.contract_id IS s.contract_id AND t.deal_id IS s.deal_id AND t.receipt_id IS s.receipt_id
            WHERE t.total < ? AND coalesce(s.contract_id, s.deal_id, s.receipt_id) IS NOT NULL
                  AND s.person_id IS NOT NULL ORDER BY 1, 2, s.id""",
        (MILLION,),
    )
    return list(starmap(OpenSplit, rows))


def fetch_amounts(store: Store, type_name: str, ids: set[int]) -> dict[int, tuple[str, int]]:
    """Return (currency, amount) of records that have one."""
    rows = store.db.execute(
        f"SELECT id, coalesce(currency, ''), amount_e4 FROM {state_of(store, type_name)} WHERE amount_e4 IS NOT NULL"
    )
    return {one: (currency, amount) for one, currency, amount in rows if one in ids}


def fetch_targets(store: Store, month: str) -> list[Row]:
    """Return (metric, level, person, currency) of the targets that people have in a month, in its newest version."""
    return store.db.execute(
        f"""SELECT DISTINCT metric, level, person_id, coalesce(currency, '') FROM (
                SELECT metric, level, person_id, team_id, currency, withdrawn, max(coalesce(effective_from, ''))
                FROM {state_of(store, "target")}
                WHERE month = ? AND person_id IS NOT NULL AND coalesce(effective_from, '') <= month
                GROUP BY metric, level, person_id, team_id)
            WHERE coalesce(withdrawn, 0) = 0""",
        (month,),
    ).fetchall()
